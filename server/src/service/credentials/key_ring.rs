//! The signing keys as a server holds them, ready for use, with the tokens that they have verified.

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use orderly_domain::{Timestamp, signing_key::SigningKey};

use super::{ed25519, key_policy::KeyPolicy, verified::VerifiedTokens};

/// A public key that access tokens are signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its id, the `kid` in the tokens' headers.
    pub kid: String,
    /// The 32 bytes of the point (RFC 8032, section 5.1.5).
    pub x: [u8; 32],
}

/// A key, ready for use.
pub(super) struct Key {
    pub(super) header: Header,
    pub(super) signing: EncodingKey,
    pub(super) verifying: DecodingKey,
    public: PublicKey,
    made: Timestamp,
}

impl From<&SigningKey> for Key {
    fn from(key: &SigningKey) -> Self {
        let x = ed25519::public(&key.seed);
        Self {
            header: Header { kid: Some(key.kid.clone()), ..Header::new(Algorithm::EdDSA) },
            signing: ed25519::signing(&key.seed),
            verifying: ed25519::verifying(&x),
            public: PublicKey { kid: key.kid.clone(), x },
            made: key.created_at,
        }
    }
}

/// All keys, newest first; never none.
pub(super) struct KeyRing {
    keys: Vec<Key>,
    /// When they were read.
    pub(super) read_at: Timestamp,
    /// What they have verified. It goes with the first key that goes.
    pub(super) verified: Arc<VerifiedTokens>,
}

impl KeyRing {
    /// The keys as they were read at `read_at`.
    ///
    /// # Panics
    /// If there are none: the store always keeps the newest.
    pub(super) fn new(keys: &[SigningKey], read_at: Timestamp) -> Self {
        assert!(!keys.is_empty(), "there is always a key");
        Self { keys: keys.iter().map(Key::from).collect(), read_at, verified: Arc::default() }
    }

    /// These keys in place of the present ones. What was verified with them stays verified while all of them are there.
    pub(super) fn replaced_by(&self, keys: &[SigningKey], read_at: Timestamp) -> Self {
        let mut next = Self::new(keys, read_at);
        if self.keys.iter().all(|key| next.find(&key.public.kid).is_some()) {
            next.verified = self.verified.clone();
        }
        next
    }

    /// The key that signs at `now`.
    pub(super) fn signing(&self, policy: &KeyPolicy, now: Timestamp) -> &Key {
        &self.keys[policy.signing(self.keys.iter().map(|key| key.made), now)]
    }

    /// The key with this id.
    pub(super) fn find(&self, kid: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.public.kid == kid)
    }

    /// The keys to publish, newest first.
    pub(super) fn public_keys(&self) -> Vec<PublicKey> {
        self.keys.iter().map(|key| key.public.clone()).collect()
    }
}
