//! Between the document's types and the shop's: what every tag needs. Each tag's own types stand in its file.

mod accounts;
mod audit;
mod catalogue;
mod notes;
mod orders;

use orderly_api as api;
use orderly_api_runtime::DateTime;
use orderly_domain::{self as domain, Cursor, Timestamp};

use crate::service::Listing;

/// What the document's type means to the shop.
pub(super) trait IntoDomain {
    /// The shop's type.
    type Domain;

    /// Takes over what the document has already checked.
    fn into_domain(self) -> Self::Domain;
}

/// How the document writes what the shop has.
pub(super) trait IntoApi {
    /// The document's type.
    type Api;

    /// Fulfils what the document promises.
    fn into_api(self) -> Self::Api;
}

macro_rules! ids {
    ($($Id:ident)+) => { $(
        impl IntoDomain for api::$Id {
            type Domain = domain::id::$Id;

            fn into_domain(self) -> domain::id::$Id {
                self.as_str().parse().expect("the document's pattern is that of the id")
            }
        }

        impl IntoApi for domain::id::$Id {
            type Api = api::$Id;

            fn into_api(self) -> api::$Id {
                String::from(self).try_into().expect("the document's pattern is that of the id")
            }
        }
    )+ };
}

ids! { UserId ApiKeyId ProductId OrderId NoteId AuditEntryId }

impl IntoApi for Timestamp {
    type Api = DateTime;

    fn into_api(self) -> DateTime {
        let moment: chrono::DateTime<chrono::Utc> = self.into();
        moment.try_into().expect("moments come from the clock or from the document's date-times")
    }
}

impl IntoDomain for DateTime {
    type Domain = Timestamp;

    fn into_domain(self) -> Timestamp {
        self.to_utc().into()
    }
}

impl IntoDomain for api::Currency {
    type Domain = domain::Currency;

    fn into_domain(self) -> domain::Currency {
        self.as_str().parse().expect("the document's pattern is that of a currency")
    }
}

impl IntoDomain for api::Price {
    type Domain = domain::Money;

    fn into_domain(self) -> domain::Money {
        domain::Money::new(self.amount.get(), self.currency.into_domain())
            .expect("the document's maximum is that of money")
    }
}

impl IntoApi for domain::Money {
    type Api = api::Money;

    fn into_api(self) -> api::Money {
        api::Money {
            amount: self.amount().try_into().expect("the document's maximum is that of money"),
            currency: self.currency().as_str().parse().expect("the document's pattern is that of a currency"),
        }
    }
}

/// The part of a list that is asked for.
pub(super) fn listing(limit: api::Limit, cursor: Option<api::Cursor>) -> Listing {
    Listing {
        limit: u32::try_from(limit.get()).expect("the document's minimum is 1"),
        cursor: cursor.map(api::Cursor::into_inner),
    }
}

/// The items and the next cursor of a page.
fn page<T: IntoApi>(page: domain::Page<T>) -> (Vec<T::Api>, Option<String>) {
    let items = page.items.into_iter().map(IntoApi::into_api).collect();
    (items, page.next.as_ref().map(Cursor::to_string))
}

/// `Idempotent-Replayed` is sent when it is true.
pub(super) fn replayed(replayed: bool) -> Option<bool> {
    replayed.then_some(true)
}
