//! Orders in SQL.

use orderly_domain::{
    Money, Position, StoreError, Timestamp, Version,
    audit::AuditEntry,
    id::{OrderId, ProductId, UserId},
    money::Currency,
    order::{Order, OrderFilter, OrderLine, OrderStatus},
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::{
    audit,
    column::At,
    error::{Attempt, internal, unavailable},
};

mod place;

pub(crate) use place::place;

/// How often a transition is tried that others change the order before.
const ROUNDS: usize = 8;

/// A line of an order, with the order.
struct LineRow {
    id: Uuid,
    user_id: Uuid,
    status: OrderStatus,
    total_amount: i64,
    currency: Currency,
    reference: Option<String>,
    version: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
    product_id: Uuid,
    sku: String,
    name: String,
    unit_amount: i64,
    quantity: i64,
}

/// The orders of lines that come order by order.
fn orders(rows: Vec<LineRow>) -> Attempt<Vec<Order>> {
    let mut orders: Vec<Order> = Vec::new();
    for row in rows {
        let unit_price = Money::new(row.unit_amount, row.currency).map_err(internal)?;
        let line = OrderLine {
            product_id: ProductId::from_uuid(row.product_id),
            sku: row.sku,
            name: row.name,
            unit_price,
            quantity: row.quantity,
            total: unit_price.times(row.quantity).map_err(internal)?,
        };
        match orders.last_mut() {
            Some(order) if order.id.uuid() == row.id => order.lines.push(line),
            _ => orders.push(Order {
                id: OrderId::from_uuid(row.id),
                user_id: UserId::from_uuid(row.user_id),
                status: row.status,
                lines: vec![line],
                total: Money::new(row.total_amount, row.currency).map_err(internal)?,
                reference: row.reference,
                version: Version::from_number(row.version),
                created_at: row.created_at,
                updated_at: row.updated_at,
            }),
        }
    }
    Ok(orders)
}

/// The lines of some orders. Every order has one at least.
macro_rules! lines {
    ($conn:ident, $orders:literal $(, $arg:expr)*) => {
        sqlx::query_as!(
            LineRow,
            "SELECT o.id, o.user_id, o.status, o.total_amount, o.currency, o.reference, o.version, o.created_at,
                 o.updated_at, l.product_id, l.sku, l.name, l.unit_amount, l.quantity
             FROM (SELECT * FROM orders WHERE " + $orders + ") AS o JOIN order_lines AS l ON l.order_id = o.id
             ORDER BY o.id DESC, l.product_id"
            $(, $arg)*
        )
        .fetch_all($conn)
        .await?
    };
}

pub(crate) async fn get(conn: &mut PgConnection, id: OrderId) -> Attempt<Order> {
    let rows = lines!(conn, "id = $1", id.uuid());
    Ok(orders(rows)?.pop().ok_or(StoreError::NotFound)?)
}

/// One statement for each index: an account's orders, those in a state, and all.
pub(crate) async fn list(conn: &mut PgConnection, filter: &OrderFilter) -> Attempt<Vec<Order>> {
    let before = Position::before(filter.after.as_ref());
    let from = At(filter.created_from.unwrap_or(Timestamp::from_micros(i64::MIN)));
    let until = At(filter.created_before.unwrap_or(Timestamp::from_micros(i64::MAX)));
    let (status, limit) = (filter.status.map(OrderStatus::as_str), i64::from(filter.limit));
    let rows = match (filter.user_id, status) {
        (Some(user_id), status) => lines!(
            conn,
            "user_id = $1 AND id < $2 AND created_at >= $3 AND created_at < $4 AND ($5::text IS NULL OR status = $5)
             ORDER BY id DESC LIMIT $6",
            user_id.uuid(),
            before,
            from,
            until,
            status,
            limit
        ),
        (None, Some(status)) => lines!(
            conn,
            "status = $1 AND id < $2 AND created_at >= $3 AND created_at < $4 ORDER BY id DESC LIMIT $5",
            status,
            before,
            from,
            until,
            limit
        ),
        (None, None) => lines!(
            conn,
            "id < $1 AND created_at >= $2 AND created_at < $3 ORDER BY id DESC LIMIT $4",
            before,
            from,
            until,
            limit
        ),
    };
    orders(rows)
}

/// Reads the order, and moves it if it still is the one that was read: the rule and the event are the domain's.
pub(crate) async fn transition(
    conn: &mut PgConnection,
    id: OrderId,
    to: OrderStatus,
    at: Timestamp,
    audit: Option<&AuditEntry>,
) -> Attempt<Order> {
    for _ in 0..ROUNDS {
        let seen = get(conn, id).await?;
        let mut order = seen.clone();
        order.status = seen.status.transition(to)?;
        order.version = seen.version.next();
        order.updated_at = at;
        if moved(conn, seen.version, &order, audit).await? {
            return Ok(order);
        }
    }
    Err(unavailable("others change the order").into())
}

/// Stores a transition of the order in this version, and gives the stock back if it was cancelled; whether it is in this
/// version still.
async fn moved(
    conn: &mut PgConnection,
    seen: Version,
    order: &Order,
    audit: Option<&AuditEntry>,
) -> Attempt<bool> {
    let moved = sqlx::query_scalar!(
        "WITH moved AS (
             UPDATE orders SET status = $3, version = $4, updated_at = $5 WHERE id = $1 AND version = $2 RETURNING id
         ), given_back AS MATERIALIZED (
             SELECT product.id, line.quantity
             FROM moved JOIN order_lines AS line ON line.order_id = moved.id
                 JOIN products AS product ON product.id = line.product_id
             WHERE $6
             ORDER BY product.id FOR NO KEY UPDATE OF product
         ), stocked AS (
             UPDATE products AS product
             SET stock = product.stock + given_back.quantity, version = product.version + 1, updated_at = $5
             FROM given_back WHERE product.id = given_back.id
         ), told AS (
             INSERT INTO events (kind, subject_id, payload, created_at) SELECT $7, id, $8, $5 FROM moved
         ), audited AS (
             INSERT INTO audit_entries (id, created_at, actor_id, action, subject, request_id, details)
             SELECT entry.id, entry.created_at, entry.actor_id, entry.action, entry.subject, entry.request_id,
                 entry.details
             FROM moved, jsonb_populate_record(NULL::audit_entries, $9) AS entry
             WHERE entry.id IS NOT NULL
         )
         SELECT id FROM moved",
        order.id.uuid(),
        seen.number(),
        order.status.as_str(),
        order.version.number(),
        At(order.updated_at),
        order.status == OrderStatus::Cancelled,
        format!("order.{}", order.status),
        Json(order) as _,
        audit::parameter(audit) as _,
    )
    .fetch_optional(conn)
    .await?;
    Ok(moved.is_some())
}
