//! Idempotency keys: the first answer, whatever it was, is the answer.

use orderly_domain::{
    Rejection, Storage, StoreError,
    id::ProductId,
    idempotency::{Fingerprint, Idempotency},
    product::StockChange,
};

use crate::shop::*;

fn take(product_id: ProductId, quantity: i64) -> StockChange {
    StockChange { product_id, delta: -quantity, reason: "broken".into(), at: at(1) }
}

pub async fn a_repeated_key_gives_the_first_answer_and_does_nothing(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    let first =
        store.create_product(new_product("A", eur(1), 10), Some(key(ada.id, "k1")), None).await.unwrap();
    assert!(!first.replayed);
    let again =
        store.create_product(new_product("A", eur(1), 10), Some(key(ada.id, "k1")), None).await.unwrap();
    assert_eq!((&again.value, again.replayed), (&first.value, true), "with the first one's id");

    let adjusted = store.adjust_stock(take(first.value.id, 4), Some(key(ada.id, "k2")), None).await.unwrap();
    let again = store.adjust_stock(take(first.value.id, 4), Some(key(ada.id, "k2")), None).await.unwrap();
    assert_eq!((again.value, again.replayed), (adjusted.value, true));
    assert_eq!(store.product(first.value.id).await.unwrap().stock, 6);

    let note = store.create_note(new_note(ada.id, "Once", None), Some(key(ada.id, "k3"))).await.unwrap();
    let again = store.create_note(new_note(ada.id, "Once", None), Some(key(ada.id, "k3"))).await.unwrap();
    assert_eq!((again.value, again.replayed), (note.value, true));
}

pub async fn a_refusal_is_an_answer_too_even_when_its_reason_is_gone(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    let product = product(&store, "A", 1, 3).await;
    let refusal = refused(store.adjust_stock(take(product.id, 4), Some(key(ada.id, "k")), None).await);
    store.adjust_stock(take(product.id, -10), None, None).await.unwrap();
    match store.adjust_stock(take(product.id, 4), Some(key(ada.id, "k")), None).await {
        Err(StoreError::Rejected { rejection, replayed: true }) => assert_eq!(rejection, refusal),
        other => panic!("{other:?}"),
    }
    assert_eq!(store.product(product.id).await.unwrap().stock, 13);
    let taken =
        refused(store.create_product(new_product("A", eur(1), 1), Some(key(ada.id, "sku")), None).await);
    assert_eq!(taken, Rejection::SkuTaken);
    match store.create_product(new_product("A", eur(1), 1), Some(key(ada.id, "sku")), None).await {
        Err(StoreError::Rejected { rejection: Rejection::SkuTaken, replayed: true }) => {}
        other => panic!("{other:?}"),
    }
}

pub async fn a_key_that_was_used_with_another_request_is_refused(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    store.create_product(new_product("A", eur(1), 10), Some(key(ada.id, "k")), None).await.unwrap();
    let other = Idempotency { fingerprint: Fingerprint::of(&"something else"), ..key(ada.id, "k") };
    let outcome = store.create_product(new_product("B", eur(1), 10), Some(other), None).await;
    assert_eq!(refused(outcome), Rejection::IdempotencyKeyReused);
    let again =
        store.create_product(new_product("A", eur(1), 10), Some(key(ada.id, "k")), None).await.unwrap();
    assert!(again.replayed, "the refusal has not replaced the answer");
}

pub async fn keys_of_other_accounts_and_operations_are_other_keys(store: impl Storage) {
    let (ada, bob) = (administrator(&store, "Ada").await, administrator(&store, "Bob").await);
    let other_operation = Idempotency { operation: "another", ..key(ada.id, "k") };
    for (sku, key) in [("A", key(ada.id, "k")), ("B", key(bob.id, "k")), ("C", other_operation)] {
        let created = store.create_product(new_product(sku, eur(1), 1), Some(key), None).await.unwrap();
        assert_eq!((created.value.sku.as_str(), created.replayed), (sku, false));
    }
}

pub async fn a_key_is_kept_for_a_day(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    let day = 24 * 60 * 60;
    let on = |seconds| Some(Idempotency { at: at(seconds), ..key(ada.id, "k") });
    store.create_product(new_product("A", eur(1), 1), on(0), None).await.unwrap();
    let late = store.create_product(new_product("B", eur(1), 1), on(day - 1), None).await.unwrap();
    assert_eq!((late.value.sku.as_str(), late.replayed), ("A", true));
    let next = store.create_product(new_product("C", eur(1), 1), on(day), None).await.unwrap();
    assert_eq!((next.value.sku.as_str(), next.replayed), ("C", false));
    let again = store.create_product(new_product("D", eur(1), 1), on(day + 1), None).await.unwrap();
    assert_eq!((again.value.sku.as_str(), again.replayed), ("C", true));
}

pub async fn what_failed_without_a_rule_can_be_tried_again_with_its_key(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    let mut later = new_product("A", eur(1), 10);
    assert_not_found(store.adjust_stock(take(later.id, 1), Some(key(ada.id, "k")), None).await);
    later = store.create_product(later, None, None).await.unwrap().value;
    let adjusted = store.adjust_stock(take(later.id, 1), Some(key(ada.id, "k")), None).await.unwrap();
    assert_eq!((adjusted.value.stock, adjusted.replayed), (9, false));
}

pub async fn an_order_that_was_refused_is_refused_again(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let tea = product(&store, "TEA", 100, 1).await;
    let order = || store.place_order(new_order(ada.id, &[(&tea, 2)]), key(ada.id, "k"));
    let refusal = refused(order().await);
    store.adjust_stock(take(tea.id, -10), None, None).await.unwrap();
    match order().await {
        Err(StoreError::Rejected { rejection, replayed: true }) => assert_eq!(rejection, refusal),
        other => panic!("{other:?}"),
    }
    assert_eq!(store.product(tea.id).await.unwrap().stock, 11);
}
