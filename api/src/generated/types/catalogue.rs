//! Types of `catalogue`.

use orderly_api_runtime as runtime;
use super::{Money, Price, ProductId};

runtime::string! {
    /// Stock keeping unit, unique among products.
    pub struct Sku { pattern: "^[A-Z0-9][A-Z0-9-]{0,39}$" }
}

runtime::string_enum! {
    /// The order of a list of products.
    pub enum ProductSort {
        /// `newest`.
        Newest = "newest",
        /// `oldest`.
        Oldest = "oldest",
        /// `name`.
        Name = "name",
        /// `cheapest`.
        Cheapest = "cheapest",
        /// `dearest`.
        Dearest = "dearest",
    }
}

/// A new product.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ProductCreate {
    /// Stock keeping unit, unique among products.
    pub sku: Sku,
    /// The product's name as customers see it.
    pub name: ProductName,
    /// The product in some words.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub description: Option<ProductText>,
    /// An amount of money that is not negative.
    pub price: Price,
    /// How many there are at first.
    #[serde(default = "product_create_stock")]
    pub stock: ProductCreateStock,
}

runtime::object!(ProductCreate);

/// What `stock` is when it is left out.
fn product_create_stock() -> ProductCreateStock {
    ProductCreateStock::try_from(0)
        .expect("the document's default fulfils its own schema")
}

runtime::string! {
    /// The product's name as customers see it.
    pub struct ProductName { min_length: 1, max_length: 200, pattern: r"\S" }
}

runtime::string! {
    /// The product in some words.
    pub struct ProductText { max_length: 5000 }
}

runtime::integer! {
    /// How many there are at first.
    pub struct ProductCreateStock(i64) { minimum: 0, maximum: 1000000000 }
}

/// The fields of the product to change.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
#[validate(schema(function = "product_patch_has_enough_properties"))]
pub struct ProductPatch {
    /// The product's name as customers see it.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<ProductName>,
    /// The product in some words; null removes them.
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub description: runtime::Patch<ProductPatchDescription>,
    /// An amount of money that is not negative.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub price: Option<Price>,
    /// Whether it is for sale.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub active: Option<bool>,
}

runtime::object!(ProductPatch);

/// Counts the properties that are there.
fn product_patch_has_enough_properties(
    value: &ProductPatch,
) -> Result<(), validator::ValidationError> {
    runtime::property_count(
        &[
            value.name.is_some(),
            !value.description.is_absent(),
            value.price.is_some(),
            value.active.is_some(),
        ],
        1,
        None,
    )
}

runtime::string! {
    /// The product in some words; null removes them.
    pub struct ProductPatchDescription { max_length: 5000 }
}

/// Something that can be ordered.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Product {
    /// Id of a product.
    pub id: ProductId,
    /// Stock keeping unit.
    pub sku: String,
    /// The product's name.
    pub name: String,
    /// The product in some words.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub description: Option<String>,
    /// An amount in minor units (cents) of a currency.
    pub price: Money,
    /// How many can be ordered.
    pub stock: ProductStock,
    /// Whether it is for sale.
    pub active: bool,
    /// When it was created.
    pub created_at: chrono::DateTime<chrono::Utc>,
    /// When it was changed last.
    pub updated_at: chrono::DateTime<chrono::Utc>,
}

runtime::object!(Product);

runtime::integer! {
    /// How many can be ordered.
    pub struct ProductStock(i64) { minimum: 0 }
}

/// A page of products.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct ProductPage {
    /// `items`.
    pub items: Vec<Product>,
    /// The next page's `cursor`; absent on the last page.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub next_cursor: Option<String>,
}

runtime::object!(ProductPage);

/// A change of stock.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct StockAdjust {
    /// How many to add; negative to take away.
    pub delta: StockAdjustDelta,
    /// Why.
    pub reason: StockAdjustReason,
}

runtime::object!(StockAdjust);

runtime::integer! {
    /// How many to add; negative to take away.
    pub struct StockAdjustDelta(i64) { minimum: -1000000000, maximum: 1000000000 }
}

runtime::string! {
    /// Why.
    pub struct StockAdjustReason { min_length: 1, max_length: 200, pattern: r"\S" }
}

/// A change of stock that was made.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct StockAdjustment {
    /// Id of a product.
    pub product_id: ProductId,
    /// How many were added.
    pub delta: i64,
    /// Why.
    pub reason: String,
    /// How many there are after it.
    pub stock: StockAdjustmentStock,
    /// When.
    pub created_at: chrono::DateTime<chrono::Utc>,
}

runtime::object!(StockAdjustment);

runtime::integer! {
    /// How many there are after it.
    pub struct StockAdjustmentStock(i64) { minimum: 0 }
}

runtime::string! {
    /// `#/paths/~1v1~1products/get/parameters/2/schema`.
    pub struct ListProductsQ { min_length: 1, max_length: 100 }
}

runtime::integer! {
    /// `#/paths/~1v1~1products/get/parameters/4/schema`.
    pub struct ListProductsPriceMin(i64) { minimum: 0, maximum: 9007199254740991 }
}

runtime::integer! {
    /// `#/paths/~1v1~1products/get/parameters/5/schema`.
    pub struct ListProductsPriceMax(i64) { minimum: 0, maximum: 9007199254740991 }
}
