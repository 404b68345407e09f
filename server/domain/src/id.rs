//! Ids: a prefix that names the noun, and a UUIDv7 in Crockford's base 32, as the TypeID specification writes it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Crockford's base 32 in lower case: no i, l, o or u (TypeID specification 0.3).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in groups of five, the first group with three bits.
const LENGTH: usize = 26;

/// The text is not an id of the expected noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {prefix}_ and 26 characters")]
pub struct InvalidId {
    /// The prefix that was expected.
    pub prefix: &'static str,
}

fn encode(id: Uuid) -> [u8; LENGTH] {
    let bits = id.as_u128();
    std::array::from_fn(|at| ALPHABET[(bits >> (5 * (LENGTH - 1 - at)) & 31) as usize])
}

fn decode(text: &str) -> Option<Uuid> {
    // The first character carries three bits; anything above '7' would be a 129th bit.
    if text.len() != LENGTH || text.as_bytes()[0] > b'7' {
        return None;
    }
    text.bytes()
        .try_fold(0u128, |bits, byte| {
            let digit = ALPHABET.iter().position(|&letter| letter == byte)?;
            Some(bits << 5 | digit as u128)
        })
        .map(Uuid::from_u128)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $Name:ident = $prefix:literal;)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $Name(Uuid);

        impl $Name {
            /// A new id; later ids sort after earlier ones (RFC 9562, UUIDv7).
            #[expect(clippy::new_without_default, reason = "each call gives another id")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// The id with this UUID, as a database keeps it.
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// The UUID, as a database keeps it.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let text = encode(self.0);
                write!(f, concat!($prefix, "_{}"), str::from_utf8(&text).expect("the alphabet is ASCII"))
            }
        }

        impl FromStr for $Name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(decode)
                    .map(Self)
                    .ok_or(InvalidId { prefix: $prefix })
            }
        }

        impl From<$Name> for String {
            fn from(id: $Name) -> Self {
                let mut text = String::with_capacity(concat!($prefix, "_").len() + LENGTH);
                text.push_str(concat!($prefix, "_"));
                text.push_str(str::from_utf8(&encode(id.0)).expect("the alphabet is ASCII"));
                text
            }
        }

        impl TryFrom<String> for $Name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }
    )+ };
}

ids! {
    /// Id of an account.
    UserId = "usr";
    /// Id of an API key.
    ApiKeyId = "key";
    /// Id of a product.
    ProductId = "prd";
    /// Id of an order.
    OrderId = "ord";
    /// Id of a note.
    NoteId = "nte";
    /// Id of a login: all refresh tokens that came from one exchange of a password.
    SessionId = "ses";
    /// Id of an entry of the audit trail.
    AuditEntryId = "aud";
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_id_survives_its_text_form(bits: u128) {
            let id = OrderId::from_uuid(Uuid::from_u128(bits));
            prop_assert_eq!(id.to_string().parse::<OrderId>(), Ok(id));
            prop_assert_eq!(String::from(id), id.to_string());
        }

        #[test]
        fn ids_sort_as_their_texts_do(a: u128, b: u128) {
            let (a, b) = (NoteId::from_uuid(Uuid::from_u128(a)), NoteId::from_uuid(Uuid::from_u128(b)));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }

        #[test]
        fn any_text_is_refused_or_read_without_loss(text in "(ord|prd)_[0-9a-z]{24,28}") {
            if let Ok(id) = text.parse::<OrderId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }

    #[test]
    fn an_id_of_another_noun_is_refused() {
        let product = ProductId::new().to_string();
        assert_eq!(product.parse::<OrderId>(), Err(InvalidId { prefix: "ord" }));
    }

    #[test]
    fn a_129th_bit_is_refused() {
        assert!("ord_80000000000000000000000000".parse::<OrderId>().is_err());
        assert!("ord_7zzzzzzzzzzzzzzzzzzzzzzzzz".parse::<OrderId>().is_ok());
    }
}
