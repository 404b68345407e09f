//! Logging in, staying logged in, and what each credential is worth.

use std::time::Duration;

use orderly_domain::{Timestamp, account::Role, api_key::Scope};
use orderly_server::service::{CreateApiKey, Credential, KeyPolicy, ServiceError, Services};

use crate::{
    assert_fails,
    shop::{PASSWORD, REQUEST, Shop, first_page},
};

#[tokio::test]
async fn a_password_is_exchanged_for_tokens_that_speak_for_the_account() {
    let shop = Shop::open().await;
    let (account, _) = shop.customer("ada@example.com").await;
    let tokens = shop.services.log_in("ADA@example.com".into(), PASSWORD.into()).await.unwrap();
    let principal = shop.services.access_token(&tokens.access_token, REQUEST.into()).await.unwrap();
    assert_eq!((principal.account, principal.role), (account.id, Role::Customer));
    assert_eq!(principal.credential, Credential::AccessToken);
    assert_eq!(tokens.expires_in.as_secs(), 900);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_the_same_failure() {
    let shop = Shop::open().await;
    shop.customer("ada@example.com").await;
    for (email, password) in [("ada@example.com", "wrong password"), ("eve@example.com", PASSWORD)] {
        let outcome = shop.services.log_in(email.into(), password.into()).await;
        assert_fails!(outcome, ServiceError::InvalidCredentials);
    }
}

#[tokio::test]
async fn a_refresh_token_works_once_and_using_it_again_ends_the_login() {
    let shop = Shop::open().await;
    shop.customer("ada@example.com").await;
    let log_in = || shop.services.log_in("ada@example.com".into(), PASSWORD.into());
    let (first, other) = (log_in().await.unwrap(), log_in().await.unwrap());
    let spent = first.refresh_token.expose();
    let second = shop.services.refresh(&spent).await.unwrap().refresh_token.expose();

    assert_fails!(shop.services.refresh(&spent).await, ServiceError::InvalidRefreshToken);
    assert_fails!(shop.services.refresh(&second).await, ServiceError::InvalidRefreshToken);
    // The other login has nothing to do with it.
    shop.services.refresh(&other.refresh_token.expose()).await.unwrap();
}

#[tokio::test]
async fn logging_out_ends_the_login_and_is_the_same_for_unknown_tokens() {
    let shop = Shop::open().await;
    shop.customer("ada@example.com").await;
    let tokens = shop.services.log_in("ada@example.com".into(), PASSWORD.into()).await.unwrap();
    let token = tokens.refresh_token.expose();
    for token in [token.as_str(), token.as_str(), "ort_unknown"] {
        shop.services.log_out(token).await.unwrap();
    }
    assert_fails!(shop.services.refresh(&token).await, ServiceError::InvalidRefreshToken);
}

#[tokio::test]
async fn another_server_on_the_same_database_accepts_the_tokens() {
    let shop = Shop::open().await;
    shop.customer("ada@example.com").await;
    let tokens = shop.services.log_in("ada@example.com".into(), PASSWORD.into()).await.unwrap();
    let other = Services::open(shop.store.clone(), KeyPolicy::default()).await.unwrap();
    other.access_token(&tokens.access_token, REQUEST.into()).await.unwrap();
    assert_eq!(other.public_keys(), shop.services.public_keys());
    assert_fails!(other.access_token("a.b.c", REQUEST.into()).await, ServiceError::Unauthenticated);
}

#[tokio::test]
async fn an_api_key_speaks_for_its_owner_within_its_scopes_until_it_is_revoked() {
    let shop = Shop::open().await;
    let (account, principal) = shop.customer("ada@example.com").await;
    let create = CreateApiKey {
        name: "Warehouse".into(),
        scopes: vec![Scope::OrdersWrite, Scope::OrdersRead],
        expires_at: None,
    };
    let created = shop.services.create_api_key(&principal, create).await.unwrap();
    let secret = created.secret.expose();
    let machine = shop.services.api_key(&secret, REQUEST.into()).await.unwrap();
    let scopes = vec![Scope::OrdersRead, Scope::OrdersWrite];
    assert_eq!((machine.account, machine.credential), (account.id, Credential::ApiKey(scopes)));

    let (_, stranger) = shop.customer("eve@example.com").await;
    let foreign = shop.services.revoke_api_key(&stranger, created.key.id).await;
    assert_fails!(foreign, ServiceError::NotFound { what: "API key" });
    for _ in 0..2 {
        shop.services.revoke_api_key(&principal, created.key.id).await.unwrap();
    }
    assert_fails!(shop.services.api_key(&secret, REQUEST.into()).await, ServiceError::Unauthenticated);
    assert!(shop.services.list_api_keys(&principal, first_page(10)).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn an_api_key_stops_working_when_it_expires() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let create = |expires_at| {
        let create = CreateApiKey { name: "Till".into(), scopes: vec![Scope::NotesRead], expires_at };
        shop.services.create_api_key(&principal, create)
    };
    // One that would never work is not made.
    assert_fails!(create(Some(Timestamp::now())).await, ServiceError::AlreadyExpired);

    let soon = Timestamp::now().after(Duration::from_millis(200));
    let secret = create(Some(soon)).await.unwrap().secret.expose();
    while Timestamp::now() < soon {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_fails!(shop.services.api_key(&secret, REQUEST.into()).await, ServiceError::Unauthenticated);
    let secret = create(Some(soon.after(Duration::from_secs(3600)))).await.unwrap().secret.expose();
    shop.services.api_key(&secret, REQUEST.into()).await.unwrap();
}
