//! What proves who somebody is: passwords, access tokens and opaque secrets.

mod access_token;
mod ed25519;
mod hashing;
mod key_policy;
mod key_ring;
mod password;
mod secret;
mod verified;

pub(super) use access_token::{AccessTokens, LIFE, Refused};
pub use hashing::HashingFigures;
pub(super) use key_policy::replacement;
pub use key_policy::{KeyPolicy, PUBLISHED_KEYS_KEPT};
pub use key_ring::PublicKey;
pub(super) use password::Passwords;
pub(super) use secret::{Secret, hash, random};
