//! A small shop to test with: people, products and requests with nothing special about them.

use std::{fmt::Debug, time::Duration};

use orderly_domain::{
    Money, Position, Rejection, Result, SortKey, Storage, StoreError, Timestamp, Version,
    account::{Account, NewAccount, PasswordHash, Role},
    id::{NoteId, OrderId, ProductId, UserId},
    idempotency::{Fingerprint, Idempotency},
    note::Note,
    order::{Basket, NewOrder, Order},
    product::Product,
};
use tokio::task::JoinSet;
use uuid::Uuid;

/// So many seconds after the shop was opened.
pub(crate) fn at(seconds: u64) -> Timestamp {
    Timestamp::from_micros(1_795_000_000_000_000).after(Duration::from_secs(seconds))
}

pub(crate) fn eur(cents: i64) -> Money {
    money(cents, "EUR")
}

pub(crate) fn money(amount: i64, currency: &str) -> Money {
    Money::new(amount, currency.parse().unwrap()).unwrap()
}

pub(crate) fn new_account(name: &str, email: &str, role: Role) -> NewAccount {
    let account = Account {
        id: UserId::new(),
        email: email.into(),
        name: name.to_owned(),
        phone: None,
        role,
        created_at: at(0),
        updated_at: at(0),
    };
    NewAccount { account, password: PasswordHash(format!("hash of {name}")) }
}

async fn create(store: &impl Storage, name: &str, role: Role) -> Account {
    let email = format!("{}@example.com", name.to_lowercase());
    store.create_account(new_account(name, &email, role), None).await.unwrap()
}

pub(crate) async fn customer(store: &impl Storage, name: &str) -> Account {
    create(store, name, Role::Customer).await
}

pub(crate) async fn administrator(store: &impl Storage, name: &str) -> Account {
    create(store, name, Role::Administrator).await
}

pub(crate) fn new_product(sku: &str, price: Money, stock: i64) -> Product {
    Product {
        id: ProductId::new(),
        sku: sku.to_owned(),
        name: format!("Product {sku}"),
        description: None,
        price,
        stock,
        active: true,
        version: Version::FIRST,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) async fn product(store: &impl Storage, sku: &str, cents: i64, stock: i64) -> Product {
    store.create_product(new_product(sku, eur(cents), stock), None, None).await.unwrap().value
}

pub(crate) fn new_order(user: UserId, lines: &[(&Product, i64)]) -> NewOrder {
    NewOrder {
        id: OrderId::new(),
        user_id: user,
        basket: Basket::new(lines.iter().map(|(product, quantity)| (product.id, *quantity))),
        reference: None,
        expected_total: None,
        at: at(1),
    }
}

/// A key that nobody used before.
pub(crate) fn fresh_key(user: UserId) -> Idempotency {
    key(user, &Uuid::now_v7().to_string())
}

/// The key of a request that says nothing but "hello".
pub(crate) fn key(user: UserId, key: &str) -> Idempotency {
    Idempotency {
        user_id: user,
        operation: "test",
        key: key.to_owned(),
        fingerprint: Fingerprint::of(&"hello"),
        at: at(1),
    }
}

pub(crate) async fn order(store: &impl Storage, user: UserId, lines: &[(&Product, i64)]) -> Result<Order> {
    Ok(store.place_order(new_order(user, lines), fresh_key(user)).await?.value)
}

pub(crate) fn new_note(user: UserId, title: &str, order: Option<OrderId>) -> Note {
    Note {
        id: NoteId::new(),
        user_id: user,
        title: title.to_owned(),
        body: format!("About {title}"),
        order_id: order,
        version: Version::FIRST,
        created_at: at(2),
        updated_at: at(2),
    }
}

/// The rule that refused something, which must not be a replay.
#[track_caller]
pub(crate) fn refused<T: Debug>(result: Result<T>) -> Rejection {
    match result {
        Err(StoreError::Rejected { rejection, replayed: false }) => rejection,
        other => panic!("not refused: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn assert_not_found<T: Debug>(result: Result<T>) {
    assert!(matches!(result, Err(StoreError::NotFound)), "{result:?}");
}

/// The place after something in a list that is sorted by id.
pub(crate) fn by_id(id: Uuid) -> Position {
    Position { key: SortKey::Id, id }
}

/// Reads a list to its end, `limit` at a time; `page` gets where to go on.
pub(crate) async fn walk<T: Clone>(
    limit: usize,
    position: impl Fn(&T) -> Position,
    page: impl AsyncFn(Option<Position>) -> Vec<T>,
) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    loop {
        let items = page(all.last().map(&position)).await;
        assert!(items.len() <= limit, "a page has {} items, the limit is {limit}", items.len());
        if items.is_empty() {
            return all;
        }
        all.extend(items);
    }
}

/// Runs what the closure makes for each number at the same time, and gives the outcomes.
pub(crate) async fn at_once<T, F>(count: usize, task: impl FnMut(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    (0..count).map(task).collect::<JoinSet<_>>().join_all().await
}
