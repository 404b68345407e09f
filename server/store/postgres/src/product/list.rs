//! Lists of products: one statement per order, so that each walks an index.

use orderly_domain::{
    Position, SortKey,
    money::MAX_AMOUNT,
    product::{Product, ProductFilter, ProductSort},
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::ProductRow;
use crate::{column::is_text, error::Attempt};

/// The select with what all orders share; $1 to $5 are the filters and the limit.
macro_rules! ordered {
    ($conn:ident, $filter:ident, $text:ident, $order:literal $(, $arg:expr)*) => {
        sqlx::query_as!(
            ProductRow,
            "SELECT id, sku, name, description, price_amount, currency, stock, active, version, created_at, updated_at
             FROM products
             WHERE strpos(search, $1) > 0 AND ($2::boolean IS NULL OR active = $2) AND price_amount BETWEEN $3 AND $4 "
                + $order,
            $text,
            $filter.active,
            $filter.price_min.unwrap_or(0),
            $filter.price_max.unwrap_or(MAX_AMOUNT),
            i64::from($filter.limit)
            $(, $arg)*
        )
        .fetch_all($conn)
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
    let rows = match filter.sort {
        ProductSort::Newest => {
            ordered!(conn, filter, text, "AND id < $6 ORDER BY id DESC LIMIT $5", Position::before(after))
        }
        ProductSort::Oldest => ordered!(
            conn,
            filter,
            text,
            "AND id > $6 ORDER BY id LIMIT $5",
            after.map_or(Uuid::nil(), |position| position.id)
        ),
        ProductSort::Name => ordered!(
            conn,
            filter,
            text,
            "AND (name_key, id) > ($6, $7) ORDER BY name_key, id LIMIT $5",
            name,
            name_id
        ),
        ProductSort::Cheapest => {
            let (amount, id) = after_amount(after).unwrap_or((-1, Uuid::nil()));
            ordered!(
                conn,
                filter,
                text,
                "AND (price_amount, id) > ($6, $7) ORDER BY price_amount, id LIMIT $5",
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
                "AND (price_amount, id) < ($6, $7) ORDER BY price_amount DESC, id DESC LIMIT $5",
                amount,
                id
            )
        }
    };
    Ok(rows.into_iter().map(Product::try_from).collect::<Result<_, _>>()?)
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
