//! The audit trail: what was done is written down with it, what was not done is not.

use orderly_domain::{
    Storage,
    account::Role,
    audit::{AuditEntry, AuditFilter},
    id::{AuditEntryId, UserId},
    order::OrderStatus,
    product::{ProductChange, StockChange},
};
use serde_json::json;

use crate::shop::*;

/// An entry as a service would write it, about anything.
fn entry(actor: UserId, action: &str, subject: &str) -> AuditEntry {
    AuditEntry {
        id: AuditEntryId::new(),
        at: at(5),
        actor,
        action: action.to_owned(),
        subject: subject.to_owned(),
        request_id: format!("request of {action}"),
        details: json!({ "stock": 3, "active": false, "reason": "é\u{1f375} \"quoted\"", "none": null }),
    }
}

async fn trail(store: &impl Storage) -> Vec<AuditEntry> {
    store.audit_entries(AuditFilter { limit: 100, ..AuditFilter::default() }).await.unwrap()
}

pub async fn every_administrative_change_is_written_down_as_it_was_told(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    let mut written = Vec::new();
    let mut note = |action| {
        let entry = entry(ada.id, action, "the thing");
        written.push(entry.clone());
        Some(entry)
    };
    let bob = new_account("Bob", "bob@example.com", Role::Customer);
    let bob = store.create_account(bob, note("create_user")).await.unwrap();
    store.change_role(bob.id, Role::Administrator, at(1), note("change_role")).await.unwrap();
    store.delete_account(bob.id, at(2), note("delete_user")).await.unwrap();
    let tea = new_product("TEA", eur(100), 9);
    let tea = store.create_product(tea, None, note("create_product")).await.unwrap().value;
    let change = ProductChange { active: Some(true), ..ProductChange::default() };
    store.change_product(tea.id, None, change, at(3), note("change_product")).await.unwrap();
    let stock = StockChange { product_id: tea.id, delta: 1, reason: "found".into(), at: at(4) };
    store.adjust_stock(stock, Some(fresh_key(ada.id)), note("adjust_stock")).await.unwrap();
    let order = order(&store, ada.id, &[(&tea, 1)]).await.unwrap();
    store.transition_order(order.id, OrderStatus::Cancelled, at(5), note("cancel_order")).await.unwrap();
    written.reverse();
    assert_eq!(trail(&store).await, written, "newest first");
}

pub async fn what_was_not_done_is_not_written_down(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    let tea = product(&store, "TEA", 100, 1).await;
    let note = || Some(entry(ada.id, "test", "the thing"));
    let bob = customer(&store, "Bob").await;
    store.delete_account(bob.id, at(1), None).await.unwrap();

    let again = new_account("Ada", "ada@example.com", Role::Customer);
    refused(store.create_account(again, note()).await);
    refused(store.change_role(ada.id, Role::Customer, at(1), note()).await);
    refused(store.delete_account(ada.id, at(1), note()).await);
    store.delete_account(bob.id, at(2), note()).await.unwrap();
    refused(store.create_product(new_product("TEA", eur(1), 1), Some(key(ada.id, "sku")), note()).await);
    let stale = Some(vec![tea.version.next()]);
    refused(store.change_product(tea.id, stale, ProductChange::default(), at(1), note()).await);
    let take = || StockChange { product_id: tea.id, delta: -2, reason: "lost".into(), at: at(1) };
    refused(store.adjust_stock(take(), Some(key(ada.id, "take")), note()).await);
    let order = order(&store, ada.id, &[(&tea, 1)]).await.unwrap();
    store.transition_order(order.id, OrderStatus::Cancelled, at(1), None).await.unwrap();
    refused(store.transition_order(order.id, OrderStatus::Cancelled, at(1), note()).await);
    assert_eq!(trail(&store).await, []);
}

pub async fn a_repetition_is_written_down_once(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    let entries: Vec<_> = (0..5).map(|n| entry(ada.id, &format!("try {n}"), "TEA")).collect();
    let outcomes = at_once(5, |n| {
        let (store, entry) = (store.clone(), entries[n].clone());
        async move {
            let new = new_product("TEA", eur(1), 1);
            let once = store.create_product(new, Some(key(ada.id, "k")), Some(entry.clone())).await.unwrap();
            (once.replayed, entry)
        }
    })
    .await;
    let done: Vec<_> =
        outcomes.into_iter().filter(|(replayed, _)| !replayed).map(|(_, entry)| entry).collect();
    assert_eq!(done.len(), 1);
    assert_eq!(trail(&store).await, done, "the entry of the request that was done");
}

pub async fn the_trail_is_read_by_actor_subject_and_action_page_by_page(store: impl Storage) {
    let (ada, bob) = (administrator(&store, "Ada").await, administrator(&store, "Bob").await);
    let mut entries = Vec::new();
    for (n, (actor, action, subject)) in [
        (ada.id, "create", "A"),
        (bob.id, "create", "B"),
        (ada.id, "change", "A"),
        (bob.id, "change", "A"),
        (ada.id, "change", "B"),
    ]
    .into_iter()
    .enumerate()
    {
        let entry = entry(actor, action, subject);
        let new = new_product(&format!("SKU-{n}"), eur(1), 1);
        store.create_product(new, None, Some(entry.clone())).await.unwrap();
        entries.push(entry);
    }
    let filter = |actor: Option<UserId>, subject: Option<&str>, action: Option<&str>| AuditFilter {
        actor,
        subject: subject.map(str::to_owned),
        action: action.map(str::to_owned),
        after: None,
        limit: 100,
    };
    for (filter, expected) in [
        (filter(None, None, None), vec![4, 3, 2, 1, 0]),
        (filter(Some(ada.id), None, None), vec![4, 2, 0]),
        (filter(Some(UserId::new()), None, None), vec![]),
        (filter(None, Some("A"), None), vec![3, 2, 0]),
        (filter(None, Some("a"), None), vec![]),
        (filter(None, None, Some("create")), vec![1, 0]),
        (filter(Some(ada.id), None, Some("change")), vec![4, 2]),
        (filter(Some(ada.id), Some("A"), None), vec![2, 0]),
        (filter(None, Some("A"), Some("change")), vec![3, 2]),
        (filter(Some(bob.id), Some("A"), Some("change")), vec![3]),
        (filter(Some(bob.id), Some("B"), Some("change")), vec![]),
    ] {
        let expected: Vec<_> = expected.into_iter().map(|n: usize| entries[n].clone()).collect();
        let pages = walk(
            2,
            |entry: &AuditEntry| by_id(entry.id.uuid()),
            async |after| {
                store.audit_entries(AuditFilter { after, limit: 2, ..filter.clone() }).await.unwrap()
            },
        )
        .await;
        assert_eq!(pages, expected, "{filter:?}");
    }
}
