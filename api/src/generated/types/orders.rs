//! Types of `orders`.

use orderly_api_runtime as runtime;
use super::{Order, Price, ProductId};

runtime::integer! {
    /// How many of a product.
    pub struct Quantity(i32) { minimum: 1, maximum: 1000 }
}

/// A new order.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct OrderCreate {
    /// What is ordered.
    #[validate(length(min = 1, max = 100))]
    pub lines: Vec<OrderLineCreate>,
    /// Your own reference for the order.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub reference: Option<OrderCreateReference>,
    /// An amount of money that is not negative.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub expected_total: Option<Price>,
}

runtime::object!(OrderCreate);

/// A product and how many of it.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct OrderLineCreate {
    /// Id of a product.
    pub product_id: ProductId,
    /// How many of a product.
    pub quantity: Quantity,
}

runtime::object!(OrderLineCreate);

runtime::string! {
    /// Your own reference for the order.
    pub struct OrderCreateReference { min_length: 1, max_length: 64 }
}

/// A page of orders.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct OrderPage {
    /// `items`.
    pub items: Vec<Order>,
    /// The next page's `cursor`; absent on the last page.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub next_cursor: Option<String>,
}

runtime::object!(OrderPage);
