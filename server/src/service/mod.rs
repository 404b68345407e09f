//! The use cases of the shop, one file a noun: who may do what, and what it takes.
//!
//! They know the domain and the storage contract, and nothing of HTTP.

mod accounts;
mod api_keys;
mod credentials;
mod error;
mod first_administrator;
mod idempotency;
mod listing;
mod notes;
mod orders;
mod overview;
mod precondition;
mod principal;
mod products;
mod tokens;
mod users;

use orderly_domain::{Storage, Timestamp, signing_key::{KeyRotation, SigningKey}};

use self::credentials::{AccessTokens, Passwords, random};
pub(crate) use self::first_administrator::random_password;
pub use self::{
    accounts::Registration,
    api_keys::{CreateApiKey, CreatedApiKey},
    credentials::PublicKey,
    error::{Result, ServiceError},
    first_administrator::FirstAdministrator,
    listing::Listing,
    notes::WriteNote,
    orders::{ListOrders, OrderLine, PlaceOrder},
    overview::Overview,
    precondition::Precondition,
    principal::{Credential, Principal},
    products::{AdjustStock, CreateProduct, ListProducts},
    tokens::Tokens,
    users::ListUsers,
};

/// All use cases, on a database.
#[derive(Clone)]
pub struct Services<S> {
    store: S,
    passwords: Passwords,
    access_tokens: AccessTokens,
}

impl<S: Storage> Services<S> {
    /// The use cases on this database, which gets a key to sign access tokens with if it has none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn open(store: S) -> Result<Self> {
        let kid = format!("k{:016x}", u64::from_be_bytes(random()));
        let candidate = SigningKey { kid, seed: random(), created_at: Timestamp::now() };
        // Any key is newer than the beginning of time, and none was superseded before it.
        let always = Timestamp::from_micros(i64::MIN);
        let rotation = KeyRotation { candidate, unless_newer_than: always, superseded_before: always };
        let keys = store.rotate_signing_keys(rotation).await?;
        let access_tokens = AccessTokens::new(&keys[0], &keys);
        Ok(Self { store, passwords: Passwords::new(), access_tokens })
    }
}
