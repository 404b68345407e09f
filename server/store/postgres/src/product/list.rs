//! Lists of products: one statement per order, so that each walks an index.

use orderly_domain::{
    Position, SortKey,
    money::MAX_AMOUNT,
    product::{Product, ProductFilter, ProductSort},
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::ProductRow;
use crate::{
    column::{At, CurrencyCode, is_text},
    error::{Attempt, internal},
};

/// A page as one row of columns: sqlx hands every row through several streams, one after the other.
struct Page {
    id: Option<Vec<Uuid>>,
    sku: Option<Vec<String>>,
    name: Option<Vec<String>>,
    description: Option<Vec<Option<String>>>,
    price_amount: Option<Vec<i64>>,
    currency: Option<Vec<CurrencyCode>>,
    stock: Option<Vec<i64>>,
    active: Option<Vec<bool>>,
    version: Option<Vec<i64>>,
    created_at: Option<Vec<At>>,
    updated_at: Option<Vec<At>>,
}

impl Page {
    /// The products of a page; the columns of an empty one are NULL.
    fn products(self) -> Attempt<Vec<Product>> {
        let ids = self.id.unwrap_or_default();
        let mut products = Vec::with_capacity(ids.len());
        let mut sku = self.sku.unwrap_or_default().into_iter();
        let mut name = self.name.unwrap_or_default().into_iter();
        let mut description = self.description.unwrap_or_default().into_iter();
        let mut price_amount = self.price_amount.unwrap_or_default().into_iter();
        let mut currency = self.currency.unwrap_or_default().into_iter();
        let mut stock = self.stock.unwrap_or_default().into_iter();
        let mut active = self.active.unwrap_or_default().into_iter();
        let mut version = self.version.unwrap_or_default().into_iter();
        let mut created_at = self.created_at.unwrap_or_default().into_iter();
        let mut updated_at = self.updated_at.unwrap_or_default().into_iter();
        let mut row = |id| {
            Some(ProductRow {
                id,
                sku: sku.next()?,
                name: name.next()?,
                description: description.next()?,
                price_amount: price_amount.next()?,
                currency: currency.next()?.into(),
                stock: stock.next()?,
                active: active.next()?,
                version: version.next()?,
                created_at: created_at.next()?.into(),
                updated_at: updated_at.next()?.into(),
            })
        };
        for id in ids {
            let row = row(id).ok_or_else(|| internal("the columns of a page have different lengths"))?;
            products.push(row.try_into()?);
        }
        Ok(products)
    }
}

/// The select with what all orders share; $1 to $5 are the filters and the limit. Where the order is not by price, a zero
/// is added to the price, which keeps PostgreSQL from walking the prices and sorting afterwards.
macro_rules! ordered {
    ($conn:ident, $filter:ident, $text:ident, $price:literal, $order:literal $(, $arg:expr)*) => {
        sqlx::query_as!(
            Page,
            r#"SELECT array_agg(id) AS id, array_agg(sku) AS sku, array_agg(name) AS name,
                   array_agg(description) AS "description: Vec<Option<String>>", array_agg(price_amount) AS price_amount,
                   array_agg(currency) AS "currency: Vec<CurrencyCode>", array_agg(stock) AS stock,
                   array_agg(active) AS active, array_agg(version) AS version,
                   array_agg(created_at) AS "created_at: Vec<At>", array_agg(updated_at) AS "updated_at: Vec<At>"
               FROM (
                   SELECT id, sku, name, description, price_amount, currency, stock, active, version, created_at,
                       updated_at
                   FROM products
                   WHERE strpos(search, $1) > 0 AND ($2::boolean IS NULL OR active = $2) AND "# + $price
                + " BETWEEN $3 AND $4 AND " + $order + " LIMIT $5) AS page",
            $text,
            $filter.active,
            $filter.price_min.unwrap_or(0),
            $filter.price_max.unwrap_or(MAX_AMOUNT),
            i64::from($filter.limit)
            $(, $arg)*
        )
        .fetch_one($conn)
        .await?
    };
}

pub(crate) async fn list(conn: &mut PgConnection, filter: &ProductFilter) -> Attempt<Vec<Product>> {
    let text = filter.text.as_deref().unwrap_or_default().to_lowercase();
    let after = filter.after.as_ref();
    let (name, name_id) = after_name(after);
    if !is_text(&text) || !is_text(&name) {
        return Ok(Vec::new());
    }
    let page = match filter.sort {
        ProductSort::Newest => {
            ordered!(
                conn,
                filter,
                text,
                "price_amount + 0",
                "id < $6 ORDER BY id DESC",
                Position::before(after)
            )
        }
        ProductSort::Oldest => ordered!(
            conn,
            filter,
            text,
            "price_amount + 0",
            "id > $6 ORDER BY id",
            after.map_or(Uuid::nil(), |position| position.id)
        ),
        ProductSort::Name => ordered!(
            conn,
            filter,
            text,
            "price_amount + 0",
            "(name_key, id) > ($6, $7) ORDER BY name_key, id",
            name,
            name_id
        ),
        ProductSort::Cheapest => {
            let (amount, id) = after_amount(after).unwrap_or((-1, Uuid::nil()));
            ordered!(
                conn,
                filter,
                text,
                "price_amount",
                "(price_amount, id) > ($6, $7) ORDER BY price_amount, id",
                amount,
                id
            )
        }
        ProductSort::Dearest => {
            let (amount, id) = after_amount(after).unwrap_or((i64::MAX, Uuid::max()));
            ordered!(
                conn,
                filter,
                text,
                "price_amount",
                "(price_amount, id) < ($6, $7) ORDER BY price_amount DESC, id DESC",
                amount,
                id
            )
        }
    };
    page.products()
}

/// Names are ordered in lower case; the first is after the empty one.
fn after_name(after: Option<&Position>) -> (String, Uuid) {
    match after {
        Some(Position { key: SortKey::Text(name), id }) => (name.to_lowercase(), *id),
        _ => (String::new(), Uuid::nil()),
    }
}

fn after_amount(after: Option<&Position>) -> Option<(i64, Uuid)> {
    match after {
        Some(Position { key: SortKey::Number(amount), id }) => Some((*amount, *id)),
        _ => None,
    }
}
