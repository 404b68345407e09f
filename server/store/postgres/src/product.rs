//! Products and their stock in SQL.

use orderly_domain::{
    Money, StoreError, Timestamp, Version,
    audit::AuditEntry,
    id::ProductId,
    idempotency::{Idempotency, Once},
    money::Currency,
    product::{Product, ProductChange},
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::{
    audit,
    column::At,
    error::{Attempt, internal, unavailable},
    idempotency::{self, Answer, Columns, Command},
};

mod list;
mod stock;

pub(crate) use list::list;
pub(crate) use stock::adjust_stock;

/// How often a change is tried that others change the product before.
const ROUNDS: usize = 8;

struct ProductRow {
    id: Uuid,
    sku: String,
    name: String,
    description: Option<String>,
    price_amount: i64,
    currency: Currency,
    stock: i64,
    active: bool,
    version: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl TryFrom<ProductRow> for Product {
    type Error = StoreError;

    fn try_from(row: ProductRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ProductId::from_uuid(row.id),
            sku: row.sku,
            name: row.name,
            description: row.description,
            price: Money::new(row.price_amount, row.currency).map_err(internal)?,
            stock: row.stock,
            active: row.active,
            version: Version::from_number(row.version),
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// What a search for products looks at.
fn search(product: &Product) -> String {
    let description = product.description.as_deref().unwrap_or_default();
    format!("{}\n{}\n{description}", product.name, product.sku).to_lowercase()
}

pub(crate) async fn create(
    conn: &mut PgConnection,
    product: &Product,
    key: Option<&Idempotency>,
    audit: Option<&AuditEntry>,
) -> Attempt<Once<Product>> {
    idempotency::once(conn, key, Creation { product, key, audit }).await
}

struct Creation<'a> {
    product: &'a Product,
    key: Option<&'a Idempotency>,
    audit: Option<&'a AuditEntry>,
}

impl Command for Creation<'_> {
    type Done = Product;

    async fn effect(&self, conn: &mut PgConnection) -> Attempt<Option<Product>> {
        let (product, key) = (self.product, Columns::of(self.key));
        let currency = product.price.currency();
        let inserted = sqlx::query_scalar!(
            "WITH created AS (
                 INSERT INTO products (id, sku, name, description, price_amount, currency, stock, active, version, name_key,
                     search, created_at, updated_at)
                 SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
                 WHERE NOT EXISTS (
                     SELECT FROM idempotency_records
                     WHERE user_id = $14 AND operation = $15 AND key = $16 AND created_at > $17
                 )
                 RETURNING id
             ), answered AS (
                 INSERT INTO idempotency_records (user_id, operation, key, fingerprint, answer, created_at)
                 SELECT $14, $15, $16, $18, $19, $20 FROM created WHERE $14 IS NOT NULL
             ), audited AS (
                 INSERT INTO audit_entries (id, created_at, actor_id, action, subject, request_id, details)
                 SELECT entry.id, entry.created_at, entry.actor_id, entry.action, entry.subject, entry.request_id,
                     entry.details
                 FROM created, jsonb_populate_record(NULL::audit_entries, $21) AS entry
                 WHERE entry.id IS NOT NULL
             )
             SELECT id FROM created",
            product.id.uuid(),
            product.sku,
            product.name,
            product.description.as_deref(),
            product.price.amount(),
            currency.as_str(),
            product.stock,
            product.active,
            product.version.number(),
            product.name.to_lowercase(),
            search(product),
            At(product.created_at),
            At(product.updated_at),
            key.user_id,
            key.operation,
            key.key,
            key.kept_from,
            key.fingerprint,
            key.user_id.map(|_| Json(Answer::Done(product))) as _,
            key.at,
            audit::parameter(self.audit) as _,
        )
        .fetch_optional(conn)
        .await?;
        Ok(inserted.map(|_| product.clone()))
    }

    /// A SKU that is taken is refused by its constraint; nothing else is.
    async fn refusal(&self, _: &mut PgConnection) -> Attempt<()> {
        Ok(())
    }
}

pub(crate) async fn get(conn: &mut PgConnection, id: ProductId) -> Attempt<Product> {
    let found = sqlx::query_as!(
        ProductRow,
        "SELECT id, sku, name, description, price_amount, currency, stock, active, version, created_at, updated_at
         FROM products WHERE id = $1",
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.ok_or(StoreError::NotFound)?.try_into()?)
}

/// Those of the products that there are.
pub(crate) async fn all(conn: &mut PgConnection, ids: &[Uuid]) -> Attempt<Vec<Product>> {
    let found = sqlx::query_as!(
        ProductRow,
        "SELECT id, sku, name, description, price_amount, currency, stock, active, version, created_at, updated_at
         FROM products WHERE id = ANY ($1)",
        ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(Product::try_from).collect::<Result<_, _>>()?)
}

pub(crate) async fn change(
    conn: &mut PgConnection,
    id: ProductId,
    expected: Option<&[Version]>,
    change: &ProductChange,
    at: Timestamp,
    audit: Option<&AuditEntry>,
) -> Attempt<Product> {
    for _ in 0..ROUNDS {
        let seen = get(conn, id).await?;
        seen.version.require(expected)?;
        if let Some(product) = update(conn, &seen, expected, change, at, audit).await? {
            return Ok(product);
        }
    }
    Err(unavailable("others change the product").into())
}

/// Changes the product if its words still are those that were seen, from which those that a search looks at are made. An
/// order that takes of its stock meanwhile is not in the way, unless a version is expected.
async fn update(
    conn: &mut PgConnection,
    seen: &Product,
    expected: Option<&[Version]>,
    change: &ProductChange,
    at: Timestamp,
    audit: Option<&AuditEntry>,
) -> Attempt<Option<Product>> {
    let mut next = seen.clone();
    if let Some(name) = &change.name {
        next.name.clone_from(name);
    }
    if let Some(description) = &change.description {
        next.description.clone_from(description);
    }
    let expected: Option<Vec<_>> =
        expected.map(|versions| versions.iter().map(|version| version.number()).collect());
    let currency = change.price.map(Money::currency);
    let changed = sqlx::query_as!(
        ProductRow,
        r#"WITH changed AS (
               UPDATE products SET
                   name = $5, description = $6, name_key = $7, search = $8,
                   price_amount = coalesce($9, price_amount), currency = coalesce($10, currency),
                   active = coalesce($11, active), version = version + 1, updated_at = $12
               WHERE id = $1 AND name = $2 AND description IS NOT DISTINCT FROM $3
                   AND ($4::bigint[] IS NULL OR version = ANY ($4))
               RETURNING id, sku, name, description, price_amount, currency, stock, active, version, created_at,
                   updated_at
           ), audited AS (
               INSERT INTO audit_entries (id, created_at, actor_id, action, subject, request_id, details)
               SELECT entry.id, entry.created_at, entry.actor_id, entry.action, entry.subject, entry.request_id,
                   entry.details
               FROM changed, jsonb_populate_record(NULL::audit_entries, $13) AS entry
               WHERE entry.id IS NOT NULL
           )
           SELECT id, sku, name, description, price_amount, currency AS "currency: crate::column::CurrencyCode", stock,
               active, version, created_at, updated_at
           FROM changed"#,
        seen.id.uuid(),
        seen.name,
        seen.description.as_deref(),
        expected.as_deref(),
        next.name,
        next.description.as_deref(),
        next.name.to_lowercase(),
        search(&next),
        change.price.map(Money::amount),
        currency.as_ref().map(Currency::as_str),
        change.active,
        At(at),
        audit::parameter(audit) as _,
    )
    .fetch_optional(conn)
    .await?;
    Ok(changed.map(Product::try_from).transpose()?)
}
