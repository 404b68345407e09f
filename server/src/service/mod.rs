//! The use cases of the shop, one file a noun: who may do what, and what it takes.
//!
//! They know the domain and the storage contract, and nothing of HTTP.

mod accounts;
mod api_keys;
mod audit;
mod credentials;
mod error;
mod first_administrator;
mod idempotency;
mod keys;
mod listing;
mod maintenance;
mod notes;
mod orders;
mod overview;
mod precondition;
mod principal;
mod products;
mod tokens;
mod users;

use std::sync::Arc;

use orderly_domain::{Storage, Timestamp};
use tokio::sync::Mutex;

pub(crate) use self::first_administrator::random_password;
pub use self::{
    accounts::Registration,
    api_keys::{CreateApiKey, CreatedApiKey},
    audit::ListAuditEntries,
    credentials::{HashingFigures, KeyPolicy, PUBLISHED_KEYS_KEPT, PublicKey},
    error::{Result, ServiceError},
    first_administrator::FirstAdministrator,
    keys::{NewestKey, RotateKeys},
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
use self::{
    credentials::{AccessTokens, Passwords},
    keys::LastAsked,
};

/// All use cases, on a database.
#[derive(Clone)]
pub struct Services<S> {
    store: S,
    passwords: Passwords,
    access_tokens: AccessTokens,
    keys_asked: LastAsked,
}

impl<S: Storage> Services<S> {
    /// The use cases on this database, which gets a key to sign access tokens with if it has none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn open(store: S, keys: KeyPolicy) -> Result<Self> {
        let now = Timestamp::now();
        let first = keys::first_keys(&store, &keys, now).await?;
        let access_tokens = AccessTokens::new(keys, &first, now);
        let keys_asked = Arc::new(Mutex::new(now));
        Ok(Self { store, passwords: Passwords::new(), access_tokens, keys_asked })
    }

    /// The database that they work on.
    pub(crate) fn store(&self) -> &S {
        &self.store
    }

    /// How busy password hashing is.
    pub fn hashing(&self) -> HashingFigures {
        self.passwords.figures()
    }
}
