//! The audit trail: what is written down of whom, and who may read it.

use orderly_domain::{account::Role, error::Rejection};
use orderly_server::service::{AdjustStock, ListAuditEntries, Listing, Precondition, ServiceError};

use crate::{
    assert_fails,
    shop::{REQUEST, Shop, first_page, order, product, registration, rejection},
};

fn everything(listing: Listing) -> ListAuditEntries {
    ListAuditEntries { actor: None, subject: None, action: None, listing }
}

/// What was done, oldest first.
async fn actions(shop: &Shop) -> Vec<String> {
    let page = shop.services.list_audit_entries(&shop.admin, everything(first_page(100))).await;
    let page = page.expect("an administrator reads the trail");
    page.items.into_iter().rev().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn an_entry_names_who_did_what_to_which_and_for_which_request() {
    let shop = Shop::open().await;
    let mug = shop.product("MUG", 1890, 5).await;
    let page = shop.services.list_audit_entries(&shop.admin, everything(first_page(10))).await.unwrap();
    let [entry] = page.items.as_slice() else { panic!("{:?}", page.items) };
    assert_eq!((entry.actor, entry.action.as_str()), (shop.admin.account, "create_product"));
    assert_eq!((entry.subject.clone(), entry.request_id.as_str()), (mug.id.to_string(), REQUEST));
    assert_eq!((entry.at, &entry.details["sku"]), (mug.created_at, &"MUG".into()));
}

#[tokio::test]
async fn nothing_personal_is_in_the_trail() {
    let shop = Shop::open().await;
    let services = &shop.services;
    let new = registration("ada@example.com");
    let (name, password) = (new.name.clone(), new.password.clone());
    let user = services.create_user(&shop.admin, new, Role::Customer).await.unwrap();
    services.delete_user(&shop.admin, user.id).await.unwrap();
    let page = services.list_audit_entries(&shop.admin, everything(first_page(10))).await.unwrap();
    let trail = format!("{page:?}");
    assert!(trail.contains("create_user") && trail.contains("delete_user"), "{trail}");
    for personal in ["ada@example.com", name.as_str(), password.as_str()] {
        assert!(!trail.contains(personal), "{trail}");
    }
}

#[tokio::test]
async fn what_is_refused_or_done_to_the_own_things_is_not_written_down() {
    let shop = Shop::open().await;
    let services = &shop.services;
    let (_, ada) = shop.customer("ada@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let taken = services.create_product(&shop.admin, product("MUG", 1, 1), None).await;
    assert_eq!(rejection(taken).0, Rejection::SkuTaken);
    let stale = Precondition::OneOf(vec![]);
    services.change_product(&shop.admin, mug.id, stale, Default::default()).await.unwrap_err();
    for principal in [&ada, &shop.admin] {
        let placed = services.place_order(principal, order(&[(mug.id, 1)]), "k".into()).await.unwrap();
        services.cancel_order(principal, placed.value.id).await.unwrap();
    }
    services.archive_product(&shop.admin, mug.id).await.unwrap();
    services.archive_product(&shop.admin, mug.id).await.unwrap();
    let last = services.change_role(&shop.admin, shop.admin.account, Role::Customer).await;
    assert_eq!(rejection(last).0, Rejection::LastAdministrator);
    assert_eq!(actions(&shop).await, ["create_product", "archive_product"]);
}

#[tokio::test]
async fn a_repeated_command_is_written_down_once() {
    let shop = Shop::open().await;
    let mug = shop.product("MUG", 1890, 5).await;
    for replayed in [false, true] {
        let adjust = AdjustStock { product_id: mug.id, delta: 1, reason: "found".into() };
        let adjusted = shop.services.adjust_stock(&shop.admin, adjust, Some("k".into())).await.unwrap();
        assert_eq!(adjusted.replayed, replayed);
    }
    assert_eq!(actions(&shop).await, ["create_product", "adjust_stock"]);
}

#[tokio::test]
async fn administrators_read_it_page_by_page_with_their_filters_and_nobody_else_does() {
    let shop = Shop::open().await;
    let (_, ada) = shop.customer("ada@example.com").await;
    let refused = shop.services.list_audit_entries(&ada, everything(first_page(10))).await;
    assert_fails!(refused, ServiceError::Forbidden { .. });
    for n in 0..3 {
        shop.product(&format!("MUG-{n}"), 1890, 5).await;
    }
    let list = |action: Option<&str>, cursor| ListAuditEntries {
        action: action.map(str::to_owned),
        ..everything(Listing { limit: 2, cursor })
    };
    let first =
        shop.services.list_audit_entries(&shop.admin, list(Some("create_product"), None)).await.unwrap();
    assert_eq!(first.items.len(), 2);
    let next = first.next.map(|cursor| cursor.to_string());
    let other = shop.services.list_audit_entries(&shop.admin, list(None, next.clone())).await;
    assert_fails!(other, ServiceError::InvalidCursor(_));
    let second =
        shop.services.list_audit_entries(&shop.admin, list(Some("create_product"), next)).await.unwrap();
    assert_eq!((second.items.len(), second.next), (1, None));
}
