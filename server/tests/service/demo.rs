//! The demo shop on a real database.

use orderly_domain::account::Role;
use orderly_server::{demo, service::ServiceError};

use crate::{
    assert_fails,
    shop::{REQUEST, Shop, all_orders, all_products, first_page},
};

#[tokio::test]
async fn the_demo_opens_a_shop_with_working_credentials() {
    let shop = Shop::open().await;
    let demo = demo::seed(&shop.services).await.unwrap();
    let admin = shop.services.access_token(&demo.admin.access_token, REQUEST.into()).await.unwrap();
    let customer = shop.services.access_token(&demo.customer.access_token, REQUEST.into()).await.unwrap();
    assert_eq!((admin.role, customer.role), (Role::Administrator, Role::Customer));
    shop.services.log_in(demo.admin.email.as_str().into(), demo.admin.password).await.unwrap();

    let overview = shop.services.overview(&customer).await.unwrap();
    assert_eq!(overview.latest_orders.len(), 2);
    assert_eq!(overview.latest_notes.len(), 1);
    let products = shop.services.list_products(None, all_products(first_page(100))).await.unwrap();
    assert!(products.items.len() >= 36 && products.next.is_none());
}

#[tokio::test]
async fn starting_the_demo_again_adds_nothing_and_gives_new_passwords() {
    let shop = Shop::open().await;
    let first = demo::seed(&shop.services).await.unwrap();
    let products = || shop.services.list_products(None, all_products(first_page(100)));
    let before = products().await.unwrap().items;

    let second = demo::seed(&shop.services).await.unwrap();
    assert_eq!(products().await.unwrap().items, before);
    let orders = shop.services.list_orders(&shop.admin, all_orders(first_page(10))).await.unwrap();
    assert_eq!(orders.items.len(), 2);
    let email = first.customer.email.as_str();
    let old = shop.services.log_in(email.into(), first.customer.password).await;
    assert_fails!(old, ServiceError::InvalidCredentials);
    shop.services.log_in(email.into(), second.customer.password).await.unwrap();
}
