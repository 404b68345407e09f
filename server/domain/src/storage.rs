//! The storage contract: what every database engine does for the services, one method per aggregate operation.
//!
//! Each method is one transaction: all of it happens, or nothing. Rules (sorting, adding up, who may do what) stand
//! above it; what must hold against concurrent requests (stock, uniqueness, versions, keys, the last administrator)
//! is decided inside. Lists give at most `limit` rows.

use crate::{
    Result, Timestamp, Version,
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

/// Writes the contract as the trait that each engine implements.
macro_rules! contract {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $Arg:ty),* $(,)?) -> $Out:ty;)+) => {
        /// A database that keeps the shop.
        pub trait Storage: Clone + Send + Sync + 'static {
            $($(#[$doc])* fn $name(&self, $($arg: $Arg),*) -> impl Future<Output = Result<$Out>> + Send;)+
        }
    };
}

contract! {
    /// Answers if the database can read and write.
    fn ping() -> ();

    /// Creates an account; `EmailTaken` if the address has one.
    fn create_account(new: NewAccount) -> Account;
    /// Creates the account only if there is no administrator yet; whether it did.
    fn create_first_administrator(new: NewAccount) -> bool;
    /// The account, `NotFound` if deleted.
    fn account(id: UserId) -> Account;
    /// The account of an address with its password hash.
    fn account_by_email(email: Email) -> Option<(Account, PasswordHash)>;
    /// The password hash of an account.
    fn password_of(id: UserId) -> PasswordHash;
    /// Newest first.
    fn accounts(filter: AccountFilter) -> Vec<Account>;
    /// Changes the profile.
    fn change_profile(id: UserId, change: ProfileChange, at: Timestamp) -> Account;
    /// Sets the password and revokes every session of the account.
    fn change_password(id: UserId, password: PasswordHash, at: Timestamp) -> ();
    /// Changes the role; `LastAdministrator` if nobody else would be one.
    fn change_role(id: UserId, role: Role, at: Timestamp) -> Account;
    /// Removes the personal data, notes, sessions and API keys, keeps the orders. Again: nothing. `NotFound` if it never
    /// was; `LastAdministrator` if nobody else would be one.
    fn delete_account(id: UserId, at: Timestamp) -> ();

    /// Stores the first refresh token of a login.
    fn start_session(token: NewRefreshToken) -> ();
    /// Exchanges a refresh token; a spent one revokes its session.
    fn rotate_refresh_token(rotation: Rotation) -> Rotated;
    /// Revokes the session that a refresh token belongs to; unknown tokens are no error.
    fn revoke_session(token: SecretHash, at: Timestamp) -> ();

    /// Stores a key.
    fn create_api_key(new: NewApiKey) -> ApiKey;
    /// Newest first, without the revoked.
    fn api_keys(filter: ApiKeyFilter) -> Vec<ApiKey>;
    /// Revokes an account's key; again: nothing; `NotFound` if it is not the account's.
    fn revoke_api_key(owner: UserId, id: ApiKeyId, at: Timestamp) -> ();
    /// The key with this secret, if it works at `at`.
    fn api_key_by_secret(hash: SecretHash, at: Timestamp) -> Option<PresentedApiKey>;

    /// All keys, the newest first.
    fn signing_keys() -> Vec<SigningKey>;
    /// Stores the key if there is none, and gives the one that counts.
    fn first_signing_key(candidate: SigningKey) -> SigningKey;

    /// Creates a product; `SkuTaken`.
    fn create_product(new: Product, once: Option<Idempotency>) -> Once<Product>;
    /// The product, archived or not.
    fn product(id: ProductId) -> Product;
    /// In the filter's order.
    fn products(filter: ProductFilter) -> Vec<Product>;
    /// Changes a product; `VersionMismatch` if it is none of `expected` (`None`: any).
    fn change_product(id: ProductId, expected: Option<Vec<Version>>, change: ProductChange, at: Timestamp) -> Product;
    /// Adds to the stock; `OutOfStock` if it would go below zero.
    fn adjust_stock(change: StockChange, once: Option<Idempotency>) -> Once<StockAdjustment>;

    /// Places an order: takes the stock of all lines or none, snapshots names and prices, appends `order.placed` to the
    /// event log. `UnknownProducts`, `ProductsNotForSale`, `CurrencyMismatch`, `TotalTooLarge`, `PriceChanged`, `OutOfStock`.
    fn place_order(new: NewOrder, once: Idempotency) -> Once<Order>;
    /// The order.
    fn order(id: OrderId) -> Order;
    /// Newest first.
    fn orders(filter: OrderFilter) -> Vec<Order>;
    /// Moves an order to a state by [`OrderStatus::transition`] and appends the event; cancelling gives the stock back.
    fn transition_order(id: OrderId, to: OrderStatus, at: Timestamp) -> Order;

    /// Writes a note; `UnknownOrder` if it refers to an order that is not its author's.
    fn create_note(new: Note, once: Option<Idempotency>) -> Once<Note>;
    /// The note of this account.
    fn note(owner: UserId, id: NoteId) -> Note;
    /// Newest first.
    fn notes(filter: NoteFilter) -> Vec<Note>;
    /// Changes a note; `VersionMismatch`, `UnknownOrder`.
    fn change_note(owner: UserId, id: NoteId, expected: Option<Vec<Version>>, change: NoteChange, at: Timestamp) -> Note;
    /// Deletes a note; again: nothing; `NotFound` if it never was this account's.
    fn delete_note(owner: UserId, id: NoteId, at: Timestamp) -> ();
}
