//! Products in SQL.

use orderly_domain::{
    Money, Result, StoreError, Timestamp, Version,
    id::ProductId,
    product::{Product, ProductChange},
};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    checked::{execute, fetch_one, row},
    error::internal,
};

mod list;
mod stock;

pub(crate) use list::{is_search, list};
pub(crate) use stock::{add_stock, adjust_stock};

row! {
    struct ProductRow {
        id: Uuid,
        sku: String,
        name: String,
        description: Option<String>,
        price_amount: i64,
        currency: String,
        stock: i64,
        active: bool,
        version: i64,
        created_at: i64,
        updated_at: i64,
    }
}

impl TryFrom<ProductRow> for Product {
    type Error = StoreError;

    fn try_from(row: ProductRow) -> Result<Self> {
        Ok(Self {
            id: ProductId::from_uuid(row.id),
            sku: row.sku,
            name: row.name,
            description: row.description,
            price: money(row.price_amount, &row.currency)?,
            stock: row.stock,
            active: row.active,
            version: Version::from_number(row.version),
            created_at: Timestamp::from_micros(row.created_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        })
    }
}

/// Money as two columns keep it.
pub(crate) fn money(amount: i64, currency: &str) -> Result<Money> {
    Money::new(amount, currency.parse().map_err(internal)?).map_err(internal)
}

/// What a search for products looks at.
fn search(product: &Product) -> String {
    let description = product.description.as_deref().unwrap_or_default();
    format!("{}\n{}\n{description}", product.name, product.sku).to_lowercase()
}

pub(crate) fn create(conn: &Connection, product: &Product) -> Result<()> {
    let currency = product.price.currency();
    execute!(
        conn,
        "INSERT INTO products (id, sku, name, description, price_amount, currency, stock, active, version, name_key,
             search, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        product.id.uuid(),
        product.sku,
        product.name,
        product.description,
        product.price.amount(),
        currency.as_str(),
        product.stock,
        product.active,
        product.version.number(),
        product.name.to_lowercase(),
        search(product),
        product.created_at.micros(),
        product.updated_at.micros(),
    )?;
    Ok(())
}

pub(crate) fn find(conn: &Connection, id: ProductId) -> Result<Option<Product>> {
    fetch_one!(
        conn,
        ProductRow,
        r#"SELECT id, sku, name, description, price_amount, currency, stock, active AS "active: bool", version,
               created_at, updated_at
           FROM products WHERE id = ?1"#,
        id.uuid(),
    )?
    .map(Product::try_from)
    .transpose()
}

pub(crate) fn get(conn: &Connection, id: ProductId) -> Result<Product> {
    find(conn, id)?.ok_or(StoreError::NotFound)
}

pub(crate) fn change(
    conn: &Connection,
    id: ProductId,
    expected: Option<&[Version]>,
    change: &ProductChange,
    at: Timestamp,
) -> Result<Product> {
    let mut product = get(conn, id)?;
    product.version.require(expected)?;
    if let Some(name) = &change.name {
        product.name.clone_from(name);
    }
    if let Some(description) = &change.description {
        product.description.clone_from(description);
    }
    product.price = change.price.unwrap_or(product.price);
    product.active = change.active.unwrap_or(product.active);
    product.version = product.version.next();
    product.updated_at = at;
    let currency = product.price.currency();
    execute!(
        conn,
        "UPDATE products SET name = ?2, description = ?3, price_amount = ?4, currency = ?5, active = ?6, version = ?7,
             name_key = ?8, search = ?9, updated_at = ?10
         WHERE id = ?1",
        id.uuid(),
        product.name,
        product.description,
        product.price.amount(),
        currency.as_str(),
        product.active,
        product.version.number(),
        product.name.to_lowercase(),
        search(&product),
        at.micros(),
    )?;
    Ok(product)
}
