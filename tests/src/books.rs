//! A shop's books, read from its database behind its back: what no answer shows has to add up too.

use std::{collections::BTreeSet, path::Path};

use orderly_throwaway_postgres::Database;
use rusqlite::{Connection, OpenFlags};
use sqlx::Row;

use crate::engines::Home;

/// The product that storms buy.
pub const SKU: &str = "STORM";

/// An order of a storm: its reference, and how many lines, events and idempotency records it has.
type Entry = (String, [i64; 3]);

/// What the database of a shop says about the orders of storms, whose references are their idempotency keys.
#[derive(Debug)]
pub struct Books {
    orders: Vec<Entry>,
    stock: i64,
    strays: i64,
}

const ORDERS: &str = "
    SELECT o.reference, coalesce(l.number, 0), coalesce(e.number, 0), coalesce(r.number, 0)
    FROM orders o
    LEFT JOIN (SELECT order_id, count(*) AS number FROM order_lines GROUP BY order_id) l ON l.order_id = o.id
    LEFT JOIN (SELECT subject_id, count(*) AS number FROM events WHERE kind = 'order.placed' GROUP BY subject_id) e
        ON e.subject_id = o.id
    LEFT JOIN (SELECT key, count(*) AS number FROM idempotency_records GROUP BY key) r ON r.key = o.reference
    WHERE o.reference LIKE 'storm-%'
    ORDER BY o.reference";

const STOCK: &str = "SELECT stock FROM products WHERE sku = 'STORM'";

/// Lines, events and records without an order.
const STRAYS: &str = "
    SELECT (SELECT count(*) FROM order_lines WHERE order_id NOT IN (SELECT id FROM orders))
         + (SELECT count(*) FROM events WHERE kind = 'order.placed' AND subject_id NOT IN (SELECT id FROM orders))
         + (SELECT count(*) FROM idempotency_records WHERE key LIKE 'storm-%'
                AND key NOT IN (SELECT reference FROM orders WHERE reference IS NOT NULL))";

impl Books {
    /// The books of the shop that lives there.
    ///
    /// # Panics
    /// If they cannot be read.
    pub async fn of(home: &Home) -> Self {
        match home.postgres() {
            Some(database) => Self::on_postgres(database).await,
            None => Self::in_file(&home.folder().join("orderly.db")),
        }
    }

    /// The books of a shop on PostgreSQL.
    ///
    /// # Panics
    /// If they cannot be read.
    pub async fn on_postgres(database: &Database<'_>) -> Self {
        let mut conn = database.connect().await.expect("the database can be reached");
        let rows = sqlx::query(ORDERS).fetch_all(&mut conn).await.expect("orders can be read");
        let orders = rows.iter().map(|row| (row.get(0), [row.get(1), row.get(2), row.get(3)])).collect();
        let stock = sqlx::query(STOCK).fetch_one(&mut conn).await.expect("the stock can be read").get(0);
        let strays = sqlx::query(STRAYS).fetch_one(&mut conn).await.expect("rows can be counted").get(0);
        Self { orders, stock, strays }
    }

    /// The books of a shop in a file, which has to be sound.
    ///
    /// # Panics
    /// If they cannot be read, or the file is damaged.
    pub fn in_file(path: &Path) -> Self {
        let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .expect("the file can be opened");
        let verdict: String =
            conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a file can be checked");
        assert_eq!(verdict, "ok");
        let mut statement = conn.prepare(ORDERS).expect("the tables are known");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])));
        let orders = rows.and_then(Iterator::collect).expect("orders can be read");
        let number = |query| conn.query_row(query, [], |row| row.get(0)).expect("rows can be counted");
        Self { orders, stock: number(STOCK), strays: number(STRAYS) }
    }

    /// The orders' references.
    pub fn references(&self) -> BTreeSet<&str> {
        self.orders.iter().map(|(reference, _)| reference.as_str()).collect()
    }

    /// Asserts that every order is there once, whole, and that the stock is what they left of `stock`, with so many
    /// taken by each.
    ///
    /// # Panics
    /// If it is not so.
    pub fn add_up(&self, stock: i64, each: i64) {
        assert_eq!(self.references().len(), self.orders.len(), "an order is there twice: {self:?}");
        for (reference, parts) in &self.orders {
            assert_eq!(*parts, [1, 1, 1], "lines, events and records of {reference}");
        }
        assert_eq!(self.strays, 0, "lines, events and records of no order");
        let orders = i64::try_from(self.orders.len()).expect("a few orders");
        assert_eq!(self.stock, stock - each * orders, "the stock after {orders} orders");
    }

    /// Asserts that these orders are there.
    ///
    /// # Panics
    /// If one is missing.
    pub fn hold<'k>(&self, acknowledged: impl IntoIterator<Item = &'k String>) {
        let references = self.references();
        for key in acknowledged {
            assert!(references.contains(key.as_str()), "{key} was acknowledged and is not there");
        }
    }
}
