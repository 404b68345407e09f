//! What SQL makes or keeps for the domain: JSON, texts and moments.

use orderly_domain::{
    Storage, Timestamp,
    account::AccountFilter,
    order::{NewOrder, Order, OrderFilter, OrderStatus},
    product::{ProductFilter, StockAdjustment},
};
use serde_json::{Value, json};
use sqlx::Row;

use crate::shop::*;

pub(crate) async fn events_and_answers_are_what_the_domain_writes() {
    let database = database().await;
    let store = store(&database).await;
    let ada = customer(&store, "ada").await;
    let (tea, pot) = (product(&store, "TEA", 10).await, product(&store, "POT", 10).await);
    let mut new = new_order(ada.id, &[(tea.id, 2), (pot.id, 1)]);
    let placed = store.place_order(new.clone(), key(ada.id, "first")).await.unwrap().value;
    let cancelled = store.transition_order(placed.id, OrderStatus::Cancelled, at(2), None).await.unwrap();
    let adjusted =
        store.adjust_stock(taken(tea.id, 3), Some(key(ada.id, "stock")), None).await.unwrap().value;
    new = NewOrder { reference: None, ..new_order(ada.id, &[(tea.id, 1)]) };
    let plain = store.place_order(new, key(ada.id, "second")).await.unwrap().value;

    let mut conn = database.connect().await.unwrap();
    let events = sqlx::query("SELECT kind, subject_id, payload FROM events ORDER BY sequence");
    let events: Vec<(String, uuid::Uuid, Value)> = events
        .fetch_all(&mut conn)
        .await
        .unwrap()
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .collect();
    let value = |order: &Order| serde_json::to_value(order).unwrap();
    let adjustment = serde_json::to_value::<&StockAdjustment>(&adjusted).unwrap();
    let expected = [
        ("order.placed".to_owned(), placed.id.uuid(), value(&placed)),
        ("order.cancelled".to_owned(), placed.id.uuid(), value(&cancelled)),
        ("stock.adjusted".to_owned(), tea.id.uuid(), adjustment.clone()),
        ("order.placed".to_owned(), plain.id.uuid(), value(&plain)),
    ];
    assert_eq!(events, expected);

    let answers = sqlx::query("SELECT answer FROM idempotency_records ORDER BY key");
    let answers: Vec<Value> =
        answers.fetch_all(&mut conn).await.unwrap().iter().map(|row| row.get(0)).collect();
    assert_eq!(
        answers,
        [json!({ "done": value(&placed) }), json!({ "done": value(&plain) }), json!({ "done": adjustment })]
    );
}

pub(crate) async fn a_text_that_postgresql_cannot_hold_is_found_nowhere() {
    let database = database().await;
    let store = store(&database).await;
    customer(&store, "ada").await;
    product(&store, "TEA", 1).await;
    let text = Some("a\0".to_owned());
    let accounts = AccountFilter { text: text.clone(), limit: 9, ..AccountFilter::default() };
    assert!(store.accounts(accounts).await.unwrap().is_empty());
    let products = ProductFilter { text, limit: 9, ..ProductFilter::default() };
    assert!(store.products(products).await.unwrap().is_empty());
    assert!(store.account_by_email("ada@example.com\0".into()).await.unwrap().is_none());
}

pub(crate) async fn moments_at_the_ends_of_time_are_taken() {
    let database = database().await;
    let store = store(&database).await;
    let ada = customer(&store, "ada").await;
    let tea = product(&store, "TEA", 10).await;
    let order = store.place_order(new_order(ada.id, &[(tea.id, 1)]), key(ada.id, "k")).await.unwrap().value;
    let (beginning, end) = (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX));
    for (from, before, found) in
        [(beginning, end, vec![order]), (end, end, vec![]), (beginning, beginning, vec![])]
    {
        let filter = OrderFilter {
            created_from: Some(from),
            created_before: Some(before),
            limit: 9,
            ..OrderFilter::default()
        };
        assert_eq!(store.orders(filter).await.unwrap(), found);
    }
}
