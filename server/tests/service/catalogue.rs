//! Products: who sees and changes what, versions, stock and repetitions.

use orderly_domain::{
    Version,
    api_key::Scope,
    error::{Rejection, Shortage},
    id::ProductId,
    product::{ProductChange, ProductSort},
};
use orderly_server::service::{AdjustStock, ListProducts, Listing, Precondition, ServiceError};

use crate::{
    assert_fails,
    shop::{Shop, all_products, euro, first_page, product, rejection},
};

fn cheaper() -> ProductChange {
    ProductChange { price: Some(euro(1690)), ..ProductChange::default() }
}

#[tokio::test]
async fn only_administrators_change_the_catalogue_and_their_keys_with_the_scope() {
    let shop = Shop::open().await;
    let (_, customer) = shop.customer("ada@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let customers_key = shop.key(&customer, &[Scope::CatalogueWrite]).await;
    let other_key = shop.key(&shop.admin, &[Scope::OrdersWrite]).await;
    for principal in [&customer, &customers_key, &other_key] {
        let services = &shop.services;
        let created = services.create_product(principal, product("NEW", 1, 1), None).await;
        assert_fails!(created, ServiceError::Forbidden { .. });
        // Who may not change it does not learn which version it has.
        let changed = services.change_product(principal, mug.id, Precondition::Unstated, cheaper()).await;
        assert_fails!(changed, ServiceError::Forbidden { .. });
        assert_fails!(services.archive_product(principal, mug.id).await, ServiceError::Forbidden { .. });
        let adjust = AdjustStock { product_id: mug.id, delta: 1, reason: "found".into() };
        assert_fails!(services.adjust_stock(principal, adjust, None).await, ServiceError::Forbidden { .. });
    }
    let key = shop.key(&shop.admin, &[Scope::CatalogueWrite]).await;
    shop.services.create_product(&key, product("NEW", 1, 1), None).await.unwrap();
}

#[tokio::test]
async fn archived_products_are_there_for_administrators_only() {
    let shop = Shop::open().await;
    let (_, customer) = shop.customer("ada@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let plate = shop.product("PLATE", 2450, 5).await;
    let archived = shop.services.archive_product(&shop.admin, mug.id).await.unwrap();
    assert!(!archived.active);
    assert_eq!(shop.services.archive_product(&shop.admin, mug.id).await.unwrap(), archived);

    for principal in [None, Some(&customer)] {
        let found = shop.services.product(principal, mug.id).await;
        assert_fails!(found, ServiceError::NotFound { what: "product" });
        let listed = shop.services.list_products(principal, all_products(first_page(10))).await.unwrap();
        assert_eq!(listed.items, std::slice::from_ref(&plate));
        let archived = ListProducts { active: Some(false), ..all_products(first_page(10)) };
        let outcome = shop.services.list_products(principal, archived).await;
        assert_fails!(outcome, ServiceError::Forbidden { .. });
    }
    assert_eq!(shop.services.product(Some(&shop.admin), mug.id).await.unwrap(), archived);
    let all = shop.services.list_products(Some(&shop.admin), all_products(first_page(10))).await.unwrap();
    assert_eq!(all.items, [plate, archived]);
}

#[tokio::test]
async fn a_change_names_the_version_that_it_is_based_on() {
    let shop = Shop::open().await;
    let mug = shop.product("MUG", 1890, 5).await;
    let change = |precondition| shop.services.change_product(&shop.admin, mug.id, precondition, cheaper());
    assert_fails!(change(Precondition::Unstated).await, ServiceError::PreconditionRequired);
    for stale in [vec![], vec![Version::from_number(99)]] {
        let outcome = change(Precondition::OneOf(stale)).await;
        assert_eq!(rejection(outcome).0, Rejection::VersionMismatch);
    }
    let named = Precondition::OneOf(vec![Version::from_number(99), mug.version]);
    let changed = change(named).await.unwrap();
    assert_eq!(changed.price, euro(1690));
    assert_ne!(changed.version, mug.version);
    change(Precondition::Any).await.unwrap();
    let missing = shop.services.change_product(&shop.admin, ProductId::new(), Precondition::Any, cheaper());
    assert_fails!(missing.await, ServiceError::NotFound { what: "product" });
}

#[tokio::test]
async fn a_repeated_key_creates_one_product_and_another_body_is_refused() {
    let shop = Shop::open().await;
    let create =
        |stock| shop.services.create_product(&shop.admin, product("MUG", 1890, stock), Some("k".into()));
    let (first, again) = (create(5).await.unwrap(), create(5).await.unwrap());
    assert_eq!((first.replayed, again.replayed), (false, true));
    assert_eq!(first.value, again.value);
    assert_eq!(rejection(create(6).await), (Rejection::IdempotencyKeyReused, false));
    let without_key = shop.services.create_product(&shop.admin, product("MUG", 1, 1), None).await;
    assert_eq!(rejection(without_key).0, Rejection::SkuTaken);
}

#[tokio::test]
async fn stock_is_adjusted_once_per_key_and_never_below_zero() {
    let shop = Shop::open().await;
    let mug = shop.product("MUG", 1890, 5).await;
    let adjust = |delta, key: Option<&str>| {
        let adjust = AdjustStock { product_id: mug.id, delta, reason: "counted".into() };
        shop.services.adjust_stock(&shop.admin, adjust, key.map(str::to_owned))
    };
    assert_eq!(adjust(-3, Some("k")).await.unwrap().value.stock, 2);
    let again = adjust(-3, Some("k")).await.unwrap();
    assert_eq!((again.value.stock, again.replayed), (2, true));
    let shortages = vec![Shortage { product_id: mug.id, requested: 3, available: 2 }];
    for replayed in [false, true] {
        let short = adjust(-3, Some("other")).await;
        assert_eq!(rejection(short), (Rejection::OutOfStock { shortages: shortages.clone() }, replayed));
    }
    assert_eq!(adjust(-2, None).await.unwrap().value.stock, 0);
}

#[tokio::test]
async fn every_sort_goes_through_all_pages_once() {
    let shop = Shop::open().await;
    // Two pairs have the same price, so that the id has to decide between them on every page.
    for (sku, price) in [("B", 200), ("A", 300), ("E", 100), ("D", 200), ("C", 300)] {
        shop.product(sku, price, 1).await;
    }
    for (sort, expected) in [
        (ProductSort::Newest, ["CDEAB", "CDEAB"]),
        (ProductSort::Oldest, ["BAEDC", "BAEDC"]),
        (ProductSort::Name, ["ABCDE", "ABCDE"]),
        (ProductSort::Cheapest, ["EBDAC", "EDBCA"]),
        (ProductSort::Dearest, ["ACBDE", "CADBE"]),
    ] {
        for limit in [1, 2, 5] {
            let mut seen = String::new();
            let mut cursor = None;
            loop {
                let list = ListProducts { sort, ..all_products(Listing { limit, cursor }) };
                let page = shop.services.list_products(None, list).await.unwrap();
                assert!(page.items.len() <= limit as usize);
                seen.extend(page.items.iter().map(|product| product.sku.as_str()));
                let Some(next) = page.next else { break };
                cursor = Some(next.to_string());
            }
            assert!(expected.contains(&seen.as_str()), "{sort:?} by {limit}: {seen}");
        }
    }
}

#[tokio::test]
async fn products_are_found_by_text_and_price() {
    let shop = Shop::open().await;
    for (sku, price) in [("MUG-1", 100), ("MUG-2", 200), ("PLATE", 200), ("MUG-3", 300)] {
        shop.product(sku, price, 1).await;
    }
    let list = ListProducts {
        text: Some("mug".into()),
        price_min: Some(150),
        price_max: Some(300),
        sort: ProductSort::Oldest,
        ..all_products(first_page(10))
    };
    let found = shop.services.list_products(None, list).await.unwrap().items;
    assert_eq!(found.iter().map(|product| product.sku.as_str()).collect::<Vec<_>>(), ["MUG-2", "MUG-3"]);
}
