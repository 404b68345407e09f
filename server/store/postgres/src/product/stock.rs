//! Changes of stock in SQL.

use orderly_domain::{
    Rejection, Shortage,
    audit::AuditEntry,
    idempotency::{Idempotency, Once},
    product::{StockAdjustment, StockChange},
};
use sqlx::PgConnection;

use super::get;
use crate::{
    audit,
    column::At,
    error::Attempt,
    idempotency::{self, Columns, Command},
};

pub(crate) async fn adjust_stock(
    conn: &mut PgConnection,
    change: &StockChange,
    key: Option<&Idempotency>,
    audit: Option<&AuditEntry>,
) -> Attempt<Once<StockAdjustment>> {
    idempotency::once(conn, key, Adjustment { change, key, audit }).await
}

struct Adjustment<'a> {
    change: &'a StockChange,
    key: Option<&'a Idempotency>,
    audit: Option<&'a AuditEntry>,
}

impl Command for Adjustment<'_> {
    type Done = StockAdjustment;

    /// The event and the answer are made of what the stock is then, in the form that the domain writes them in.
    async fn effect(&self, conn: &mut PgConnection) -> Attempt<Option<StockAdjustment>> {
        let (change, key) = (self.change, Columns::of(self.key));
        let stock = sqlx::query_scalar!(
            "WITH changed AS (
                 UPDATE products SET stock = stock + $2, version = version + 1, updated_at = $4
                 WHERE id = $1 AND stock + $2 >= 0 AND NOT EXISTS (
                     SELECT FROM idempotency_records
                     WHERE user_id = $5 AND operation = $6 AND key = $7 AND created_at > $8
                 )
                 RETURNING stock
             ), adjusted AS (
                 INSERT INTO stock_adjustments (product_id, delta, reason, stock, created_at)
                 SELECT $1, $2, $3, stock, $4 FROM changed
             ), adjustment AS (
                 SELECT jsonb_build_object(
                     'product_id', $9::text, 'delta', $2, 'reason', $3::text, 'stock', stock, 'created_at', $10::bigint
                 ) AS value
                 FROM changed
             ), told AS (
                 INSERT INTO events (kind, subject_id, payload, created_at)
                 SELECT 'stock.adjusted', $1, value, $4 FROM adjustment
             ), answered AS (
                 INSERT INTO idempotency_records (user_id, operation, key, fingerprint, answer, created_at)
                 SELECT $5, $6, $7, $11, jsonb_build_object('done', value), $12 FROM adjustment WHERE $5 IS NOT NULL
             ), audited AS (
                 INSERT INTO audit_entries (id, created_at, actor_id, action, subject, request_id, details)
                 SELECT entry.id, entry.created_at, entry.actor_id, entry.action, entry.subject, entry.request_id,
                     entry.details
                 FROM changed, jsonb_populate_record(NULL::audit_entries, $13) AS entry
                 WHERE entry.id IS NOT NULL
             )
             SELECT stock FROM changed",
            change.product_id.uuid(),
            change.delta,
            change.reason,
            At(change.at),
            key.user_id,
            key.operation,
            key.key,
            key.kept_from,
            change.product_id.to_string(),
            change.at.micros(),
            key.fingerprint,
            key.at,
            audit::parameter(self.audit) as _,
        )
        .fetch_optional(conn)
        .await?;
        Ok(stock.map(|stock| StockAdjustment {
            product_id: change.product_id,
            delta: change.delta,
            reason: change.reason.clone(),
            stock,
            created_at: change.at,
        }))
    }

    async fn refusal(&self, conn: &mut PgConnection) -> Attempt<()> {
        let StockChange { product_id, delta, .. } = *self.change;
        let available = get(conn, product_id).await?.stock;
        if available.saturating_add(delta) >= 0 {
            return Ok(());
        }
        let shortage = Shortage { product_id, requested: delta.saturating_neg(), available };
        Err(Rejection::OutOfStock { shortages: vec![shortage] }.into())
    }
}
