//! Columns whose type the domain knows better than SQL does (`sqlx.toml` says which they are), and what SQL cannot hold.

use orderly_domain::{Timestamp, account::Role, money::Currency, order::OrderStatus};
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef},
    types::chrono::{DateTime, Utc},
};

/// Microseconds from 1970 to 2000, where PostgreSQL begins to count.
const EPOCH: i64 = 946_684_800_000_000;
/// The first moment that PostgreSQL knows, in 4714 BC, and the last, in the year 294276, both as it counts
/// (`MIN_TIMESTAMP` and `END_TIMESTAMP` of its datatype/timestamp.h).
const MOMENTS: (i64, i64) = (-211_813_488_000_000_000, 9_223_371_331_200_000_000 - 1);

/// A moment as `timestamptz`; one that PostgreSQL does not know becomes the nearest that it does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At(pub(crate) Timestamp);

impl From<At> for Timestamp {
    fn from(At(timestamp): At) -> Self {
        timestamp
    }
}

impl Type<Postgres> for At {
    fn type_info() -> PgTypeInfo {
        <DateTime<Utc> as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for At {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let (first, last) = MOMENTS;
        let micros = self.0.micros().saturating_sub(EPOCH).clamp(first, last);
        <i64 as Encode<Postgres>>::encode(micros, buffer)
    }
}

impl Decode<'_, Postgres> for At {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let micros = <i64 as Decode<Postgres>>::decode(value)?;
        Ok(Self(Timestamp::from_micros(micros.saturating_add(EPOCH))))
    }
}

/// Columns of text that hold the names of a domain type.
macro_rules! names {
    ($($(#[$doc:meta])* $Column:ident is $Domain:ty;)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $Column($Domain);

        impl From<$Column> for $Domain {
            fn from($Column(value): $Column) -> Self {
                value
            }
        }

        impl Type<Postgres> for $Column {
            fn type_info() -> PgTypeInfo {
                <str as Type<Postgres>>::type_info()
            }
        }

        impl Decode<'_, Postgres> for $Column {
            fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
                Ok(Self(<&str as Decode<Postgres>>::decode(value)?.parse()?))
            }
        }
    )+ };
}

names! {
    /// What an account may do.
    RoleName is Role;
    /// The state of an order.
    Status is OrderStatus;
    /// An ISO 4217 code.
    CurrencyCode is Currency;
}

/// Whether PostgreSQL can hold this text: it knows every character but U+0000. One that it cannot hold is nowhere found.
pub(crate) fn is_text(text: &str) -> bool {
    !text.contains('\0')
}
