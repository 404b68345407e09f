//! What proves who somebody is: passwords, access tokens and opaque secrets.

mod access_token;
mod ed25519;
mod password;
mod secret;
mod verified;

pub use access_token::PublicKey;
pub(super) use access_token::{AccessTokens, LIFE};
pub(super) use password::Passwords;
pub(super) use secret::{Secret, hash, random};
