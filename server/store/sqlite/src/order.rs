//! Orders in SQL.

use orderly_domain::{
    Position, Result, StoreError, Timestamp, Version,
    id::{OrderId, ProductId, UserId},
    order::{Order, OrderFilter, OrderLine, OrderStatus},
};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    checked::{execute, fetch, fetch_one, row},
    error::internal,
    events, product,
    told::Told,
};

mod place;

pub(crate) use place::place;

row! {
    struct OrderRow {
        id: Uuid,
        user_id: Uuid,
        status: String,
        total_amount: i64,
        currency: String,
        reference: Option<String>,
        version: i64,
        created_at: i64,
        updated_at: i64,
    }
}

row! {
    struct LineRow { product_id: Uuid, sku: String, name: String, unit_amount: i64, quantity: i64 }
}

/// The order of a row with its lines. A statement for each order of a list costs SQLite less than sorting out the rows of
/// one statement for all (sqlite.org/np1queryprob.html); on one snapshot it takes its locks once.
fn with_lines(conn: &Connection, row: OrderRow) -> Result<Order> {
    let lines = fetch!(
        conn,
        LineRow,
        "SELECT product_id, sku, name, unit_amount, quantity FROM order_lines WHERE order_id = ?1 ORDER BY product_id",
        row.id,
    )?;
    let line = |line: LineRow| {
        let unit_price = product::money(line.unit_amount, &row.currency)?;
        Ok(OrderLine {
            product_id: ProductId::from_uuid(line.product_id),
            sku: line.sku,
            name: line.name,
            unit_price,
            quantity: line.quantity,
            total: unit_price.times(line.quantity).map_err(internal)?,
        })
    };
    Ok(Order {
        id: OrderId::from_uuid(row.id),
        user_id: UserId::from_uuid(row.user_id),
        status: row.status.parse().map_err(internal)?,
        lines: lines.into_iter().map(line).collect::<Result<_>>()?,
        total: product::money(row.total_amount, &row.currency)?,
        reference: row.reference,
        version: Version::from_number(row.version),
        created_at: Timestamp::from_micros(row.created_at),
        updated_at: Timestamp::from_micros(row.updated_at),
    })
}

pub(crate) fn get(conn: &Connection, id: OrderId) -> Result<Order> {
    let row = fetch_one!(
        conn,
        OrderRow,
        "SELECT id, user_id, status, total_amount, currency, reference, version, created_at, updated_at
         FROM orders WHERE id = ?1",
        id.uuid(),
    )?;
    with_lines(conn, row.ok_or(StoreError::NotFound)?)
}

/// Whether a list may have to pass many orders to find its own: no index knows when an order was placed.
pub(crate) fn is_search(filter: &OrderFilter) -> bool {
    filter.user_id.is_none() && (filter.created_from.is_some() || filter.created_before.is_some())
}

/// One statement for each index: an account's orders, those in a state, and all.
pub(crate) fn list(conn: &Connection, filter: &OrderFilter) -> Result<Vec<Order>> {
    let before = Position::before(filter.after.as_ref());
    let from = filter.created_from.map_or(i64::MIN, Timestamp::micros);
    let until = filter.created_before.map_or(i64::MAX, Timestamp::micros);
    let status = filter.status.map(OrderStatus::as_str);
    let rows = match (filter.user_id, status) {
        (Some(user_id), status) => fetch!(
            conn,
            OrderRow,
            "SELECT id, user_id, status, total_amount, currency, reference, version, created_at, updated_at FROM orders
             WHERE user_id = ?1 AND id < ?2 AND created_at >= ?3 AND created_at < ?4 AND (?5 IS NULL OR status = ?5)
             ORDER BY id DESC LIMIT ?6",
            user_id.uuid(),
            before,
            from,
            until,
            status,
            filter.limit,
        ),
        (None, Some(status)) => fetch!(
            conn,
            OrderRow,
            "SELECT id, user_id, status, total_amount, currency, reference, version, created_at, updated_at FROM orders
             WHERE status = ?1 AND id < ?2 AND created_at >= ?3 AND created_at < ?4 ORDER BY id DESC LIMIT ?5",
            status,
            before,
            from,
            until,
            filter.limit,
        ),
        (None, None) => fetch!(
            conn,
            OrderRow,
            "SELECT id, user_id, status, total_amount, currency, reference, version, created_at, updated_at FROM orders
             WHERE id < ?1 AND created_at >= ?2 AND created_at < ?3 ORDER BY id DESC LIMIT ?4",
            before,
            from,
            until,
            filter.limit,
        ),
    };
    rows?.into_iter().map(|row| with_lines(conn, row)).collect()
}

pub(crate) fn transition(conn: &Connection, id: OrderId, to: OrderStatus, at: Timestamp) -> Result<Order> {
    let mut order = get(conn, id)?;
    order.status = order.status.transition(to)?;
    order.version = order.version.next();
    order.updated_at = at;
    execute!(
        conn,
        "UPDATE orders SET status = ?2, version = ?3, updated_at = ?4 WHERE id = ?1",
        id.uuid(),
        order.status.as_str(),
        order.version.number(),
        at.micros(),
    )?;
    if order.status == OrderStatus::Cancelled {
        for line in &order.lines {
            product::add_stock(conn, line.product_id, line.quantity, at)?;
        }
    }
    let told = Told::of(order)?;
    events::append(conn, &format!("order.{to}"), id.uuid(), &told.text, at)?;
    Ok(told.value)
}
