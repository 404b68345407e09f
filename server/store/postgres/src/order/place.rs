//! Places orders: one statement does all of it, and only an order that it refuses is looked at again.

use orderly_domain::{
    Money, Rejection, Shortage, Version,
    id::ProductId,
    idempotency::{Idempotency, Once},
    money::Currency,
    order::{NewOrder, Order, OrderLine, OrderStatus},
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    account,
    column::At,
    error::{Attempt, internal},
    idempotency::{self, Columns, Command},
    product,
};

struct PlacedLine {
    id: Uuid,
    sku: String,
    name: String,
    price_amount: i64,
    currency: Currency,
    quantity: i64,
}

pub(crate) async fn place(
    conn: &mut PgConnection,
    new: &NewOrder,
    key: &Idempotency,
) -> Attempt<Once<Order>> {
    idempotency::once(conn, Some(key), Placement { new, key }).await
}

struct Placement<'a> {
    new: &'a NewOrder,
    key: &'a Idempotency,
}

impl Command for Placement<'_> {
    type Done = Order;

    async fn effect(&self, conn: &mut PgConnection) -> Attempt<Option<Order>> {
        let Self { new, key } = self;
        let lines = new.basket.lines().len();
        let (mut ids, mut quantities, mut products) =
            (Vec::with_capacity(lines), Vec::with_capacity(lines), Vec::with_capacity(lines));
        for (id, quantity) in new.basket.lines() {
            ids.push(id.uuid());
            quantities.push(quantity);
            products.push(id.to_string());
        }
        let expected = new.expected_total.map(Money::currency);
        let key = Columns::of(Some(key));
        let placed = sqlx::query_file_as!(
            PlacedLine,
            "src/order/place.sql",
            new.id.uuid(),
            new.user_id.uuid(),
            new.reference.as_deref(),
            At(new.at),
            &ids,
            &quantities,
            &products,
            new.expected_total.map(Money::amount),
            expected.as_ref().map(Currency::as_str),
            new.id.to_string(),
            new.user_id.to_string(),
            new.at.micros(),
            key.user_id,
            key.operation,
            key.key,
            key.fingerprint,
            key.kept_from,
            key.at,
        )
        .fetch_all(conn)
        .await?;
        order(new, placed)
    }

    /// The domain says which rule it breaks; all that is short is reported at once.
    async fn refusal(&self, conn: &mut PgConnection) -> Attempt<()> {
        let new = self.new;
        account::require(conn, new.user_id).await?;
        let ids: Vec<_> = new.basket.lines().map(|(id, _)| id.uuid()).collect();
        let products = product::all(conn, &ids).await?;
        let order = new.clone().priced(&products)?;
        let short = |line: &OrderLine| {
            let available = products.iter().find(|product| product.id == line.product_id)?.stock;
            let shortage = Shortage { product_id: line.product_id, requested: line.quantity, available };
            (available < line.quantity).then_some(shortage)
        };
        let shortages: Vec<_> = order.lines.iter().filter_map(short).collect();
        if shortages.is_empty() { Ok(()) } else { Err(Rejection::OutOfStock { shortages }.into()) }
    }
}

/// The order of the lines that were stored; `None` if there are none.
fn order(new: &NewOrder, placed: Vec<PlacedLine>) -> Attempt<Option<Order>> {
    let Some(first) = placed.first() else { return Ok(None) };
    let mut total = Money::new(0, first.currency).map_err(internal)?;
    let mut lines = Vec::with_capacity(placed.len());
    for line in placed {
        let unit_price = Money::new(line.price_amount, line.currency).map_err(internal)?;
        let line = OrderLine {
            product_id: ProductId::from_uuid(line.id),
            sku: line.sku,
            name: line.name,
            unit_price,
            quantity: line.quantity,
            total: unit_price.times(line.quantity).map_err(internal)?,
        };
        total = total.plus(line.total).map_err(internal)?;
        lines.push(line);
    }
    Ok(Some(Order {
        id: new.id,
        user_id: new.user_id,
        status: OrderStatus::Placed,
        lines,
        total,
        reference: new.reference.clone(),
        version: Version::FIRST,
        created_at: new.at,
        updated_at: new.at,
    }))
}
