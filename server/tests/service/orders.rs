//! Orders: all or nothing, once per key, each customer's own.

use orderly_domain::{
    api_key::Scope,
    error::{Rejection, Shortage},
    id::ProductId,
    order::OrderStatus,
};
use orderly_server::service::{ListOrders, PlaceOrder, ServiceError};

use crate::{
    assert_fails,
    shop::{Shop, all_orders, euro, first_page, order, rejection},
};

#[tokio::test]
async fn an_order_takes_the_stock_and_keeps_name_and_price() {
    let shop = Shop::open().await;
    let (account, principal) = shop.customer("ada@example.com").await;
    let (mug, plate) = (shop.product("MUG", 1890, 5).await, shop.product("PLATE", 2450, 5).await);
    let place = order(&[(plate.id, 1), (mug.id, 1), (mug.id, 2)]);
    let placed = shop.services.place_order(&principal, place, "k".into()).await.unwrap();
    let order = placed.value;
    assert!(!placed.replayed);
    assert_eq!((order.user_id, order.status), (account.id, OrderStatus::Placed));
    let lines: Vec<_> =
        order.lines.iter().map(|line| (line.sku.as_str(), line.quantity, line.total)).collect();
    assert_eq!(lines, [("MUG", 3, euro(5670)), ("PLATE", 1, euro(2450))]);
    assert_eq!(order.total, euro(8120));
    assert_eq!(shop.services.product(None, mug.id).await.unwrap().stock, 2);
}

#[tokio::test]
async fn a_repeated_key_gives_the_first_answer() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let (_, eve) = shop.customer("eve@example.com").await;
    let mug = shop.product("MUG", 1890, 10).await;
    let place =
        |principal, quantity| shop.services.place_order(principal, order(&[(mug.id, quantity)]), "k".into());
    let (first, again) = (place(&ada, 1).await.unwrap(), place(&ada, 1).await.unwrap());
    assert_eq!((first.replayed, again.replayed), (false, true));
    assert_eq!(first.value, again.value);
    assert_eq!(rejection(place(&ada, 2).await), (Rejection::IdempotencyKeyReused, false));
    // Somebody else's key is another one.
    assert_ne!(place(&eve, 1).await.unwrap().value.id, first.value.id);
    assert_eq!(shop.services.product(None, mug.id).await.unwrap().stock, 8);
}

#[tokio::test]
async fn a_refused_order_takes_nothing_and_is_refused_again() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let (mug, plate) = (shop.product("MUG", 1890, 5).await, shop.product("PLATE", 2450, 1).await);
    let shortages = vec![Shortage { product_id: plate.id, requested: 2, available: 1 }];
    for replayed in [false, true] {
        let place = order(&[(mug.id, 1), (plate.id, 2)]);
        let outcome = shop.services.place_order(&principal, place, "k".into()).await;
        assert_eq!(rejection(outcome), (Rejection::OutOfStock { shortages: shortages.clone() }, replayed));
    }
    assert_eq!(shop.services.product(None, mug.id).await.unwrap().stock, 5);
}

#[tokio::test]
async fn products_that_cannot_be_ordered_are_named_by_their_lines() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let (mug, old) = (shop.product("MUG", 1890, 5).await, shop.product("OLD", 2450, 5).await);
    shop.services.archive_product(&shop.admin, old.id).await.unwrap();
    for was_replayed in [false, true] {
        let unknown = order(&[(mug.id, 1), (unknown_id(), 1), (unknown_id(), 1)]);
        match shop.services.place_order(&principal, unknown, "unknown".into()).await {
            Err(ServiceError::UnknownProducts { lines, replayed }) => {
                assert_eq!((lines, replayed), (vec![1, 2], was_replayed));
            }
            other => panic!("{other:?}"),
        }
        let archived = order(&[(old.id, 1), (mug.id, 1)]);
        match shop.services.place_order(&principal, archived, "archived".into()).await {
            Err(ServiceError::ProductsNotForSale { lines, replayed }) => {
                assert_eq!((lines, replayed), (vec![0], was_replayed));
            }
            other => panic!("{other:?}"),
        }
    }
}

/// The same id each time: no product has it.
fn unknown_id() -> ProductId {
    "prd_00000000000000000000000000".parse().expect("an id")
}

#[tokio::test]
async fn a_price_that_has_changed_is_refused_with_the_current_total() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let place = |expected, key: &str| {
        let place = PlaceOrder { expected_total: Some(euro(expected)), ..order(&[(mug.id, 2)]) };
        shop.services.place_order(&principal, place, key.to_owned())
    };
    let refused = place(3000, "a").await;
    assert_eq!(rejection(refused).0, Rejection::PriceChanged { current: euro(3780) });
    assert_eq!(place(3780, "b").await.unwrap().value.total, euro(3780));
}

#[tokio::test]
async fn orders_of_others_are_not_there_except_for_administrators() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let (_, eve) = shop.customer("eve@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let placed = shop.services.place_order(&ada, order(&[(mug.id, 1)]), "k".into()).await.unwrap().value;

    let foreign = shop.services.order(&eve, placed.id).await;
    assert_fails!(foreign, ServiceError::NotFound { what: "order" });
    let cancelled = shop.services.cancel_order(&eve, placed.id).await;
    assert_fails!(cancelled, ServiceError::NotFound { what: "order" });
    for (principal, seen) in [(&ada, 1), (&eve, 0), (&shop.admin, 1)] {
        let page = shop.services.list_orders(principal, all_orders(first_page(10))).await.unwrap();
        assert_eq!(page.items.len(), seen);
    }
    assert_eq!(shop.services.order(&shop.admin, placed.id).await.unwrap(), placed);
}

#[tokio::test]
async fn cancelling_gives_the_stock_back_once() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let placed =
        shop.services.place_order(&principal, order(&[(mug.id, 3)]), "k".into()).await.unwrap().value;
    let cancelled = shop.services.cancel_order(&principal, placed.id).await.unwrap();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert_ne!(cancelled.version, placed.version);
    let again = shop.services.cancel_order(&principal, placed.id).await;
    let refused = Rejection::InvalidTransition { from: OrderStatus::Cancelled, to: OrderStatus::Cancelled };
    assert_eq!(rejection(again).0, refused);
    assert_eq!(shop.services.product(None, mug.id).await.unwrap().stock, 5);

    let placed_only = ListOrders { status: Some(OrderStatus::Placed), ..all_orders(first_page(10)) };
    assert!(shop.services.list_orders(&principal, placed_only).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn an_api_key_needs_the_scope_for_each_step() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let reader = shop.key(&principal, &[Scope::OrdersRead]).await;
    let writer = shop.key(&principal, &[Scope::OrdersWrite]).await;
    let place =
        |principal, key: &str| shop.services.place_order(principal, order(&[(mug.id, 1)]), key.to_owned());
    assert_fails!(place(&reader, "a").await, ServiceError::Forbidden { .. });
    let placed = place(&writer, "b").await.unwrap().value;
    assert_fails!(shop.services.order(&writer, placed.id).await, ServiceError::Forbidden { .. });
    assert_fails!(shop.services.cancel_order(&reader, placed.id).await, ServiceError::Forbidden { .. });
    assert_eq!(shop.services.order(&reader, placed.id).await.unwrap(), placed);
    assert_fails!(shop.services.overview(&reader).await, ServiceError::Forbidden { .. });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_buyers_of_the_last_unit_one_gets_it() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let mug = shop.product("MUG", 1890, 1).await;
    let buyers = (0..50).map(|n| {
        let (services, principal) = (shop.services.clone(), principal.clone());
        let place = order(&[(mug.id, 1)]);
        tokio::spawn(async move { services.place_order(&principal, place, format!("buyer-{n}")).await })
    });
    let mut placed = 0;
    for buyer in buyers.collect::<Vec<_>>() {
        match buyer.await.unwrap() {
            Ok(_) => placed += 1,
            refused => assert!(matches!(rejection(refused).0, Rejection::OutOfStock { .. })),
        }
    }
    assert_eq!((placed, shop.services.product(None, mug.id).await.unwrap().stock), (1, 0));
}
