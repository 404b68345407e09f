//! Stock in SQL.

use orderly_domain::{
    Rejection, Result, Shortage, Timestamp,
    id::ProductId,
    product::{StockAdjustment, StockChange},
};
use rusqlite::Connection;

use super::get;
use crate::{checked::execute, events, told::Told};

/// Adds to the stock, which the caller knows to be enough.
pub(crate) fn add_stock(conn: &Connection, id: ProductId, delta: i64, at: Timestamp) -> Result<()> {
    execute!(
        conn,
        "UPDATE products SET stock = stock + ?2, version = version + 1, updated_at = ?3 WHERE id = ?1",
        id.uuid(),
        delta,
        at.micros(),
    )?;
    Ok(())
}

pub(crate) fn adjust_stock(conn: &Connection, change: &StockChange) -> Result<Told<StockAdjustment>> {
    let &StockChange { product_id, delta, ref reason, at } = change;
    let available = get(conn, product_id)?.stock;
    let stock = available.saturating_add(delta);
    if stock < 0 {
        let shortage = Shortage { product_id, requested: delta.saturating_neg(), available };
        return Err(Rejection::OutOfStock { shortages: vec![shortage] }.into());
    }
    add_stock(conn, product_id, delta, at)?;
    execute!(
        conn,
        "INSERT INTO stock_adjustments (product_id, delta, reason, stock, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        product_id.uuid(),
        delta,
        reason,
        stock,
        at.micros(),
    )?;
    let adjustment = StockAdjustment { product_id, delta, reason: reason.clone(), stock, created_at: at };
    let told = Told::of(adjustment)?;
    events::append(conn, "stock.adjusted", product_id.uuid(), &told.text, at)?;
    Ok(told)
}
