//! Keys that access tokens are signed with; all servers on one database share them.

use std::fmt;

use crate::Timestamp;

/// An Ed25519 key.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// The `kid` in the tokens' headers.
    pub kid: String,
    /// The 32 secret bytes (RFC 8032, section 5.1.5).
    pub seed: [u8; 32],
    /// When it was made; the newest signs.
    pub created_at: Timestamp,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// One step in the life of the keys: maybe a new one, and the end of those that nothing is signed with any more.
#[derive(Debug, Clone)]
pub struct KeyRotation {
    /// The key to add.
    pub candidate: SigningKey,
    /// It is added only if no key was made after this.
    pub unless_newer_than: Timestamp,
    /// A key goes if the next newer one was made before this. The newest stays.
    pub superseded_before: Timestamp,
}
