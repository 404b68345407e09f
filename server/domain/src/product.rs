//! Products: what can be ordered, at what price, and how many of it there are.

use serde::{Deserialize, Serialize};

use crate::{Money, Position, Timestamp, Version, id::ProductId};

/// Something that can be ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// The id.
    pub id: ProductId,
    /// Stock keeping unit, unique.
    pub sku: String,
    /// The name that customers see.
    pub name: String,
    /// Some words about it.
    pub description: Option<String>,
    /// What one costs; not negative.
    pub price: Money,
    /// How many can be ordered; not negative.
    pub stock: i64,
    /// Whether it is for sale.
    pub active: bool,
    /// Counts the changes, of the stock too.
    pub version: Version,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// A change of a product; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductChange {
    /// The new name.
    pub name: Option<String>,
    /// The new description, or `Some(None)` to remove it.
    pub description: Option<Option<String>>,
    /// The new price.
    pub price: Option<Money>,
    /// Whether it is for sale.
    pub active: Option<bool>,
}

/// The order of a list of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductSort {
    /// Newest first.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// By name, A to Z.
    Name,
    /// Lowest price first.
    Cheapest,
    /// Highest price first.
    Dearest,
}

/// Which products a list shows.
#[derive(Debug, Clone, Default)]
pub struct ProductFilter {
    /// Text that the name, the description or the SKU contains, in any case.
    pub text: Option<String>,
    /// Only products that are for sale, or only archived ones.
    pub active: Option<bool>,
    /// Lowest price in minor units.
    pub price_min: Option<i64>,
    /// Highest price in minor units.
    pub price_max: Option<i64>,
    /// The order.
    pub sort: ProductSort,
    /// Only what comes after this.
    pub after: Option<Position>,
    /// At most so many.
    pub limit: u32,
}

/// A change of stock to make.
#[derive(Debug, Clone)]
pub struct StockChange {
    /// Of what.
    pub product_id: ProductId,
    /// How many to add; negative to take away.
    pub delta: i64,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// A change of stock that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockAdjustment {
    /// Of what.
    pub product_id: ProductId,
    /// How many were added.
    pub delta: i64,
    /// Why.
    pub reason: String,
    /// How many there are after it.
    pub stock: i64,
    /// When.
    pub created_at: Timestamp,
}
