//! Places orders.

use orderly_domain::{
    Rejection, Result, Shortage,
    order::{NewOrder, Order},
    product::Product,
};
use rusqlite::Connection;

use crate::{account, checked::execute, events, product, told::Told};

/// Prices the basket by what the products are now, then takes all of the stock. The transaction holds the database's only
/// write lock, so what it reads stays true until it commits, and whatever refuses the order does so before anything is
/// written.
pub(crate) fn place(conn: &Connection, new: &NewOrder) -> Result<Told<Order>> {
    account::require(conn, new.user_id)?;
    let mut products = Vec::with_capacity(new.basket.lines().len());
    for (id, _) in new.basket.lines() {
        products.extend(product::find(conn, id)?);
    }
    let order = new.clone().priced(&products)?;
    require_stock(&order, &products)?;
    for line in &order.lines {
        product::add_stock(conn, line.product_id, -line.quantity, order.created_at)?;
    }
    insert(conn, &order)?;
    let told = Told::of(order)?;
    let order = &told.value;
    events::append(conn, "order.placed", order.id.uuid(), &told.text, order.created_at)?;
    Ok(told)
}

/// All that is short is reported at once. Products and lines are both in the order of their ids.
fn require_stock(order: &Order, products: &[Product]) -> Result<()> {
    let shortages: Vec<_> = order
        .lines
        .iter()
        .zip(products)
        .filter(|(line, product)| line.quantity > product.stock)
        .map(|(line, product)| Shortage {
            product_id: product.id,
            requested: line.quantity,
            available: product.stock,
        })
        .collect();
    if shortages.is_empty() { Ok(()) } else { Err(Rejection::OutOfStock { shortages }.into()) }
}

fn insert(conn: &Connection, order: &Order) -> Result<()> {
    let currency = order.total.currency();
    execute!(
        conn,
        "INSERT INTO orders (id, user_id, status, total_amount, currency, reference, version, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        order.id.uuid(),
        order.user_id.uuid(),
        order.status.as_str(),
        order.total.amount(),
        currency.as_str(),
        order.reference,
        order.version.number(),
        order.created_at.micros(),
        order.updated_at.micros(),
    )?;
    for line in &order.lines {
        execute!(
            conn,
            "INSERT INTO order_lines (order_id, product_id, sku, name, unit_amount, quantity)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            order.id.uuid(),
            line.product_id.uuid(),
            line.sku,
            line.name,
            line.unit_price.amount(),
            line.quantity,
        )?;
    }
    Ok(())
}
