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
