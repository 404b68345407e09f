//! The contract, method by method; the SQL stands with its noun.
//!
//! Lists of what many people share (products, accounts, orders, the audit trail) are read from the replica if there is
//! one, and may lag behind. All else is read from the database itself: what a write depends on, what a caller may have
//! written a moment ago, and whatever says who somebody is.

use orderly_domain::{
    Result, Storage, StoreError, Timestamp, Version,
    account::{Account, AccountFilter, Email, NewAccount, PasswordHash, ProfileChange, Role},
    api_key::{ApiKey, ApiKeyFilter, NewApiKey, PresentedApiKey},
    audit::{AuditEntry, AuditFilter},
    id::{ApiKeyId, NoteId, OrderId, ProductId, UserId},
    idempotency::{Idempotency, Once},
    note::{Note, NoteChange, NoteFilter},
    order::{NewOrder, Order, OrderFilter, OrderStatus},
    permit::{PermitGrant, PermitRequest},
    product::{Product, ProductChange, ProductFilter, StockAdjustment, StockChange},
    session::{NewRefreshToken, Rotated, Rotation, SecretHash},
    signing_key::{KeyRotation, SigningKey},
};
use sqlx::PgConnection;

use crate::{
    Postgres, account, api_key,
    attempt::{Repeat, Try, Trying},
    audit,
    error::{Attempt, unavailable},
    expiry, note, order, permit, product, session, signing_key,
};

impl Postgres {
    async fn read<'a, T>(&self, work: impl for<'c> Fn(Try<'c, 'a>) -> Trying<'c, T> + Sync) -> Result<T> {
        self.primary.attempt(Repeat::Harmless, work).await
    }

    /// A read that may lag behind. While the replica cannot do it, the database itself does.
    async fn browse<'a, T>(&self, work: impl for<'c> Fn(Try<'c, 'a>) -> Trying<'c, T> + Sync) -> Result<T> {
        if let Some(replica) = &self.replica {
            match replica.attempt(Repeat::Harmless, &work).await {
                Err(StoreError::Unavailable(error)) => {
                    tracing::warn!(error, "the replica cannot be read; the database itself is");
                }
                outcome => return outcome,
            }
        }
        self.read(work).await
    }

    async fn write<'a, T>(&self, work: impl for<'c> Fn(Try<'c, 'a>) -> Trying<'c, T> + Sync) -> Result<T> {
        self.primary.attempt(Repeat::Never, work).await
    }

    /// A write that its key, if it has one, keeps from happening twice.
    async fn write_once<'a, T>(
        &self,
        key: Option<&Idempotency>,
        work: impl for<'c> Fn(Try<'c, 'a>) -> Trying<'c, T> + Sync,
    ) -> Result<T> {
        let repeat = if key.is_some() { Repeat::Harmless } else { Repeat::Never };
        self.primary.attempt(repeat, work).await
    }
}

/// The transaction of a standby is read-only, and so is that of a database which was set so.
async fn ping(conn: &mut PgConnection) -> Attempt<()> {
    let read_only =
        sqlx::query_scalar!(r#"SELECT current_setting('transaction_read_only')::boolean AS "read_only!""#)
            .fetch_one(conn)
            .await?;
    if read_only { Err(unavailable("the database is read-only").into()) } else { Ok(()) }
}

impl Storage for Postgres {
    async fn ping(&self) -> Result<()> {
        self.read(|conn| Box::pin(ping(conn.0))).await
    }

    async fn create_account(&self, new: NewAccount, audit: Option<AuditEntry>) -> Result<Account> {
        self.write(|conn| Box::pin(account::create(conn.0, &new, audit.as_ref()))).await?;
        Ok(new.account)
    }

    async fn create_first_administrator(&self, new: NewAccount) -> Result<bool> {
        self.write(|conn| Box::pin(account::create_first_administrator(conn.0, &new))).await
    }

    async fn account(&self, id: UserId) -> Result<Account> {
        self.read(|conn| Box::pin(account::get(conn.0, id))).await
    }

    async fn account_by_email(&self, email: Email) -> Result<Option<(Account, PasswordHash)>> {
        self.read(|conn| Box::pin(account::by_email(conn.0, &email))).await
    }

    async fn password_of(&self, id: UserId) -> Result<PasswordHash> {
        self.read(|conn| Box::pin(account::password_of(conn.0, id))).await
    }

    async fn accounts(&self, filter: AccountFilter) -> Result<Vec<Account>> {
        self.browse(|conn| Box::pin(account::list(conn.0, &filter))).await
    }

    async fn change_profile(&self, id: UserId, change: ProfileChange, at: Timestamp) -> Result<Account> {
        self.write(|conn| Box::pin(account::change_profile(conn.0, id, &change, at))).await
    }

    async fn change_password(
        &self,
        id: UserId,
        verified: Option<PasswordHash>,
        password: PasswordHash,
        at: Timestamp,
    ) -> Result<bool> {
        self.write(|conn| Box::pin(account::change_password(conn.0, id, verified.as_ref(), &password, at)))
            .await
    }

    async fn change_role(
        &self,
        id: UserId,
        role: Role,
        at: Timestamp,
        audit: Option<AuditEntry>,
    ) -> Result<Account> {
        self.write(|conn| Box::pin(account::change_role(conn.0, id, role, at, audit.as_ref()))).await
    }

    async fn delete_account(&self, id: UserId, at: Timestamp, audit: Option<AuditEntry>) -> Result<()> {
        self.write(|conn| Box::pin(account::delete(conn.0, id, at, audit.as_ref()))).await
    }

    async fn start_session(&self, token: NewRefreshToken, verified: Option<PasswordHash>) -> Result<bool> {
        self.write(|conn| Box::pin(session::start(conn.0, &token, verified.as_ref()))).await
    }

    async fn rotate_refresh_token(&self, rotation: Rotation) -> Result<Rotated> {
        self.write(|conn| Box::pin(session::rotate(conn.0, &rotation))).await
    }

    async fn revoke_session(&self, token: SecretHash, at: Timestamp) -> Result<()> {
        self.write(|conn| Box::pin(session::revoke(conn.0, &token, at))).await
    }

    async fn create_api_key(&self, new: NewApiKey) -> Result<ApiKey> {
        self.write(|conn| Box::pin(api_key::create(conn.0, &new))).await?;
        Ok(new.key)
    }

    async fn api_keys(&self, filter: ApiKeyFilter) -> Result<Vec<ApiKey>> {
        self.read(|conn| Box::pin(api_key::list(conn.0, &filter))).await
    }

    async fn revoke_api_key(&self, owner: UserId, id: ApiKeyId, at: Timestamp) -> Result<()> {
        self.write(|conn| Box::pin(api_key::revoke(conn.0, owner, id, at))).await
    }

    async fn api_key_by_secret(&self, hash: SecretHash, at: Timestamp) -> Result<Option<PresentedApiKey>> {
        self.read(|conn| Box::pin(api_key::by_secret(conn.0, &hash, at))).await
    }

    async fn signing_keys(&self) -> Result<Vec<SigningKey>> {
        self.read(|conn| Box::pin(signing_key::list(conn.0))).await
    }

    async fn rotate_signing_keys(&self, rotation: KeyRotation) -> Result<Vec<SigningKey>> {
        self.write(|conn| Box::pin(signing_key::rotate(conn.0, &rotation))).await
    }

    async fn create_product(
        &self,
        new: Product,
        once: Option<Idempotency>,
        audit: Option<AuditEntry>,
    ) -> Result<Once<Product>> {
        let key = once.as_ref();
        self.write_once(key, |conn| Box::pin(product::create(conn.0, &new, key, audit.as_ref()))).await
    }

    async fn product(&self, id: ProductId) -> Result<Product> {
        self.read(|conn| Box::pin(product::get(conn.0, id))).await
    }

    async fn products(&self, filter: ProductFilter) -> Result<Vec<Product>> {
        self.browse(|conn| Box::pin(product::list(conn.0, &filter))).await
    }

    async fn change_product(
        &self,
        id: ProductId,
        expected: Option<Vec<Version>>,
        change: ProductChange,
        at: Timestamp,
        audit: Option<AuditEntry>,
    ) -> Result<Product> {
        self.write(|conn| {
            Box::pin(product::change(conn.0, id, expected.as_deref(), &change, at, audit.as_ref()))
        })
        .await
    }

    async fn adjust_stock(
        &self,
        change: StockChange,
        once: Option<Idempotency>,
        audit: Option<AuditEntry>,
    ) -> Result<Once<StockAdjustment>> {
        let key = once.as_ref();
        self.write_once(key, |conn| Box::pin(product::adjust_stock(conn.0, &change, key, audit.as_ref())))
            .await
    }

    async fn place_order(&self, new: NewOrder, once: Idempotency) -> Result<Once<Order>> {
        self.write_once(Some(&once), |conn| Box::pin(order::place(conn.0, &new, &once))).await
    }

    async fn order(&self, id: OrderId) -> Result<Order> {
        self.read(|conn| Box::pin(order::get(conn.0, id))).await
    }

    async fn orders(&self, filter: OrderFilter) -> Result<Vec<Order>> {
        self.browse(|conn| Box::pin(order::list(conn.0, &filter))).await
    }

    async fn transition_order(
        &self,
        id: OrderId,
        to: OrderStatus,
        at: Timestamp,
        audit: Option<AuditEntry>,
    ) -> Result<Order> {
        self.write(|conn| Box::pin(order::transition(conn.0, id, to, at, audit.as_ref()))).await
    }

    async fn create_note(&self, new: Note, once: Option<Idempotency>) -> Result<Once<Note>> {
        let key = once.as_ref();
        self.write_once(key, |conn| Box::pin(note::create(conn.0, &new, key))).await
    }

    async fn note(&self, owner: UserId, id: NoteId) -> Result<Note> {
        self.read(|conn| Box::pin(note::get(conn.0, owner, id))).await
    }

    async fn notes(&self, filter: NoteFilter) -> Result<Vec<Note>> {
        self.read(|conn| Box::pin(note::list(conn.0, &filter))).await
    }

    async fn change_note(
        &self,
        owner: UserId,
        id: NoteId,
        expected: Option<Vec<Version>>,
        change: NoteChange,
        at: Timestamp,
    ) -> Result<Note> {
        self.write(|conn| Box::pin(note::change(conn.0, owner, id, expected.as_deref(), &change, at))).await
    }

    async fn delete_note(&self, owner: UserId, id: NoteId, at: Timestamp) -> Result<()> {
        self.write(|conn| Box::pin(note::delete(conn.0, owner, id, at))).await
    }

    async fn audit_entries(&self, filter: AuditFilter) -> Result<Vec<AuditEntry>> {
        self.browse(|conn| Box::pin(audit::list(conn.0, &filter))).await
    }

    async fn take_permits(&self, request: PermitRequest) -> Result<PermitGrant> {
        self.write(|conn| Box::pin(permit::take(conn.0, &request))).await
    }

    async fn remove_expired(&self, at: Timestamp, limit: u32) -> Result<u64> {
        self.write(|conn| Box::pin(expiry::remove(conn.0, at, limit))).await
    }
}
