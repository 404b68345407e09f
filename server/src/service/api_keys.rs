//! API keys: secrets that an account gives to its machines.

use orderly_domain::{
    Page, Position, SortKey, Storage, Timestamp,
    api_key::{ApiKey, ApiKeyFilter, NewApiKey, Scope},
    id::ApiKeyId,
};

use super::{Listing, Principal, Result, ServiceError, Services, credentials::Secret};

/// An API key to create.
#[derive(Debug, Clone)]
pub struct CreateApiKey {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it stops working.
    pub expires_at: Option<Timestamp>,
}

/// A new API key, with the secret that is shown this once.
#[derive(Debug, Clone)]
pub struct CreatedApiKey {
    /// The key.
    pub key: ApiKey,
    /// Its secret.
    pub secret: Secret,
}

impl<S: Storage> Services<S> {
    /// A page of the principal's keys, newest first.
    ///
    /// # Errors
    /// `InvalidCursor`.
    pub async fn list_api_keys(&self, principal: &Principal, listing: Listing) -> Result<Page<ApiKey>> {
        let filters = ("api_keys", principal.account);
        let after = listing.after(&filters)?;
        let filter = ApiKeyFilter { user_id: principal.account, after, limit: listing.rows() };
        let rows = self.store.api_keys(filter).await?;
        Ok(Page::of(rows, listing.limit, &filters, |key| Position { key: SortKey::Id, id: key.id.uuid() }))
    }

    /// Creates a key for the principal's account.
    ///
    /// # Errors
    /// `AlreadyExpired` if it would never work, `Unauthenticated` if the account was deleted.
    pub async fn create_api_key(&self, principal: &Principal, create: CreateApiKey) -> Result<CreatedApiKey> {
        let CreateApiKey { name, mut scopes, expires_at } = create;
        let now = Timestamp::now();
        if expires_at.is_some_and(|expires_at| expires_at <= now) {
            return Err(ServiceError::AlreadyExpired);
        }
        scopes.sort_unstable();
        let secret = Secret::api_key();
        let key = ApiKey {
            id: ApiKeyId::new(),
            user_id: principal.account,
            name,
            scopes,
            expires_at,
            created_at: now,
        };
        let new = NewApiKey { key, hash: secret.hash() };
        let key = self.store.create_api_key(new).await.map_err(ServiceError::deleted)?;
        Ok(CreatedApiKey { key, secret })
    }

    /// Revokes a key of the principal, at once; doing it again changes nothing.
    ///
    /// # Errors
    /// `NotFound` if the principal never had it.
    pub async fn revoke_api_key(&self, principal: &Principal, id: ApiKeyId) -> Result<()> {
        self.store
            .revoke_api_key(principal.account, id, Timestamp::now())
            .await
            .map_err(ServiceError::missing("API key"))
    }
}
