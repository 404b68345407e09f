//! Idempotency: a request that is repeated with its key has its effect once and its answer again.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Timestamp, id::UserId};

/// How long an answer is kept and given again.
pub const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// The key of a request, with what is needed to tell a repetition from a mistake.
#[derive(Debug, Clone)]
pub struct Idempotency {
    /// Who sent it: keys of different accounts do not meet.
    pub user_id: UserId,
    /// The operation it was sent to, and the key.
    pub operation: &'static str,
    /// The key as the client sent it.
    pub key: String,
    /// What the request said.
    pub fingerprint: Fingerprint,
    /// When.
    pub at: Timestamp,
}

/// SHA-256 of what a request said: a repetition says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The fingerprint of a request in its JSON form.
    ///
    /// # Panics
    /// If `request` cannot be written as JSON, which a plain struct always can.
    pub fn of(request: &impl Serialize) -> Self {
        let json = serde_json::to_vec(request).expect("a plain struct is JSON");
        Self(Sha256::digest(json).into())
    }
}

/// An answer, and whether it is that of an earlier request with the same key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Once<T> {
    /// The answer.
    pub value: T,
    /// Whether nothing was done now, because it had been done before.
    pub replayed: bool,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn requests_have_one_fingerprint_if_they_say_the_same(a: (String, i64), b: (String, i64)) {
            prop_assert_eq!(Fingerprint::of(&a), Fingerprint::of(&a.clone()));
            prop_assert_eq!(Fingerprint::of(&a) == Fingerprint::of(&b), a == b);
        }
    }
}
