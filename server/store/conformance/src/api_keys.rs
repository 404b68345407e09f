//! API keys: found by their secret while they are neither revoked nor expired.

use orderly_domain::{
    Storage,
    account::Role,
    api_key::{ApiKey, ApiKeyFilter, NewApiKey, Scope},
    id::{ApiKeyId, UserId},
};

use crate::shop::*;

/// A key whose secret's hash is 32 times `secret`.
pub(crate) fn new_api_key(secret: u8, user: UserId, scopes: &[Scope]) -> NewApiKey {
    let key = ApiKey {
        id: ApiKeyId::new(),
        user_id: user,
        name: format!("key {secret}"),
        scopes: scopes.to_vec(),
        expires_at: None,
        created_at: at(1),
    };
    NewApiKey { key, hash: [secret; 32] }
}

pub async fn an_api_key_is_found_by_its_secret_with_its_owner_as_of_now(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let created = store.create_api_key(new_api_key(1, ada.id, &Scope::ALL)).await.unwrap();
    store.change_role(ada.id, Role::Administrator, at(2), None).await.unwrap();
    let presented = store.api_key_by_secret([1; 32], at(3)).await.unwrap().unwrap();
    assert_eq!(presented.key, created);
    assert_eq!(presented.key.scopes, Scope::ALL);
    assert_eq!((presented.owner.id, presented.owner.role), (ada.id, Role::Administrator));
    assert!(store.api_key_by_secret([2; 32], at(3)).await.unwrap().is_none());
}

pub async fn an_api_key_works_until_it_expires(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let mut new = new_api_key(1, ada.id, &[Scope::NotesRead]);
    new.key.expires_at = Some(at(100));
    store.create_api_key(new).await.unwrap();
    for (seconds, works) in [(99, true), (100, false), (101, false)] {
        let found = store.api_key_by_secret([1; 32], at(seconds)).await.unwrap();
        assert_eq!(found.is_some(), works, "after {seconds} s");
    }
}

pub async fn a_revoked_api_key_is_gone_and_can_be_revoked_again(store: impl Storage) {
    let (ada, eve) = (customer(&store, "Ada").await, customer(&store, "Eve").await);
    let key = store.create_api_key(new_api_key(1, ada.id, &[])).await.unwrap();
    assert_not_found(store.revoke_api_key(eve.id, key.id, at(2)).await);
    assert_not_found(store.revoke_api_key(ada.id, ApiKeyId::new(), at(2)).await);
    assert!(store.api_key_by_secret([1; 32], at(3)).await.unwrap().is_some());
    store.revoke_api_key(ada.id, key.id, at(4)).await.unwrap();
    store.revoke_api_key(ada.id, key.id, at(5)).await.unwrap();
    assert!(store.api_key_by_secret([1; 32], at(6)).await.unwrap().is_none());
    let filter = ApiKeyFilter { user_id: ada.id, after: None, limit: 9 };
    assert!(store.api_keys(filter).await.unwrap().is_empty());
}

pub async fn api_keys_are_listed_newest_first_by_owner(store: impl Storage) {
    let (ada, eve) = (customer(&store, "Ada").await, customer(&store, "Eve").await);
    let mut keys = Vec::new();
    for secret in 1..=7 {
        keys.insert(0, store.create_api_key(new_api_key(secret, ada.id, &[])).await.unwrap());
    }
    store.create_api_key(new_api_key(99, eve.id, &[])).await.unwrap();
    let all = walk(
        3,
        |key: &ApiKey| by_id(key.id.uuid()),
        async |after| store.api_keys(ApiKeyFilter { user_id: ada.id, after, limit: 3 }).await.unwrap(),
    )
    .await;
    assert_eq!(all, keys);
}
