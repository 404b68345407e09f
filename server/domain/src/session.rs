//! Sessions: the chain of refresh tokens that one login gives; each works once.

use crate::{
    Timestamp,
    account::Account,
    id::{SessionId, UserId},
};

/// SHA-256 of a secret; the secret itself is nowhere stored.
pub type SecretHash = [u8; 32];

/// A refresh token to store.
#[derive(Debug, Clone)]
pub struct NewRefreshToken {
    /// Its hash.
    pub hash: SecretHash,
    /// The login it belongs to.
    pub session_id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// The next refresh token in exchange for one.
#[derive(Debug, Clone)]
pub struct Rotation {
    /// The hash of the token that is exchanged.
    pub old: SecretHash,
    /// The hash of the token that takes its place.
    pub new: SecretHash,
    /// Now.
    pub at: Timestamp,
    /// When the new token stops working.
    pub expires_at: Timestamp,
}

/// What came of exchanging a refresh token.
#[derive(Debug, Clone)]
pub enum Rotated {
    /// The new token is stored, the old one spent.
    Renewed {
        /// Whose it is.
        account: Account,
        /// The login.
        session_id: SessionId,
    },
    /// The token is unknown, expired or revoked.
    Unknown,
    /// The token had been spent before: the whole session is revoked now.
    Reused {
        /// Whose it was.
        user_id: UserId,
        /// The login.
        session_id: SessionId,
    },
}
