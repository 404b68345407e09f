//! The contract, method by method: reads go to a reader, writes to the writer; the SQL stands with its noun.

use orderly_domain::{
    Result, Storage, Timestamp, Version,
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

use crate::{
    Sqlite, account, api_key,
    audit::{self, audited},
    expiry, heartbeat, note, order, permit, product, session, signing_key,
    told::Told,
    transaction::snapshot,
};

impl Storage for Sqlite {
    /// Reads, and writes if no ping has done so within the last second.
    async fn ping(&self) -> Result<()> {
        self.read(signing_key::list)?;
        if self.inner.heartbeat.is_due() {
            self.write(heartbeat::write).await?;
            self.inner.heartbeat.beat();
        }
        Ok(())
    }

    async fn create_account(&self, new: NewAccount, audit: Option<AuditEntry>) -> Result<Account> {
        self.write(move |conn| {
            audited(conn, audit.as_ref(), |conn| account::create(conn, &new))?;
            Ok(new.account.clone())
        })
        .await
    }

    async fn create_first_administrator(&self, new: NewAccount) -> Result<bool> {
        self.write(move |conn| account::create_first_administrator(conn, &new)).await
    }

    async fn account(&self, id: UserId) -> Result<Account> {
        self.read(|conn| account::get(conn, id))
    }

    async fn account_by_email(&self, email: Email) -> Result<Option<(Account, PasswordHash)>> {
        self.read(|conn| account::by_email(conn, &email))
    }

    async fn password_of(&self, id: UserId) -> Result<PasswordHash> {
        self.read(|conn| account::password_of(conn, id))
    }

    async fn accounts(&self, filter: AccountFilter) -> Result<Vec<Account>> {
        if filter.text.is_some() {
            return self.search(move |conn| account::list(conn, &filter)).await;
        }
        self.read(|conn| account::list(conn, &filter))
    }

    async fn change_profile(&self, id: UserId, change: ProfileChange, at: Timestamp) -> Result<Account> {
        self.write(move |conn| account::change_profile(conn, id, &change, at)).await
    }

    async fn change_password(
        &self,
        id: UserId,
        verified: Option<PasswordHash>,
        password: PasswordHash,
        at: Timestamp,
    ) -> Result<bool> {
        self.write(move |conn| account::change_password(conn, id, verified.as_ref(), &password, at)).await
    }

    async fn change_role(
        &self,
        id: UserId,
        role: Role,
        at: Timestamp,
        audit: Option<AuditEntry>,
    ) -> Result<Account> {
        self.write(move |conn| audited(conn, audit.as_ref(), |conn| account::change_role(conn, id, role, at)))
            .await
    }

    async fn delete_account(&self, id: UserId, at: Timestamp, audit: Option<AuditEntry>) -> Result<()> {
        self.write(
            move |conn| {
                if account::delete(conn, id, at)? { audit::append(conn, audit.as_ref()) } else { Ok(()) }
            },
        )
        .await
    }

    async fn start_session(&self, token: NewRefreshToken, verified: Option<PasswordHash>) -> Result<bool> {
        self.write(move |conn| session::start(conn, &token, verified.as_ref())).await
    }

    async fn rotate_refresh_token(&self, rotation: Rotation) -> Result<Rotated> {
        self.write(move |conn| session::rotate(conn, &rotation)).await
    }

    async fn revoke_session(&self, token: SecretHash, at: Timestamp) -> Result<()> {
        self.write(move |conn| session::revoke(conn, &token, at)).await
    }

    async fn create_api_key(&self, new: NewApiKey) -> Result<ApiKey> {
        self.write(move |conn| api_key::create(conn, &new).map(|()| new.key.clone())).await
    }

    async fn api_keys(&self, filter: ApiKeyFilter) -> Result<Vec<ApiKey>> {
        self.read(|conn| api_key::list(conn, &filter))
    }

    async fn revoke_api_key(&self, owner: UserId, id: ApiKeyId, at: Timestamp) -> Result<()> {
        self.write(move |conn| api_key::revoke(conn, owner, id, at)).await
    }

    async fn api_key_by_secret(&self, hash: SecretHash, at: Timestamp) -> Result<Option<PresentedApiKey>> {
        self.read(|conn| api_key::by_secret(conn, &hash, at))
    }

    async fn signing_keys(&self) -> Result<Vec<SigningKey>> {
        self.read(signing_key::list)
    }

    async fn rotate_signing_keys(&self, rotation: KeyRotation) -> Result<Vec<SigningKey>> {
        self.write(move |conn| signing_key::rotate(conn, &rotation)).await
    }

    async fn create_product(
        &self,
        new: Product,
        once: Option<Idempotency>,
        audit: Option<AuditEntry>,
    ) -> Result<Once<Product>> {
        self.write_once(once, move |conn| {
            audited(conn, audit.as_ref(), |conn| product::create(conn, &new))?;
            Told::of(new.clone())
        })
        .await
    }

    async fn product(&self, id: ProductId) -> Result<Product> {
        self.read(|conn| product::get(conn, id))
    }

    async fn products(&self, filter: ProductFilter) -> Result<Vec<Product>> {
        if product::is_search(&filter) {
            return self.search(move |conn| product::list(conn, &filter)).await;
        }
        self.read(|conn| product::list(conn, &filter))
    }

    async fn change_product(
        &self,
        id: ProductId,
        expected: Option<Vec<Version>>,
        change: ProductChange,
        at: Timestamp,
        audit: Option<AuditEntry>,
    ) -> Result<Product> {
        self.write(move |conn| {
            audited(conn, audit.as_ref(), |conn| product::change(conn, id, expected.as_deref(), &change, at))
        })
        .await
    }

    async fn adjust_stock(
        &self,
        change: StockChange,
        once: Option<Idempotency>,
        audit: Option<AuditEntry>,
    ) -> Result<Once<StockAdjustment>> {
        self.write_once(once, move |conn| {
            audited(conn, audit.as_ref(), |conn| product::adjust_stock(conn, &change))
        })
        .await
    }

    async fn place_order(&self, new: NewOrder, once: Idempotency) -> Result<Once<Order>> {
        self.write_once(Some(once), move |conn| order::place(conn, &new)).await
    }

    async fn order(&self, id: OrderId) -> Result<Order> {
        self.read(|conn| order::get(conn, id))
    }

    async fn orders(&self, filter: OrderFilter) -> Result<Vec<Order>> {
        if order::is_search(&filter) {
            return self.search(move |conn| snapshot(conn, |conn| order::list(conn, &filter))).await;
        }
        self.read(|conn| snapshot(conn, |conn| order::list(conn, &filter)))
    }

    async fn transition_order(
        &self,
        id: OrderId,
        to: OrderStatus,
        at: Timestamp,
        audit: Option<AuditEntry>,
    ) -> Result<Order> {
        self.write(move |conn| audited(conn, audit.as_ref(), |conn| order::transition(conn, id, to, at)))
            .await
    }

    async fn create_note(&self, new: Note, once: Option<Idempotency>) -> Result<Once<Note>> {
        self.write_once(once, move |conn| {
            note::create(conn, &new)?;
            Told::of(new.clone())
        })
        .await
    }

    async fn note(&self, owner: UserId, id: NoteId) -> Result<Note> {
        self.read(|conn| note::get(conn, owner, id))
    }

    async fn notes(&self, filter: NoteFilter) -> Result<Vec<Note>> {
        self.read(|conn| note::list(conn, &filter))
    }

    async fn change_note(
        &self,
        owner: UserId,
        id: NoteId,
        expected: Option<Vec<Version>>,
        change: NoteChange,
        at: Timestamp,
    ) -> Result<Note> {
        self.write(move |conn| note::change(conn, owner, id, expected.as_deref(), &change, at)).await
    }

    async fn delete_note(&self, owner: UserId, id: NoteId, at: Timestamp) -> Result<()> {
        self.write(move |conn| note::delete(conn, owner, id, at)).await
    }

    async fn audit_entries(&self, filter: AuditFilter) -> Result<Vec<AuditEntry>> {
        self.read(|conn| audit::list(conn, &filter))
    }

    async fn take_permits(&self, request: PermitRequest) -> Result<PermitGrant> {
        self.write(move |conn| permit::take(conn, &request)).await
    }

    async fn remove_expired(&self, at: Timestamp, limit: u32) -> Result<u64> {
        self.write(move |conn| expiry::remove(conn, at, limit)).await
    }
}
