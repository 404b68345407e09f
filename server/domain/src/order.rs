//! Orders: their lines, their total, and the states that they go through.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Money, Position, Rejection, Timestamp, Version,
    id::{OrderId, ProductId, UserId},
    money::MoneyError,
    product::Product,
};

/// The state of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Placed; its stock is taken.
    Placed,
    /// Cancelled; its stock was given back.
    Cancelled,
}

/// Every transition of an order's state; what is not here is refused.
pub const TRANSITIONS: &[(OrderStatus, OrderStatus)] = &[(OrderStatus::Placed, OrderStatus::Cancelled)];

impl OrderStatus {
    /// Every state.
    pub const ALL: [Self; 2] = [Self::Placed, Self::Cancelled];

    /// The state as the document and the database write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The states that an order in this one can go to.
    pub fn allowed(self) -> impl Iterator<Item = Self> {
        TRANSITIONS.iter().filter(move |(from, _)| *from == self).map(|&(_, to)| to)
    }

    /// Goes to `to`.
    ///
    /// # Errors
    /// [`Rejection::InvalidTransition`] if [`TRANSITIONS`] does not have it.
    pub fn transition(self, to: Self) -> Result<Self, Rejection> {
        if TRANSITIONS.contains(&(self, to)) {
            Ok(to)
        } else {
            Err(Rejection::InvalidTransition { from: self, to })
        }
    }
}

/// The text is none of the states.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no state of an order")]
pub struct UnknownStatus(String);

impl FromStr for OrderStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}

impl fmt::Display for OrderStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was ordered, at the names and prices of that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The id.
    pub id: OrderId,
    /// Who ordered.
    pub user_id: UserId,
    /// The state.
    pub status: OrderStatus,
    /// The lines, by product id; at least one, all of one currency.
    pub lines: Vec<OrderLine>,
    /// The sum of the lines.
    pub total: Money,
    /// The customer's own reference.
    pub reference: Option<String>,
    /// Counts the changes.
    pub version: Version,
    /// When it was placed.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The product.
    pub product_id: ProductId,
    /// Its SKU at that moment.
    pub sku: String,
    /// Its name at that moment.
    pub name: String,
    /// Its price at that moment.
    pub unit_price: Money,
    /// How many.
    pub quantity: i64,
    /// `unit_price` × `quantity`.
    pub total: Money,
}

/// What is ordered: products and how many of each, sorted by product, each product once.
///
/// The order is that in which every engine touches the rows, so that two orders never wait for each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basket(BTreeMap<ProductId, i64>);

impl Basket {
    /// Adds up lines of the same product.
    pub fn new(lines: impl IntoIterator<Item = (ProductId, i64)>) -> Self {
        let mut basket = BTreeMap::new();
        for (product, quantity) in lines {
            let sum = basket.entry(product).or_insert(0_i64);
            *sum = sum.saturating_add(quantity);
        }
        Self(basket)
    }

    /// Products and quantities, by product.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = (ProductId, i64)> {
        self.0.iter().map(|(&product, &quantity)| (product, quantity))
    }
}

/// An order to place.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// Its id.
    pub id: OrderId,
    /// Who orders.
    pub user_id: UserId,
    /// What.
    pub basket: Basket,
    /// The customer's own reference.
    pub reference: Option<String>,
    /// What the customer expects to pay.
    pub expected_total: Option<Money>,
    /// Now.
    pub at: Timestamp,
}

impl NewOrder {
    /// The order at the names and prices that its products have now; the stock is another matter.
    ///
    /// # Errors
    /// What refuses an order before its stock is looked at: `UnknownProducts` (also for an empty basket, which has no
    /// currency), `ProductsNotForSale`, `CurrencyMismatch`, `TotalTooLarge` and `PriceChanged`.
    pub fn priced(self, products: &[Product]) -> Result<Order, Rejection> {
        let found: BTreeMap<_, _> = products.iter().map(|product| (product.id, product)).collect();
        let ids = || self.basket.lines().map(|(id, _)| id);
        let unknown: Vec<_> = ids().filter(|id| !found.contains_key(id)).collect();
        if !unknown.is_empty() || self.basket.0.is_empty() {
            return Err(Rejection::UnknownProducts { products: unknown });
        }
        let archived: Vec<_> = ids().filter(|id| !found[id].active).collect();
        if !archived.is_empty() {
            return Err(Rejection::ProductsNotForSale { products: archived });
        }
        let lines = self
            .basket
            .lines()
            .map(|(id, quantity)| OrderLine::of(found[&id], quantity))
            .collect::<Result<Vec<_>, _>>()?;
        let total = total(&lines)?;
        if self.expected_total.is_some_and(|expected| expected != total) {
            return Err(Rejection::PriceChanged { current: total });
        }
        Ok(Order {
            id: self.id,
            user_id: self.user_id,
            status: OrderStatus::Placed,
            lines,
            total,
            reference: self.reference,
            version: Version::FIRST,
            created_at: self.at,
            updated_at: self.at,
        })
    }
}

impl OrderLine {
    fn of(product: &Product, quantity: i64) -> Result<Self, MoneyError> {
        Ok(Self {
            product_id: product.id,
            sku: product.sku.clone(),
            name: product.name.clone(),
            unit_price: product.price,
            quantity,
            total: product.price.times(quantity)?,
        })
    }
}

/// The sum of lines, of which there is at least one.
fn total(lines: &[OrderLine]) -> Result<Money, MoneyError> {
    let zero = Money::new(0, lines[0].total.currency())?;
    lines.iter().try_fold(zero, |sum, line| sum.plus(line.total))
}

/// Which orders a list shows, newest first.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Only this account's.
    pub user_id: Option<UserId>,
    /// Only in this state.
    pub status: Option<OrderStatus>,
    /// Only placed then or later.
    pub created_from: Option<Timestamp>,
    /// Only placed before then.
    pub created_before: Option<Timestamp>,
    /// Only what comes after this.
    pub after: Option<Position>,
    /// At most so many.
    pub limit: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_transition_in_the_table_is_possible_and_no_other() {
        for from in OrderStatus::ALL {
            for to in OrderStatus::ALL {
                let listed = from.allowed().any(|state| state == to);
                assert_eq!(from.transition(to).is_ok(), listed, "{from} to {to}");
            }
        }
    }

    #[test]
    fn lines_of_the_same_product_are_added_up_in_the_order_of_their_ids() {
        let (a, b) = (ProductId::new(), ProductId::new());
        let basket = Basket::new([(b, 1), (a, 2), (b, 3)]);
        assert_eq!(basket.lines().collect::<Vec<_>>(), [(a.min(b), 2), (a.max(b), 4)]);
    }
}
