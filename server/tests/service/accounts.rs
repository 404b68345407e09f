//! Accounts: the own one, those of others, and the last administrator.

use orderly_domain::{
    account::{ProfileChange, Role},
    error::Rejection,
    id::UserId,
};
use orderly_server::service::{ListUsers, Listing, ServiceError, WriteNote};

use crate::{
    assert_fails,
    shop::{PASSWORD, REQUEST, Shop, first_page, order, registration, rejection},
};

fn users(text: Option<&str>, role: Option<Role>, listing: Listing) -> ListUsers {
    ListUsers { text: text.map(str::to_owned), role, listing }
}

#[tokio::test]
async fn an_address_has_one_account_however_it_is_written() {
    let shop = Shop::open().await;
    shop.customer("ada@example.com").await;
    let again = shop.services.register(registration("Ada@Example.com")).await;
    assert_eq!(rejection(again).0, Rejection::EmailTaken);
}

#[tokio::test]
async fn the_first_administrator_is_made_once() {
    let shop = Shop::open().await;
    assert!(shop.services.ensure_administrator().await.unwrap().is_none());
}

#[tokio::test]
async fn the_profile_changes_in_the_fields_that_are_named() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let phone = ProfileChange { phone: Some(Some("+44 20".into())), ..ProfileChange::default() };
    let name = ProfileChange { name: Some("Ada King".into()), ..ProfileChange::default() };
    let no_phone = ProfileChange { phone: Some(None), ..ProfileChange::default() };
    for (change, expected) in [
        (phone, ("Ada Lovelace", Some("+44 20"))),
        (name, ("Ada King", Some("+44 20"))),
        (no_phone, ("Ada King", None)),
    ] {
        let account = shop.services.change_me(&principal, change).await.unwrap();
        assert_eq!((account.name.as_str(), account.phone.as_deref()), expected);
        assert_eq!(shop.services.me(&principal).await.unwrap(), account);
    }
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_every_login() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let tokens = shop.services.log_in("ada@example.com".into(), PASSWORD.into()).await.unwrap();
    let wrong = shop.services.change_password(&principal, "wrong".into(), "new password".into()).await;
    assert_fails!(wrong, ServiceError::WrongPassword);

    shop.services.change_password(&principal, PASSWORD.into(), "new password".into()).await.unwrap();
    let refreshed = shop.services.refresh(&tokens.refresh_token.expose()).await;
    assert_fails!(refreshed, ServiceError::InvalidRefreshToken);
    let old = shop.services.log_in("ada@example.com".into(), PASSWORD.into()).await;
    assert_fails!(old, ServiceError::InvalidCredentials);
    shop.services.log_in("ada@example.com".into(), "new password".into()).await.unwrap();
}

#[tokio::test]
async fn customers_do_nothing_with_users() {
    let shop = Shop::open().await;
    let (account, customer) = shop.customer("ada@example.com").await;
    let services = &shop.services;
    let list = users(None, None, first_page(10));
    assert_fails!(services.list_users(&customer, list).await, ServiceError::Forbidden { .. });
    let new = registration("eve@example.com");
    let created = services.create_user(&customer, new, Role::Administrator).await;
    assert_fails!(created, ServiceError::Forbidden { .. });
    assert_fails!(services.user(&customer, account.id).await, ServiceError::Forbidden { .. });
    let promoted = services.change_role(&customer, account.id, Role::Administrator).await;
    assert_fails!(promoted, ServiceError::Forbidden { .. });
    assert_fails!(services.delete_user(&customer, account.id).await, ServiceError::Forbidden { .. });
}

#[tokio::test]
async fn users_are_listed_page_by_page_and_the_cursor_keeps_its_filters() {
    let shop = Shop::open().await;
    for n in 0..5 {
        shop.customer(&format!("user{n}@example.com")).await;
    }
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let list = users(Some("USER"), Some(Role::Customer), Listing { limit: 2, cursor });
        let page = shop.services.list_users(&shop.admin, list).await.unwrap();
        seen.extend(page.items.into_iter().map(|account| String::from(account.email)));
        let Some(next) = page.next else { break };
        cursor = Some(next.to_string());
        let other = users(None, Some(Role::Customer), Listing { limit: 2, cursor: cursor.clone() });
        let outcome = shop.services.list_users(&shop.admin, other).await;
        assert_fails!(outcome, ServiceError::InvalidCursor(_));
    }
    let expected: Vec<_> = (0..5).rev().map(|n| format!("user{n}@example.com")).collect();
    assert_eq!(seen, expected, "newest first, each once");
}

#[tokio::test]
async fn a_cursor_that_is_none_is_refused() {
    let shop = Shop::open().await;
    let list = users(None, None, Listing { limit: 2, cursor: Some("eyJ2IjoxfQ".into()) });
    assert_fails!(shop.services.list_users(&shop.admin, list).await, ServiceError::InvalidCursor(_));
}

#[tokio::test]
async fn there_is_always_an_administrator() {
    let shop = Shop::open().await;
    let (services, admin) = (&shop.services, &shop.admin);
    let demoted = services.change_role(admin, admin.account, Role::Customer).await;
    assert_eq!(rejection(demoted).0, Rejection::LastAdministrator);
    let deleted = services.delete_user(admin, admin.account).await;
    assert_eq!(rejection(deleted).0, Rejection::LastAdministrator);

    let second =
        services.create_user(admin, registration("eve@example.com"), Role::Administrator).await.unwrap();
    services.change_role(admin, admin.account, Role::Customer).await.unwrap();
    assert_eq!(services.user(admin, second.id).await.unwrap().role, Role::Administrator);
}

#[tokio::test]
async fn a_role_changes_at_once_whatever_the_access_token_says() {
    let shop = Shop::open().await;
    let (account, _) = shop.customer("ada@example.com").await;
    let tokens = shop.services.log_in("ada@example.com".into(), PASSWORD.into()).await.unwrap();
    for role in [Role::Administrator, Role::Customer] {
        shop.services.change_role(&shop.admin, account.id, role).await.unwrap();
        let principal = shop.services.access_token(&tokens.access_token, REQUEST.into()).await.unwrap();
        assert_eq!(principal.role, role);
    }
}

#[tokio::test]
async fn a_deleted_user_is_nobody_but_the_orders_stay() {
    let shop = Shop::open().await;
    let (services, admin) = (&shop.services, &shop.admin);
    let (account, principal) = shop.customer("ada@example.com").await;
    let mug = shop.product("MUG", 1890, 5).await;
    let placed = services.place_order(&principal, order(&[(mug.id, 1)]), "k".into()).await.unwrap().value;
    let note = WriteNote { title: "Gift".into(), body: String::new(), order_id: Some(placed.id) };
    services.create_note(&principal, note, None).await.unwrap();
    let tokens = services.log_in("ada@example.com".into(), PASSWORD.into()).await.unwrap();

    for _ in 0..2 {
        services.delete_user(admin, account.id).await.unwrap();
    }
    let bearer = services.access_token(&tokens.access_token, REQUEST.into()).await;
    assert_fails!(bearer, ServiceError::Unauthenticated);
    assert_fails!(services.me(&principal).await, ServiceError::Unauthenticated);
    assert_fails!(services.overview(&principal).await, ServiceError::Unauthenticated);
    let placed_again = services.place_order(&principal, order(&[(mug.id, 1)]), "k2".into()).await;
    assert_fails!(placed_again, ServiceError::Unauthenticated);
    let note = WriteNote { title: "Still here".into(), body: String::new(), order_id: None };
    assert_fails!(services.create_note(&principal, note, None).await, ServiceError::Unauthenticated);
    assert_fails!(services.user(admin, account.id).await, ServiceError::NotFound { what: "user" });
    let refreshed = services.refresh(&tokens.refresh_token.expose()).await;
    assert_fails!(refreshed, ServiceError::InvalidRefreshToken);
    let login = services.log_in("ada@example.com".into(), PASSWORD.into()).await;
    assert_fails!(login, ServiceError::InvalidCredentials);
    assert_eq!(services.order(admin, placed.id).await.unwrap(), placed);
    // The address is free again.
    shop.customer("ada@example.com").await;
}

#[tokio::test]
async fn deleting_somebody_who_never_was_is_not_found() {
    let shop = Shop::open().await;
    let outcome = shop.services.delete_user(&shop.admin, UserId::new()).await;
    assert_fails!(outcome, ServiceError::NotFound { what: "user" });
}

#[tokio::test]
async fn the_overview_shows_the_five_latest_of_the_own_things() {
    let shop = Shop::open().await;
    let (account, principal) = shop.customer("ada@example.com").await;
    let (_, stranger) = shop.customer("eve@example.com").await;
    let mug = shop.product("MUG", 1890, 50).await;
    for n in 0..6 {
        for principal in [&principal, &stranger] {
            let place = order(&[(mug.id, 1)]);
            shop.services.place_order(principal, place, format!("k{n}")).await.unwrap();
            let note = WriteNote { title: format!("n{n}"), body: String::new(), order_id: None };
            shop.services.create_note(principal, note, None).await.unwrap();
        }
    }
    let overview = shop.services.overview(&principal).await.unwrap();
    assert_eq!(overview.profile, account);
    let titles: Vec<_> = overview.latest_notes.iter().map(|note| note.title.as_str()).collect();
    assert_eq!(titles, ["n5", "n4", "n3", "n2", "n1"]);
    assert_eq!(overview.latest_orders.len(), 5);
    assert!(overview.latest_orders.iter().all(|order| order.user_id == account.id));
}
