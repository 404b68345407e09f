//! The shop of `orderly-server demo`: what `demo.toml` lists, put in place through the services.

use futures_util::future::try_join_all;
use orderly_domain::{
    Money, Rejection, Storage, StoreError,
    account::Role,
    id::{OrderId, ProductId},
    product::ProductSort,
};
use serde::{Deserialize, Serialize};

use crate::service::{
    CreateProduct, ListOrders, ListProducts, Listing, OrderLine, PlaceOrder, Principal, Registration, Result,
    ServiceError, Services, WriteNote, random_password,
};

/// What the shop has.
const DATA: &str = include_str!("../demo.toml");

/// Who can log in to the demo shop.
#[derive(Debug, Clone, Serialize)]
pub struct Demo {
    /// Runs the shop.
    pub admin: Login,
    /// Buys there.
    pub customer: Login,
}

/// Credentials that work now: the password is another one each time the demo starts.
#[derive(Debug, Clone, Serialize)]
pub struct Login {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// An access token for the first minutes.
    pub access_token: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    administrator: Person,
    customer: Person,
    products: Vec<Product>,
    orders: Vec<Order>,
    note: Note,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    email: String,
    name: String,
    phone: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Product {
    sku: String,
    name: String,
    description: Option<String>,
    price: i64,
    stock: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    reference: String,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    sku: String,
    quantity: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    title: String,
    body: String,
}

/// Puts the demo shop in place: what is missing is made, what is there stays as it is, except for the passwords.
///
/// # Errors
/// If the database fails, or if it is that of another shop in which the accounts may not do what the demo needs.
pub async fn seed<S: Storage>(services: &Services<S>) -> Result<Demo> {
    let data: Data = toml::from_str(DATA).expect("a test reads the embedded file");
    let (admin, administrator) = log_in(services, data.administrator, Role::Administrator).await?;
    let (customer, buyer) = log_in(services, data.customer, Role::Customer).await?;
    try_join_all(data.products.into_iter().map(|product| stock(services, &administrator, product))).await?;

    if latest_order(services, &buyer).await?.is_none() {
        let mut orders = Vec::new();
        for order in data.orders {
            orders.push(place(services, &buyer, order).await?);
        }
        let Note { title, body } = data.note;
        let note = WriteNote { title, body, order_id: orders.first().copied() };
        services.create_note(&buyer, note, None).await?;
    }
    Ok(Demo { admin, customer })
}

async fn log_in<S: Storage>(
    services: &Services<S>,
    person: Person,
    role: Role,
) -> Result<(Login, Principal)> {
    let Person { email, name, phone } = person;
    let password = random_password();
    let registration = Registration { email: email.as_str().into(), password: password.clone(), name, phone };
    services.provide_account(registration, role).await?;
    let tokens = services.log_in(email.as_str().into(), password.clone()).await?;
    let principal = services.access_token(&tokens.access_token, "demo".into()).await?;
    Ok((Login { email, password, access_token: tokens.access_token }, principal))
}

async fn stock<S: Storage>(services: &Services<S>, principal: &Principal, product: Product) -> Result<()> {
    let Product { sku, name, description, price, stock } = product;
    let price = euro_cents(price);
    let create = CreateProduct { sku, name, description, price, stock };
    match services.create_product(principal, create, None).await {
        Err(ServiceError::Store(StoreError::Rejected { rejection: Rejection::SkuTaken, .. })) => Ok(()),
        outcome => outcome.map(drop),
    }
}

async fn latest_order<S: Storage>(services: &Services<S>, buyer: &Principal) -> Result<Option<OrderId>> {
    let listing = Listing { limit: 1, cursor: None };
    let list = ListOrders { status: None, created_from: None, created_before: None, listing };
    Ok(services.list_orders(buyer, list).await?.items.first().map(|order| order.id))
}

async fn place<S: Storage>(services: &Services<S>, buyer: &Principal, order: Order) -> Result<OrderId> {
    let mut lines = Vec::new();
    for Line { sku, quantity } in order.lines {
        lines.push(OrderLine { product_id: find(services, &sku).await?, quantity });
    }
    let key = format!("demo-{}", order.reference);
    let place = PlaceOrder { lines, reference: Some(order.reference), expected_total: None };
    Ok(services.place_order(buyer, place, key).await?.value.id)
}

async fn find<S: Storage>(services: &Services<S>, sku: &str) -> Result<ProductId> {
    let list = ListProducts {
        text: Some(sku.to_owned()),
        active: None,
        price_min: None,
        price_max: None,
        sort: ProductSort::Oldest,
        listing: Listing { limit: 100, cursor: None },
    };
    let found = services.list_products(None, list).await?.items;
    let product = found.into_iter().find(|product| product.sku == sku);
    product.map(|product| product.id).ok_or(ServiceError::NotFound { what: "product" })
}

fn euro_cents(amount: i64) -> Money {
    let euro = "EUR".parse().expect("EUR is a currency");
    Money::new(amount, euro).expect("a price of the embedded file is small")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_embedded_shop_holds_together() {
        let data: Data = toml::from_str(DATA).unwrap();
        let skus: BTreeSet<_> = data.products.iter().map(|product| product.sku.as_str()).collect();
        assert_eq!(skus.len(), data.products.len(), "each SKU once");
        assert!(skus.len() >= 36);
        assert!(data.products.iter().all(|product| product.price > 0 && product.stock > 0));
        for line in data.orders.iter().flat_map(|order| &order.lines) {
            let product = data.products.iter().find(|product| product.sku == line.sku).unwrap();
            assert!(line.quantity <= product.stock, "{}", line.sku);
        }
    }
}
