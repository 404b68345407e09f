//! A database that fails on demand: passes every call on to a real one, or fails instead, in each way that the storage
//! contract knows.

use std::sync::{Arc, Mutex, PoisonError};

use orderly_domain::{
    Rejection, Result, Storage, StoreError, Timestamp, Version,
    account::{Account, AccountFilter, Email, NewAccount, PasswordHash, ProfileChange, Role},
    api_key::{ApiKey, ApiKeyFilter, NewApiKey, PresentedApiKey},
    id::{ApiKeyId, NoteId, OrderId, ProductId, UserId},
    idempotency::{Idempotency, Once},
    note::{Note, NoteChange, NoteFilter},
    order::{NewOrder, Order, OrderFilter, OrderStatus},
    product::{Product, ProductChange, ProductFilter, StockAdjustment, StockChange},
    session::{NewRefreshToken, Rotated, Rotation, SecretHash},
    signing_key::SigningKey,
};

/// What a call meets instead of the database.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The database is busy, full or away.
    Unavailable,
    /// The database answers with what must not happen. The error's text is this, to be looked for in answers.
    Internal(&'static str),
    /// The call never comes back.
    Hangs,
    /// A rule of the shop refuses it.
    Rejected(Rejection),
}

/// The switch for the faults of a database.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Option<Fault>>>);

/// A database with a switch for faults.
#[derive(Debug, Clone)]
pub struct Faulty<S> {
    inner: S,
    faults: Faults,
}

impl Faults {
    /// From now on every call meets this; with `None` the database.
    pub fn set(&self, fault: impl Into<Option<Fault>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = fault.into();
    }

    async fn meet(&self) -> Result<()> {
        let fault = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match fault {
            None => Ok(()),
            Some(Fault::Unavailable) => Err(StoreError::Unavailable("the disk is full".into())),
            Some(Fault::Internal(text)) => Err(StoreError::Internal(text.into())),
            Some(Fault::Hangs) => std::future::pending().await,
            Some(Fault::Rejected(rejection)) => Err(rejection.into()),
        }
    }
}

impl<S> Faulty<S> {
    /// The database behind a switch.
    pub fn new(inner: S, faults: Faults) -> Self {
        Self { inner, faults }
    }
}

macro_rules! pass_on {
    ($(fn $name:ident($($arg:ident: $Arg:ty),* $(,)?) -> $Out:ty;)+) => {
        impl<S: Storage> Storage for Faulty<S> {
            $(async fn $name(&self, $($arg: $Arg),*) -> Result<$Out> {
                self.faults.meet().await?;
                self.inner.$name($($arg),*).await
            })+
        }
    };
}

pass_on! {
    fn ping() -> ();
    fn create_account(new: NewAccount) -> Account;
    fn create_first_administrator(new: NewAccount) -> bool;
    fn account(id: UserId) -> Account;
    fn account_by_email(email: Email) -> Option<(Account, PasswordHash)>;
    fn password_of(id: UserId) -> PasswordHash;
    fn accounts(filter: AccountFilter) -> Vec<Account>;
    fn change_profile(id: UserId, change: ProfileChange, at: Timestamp) -> Account;
    fn change_password(id: UserId, password: PasswordHash, at: Timestamp) -> ();
    fn change_role(id: UserId, role: Role, at: Timestamp) -> Account;
    fn delete_account(id: UserId, at: Timestamp) -> ();
    fn start_session(token: NewRefreshToken) -> ();
    fn rotate_refresh_token(rotation: Rotation) -> Rotated;
    fn revoke_session(token: SecretHash, at: Timestamp) -> ();
    fn create_api_key(new: NewApiKey) -> ApiKey;
    fn api_keys(filter: ApiKeyFilter) -> Vec<ApiKey>;
    fn revoke_api_key(owner: UserId, id: ApiKeyId, at: Timestamp) -> ();
    fn api_key_by_secret(hash: SecretHash, at: Timestamp) -> Option<PresentedApiKey>;
    fn signing_keys() -> Vec<SigningKey>;
    fn first_signing_key(candidate: SigningKey) -> SigningKey;
    fn create_product(new: Product, once: Option<Idempotency>) -> Once<Product>;
    fn product(id: ProductId) -> Product;
    fn products(filter: ProductFilter) -> Vec<Product>;
    fn change_product(id: ProductId, expected: Option<Vec<Version>>, change: ProductChange, at: Timestamp) -> Product;
    fn adjust_stock(change: StockChange, once: Option<Idempotency>) -> Once<StockAdjustment>;
    fn place_order(new: NewOrder, once: Idempotency) -> Once<Order>;
    fn order(id: OrderId) -> Order;
    fn orders(filter: OrderFilter) -> Vec<Order>;
    fn transition_order(id: OrderId, to: OrderStatus, at: Timestamp) -> Order;
    fn create_note(new: Note, once: Option<Idempotency>) -> Once<Note>;
    fn note(owner: UserId, id: NoteId) -> Note;
    fn notes(filter: NoteFilter) -> Vec<Note>;
    fn change_note(owner: UserId, id: NoteId, expected: Option<Vec<Version>>, change: NoteChange, at: Timestamp) -> Note;
    fn delete_note(owner: UserId, id: NoteId, at: Timestamp) -> ();
}
