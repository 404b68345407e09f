//! Orders: prices as of now, all or nothing, and the way back.

use orderly_domain::{
    Money, Rejection, Shortage, Storage, Version,
    id::{OrderId, ProductId, UserId},
    money::MAX_AMOUNT,
    order::{Basket, NewOrder, Order, OrderFilter, OrderStatus},
    product::ProductChange,
};

use crate::shop::*;

pub async fn an_order_is_read_as_it_was_placed(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let (tea, pot) = (product(&store, "TEA", 1890, 10).await, product(&store, "POT", 4500, 3).await);
    let new = NewOrder {
        reference: Some("web-1".into()),
        expected_total: Some(eur(2 * 1890 + 4500)),
        ..new_order(ada.id, &[(&pot, 1), (&tea, 2)])
    };
    let placed = store.place_order(new.clone(), fresh_key(ada.id)).await.unwrap();
    assert!(!placed.replayed);
    let order = placed.value;
    assert_eq!((order.id, order.user_id, order.status), (new.id, ada.id, OrderStatus::Placed));
    assert_eq!((order.total, order.reference.as_deref()), (eur(8280), Some("web-1")));
    assert_eq!((order.version, order.created_at, order.updated_at), (Version::FIRST, at(1), at(1)));
    let lines: Vec<_> =
        order.lines.iter().map(|line| (line.sku.as_str(), line.quantity, line.total)).collect();
    assert_eq!(lines, [("TEA", 2, eur(3780)), ("POT", 1, eur(4500))]);
    assert_eq!(store.order(order.id).await.unwrap(), order);
    assert_eq!(store.product(tea.id).await.unwrap().stock, 8);
    assert_eq!(store.product(pot.id).await.unwrap().stock, 2);
    assert_not_found(store.order(OrderId::new()).await);
}

pub async fn an_order_keeps_the_names_and_prices_of_its_moment(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let tea = product(&store, "TEA", 100, 10).await;
    let placed = order(&store, ada.id, &[(&tea, 3)]).await.unwrap();
    let change =
        ProductChange { name: Some("Coffee".into()), price: Some(eur(999)), ..ProductChange::default() };
    store.change_product(tea.id, None, change, at(2), None).await.unwrap();
    assert_eq!(store.order(placed.id).await.unwrap(), placed);
    assert_eq!((placed.lines[0].name.as_str(), placed.lines[0].unit_price), ("Product TEA", eur(100)));
}

pub async fn an_order_that_breaks_a_rule_is_refused_and_takes_nothing(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let tea = product(&store, "TEA", 100, 10).await;
    let pot = product(&store, "POT", 4500, 10).await;
    let gone = [product(&store, "OLD", 1, 9).await, product(&store, "OLDER", 1, 9).await];
    for product in &gone {
        let archive = ProductChange { active: Some(false), ..ProductChange::default() };
        store.change_product(product.id, None, archive, at(1), None).await.unwrap();
    }
    let dollars =
        store.create_product(new_product("USD", money(100, "USD"), 9), None, None).await.unwrap().value;
    let gold = store.create_product(new_product("GOLD", eur(MAX_AMOUNT), 9), None, None).await.unwrap().value;
    let never = [ProductId::new(), ProductId::new()];
    let with_unknown = Basket::new([(tea.id, 1), (never[0], 1), (gone[0].id, 1), (never[1], 1)]);

    let plain = |lines: &[_]| new_order(ada.id, lines);
    let cases = [
        (
            NewOrder { basket: with_unknown, ..plain(&[]) },
            Rejection::UnknownProducts { products: never.to_vec() },
        ),
        (
            plain(&[(&tea, 1), (&gone[0], 1), (&gone[1], 1)]),
            Rejection::ProductsNotForSale { products: gone.iter().map(|product| product.id).collect() },
        ),
        (plain(&[(&tea, 1), (&dollars, 1)]), Rejection::CurrencyMismatch),
        (plain(&[(&gold, 1), (&tea, 1)]), Rejection::TotalTooLarge),
        (plain(&[(&gold, 2)]), Rejection::TotalTooLarge),
        (
            NewOrder { expected_total: Some(eur(99)), ..plain(&[(&tea, 1)]) },
            Rejection::PriceChanged { current: eur(100) },
        ),
        (
            NewOrder { expected_total: Some(money(100, "USD")), ..plain(&[(&tea, 1)]) },
            Rejection::PriceChanged { current: eur(100) },
        ),
        (plain(&[(&tea, 11), (&dollars, 0)]), Rejection::CurrencyMismatch),
        (
            plain(&[(&tea, 11), (&pot, 12)]),
            Rejection::OutOfStock {
                shortages: vec![
                    Shortage { product_id: tea.id, requested: 11, available: 10 },
                    Shortage { product_id: pot.id, requested: 12, available: 10 },
                ],
            },
        ),
        (
            plain(&[(&tea, 3), (&pot, 12)]),
            Rejection::OutOfStock {
                shortages: vec![Shortage { product_id: pot.id, requested: 12, available: 10 }],
            },
        ),
        (plain(&[]), Rejection::UnknownProducts { products: vec![] }),
    ];
    for (new, expected) in cases {
        let id = new.id;
        assert_eq!(refused(store.place_order(new, fresh_key(ada.id)).await), expected);
        assert_not_found(store.order(id).await);
    }
    for untouched in [&tea, &pot, &dollars, &gold] {
        assert_eq!(&store.product(untouched.id).await.unwrap(), untouched);
    }
}

pub async fn cancelling_gives_the_stock_back_once(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let (tea, pot) = (product(&store, "TEA", 100, 10).await, product(&store, "POT", 4500, 3).await);
    let placed = order(&store, ada.id, &[(&tea, 4), (&pot, 3)]).await.unwrap();
    let cancelled = store.transition_order(placed.id, OrderStatus::Cancelled, at(7), None).await.unwrap();
    let expected =
        Order { status: OrderStatus::Cancelled, version: placed.version.next(), updated_at: at(7), ..placed };
    assert_eq!(cancelled, expected);
    assert_eq!(store.order(cancelled.id).await.unwrap(), cancelled);
    let again = at_once(5, |_| {
        let (store, id) = (store.clone(), cancelled.id);
        async move { store.transition_order(id, OrderStatus::Cancelled, at(8), None).await }
    })
    .await;
    for outcome in again {
        let (from, to) = (OrderStatus::Cancelled, OrderStatus::Cancelled);
        assert_eq!(refused(outcome), Rejection::InvalidTransition { from, to });
    }
    assert_eq!(store.product(tea.id).await.unwrap().stock, 10);
    assert_eq!(store.product(pot.id).await.unwrap().stock, 3);
    assert_not_found(store.transition_order(OrderId::new(), OrderStatus::Cancelled, at(8), None).await);
}

pub async fn orders_are_found_by_owner_state_and_time(store: impl Storage) {
    let (ada, bob) = (customer(&store, "Ada").await, customer(&store, "Bob").await);
    let tea = product(&store, "TEA", 100, 100).await;
    let mut orders = Vec::new();
    for (user, seconds, cancelled) in [
        (ada.id, 10, false),
        (bob.id, 20, true),
        (ada.id, 30, true),
        (ada.id, 40, false),
        (bob.id, 50, false),
    ] {
        let new = NewOrder { at: at(seconds), ..new_order(user, &[(&tea, 1)]) };
        let mut order = store.place_order(new, fresh_key(user)).await.unwrap().value;
        if cancelled {
            order = store.transition_order(order.id, OrderStatus::Cancelled, at(99), None).await.unwrap();
        }
        orders.push(order);
    }
    let all = OrderFilter { limit: 10, ..OrderFilter::default() };
    let of = |user: UserId| OrderFilter { user_id: Some(user), ..all.clone() };
    let placed = Some(OrderStatus::Placed);
    let cancelled = Some(OrderStatus::Cancelled);
    let (from, until) = (Some(at(20)), Some(at(40)));
    let cases = [
        (all.clone(), vec![4, 3, 2, 1, 0]),
        (of(ada.id), vec![3, 2, 0]),
        (of(UserId::new()), vec![]),
        (OrderFilter { status: placed, ..all.clone() }, vec![4, 3, 0]),
        (OrderFilter { status: cancelled, ..of(ada.id) }, vec![2]),
        (OrderFilter { created_from: from, ..all.clone() }, vec![4, 3, 2, 1]),
        (OrderFilter { created_before: until, ..of(ada.id) }, vec![2, 0]),
        (OrderFilter { created_from: from, created_before: until, ..all.clone() }, vec![2, 1]),
        (
            OrderFilter { created_from: from, created_before: until, status: cancelled, ..all.clone() },
            vec![2, 1],
        ),
        (OrderFilter { created_from: from, created_before: until, status: placed, ..all.clone() }, vec![]),
        (OrderFilter { limit: 2, ..all.clone() }, vec![4, 3]),
    ];
    for (filter, expected) in cases {
        let what = format!("{filter:?}");
        let expected: Vec<_> = expected.into_iter().map(|n: usize| orders[n].clone()).collect();
        assert_eq!(store.orders(filter).await.unwrap(), expected, "{what}");
    }
}

pub async fn a_free_order_is_an_order(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let sample = product(&store, "FREE", 0, 1).await;
    let placed = order(&store, ada.id, &[(&sample, 1)]).await.unwrap();
    assert_eq!(placed.total, Money::new(0, sample.price.currency()).unwrap());
}
