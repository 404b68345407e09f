//! A small shop, and a look at the server behind it.

use std::time::{Duration, Instant};

use orderly_domain::{
    Money, Storage, Timestamp, Version,
    account::{Account, NewAccount, PasswordHash, Role},
    id::{OrderId, ProductId, UserId},
    idempotency::{Fingerprint, Idempotency},
    order::{Basket, NewOrder},
    product::{Product, StockChange},
};
use orderly_store_postgres::{Postgres, PostgresOptions};
use orderly_throwaway_postgres::{Cluster, Database};
use sqlx::{AssertSqlSafe, PgConnection, Row};

/// How long anything may take that happens in the background.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) async fn database() -> Database<'static> {
    Cluster::shared().await.unwrap().database().await.unwrap()
}

pub(crate) async fn store(database: &Database<'_>) -> Postgres {
    Postgres::open(PostgresOptions::new(database.options())).await.unwrap()
}

pub(crate) fn at(seconds: u64) -> Timestamp {
    Timestamp::from_micros(1_795_000_000_000_000).after(Duration::from_secs(seconds))
}

pub(crate) async fn customer(store: &Postgres, name: &str) -> Account {
    let account = Account {
        id: UserId::new(),
        email: format!("{name}@example.com").into(),
        name: name.to_owned(),
        phone: None,
        role: Role::Customer,
        created_at: at(0),
        updated_at: at(0),
    };
    let password = PasswordHash(format!("hash of {name}"));
    store.create_account(NewAccount { account, password }, None).await.unwrap()
}

pub(crate) async fn product(store: &Postgres, sku: &str, stock: i64) -> Product {
    let product = Product {
        id: ProductId::new(),
        sku: sku.to_owned(),
        name: format!("Product {sku}"),
        description: None,
        price: Money::new(1890, "EUR".parse().unwrap()).unwrap(),
        stock,
        active: true,
        version: Version::FIRST,
        created_at: at(0),
        updated_at: at(0),
    };
    store.create_product(product, None, None).await.unwrap().value
}

pub(crate) fn taken(product: ProductId, quantity: i64) -> StockChange {
    StockChange { product_id: product, delta: -quantity, reason: "broken".into(), at: at(1) }
}

pub(crate) fn new_order(user: UserId, lines: &[(ProductId, i64)]) -> NewOrder {
    NewOrder {
        id: OrderId::new(),
        user_id: user,
        basket: Basket::new(lines.iter().copied()),
        reference: Some("web-1".into()),
        expected_total: None,
        at: at(1),
    }
}

pub(crate) fn key(user: UserId, key: &str) -> Idempotency {
    Idempotency {
        user_id: user,
        operation: "test",
        key: key.to_owned(),
        fingerprint: Fingerprint::of(&"hello"),
        at: at(1),
    }
}

/// Runs statements without parameters.
pub(crate) async fn execute(conn: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await.unwrap();
}

pub(crate) async fn number(conn: &mut PgConnection, sql: &'static str) -> i64 {
    sqlx::query(sql).fetch_one(conn).await.unwrap().get(0)
}

/// Locks the row of a product, in a transaction that ends with the connection.
pub(crate) async fn lock(conn: &mut PgConnection, product: ProductId) {
    let id = product.uuid();
    execute(conn, format!("BEGIN; SELECT FROM products WHERE id = '{id}' FOR UPDATE")).await;
}

/// Waits until so many statements on this database wait for a lock.
pub(crate) async fn until_waiting(database: &Database<'_>, count: i64) {
    const WAITING: &str = "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'";
    let mut conn = database.connect().await.unwrap();
    let begun = Instant::now();
    while number(&mut conn, WAITING).await != count {
        assert!(begun.elapsed() < PATIENCE, "there are never {count} statements that wait");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Waits until something holds.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
