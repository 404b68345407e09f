//! A shop on a database of its own, and the accounts that act in it.

use orderly_domain::{
    Money, StoreError,
    account::{Account, Role},
    api_key::Scope,
    error::Rejection,
    id::ProductId,
    product::Product,
};
use orderly_server::service::{
    CreateApiKey, CreateProduct, Credential, KeyPolicy, ListOrders, ListProducts, Listing, OrderLine,
    PlaceOrder, Principal, Registration, Result, ServiceError, Services,
};
use orderly_store_sqlite::Sqlite;
use tempfile::TempDir;

pub(crate) struct Shop {
    pub(crate) services: Services<Sqlite>,
    /// An administrator.
    pub(crate) admin: Principal,
    pub(crate) store: Sqlite,
    _folder: TempDir,
}

pub(crate) const PASSWORD: &str = "correct horse battery";

/// The id of the request that every principal comes with.
pub(crate) const REQUEST: &str = "a-request";

impl Shop {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Sqlite::open(folder.path().join("shop.db")).expect("a new database");
        let services = Services::open(store.clone(), KeyPolicy::default()).await.expect("a signing key");
        let first =
            services.ensure_administrator().await.expect("a new database").expect("no administrator yet");
        let tokens = services.log_in(first.email, first.password).await.expect("the printed password");
        let admin = services.access_token(&tokens.access_token, REQUEST.into()).await.expect("a new token");
        Self { services, admin, store, _folder: folder }
    }

    /// A new customer.
    pub(crate) async fn customer(&self, email: &str) -> (Account, Principal) {
        let account = self.services.register(registration(email)).await.expect("a new address");
        let principal = Principal {
            account: account.id,
            role: Role::Customer,
            credential: Credential::AccessToken,
            request_id: REQUEST.into(),
        };
        (account, principal)
    }

    /// The principal of a new API key.
    pub(crate) async fn key(&self, owner: &Principal, scopes: &[Scope]) -> Principal {
        let create = CreateApiKey { name: "machine".into(), scopes: scopes.to_vec(), expires_at: None };
        let created = self.services.create_api_key(owner, create).await.expect("an account");
        self.services.api_key(&created.secret.expose(), REQUEST.into()).await.expect("a new key")
    }

    /// A new product of which there are so many.
    pub(crate) async fn product(&self, sku: &str, price: i64, stock: i64) -> Product {
        self.services
            .create_product(&self.admin, product(sku, price, stock), None)
            .await
            .expect("a new SKU")
            .value
    }
}

pub(crate) fn registration(email: &str) -> Registration {
    Registration { email: email.into(), password: PASSWORD.into(), name: "Ada Lovelace".into(), phone: None }
}

pub(crate) fn product(sku: &str, price: i64, stock: i64) -> CreateProduct {
    CreateProduct { sku: sku.into(), name: sku.into(), description: None, price: euro(price), stock }
}

pub(crate) fn euro(amount: i64) -> Money {
    Money::new(amount, "EUR".parse().expect("a currency")).expect("a small amount")
}

pub(crate) fn order(lines: &[(ProductId, i64)]) -> PlaceOrder {
    let lines = lines.iter().map(|&(product_id, quantity)| OrderLine { product_id, quantity }).collect();
    PlaceOrder { lines, reference: None, expected_total: None }
}

pub(crate) fn first_page(limit: u32) -> Listing {
    Listing { limit, cursor: None }
}

pub(crate) fn all_orders(listing: Listing) -> ListOrders {
    ListOrders { status: None, created_from: None, created_before: None, listing }
}

pub(crate) fn all_products(listing: Listing) -> ListProducts {
    ListProducts {
        text: None,
        active: None,
        price_min: None,
        price_max: None,
        sort: Default::default(),
        listing,
    }
}

/// The rule that refused it, and whether that was an earlier answer.
pub(crate) fn rejection<T>(outcome: Result<T>) -> (Rejection, bool) {
    match outcome.err() {
        Some(ServiceError::Store(StoreError::Rejected { rejection, replayed })) => (rejection, replayed),
        other => panic!("no rejection but {other:?}"),
    }
}

/// Asserts that an outcome is an error of this pattern.
#[macro_export]
macro_rules! assert_fails {
    ($outcome:expr, $pattern:pat) => {
        match $outcome {
            Err($pattern) => {}
            Err(other) => panic!("another error: {other:?}"),
            Ok(_) => panic!("no error"),
        }
    };
}
