//! Storms: many orders at once, after which everything adds up.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use orderly_domain::{
    Rejection, Storage, StoreError,
    id::OrderId,
    order::{OrderFilter, OrderStatus},
    product::Product,
};

use crate::shop::*;

pub async fn of_200_buyers_of_the_last_unit_one_gets_it(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let last = product(&store, "LAST", 100, 1).await;
    let outcomes = at_once(200, |_| {
        let (store, new) = (store.clone(), new_order(ada.id, &[(&last, 1)]));
        async move { store.place_order(new, fresh_key(ada.id)).await }
    })
    .await;
    let (placed, rest): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(placed.len(), 1);
    for outcome in rest {
        assert!(matches!(refused(outcome), Rejection::OutOfStock { .. }));
    }
    assert_eq!(store.product(last.id).await.unwrap().stock, 0);
    assert_eq!(store.orders(OrderFilter { limit: 10, ..OrderFilter::default() }).await.unwrap().len(), 1);
}

pub async fn of_200_repeats_of_one_key_one_is_an_order_and_all_are_answered_alike(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let tea = product(&store, "TEA", 100, 1000).await;
    let key = fresh_key(ada.id);
    let outcomes = at_once(200, |_| {
        // Each request brings its own id; the first one's counts.
        let (store, new, key) = (store.clone(), new_order(ada.id, &[(&tea, 2)]), key.clone());
        async move { store.place_order(new, key).await.unwrap() }
    })
    .await;
    assert_eq!(outcomes.iter().filter(|once| !once.replayed).count(), 1);
    assert!(outcomes.iter().all(|once| once.value == outcomes[0].value));
    assert_eq!(store.product(tea.id).await.unwrap().stock, 998);
    let orders = store.orders(OrderFilter { limit: 10, ..OrderFilter::default() }).await.unwrap();
    assert_eq!(orders, [outcomes[0].value.clone()]);
}

/// Orders and cancels at random; gives what was acknowledged and stands.
async fn shop_around(store: impl Storage, products: Vec<Product>, seed: u64) -> BTreeSet<OrderId> {
    let mut rng = Rng::with_seed(seed);
    let user = customer(&store, &format!("Buyer{seed}")).await;
    let mut standing = BTreeSet::new();
    for _ in 0..40 {
        if let Some(&id) = standing.first()
            && rng.u8(..4) == 0
        {
            store.transition_order(id, OrderStatus::Cancelled, at(2), None).await.unwrap();
            standing.remove(&id);
            continue;
        }
        let count = rng.usize(1..=3);
        let lines: Vec<_> = rng
            .choose_multiple(&products, count)
            .into_iter()
            .map(|product| (product, rng.i64(1..=4)))
            .collect();
        match order(&store, user.id, &lines).await {
            Ok(order) => assert!(standing.insert(order.id)),
            Err(StoreError::Rejected { rejection: Rejection::OutOfStock { .. }, .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    standing
}

pub async fn stock_and_standing_orders_add_up_after_a_storm(store: impl Storage) {
    let mut products = Vec::new();
    for n in 0..5 {
        products.push(product(&store, &format!("P{n}"), 100 + n, 60).await);
    }
    let acknowledged = at_once(12, |n| {
        let seed = u64::try_from(n).unwrap();
        shop_around(store.clone(), products.clone(), seed)
    })
    .await;
    let acknowledged: BTreeSet<_> = acknowledged.into_iter().flatten().collect();

    let filter = OrderFilter { status: Some(OrderStatus::Placed), limit: 1000, ..OrderFilter::default() };
    let standing = store.orders(filter).await.unwrap();
    assert_eq!(standing.iter().map(|order| order.id).collect::<BTreeSet<_>>(), acknowledged);
    let mut sold = BTreeMap::new();
    for line in standing.iter().flat_map(|order| &order.lines) {
        *sold.entry(line.product_id).or_insert(0) += line.quantity;
    }
    let mut contended = false;
    for product in products {
        let left = store.product(product.id).await.unwrap().stock;
        let sold = sold.get(&product.id).copied().unwrap_or_default();
        assert_eq!(left + sold, 60, "{}", product.sku);
        contended |= left < 4;
    }
    assert!(contended, "the storm was too weak to run anything short");
}

/// Baskets that name the same products in any order must not wait for each other in a circle.
pub async fn orders_of_the_same_products_at_once_do_not_block_each_other(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let (tea, pot) = (product(&store, "TEA", 1, 1000).await, product(&store, "POT", 1, 1000).await);
    let outcomes = at_once(60, |n| {
        let lines = if n % 2 == 0 { [(&tea, 1), (&pot, 1)] } else { [(&pot, 1), (&tea, 1)] };
        let (store, new) = (store.clone(), new_order(ada.id, &lines));
        async move { store.place_order(new, fresh_key(ada.id)).await }
    })
    .await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(store.product(tea.id).await.unwrap().stock, 940);
    assert_eq!(store.product(pot.id).await.unwrap().stock, 940);
}
