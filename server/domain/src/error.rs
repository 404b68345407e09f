//! What a command can fail with: a rule of the shop that refuses it, or a database that cannot serve it.

use serde::{Deserialize, Serialize};

use crate::{Money, id::ProductId, money::MoneyError, order::OrderStatus};

/// The outcome of a call to the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// A rule of the shop refuses it; nothing was changed.
    #[error("refused: {rejection}")]
    Rejected {
        /// The rule.
        #[source]
        rejection: Rejection,
        /// Whether this is the answer of an earlier request with the same idempotency key.
        replayed: bool,
    },
    /// The database is busy, full or away; trying again later may succeed. Nothing was changed.
    #[error("the database cannot serve this now")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The request's [`Deadline`](crate::Deadline) passed before the database was done. The work was stopped, and nothing
    /// was changed.
    #[error("the deadline passed before the database was done")]
    DeadlineExceeded,
    /// The database answered with something that must not happen.
    #[error("the database failed")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<Rejection> for StoreError {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected { rejection, replayed: false }
    }
}

/// A rule of the shop that refuses a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Rejection {
    /// Another account has this e-mail address.
    #[error("the e-mail address has an account")]
    EmailTaken,
    /// Another product has this SKU.
    #[error("the SKU is in use")]
    SkuTaken,
    /// There would be no administrator left.
    #[error("the last administrator stays")]
    LastAdministrator,
    /// There is not enough stock.
    #[error("not enough stock of {} products", shortages.len())]
    OutOfStock {
        /// Every product of which there is not enough.
        shortages: Vec<Shortage>,
    },
    /// The total is not the expected one.
    #[error("the total is {} {} now", current.amount(), current.currency())]
    PriceChanged {
        /// The total at today's prices.
        current: Money,
    },
    /// The order cannot go from its state to this one.
    #[error("{from} to {to} is no transition")]
    InvalidTransition {
        /// The state it is in.
        from: OrderStatus,
        /// The state that was asked for.
        to: OrderStatus,
    },
    /// The thing has changed since the caller saw it.
    #[error("another version")]
    VersionMismatch,
    /// The key was used with another request.
    #[error("the idempotency key was used with another request")]
    IdempotencyKeyReused,
    /// A request with the same key is being worked on.
    #[error("a request with this idempotency key is being worked on")]
    IdempotencyInFlight,
    /// Products that do not exist.
    #[error("unknown products")]
    UnknownProducts {
        /// All of them.
        products: Vec<ProductId>,
    },
    /// Products that are archived.
    #[error("products that are not for sale")]
    ProductsNotForSale {
        /// All of them.
        products: Vec<ProductId>,
    },
    /// The lines of an order have several currencies.
    #[error("several currencies")]
    CurrencyMismatch,
    /// The total is beyond [`MAX_AMOUNT`](crate::money::MAX_AMOUNT).
    #[error("the total is too large")]
    TotalTooLarge,
    /// A note refers to an order that is not there or not the author's.
    #[error("unknown order")]
    UnknownOrder,
}

impl From<MoneyError> for Rejection {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::TooLarge => Self::TotalTooLarge,
            MoneyError::CurrencyMismatch(..) => Self::CurrencyMismatch,
        }
    }
}

/// A product of which there is not enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    /// The product.
    pub product_id: ProductId,
    /// How many were asked for.
    pub requested: i64,
    /// How many there are.
    pub available: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rejection_survives_being_stored() {
        let money = Money::new(1890, "EUR".parse().unwrap()).unwrap();
        let shortages = vec![Shortage { product_id: ProductId::new(), requested: 3, available: 2 }];
        let products = vec![ProductId::new(), ProductId::new()];
        let rejections = [
            Rejection::EmailTaken,
            Rejection::SkuTaken,
            Rejection::LastAdministrator,
            Rejection::OutOfStock { shortages },
            Rejection::PriceChanged { current: money },
            Rejection::InvalidTransition { from: OrderStatus::Cancelled, to: OrderStatus::Placed },
            Rejection::VersionMismatch,
            Rejection::IdempotencyKeyReused,
            Rejection::IdempotencyInFlight,
            Rejection::UnknownProducts { products: products.clone() },
            Rejection::ProductsNotForSale { products },
            Rejection::CurrencyMismatch,
            Rejection::TotalTooLarge,
            Rejection::UnknownOrder,
        ];
        for rejection in rejections {
            let stored = serde_json::to_string(&rejection).unwrap();
            assert_eq!(serde_json::from_str::<Rejection>(&stored).unwrap(), rejection, "{stored}");
        }
    }
}
