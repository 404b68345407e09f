//! Lists of products: one statement per order, so that each walks an index.
//!
//! Where the order is not by price, the price has a plus before it, which keeps SQLite from walking the prices and
//! sorting afterwards (sqlite.org/optoverview.html on the unary plus).

use orderly_domain::{
    Position, Result, SortKey,
    money::MAX_AMOUNT,
    product::{Product, ProductFilter, ProductSort},
};
use rusqlite::Connection;
use uuid::Uuid;

use super::ProductRow;
use crate::checked::fetch;

/// The select with what all orders share; ?1 to ?5 are the filters and the limit.
macro_rules! ordered {
    ($conn:ident, $filter:ident, $sql:literal $(, $arg:expr)*) => {
        fetch!(
            $conn,
            ProductRow,
            $sql,
            $filter.text.as_deref().unwrap_or_default().to_lowercase(),
            $filter.active,
            $filter.price_min.unwrap_or(0),
            $filter.price_max.unwrap_or(MAX_AMOUNT),
            $filter.limit
            $(, $arg)*
        )
    };
}

/// Whether a list may have to pass many products to find its own: no index knows parts of texts, nor the price in
/// another order than by price.
pub(crate) fn is_search(filter: &ProductFilter) -> bool {
    let by_price = matches!(filter.sort, ProductSort::Cheapest | ProductSort::Dearest);
    let priced = filter.price_min.is_some() || filter.price_max.is_some();
    filter.text.is_some() || (priced && !by_price)
}

pub(crate) fn list(conn: &Connection, filter: &ProductFilter) -> Result<Vec<Product>> {
    let after = filter.after.as_ref();
    let rows = match filter.sort {
        ProductSort::Newest => ordered!(
            conn,
            filter,
            r#"SELECT id, sku, name, description, price_amount, currency, stock, active AS "active: bool", version,
                   created_at, updated_at
               FROM products
               WHERE instr(search, ?1) > 0 AND (?2 IS NULL OR active = ?2) AND +price_amount BETWEEN ?3 AND ?4
                   AND id < ?6
               ORDER BY id DESC LIMIT ?5"#,
            Position::before(after)
        ),
        ProductSort::Oldest => ordered!(
            conn,
            filter,
            r#"SELECT id, sku, name, description, price_amount, currency, stock, active AS "active: bool", version,
                   created_at, updated_at
               FROM products
               WHERE instr(search, ?1) > 0 AND (?2 IS NULL OR active = ?2) AND +price_amount BETWEEN ?3 AND ?4
                   AND id > ?6
               ORDER BY id LIMIT ?5"#,
            after.map_or(Uuid::nil(), |position| position.id)
        ),
        ProductSort::Name => {
            let (name, id) = after_name(after);
            ordered!(
                conn,
                filter,
                r#"SELECT id, sku, name, description, price_amount, currency, stock, active AS "active: bool", version,
                       created_at, updated_at
                   FROM products
                   WHERE instr(search, ?1) > 0 AND (?2 IS NULL OR active = ?2) AND +price_amount BETWEEN ?3 AND ?4
                       AND (name_key, id) > (?6, ?7)
                   ORDER BY name_key, id LIMIT ?5"#,
                name,
                id
            )
        }
        ProductSort::Cheapest => {
            let (amount, id) = after_amount(after).unwrap_or((-1, Uuid::nil()));
            ordered!(
                conn,
                filter,
                r#"SELECT id, sku, name, description, price_amount, currency, stock, active AS "active: bool", version,
                       created_at, updated_at
                   FROM products
                   WHERE instr(search, ?1) > 0 AND (?2 IS NULL OR active = ?2) AND price_amount BETWEEN ?3 AND ?4
                       AND (price_amount, id) > (?6, ?7)
                   ORDER BY price_amount, id LIMIT ?5"#,
                amount,
                id
            )
        }
        ProductSort::Dearest => {
            let (amount, id) = after_amount(after).unwrap_or((i64::MAX, Uuid::max()));
            ordered!(
                conn,
                filter,
                r#"SELECT id, sku, name, description, price_amount, currency, stock, active AS "active: bool", version,
                       created_at, updated_at
                   FROM products
                   WHERE instr(search, ?1) > 0 AND (?2 IS NULL OR active = ?2) AND price_amount BETWEEN ?3 AND ?4
                       AND (price_amount, id) < (?6, ?7)
                   ORDER BY price_amount DESC, id DESC LIMIT ?5"#,
                amount,
                id
            )
        }
    };
    rows?.into_iter().map(Product::try_from).collect()
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
