//! Orders between the document and the shop.

use orderly_api as api;
use orderly_domain::{
    Page,
    order::{self, Order, OrderStatus},
};

use super::{IntoApi, IntoDomain, page};
use crate::service::{OrderLine, PlaceOrder};

impl IntoDomain for api::OrderStatus {
    type Domain = OrderStatus;

    fn into_domain(self) -> OrderStatus {
        match self {
            Self::Placed => OrderStatus::Placed,
            Self::Cancelled => OrderStatus::Cancelled,
        }
    }
}

impl IntoApi for OrderStatus {
    type Api = api::OrderStatus;

    fn into_api(self) -> api::OrderStatus {
        match self {
            Self::Placed => api::OrderStatus::Placed,
            Self::Cancelled => api::OrderStatus::Cancelled,
        }
    }
}

impl IntoDomain for api::OrderCreate {
    type Domain = PlaceOrder;

    fn into_domain(self) -> PlaceOrder {
        PlaceOrder {
            lines: self.lines.into_iter().map(IntoDomain::into_domain).collect(),
            reference: self.reference.map(String::from),
            expected_total: self.expected_total.map(IntoDomain::into_domain),
        }
    }
}

impl IntoDomain for api::OrderLineCreate {
    type Domain = OrderLine;

    fn into_domain(self) -> OrderLine {
        OrderLine { product_id: self.product_id.into_domain(), quantity: self.quantity.get().into() }
    }
}

impl IntoApi for Order {
    type Api = api::Order;

    fn into_api(self) -> api::Order {
        api::Order {
            id: self.id.into_api(),
            account_id: self.user_id.into_api(),
            status: self.status.into_api(),
            lines: self.lines.into_iter().map(IntoApi::into_api).collect(),
            total: self.total.into_api(),
            reference: self.reference,
            created_at: self.created_at.into_api(),
            updated_at: self.updated_at.into_api(),
        }
    }
}

impl IntoApi for order::OrderLine {
    type Api = api::OrderLine;

    fn into_api(self) -> api::OrderLine {
        // 100 lines of at most 1000 each, added up.
        let quantity = i32::try_from(self.quantity).expect("the document bounds lines and quantities");
        api::OrderLine {
            product_id: self.product_id.into_api(),
            sku: self.sku,
            name: self.name,
            unit_price: self.unit_price.into_api(),
            quantity: quantity.try_into().expect("an order has at least one of each"),
            total: self.total.into_api(),
        }
    }
}

impl IntoApi for Page<Order> {
    type Api = api::OrderPage;

    fn into_api(self) -> api::OrderPage {
        let (items, next_cursor) = page(self);
        api::OrderPage { items, next_cursor }
    }
}
