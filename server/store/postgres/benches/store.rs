//! How long the calls of a busy shop take: `cargo bench -p orderly-store-postgres`.
//!
//! Over a socket to a PostgreSQL of its own that does not wait for the disk, so a time is that of the way there and back
//! and of PostgreSQL's work; of 32 at once, it is what they share.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run ends")]

use std::time::Duration;

use divan::{Bencher, counter::ItemsCount};
use futures_util::future::join_all;
use orderly_domain::{
    Deadline, Money, Storage, Timestamp, Version,
    account::{Account, NewAccount, PasswordHash, Role},
    id::{OrderId, ProductId, UserId},
    idempotency::{Fingerprint, Idempotency},
    order::{Basket, NewOrder, OrderFilter},
    product::{Product, ProductFilter},
};
use orderly_store_postgres::{Postgres, PostgresOptions};
use orderly_throwaway_postgres::{Cluster, Database};
use tokio::runtime::Runtime;

/// So many products the shop has.
const PRODUCTS: usize = 1_000;

/// So many orders it has when the measuring begins.
const ORDERS: usize = 200;

fn main() {
    divan::main();
}

/// A shop with products and orders.
struct Shop {
    store: Postgres,
    runtime: Runtime,
    user: UserId,
    products: Vec<ProductId>,
    order: OrderId,
    _database: Database<'static>,
}

impl Shop {
    fn open() -> Self {
        let runtime = Runtime::new().unwrap();
        let database = runtime.block_on(async { Cluster::shared().await.unwrap().database().await.unwrap() });
        let store = runtime.block_on(Postgres::open(PostgresOptions::new(database.options()))).unwrap();
        let now = Timestamp::now();
        let account = Account {
            id: UserId::new(),
            email: "ada@example.com".into(),
            name: "Ada".into(),
            phone: None,
            role: Role::Customer,
            created_at: now,
            updated_at: now,
        };
        let new = NewAccount { account, password: PasswordHash("hash".into()) };
        let user = runtime.block_on(store.create_account(new, None)).unwrap().id;
        let creations = (0..PRODUCTS).map(|n| store.create_product(product(n), None, None));
        let created = runtime.block_on(join_all(creations));
        let products = created.into_iter().map(|once| once.unwrap().value.id).collect();
        let mut shop = Self { store, runtime, user, products, order: OrderId::new(), _database: database };
        for n in 0..ORDERS {
            shop.order = shop.runtime.block_on(shop.place(n));
        }
        shop
    }

    /// Waits for a call.
    fn now<T>(&self, call: impl Future<Output = orderly_domain::Result<T>>) -> T {
        self.runtime.block_on(call).unwrap()
    }

    /// Places an order of three lines.
    async fn place(&self, n: usize) -> OrderId {
        let (id, at) = (OrderId::new(), Timestamp::now());
        let lines = [n, n * 7 + 1, n * 31 + 2].map(|n| (self.products[n % PRODUCTS], 1));
        let new = NewOrder {
            id,
            user_id: self.user,
            basket: Basket::new(lines),
            reference: Some("web-4711".into()),
            expected_total: None,
            at,
        };
        let key = Idempotency {
            user_id: self.user,
            operation: "create_order",
            key: id.to_string(),
            fingerprint: Fingerprint([7; 32]),
            at,
        };
        self.store.place_order(new, key).await.unwrap().value.id
    }
}

fn product(n: usize) -> Product {
    let now = Timestamp::now();
    Product {
        id: ProductId::new(),
        sku: format!("SKU-{n}"),
        name: format!("Product number {n}"),
        description: Some("A thing of some use, described in a line or so of plain words.".into()),
        price: Money::new(1_000 + i64::try_from(n).unwrap(), "EUR".parse().unwrap()).unwrap(),
        stock: 1_000_000_000,
        active: true,
        version: Version::FIRST,
        created_at: now,
        updated_at: now,
    }
}

#[divan::bench]
fn product_get(bencher: Bencher<'_, '_>) {
    let shop = Shop::open();
    bencher.bench_local(|| shop.now(shop.store.product(shop.products[500])));
}

#[divan::bench]
fn product_get_under_a_deadline(bencher: Bencher<'_, '_>) {
    let shop = Shop::open();
    let deadline = Deadline::within(Duration::from_secs(3600));
    bencher.bench_local(|| shop.now(deadline.scope(shop.store.product(shop.products[500]))));
}

#[divan::bench]
fn account_get(bencher: Bencher<'_, '_>) {
    let shop = Shop::open();
    bencher.bench_local(|| shop.now(shop.store.account(shop.user)));
}

#[divan::bench]
fn list_of_20_products(bencher: Bencher<'_, '_>) {
    let shop = Shop::open();
    let filter = ProductFilter { active: Some(true), limit: 21, ..ProductFilter::default() };
    bencher.bench_local(|| shop.now(shop.store.products(filter.clone())));
}

#[divan::bench]
fn order_get(bencher: Bencher<'_, '_>) {
    let shop = Shop::open();
    bencher.bench_local(|| shop.now(shop.store.order(shop.order)));
}

#[divan::bench]
fn list_of_20_orders(bencher: Bencher<'_, '_>) {
    let shop = Shop::open();
    let filter = OrderFilter { user_id: Some(shop.user), limit: 21, ..OrderFilter::default() };
    bencher.bench_local(|| shop.now(shop.store.orders(filter.clone())));
}

#[divan::bench]
fn search_of_1000_products(bencher: Bencher<'_, '_>) {
    let shop = Shop::open();
    let filter = ProductFilter { text: Some("nowhere".into()), limit: 21, ..ProductFilter::default() };
    bencher.bench_local(|| shop.runtime.block_on(shop.store.products(filter.clone())));
}

#[divan::bench]
fn one_order_of_three_lines(bencher: Bencher<'_, '_>) {
    let shop = Shop::open();
    let mut n = 0;
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        n += 1;
        shop.runtime.block_on(shop.place(n))
    });
}

#[divan::bench]
fn thirty_two_orders_at_once(bencher: Bencher<'_, '_>) {
    let shop = Shop::open();
    let mut n = 0;
    bencher.counter(ItemsCount::new(32_usize)).bench_local(|| {
        n += 32;
        shop.runtime.block_on(join_all((n..n + 32).map(|n| shop.place(n))))
    });
}
