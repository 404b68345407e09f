//! Orders: placing, finding and cancelling them.

use orderly_domain::{
    Money, Page, Position, Rejection, SortKey, Storage, StoreError, Timestamp,
    api_key::Scope,
    id::{OrderId, ProductId},
    idempotency::Once,
    order::{Basket, NewOrder, Order, OrderFilter, OrderStatus},
};
use serde::Serialize;
use serde_json::json;

use super::{Listing, Principal, Result, ServiceError, Services, audit::Action, idempotency};

/// An order to place.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceOrder {
    /// What is ordered; lines of the same product are added up.
    pub lines: Vec<OrderLine>,
    /// The customer's own reference.
    pub reference: Option<String>,
    /// What the customer expects to pay.
    pub expected_total: Option<Money>,
}

/// A product and how many of it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct OrderLine {
    /// The product.
    pub product_id: ProductId,
    /// How many.
    pub quantity: i64,
}

/// Which orders to list.
#[derive(Debug, Clone)]
pub struct ListOrders {
    /// Only orders in this state.
    pub status: Option<OrderStatus>,
    /// Only orders placed then or later.
    pub created_from: Option<Timestamp>,
    /// Only orders placed before then.
    pub created_before: Option<Timestamp>,
    /// Which page.
    pub listing: Listing,
}

impl<S: Storage> Services<S> {
    /// Places an order: the stock of every line or of none. The same key gives the first answer again.
    ///
    /// # Errors
    /// `Forbidden`, `Unauthenticated` if the account was deleted, `UnknownProducts`, `ProductsNotForSale`, `CurrencyMismatch`, `TotalTooLarge`, `PriceChanged`,
    /// `OutOfStock`, `IdempotencyKeyReused`, `IdempotencyInFlight`.
    pub async fn place_order(
        &self,
        principal: &Principal,
        place: PlaceOrder,
        key: String,
    ) -> Result<Once<Order>> {
        principal.require(Scope::OrdersWrite)?;
        let now = Timestamp::now();
        let once = idempotency::record(principal, "create_order", key, &place, now);
        let new = NewOrder {
            id: OrderId::new(),
            user_id: principal.account,
            basket: Basket::new(place.lines.iter().map(|line| (line.product_id, line.quantity))),
            reference: place.reference,
            expected_total: place.expected_total,
            at: now,
        };
        self.store.place_order(new, once).await.map_err(|error| at_lines(error, &place.lines))
    }

    /// A page of the principal's orders, for administrators of everybody's; newest first.
    ///
    /// # Errors
    /// `Forbidden`, `InvalidCursor`.
    pub async fn list_orders(&self, principal: &Principal, list: ListOrders) -> Result<Page<Order>> {
        principal.require(Scope::OrdersRead)?;
        let ListOrders { status, created_from, created_before, listing } = list;
        let user_id = (!principal.is_administrator()).then_some(principal.account);
        let filters = ("orders", user_id, status, created_from, created_before);
        let after = listing.after(&filters)?;
        let filter =
            OrderFilter { user_id, status, created_from, created_before, after, limit: listing.rows() };
        let rows = self.store.orders(filter).await?;
        Ok(Page::of(rows, listing.limit, &filters, |order| Position {
            key: SortKey::Id,
            id: order.id.uuid(),
        }))
    }

    /// An order of the principal, for administrators anybody's.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound` also for what belongs to somebody else.
    pub async fn order(&self, principal: &Principal, id: OrderId) -> Result<Order> {
        principal.require(Scope::OrdersRead)?;
        self.visible_order(principal, id).await
    }

    /// Cancels an order and gives its stock back.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound` also for what belongs to somebody else, `InvalidTransition`.
    pub async fn cancel_order(&self, principal: &Principal, id: OrderId) -> Result<Order> {
        principal.require(Scope::OrdersWrite)?;
        let order = self.visible_order(principal, id).await?;
        let now = Timestamp::now();
        let audit = if order.user_id == principal.account {
            None
        } else {
            principal.audit(Action::CancelOrder, id, now, json!({ "account_id": order.user_id }))
        };
        self.store
            .transition_order(id, OrderStatus::Cancelled, now, audit)
            .await
            .map_err(ServiceError::missing("order"))
    }

    async fn visible_order(&self, principal: &Principal, id: OrderId) -> Result<Order> {
        let order = self.store.order(id).await.map_err(ServiceError::missing("order"))?;
        if principal.may_see(order.user_id) {
            Ok(order)
        } else {
            Err(ServiceError::NotFound { what: "order" })
        }
    }
}

/// Says of refused products in which lines they were sent.
fn at_lines(error: StoreError, lines: &[OrderLine]) -> ServiceError {
    let naming = |products: &[ProductId]| {
        let named = |line: &OrderLine| products.contains(&line.product_id);
        lines.iter().enumerate().filter(|(_, line)| named(line)).map(|(at, _)| at).collect()
    };
    match error {
        StoreError::Rejected { rejection: Rejection::UnknownProducts { products }, replayed } => {
            ServiceError::UnknownProducts { lines: naming(&products), replayed }
        }
        StoreError::Rejected { rejection: Rejection::ProductsNotForSale { products }, replayed } => {
            ServiceError::ProductsNotForSale { lines: naming(&products), replayed }
        }
        other => ServiceError::deleted(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_refused_product_is_named() {
        let (known, unknown) = (ProductId::new(), ProductId::new());
        let lines = [unknown, known, unknown].map(|product_id| OrderLine { product_id, quantity: 1 });
        let error = Rejection::UnknownProducts { products: vec![unknown] }.into();
        let ServiceError::UnknownProducts { lines, replayed: false } = at_lines(error, &lines) else {
            panic!("another error");
        };
        assert_eq!(lines, [0, 2]);
    }
}
