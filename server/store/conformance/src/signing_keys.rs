//! Signing keys, which all servers share, and the answer to whether the database is there.

use orderly_domain::{Storage, signing_key::SigningKey};

use crate::shop::*;

fn candidate(n: usize) -> SigningKey {
    SigningKey { kid: format!("key-{n}"), seed: [u8::try_from(n).unwrap(); 32], created_at: at(1) }
}

pub async fn servers_that_start_at_once_agree_on_one_signing_key(store: impl Storage) {
    assert!(store.signing_keys().await.unwrap().is_empty());
    let agreed = at_once(20, |n| {
        let store = store.clone();
        async move { store.first_signing_key(candidate(n)).await.unwrap() }
    })
    .await;
    let stored = store.signing_keys().await.unwrap();
    assert_eq!(stored.len(), 1);
    assert!(agreed.iter().all(|key| *key == stored[0]));
    let n = usize::from(stored[0].seed[0]);
    assert_eq!(stored[0], candidate(n), "it is one candidate as it was offered");
}

pub async fn a_ping_succeeds(store: impl Storage) {
    store.ping().await.unwrap();
}
