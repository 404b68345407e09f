//! The storage contract: what every database engine does for the services, one method per aggregate operation.
//!
//! Each method is one transaction: all of it happens, or nothing. Rules (sorting, adding up, who may do what) stand
//! above it; what must hold against concurrent requests (stock, uniqueness, versions, keys, the last administrator)
//! is decided inside. Lists give at most `limit` rows. Whatever takes an audit entry stores it with its effect: not for
//! a repetition, not for a refusal.
//!
//! Every method may fail with `Unavailable`, with `DeadlineExceeded` once the [`Deadline`](crate::Deadline) that it is
//! called under has passed, and with `Internal`.

/// Gives the list of the contract's methods to another macro, which makes of it a trait, a dispatch or a decorator.
///
/// The other macro gets what follows, types written as `$crate::…` with their paths, so that it needs no imports:
///
/// ```
/// macro_rules! names {
///     ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $Arg:ty),* $(,)?) -> $Out:ty;)+) => {
///         const NAMES: &[&str] = &[$(stringify!($name)),+];
///     };
/// }
/// orderly_domain::storage_contract!(names);
/// assert!(NAMES.contains(&"place_order"));
/// ```
#[macro_export]
macro_rules! storage_contract {
    ($callback:path) => {
        $callback! {
            /// Answers if the database can read and write.
            fn ping() -> ();

            /// Creates an account; `EmailTaken` if the address has one.
            fn create_account(
                new: $crate::account::NewAccount,
                audit: Option<$crate::audit::AuditEntry>,
            ) -> $crate::account::Account;
            /// Creates the account only if there is no administrator yet; whether it did.
            fn create_first_administrator(new: $crate::account::NewAccount) -> bool;
            /// The account, `NotFound` if deleted.
            fn account(id: $crate::id::UserId) -> $crate::account::Account;
            /// The account of an address with its password hash.
            fn account_by_email(
                email: $crate::account::Email,
            ) -> Option<($crate::account::Account, $crate::account::PasswordHash)>;
            /// The password hash of an account.
            fn password_of(id: $crate::id::UserId) -> $crate::account::PasswordHash;
            /// Newest first.
            fn accounts(filter: $crate::account::AccountFilter) -> Vec<$crate::account::Account>;
            /// Changes the profile.
            fn change_profile(
                id: $crate::id::UserId,
                change: $crate::account::ProfileChange,
                at: $crate::Timestamp,
            ) -> $crate::account::Account;
            /// Sets the password and revokes every session of the account, if the stored hash still is `verified`
            /// (`None`: whatever it is). False if it is another by now; nothing was changed then.
            fn change_password(
                id: $crate::id::UserId,
                verified: Option<$crate::account::PasswordHash>,
                password: $crate::account::PasswordHash,
                at: $crate::Timestamp,
            ) -> bool;
            /// Changes the role; `LastAdministrator` if nobody else would be one.
            fn change_role(
                id: $crate::id::UserId,
                role: $crate::account::Role,
                at: $crate::Timestamp,
                audit: Option<$crate::audit::AuditEntry>,
            ) -> $crate::account::Account;
            /// Removes the personal data, notes, sessions and API keys, keeps the orders. Again: nothing, and nothing
            /// for the audit trail. `NotFound` if it never was; `LastAdministrator` if nobody else would be one.
            fn delete_account(
                id: $crate::id::UserId,
                at: $crate::Timestamp,
                audit: Option<$crate::audit::AuditEntry>,
            ) -> ();

            /// Stores the first refresh token of a login, if the account's password hash still is `verified` (`None`:
            /// whatever it is). False if it is another by now; nothing was stored then.
            fn start_session(
                token: $crate::session::NewRefreshToken,
                verified: Option<$crate::account::PasswordHash>,
            ) -> bool;
            /// Exchanges a refresh token; a spent one revokes its session.
            fn rotate_refresh_token(rotation: $crate::session::Rotation) -> $crate::session::Rotated;
            /// Revokes the session that a refresh token belongs to; unknown tokens are no error.
            fn revoke_session(token: $crate::session::SecretHash, at: $crate::Timestamp) -> ();

            /// Stores a key.
            fn create_api_key(new: $crate::api_key::NewApiKey) -> $crate::api_key::ApiKey;
            /// Newest first, without the revoked.
            fn api_keys(filter: $crate::api_key::ApiKeyFilter) -> Vec<$crate::api_key::ApiKey>;
            /// Revokes an account's key; again: nothing; `NotFound` if it is not the account's.
            fn revoke_api_key(
                owner: $crate::id::UserId,
                id: $crate::id::ApiKeyId,
                at: $crate::Timestamp,
            ) -> ();
            /// The key with this secret, if it works at `at`.
            fn api_key_by_secret(
                hash: $crate::session::SecretHash,
                at: $crate::Timestamp,
            ) -> Option<$crate::api_key::PresentedApiKey>;

            /// All keys, the newest first; of several of one moment the first by `kid`.
            fn signing_keys() -> Vec<$crate::signing_key::SigningKey>;
            /// Adds the candidate if no newer key forbids it, removes the keys that were superseded long enough ago,
            /// and gives all that remain, in the order of `signing_keys`. Servers that do this at once agree.
            fn rotate_signing_keys(
                rotation: $crate::signing_key::KeyRotation,
            ) -> Vec<$crate::signing_key::SigningKey>;

            /// Creates a product; `SkuTaken`.
            fn create_product(
                new: $crate::product::Product,
                once: Option<$crate::idempotency::Idempotency>,
                audit: Option<$crate::audit::AuditEntry>,
            ) -> $crate::idempotency::Once<$crate::product::Product>;
            /// The product, archived or not.
            fn product(id: $crate::id::ProductId) -> $crate::product::Product;
            /// In the filter's order.
            fn products(filter: $crate::product::ProductFilter) -> Vec<$crate::product::Product>;
            /// Changes a product; `VersionMismatch` if it is none of `expected` (`None`: any).
            fn change_product(
                id: $crate::id::ProductId,
                expected: Option<Vec<$crate::Version>>,
                change: $crate::product::ProductChange,
                at: $crate::Timestamp,
                audit: Option<$crate::audit::AuditEntry>,
            ) -> $crate::product::Product;
            /// Adds to the stock; `OutOfStock` if it would go below zero.
            fn adjust_stock(
                change: $crate::product::StockChange,
                once: Option<$crate::idempotency::Idempotency>,
                audit: Option<$crate::audit::AuditEntry>,
            ) -> $crate::idempotency::Once<$crate::product::StockAdjustment>;

            /// Places an order: takes the stock of all lines or none, snapshots names and prices, appends
            /// `order.placed` to the event log. `UnknownProducts`, `ProductsNotForSale`, `CurrencyMismatch`,
            /// `TotalTooLarge`, `PriceChanged`, `OutOfStock`.
            fn place_order(
                new: $crate::order::NewOrder,
                once: $crate::idempotency::Idempotency,
            ) -> $crate::idempotency::Once<$crate::order::Order>;
            /// The order.
            fn order(id: $crate::id::OrderId) -> $crate::order::Order;
            /// Newest first.
            fn orders(filter: $crate::order::OrderFilter) -> Vec<$crate::order::Order>;
            /// Moves an order to a state by [`OrderStatus::transition`](crate::order::OrderStatus::transition) and
            /// appends the event; cancelling gives the stock back.
            fn transition_order(
                id: $crate::id::OrderId,
                to: $crate::order::OrderStatus,
                at: $crate::Timestamp,
                audit: Option<$crate::audit::AuditEntry>,
            ) -> $crate::order::Order;

            /// Writes a note; `UnknownOrder` if it refers to an order that is not its author's.
            fn create_note(
                new: $crate::note::Note,
                once: Option<$crate::idempotency::Idempotency>,
            ) -> $crate::idempotency::Once<$crate::note::Note>;
            /// The note of this account.
            fn note(owner: $crate::id::UserId, id: $crate::id::NoteId) -> $crate::note::Note;
            /// Newest first.
            fn notes(filter: $crate::note::NoteFilter) -> Vec<$crate::note::Note>;
            /// Changes a note; `VersionMismatch`, `UnknownOrder`.
            fn change_note(
                owner: $crate::id::UserId,
                id: $crate::id::NoteId,
                expected: Option<Vec<$crate::Version>>,
                change: $crate::note::NoteChange,
                at: $crate::Timestamp,
            ) -> $crate::note::Note;
            /// Deletes a note; again: nothing; `NotFound` if it never was this account's.
            fn delete_note(owner: $crate::id::UserId, id: $crate::id::NoteId, at: $crate::Timestamp) -> ();

            /// The audit trail, newest first.
            fn audit_entries(filter: $crate::audit::AuditFilter) -> Vec<$crate::audit::AuditEntry>;
            /// Takes permits of a window that all servers share: as many as are wanted and left, maybe none.
            fn take_permits(request: $crate::permit::PermitRequest) -> $crate::permit::PermitGrant;
            /// Removes what has expired at `at`, at most `limit` of each kind: refresh tokens, idempotency records
            /// older than [`KEPT`](crate::idempotency::KEPT), windows of permits. How many it were.
            fn remove_expired(at: $crate::Timestamp, limit: u32) -> u64;
        }
    };
}

/// Writes the contract as the trait that each engine implements.
macro_rules! storage_trait {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $Arg:ty),* $(,)?) -> $Out:ty;)+) => {
        /// A database that keeps the shop. [`storage_contract!`](crate::storage_contract) lists what it does.
        pub trait Storage: Clone + Send + Sync + 'static {
            $($(#[$doc])* fn $name(&self, $($arg: $Arg),*) -> impl Future<Output = $crate::Result<$Out>> + Send;)+
        }
    };
}

storage_contract!(storage_trait);
