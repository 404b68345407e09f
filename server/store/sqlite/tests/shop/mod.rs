//! A shop for tests of the file: one person, one product, and orders of it.

#![allow(dead_code, reason = "each file of tests uses what it needs")]

use std::path::Path;

use orderly_domain::{
    Money, Result, Storage, Timestamp, Version,
    account::{Account, NewAccount, PasswordHash, Role},
    id::{OrderId, ProductId, UserId},
    idempotency::{Fingerprint, Idempotency},
    order::{Basket, NewOrder, Order},
    product::Product,
};
use orderly_store_sqlite::Sqlite;
use rusqlite::Connection;

pub(crate) fn account() -> NewAccount {
    let (id, now) = (UserId::new(), Timestamp::now());
    let account = Account {
        id,
        email: format!("{id}@example.com").into(),
        name: "Ada".into(),
        phone: None,
        role: Role::Customer,
        created_at: now,
        updated_at: now,
    };
    NewAccount { account, password: PasswordHash("hash".into()) }
}

pub(crate) fn product(stock: i64) -> Product {
    let (id, now) = (ProductId::new(), Timestamp::now());
    Product {
        id,
        sku: id.to_string(),
        name: "Tea".into(),
        description: None,
        price: Money::new(1890, "EUR".parse().unwrap()).unwrap(),
        stock,
        active: true,
        version: Version::FIRST,
        created_at: now,
        updated_at: now,
    }
}

/// Places an order of one unit.
pub(crate) async fn place(store: &Sqlite, user_id: UserId, product_id: ProductId) -> Result<Order> {
    let (id, at) = (OrderId::new(), Timestamp::now());
    let basket = Basket::new([(product_id, 1)]);
    let new = NewOrder { id, user_id, basket, reference: None, expected_total: None, at };
    let key = Idempotency {
        user_id,
        operation: "place_order",
        key: id.to_string(),
        fingerprint: Fingerprint::of(&id),
        at,
    };
    Ok(store.place_order(new, key).await?.value)
}

/// An order that was placed.
pub(crate) async fn order(store: &Sqlite, user_id: UserId, product_id: ProductId) -> Order {
    place(store, user_id, product_id).await.unwrap()
}

pub(crate) fn one<T: rusqlite::types::FromSql>(file: &Path, sql: &str) -> T {
    Connection::open(file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}
