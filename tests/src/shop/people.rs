//! People and things of a shop, made over HTTP as anybody would make them.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use super::{Caller, Shop};

/// The password of every customer in the tests.
pub const PASSWORD: &str = "correct horse battery";

/// Somebody who has registered and logged in.
#[derive(Debug, Clone)]
pub struct Customer {
    /// Calls with the access token.
    pub caller: Caller,
    /// The account, as it was answered.
    pub account: Value,
    /// The tokens, as they were answered.
    pub tokens: Value,
}

impl Customer {
    /// The account's id.
    pub fn id(&self) -> &str {
        text(&self.account, "id")
    }

    /// The account's e-mail address.
    pub fn email(&self) -> &str {
        text(&self.account, "email")
    }
}

impl Shop {
    /// Registers somebody new, who logs in.
    pub async fn customer(&self) -> Customer {
        let email = format!("{}@example.com", unique("ada"));
        let registration = json!({ "email": email, "password": PASSWORD, "name": "Ada Lovelace" });
        let account = self.anonymous.post("/v1/register", registration).await.expect(201);
        let tokens = self.log_in(&email, PASSWORD).await;
        Customer { caller: self.anonymous.bearer(text(&tokens, "access_token")), account, tokens }
    }

    /// Exchanges e-mail and password for tokens.
    pub async fn log_in(&self, email: &str, password: &str) -> Value {
        let grant = json!({ "grant_type": "password", "email": email, "password": password });
        self.anonymous.post("/v1/tokens", grant).await.expect(200)
    }

    /// Creates an API key of somebody with these scopes, and calls with it.
    pub async fn api_key(&self, owner: &Caller, scopes: &[&str]) -> Caller {
        let key =
            owner.post("/v1/api-keys", json!({ "name": "Warehouse", "scopes": scopes })).await.expect(201);
        self.anonymous.api_key(text(&key, "secret"))
    }

    /// A new product with this price in cents and this stock.
    pub async fn product(&self, amount: i64, stock: i64) -> Value {
        let sku = unique("SKU").to_ascii_uppercase();
        let price = json!({ "amount": amount, "currency": "EUR" });
        let product = json!({ "sku": sku, "name": "Stoneware mug", "price": price, "stock": stock });
        self.administrator.post("/v1/products", product).await.expect(201)
    }

    /// How many of a product there are.
    pub async fn stock_of(&self, product: &Value) -> i64 {
        let path = format!("/v1/products/{}", text(product, "id"));
        let product = self.administrator.get(&path).await.expect(200);
        product["stock"].as_i64().expect("the document says that stock is an integer")
    }

    /// Places an order for so many of a product.
    pub async fn order(&self, caller: &Caller, product: &Value, quantity: i64) -> Value {
        self.try_order(caller, product, quantity, &unique("key")).await.expect(201)
    }

    /// Tries to place an order with this key.
    pub async fn try_order(
        &self,
        caller: &Caller,
        product: &Value,
        quantity: i64,
        key: &str,
    ) -> super::Reply {
        let body = json!({ "lines": [{ "product_id": product["id"], "quantity": quantity }] });
        caller.call(http::Method::POST, "/v1/orders").header("idempotency-key", key).json(&body).send().await
    }
}

/// A text that no other test has, beginning with `prefix`.
pub fn unique(prefix: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A member of an answer that is a text.
///
/// # Panics
/// If it is none.
pub fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap_or_else(|| panic!("{member} is no text in {value}"))
}
