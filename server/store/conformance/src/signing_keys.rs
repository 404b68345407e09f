//! Signing keys, which all servers share, and the answer to whether the database is there.

use orderly_domain::{
    Storage,
    signing_key::{KeyRotation, SigningKey},
};

use crate::shop::*;

/// A key that was made at this second.
fn made(name: &str, second: u64) -> SigningKey {
    SigningKey { kid: name.to_owned(), seed: [u8::try_from(second).unwrap(); 32], created_at: at(second) }
}

/// Offers a key; one is added if there was none after `newer`, and those superseded before `superseded` go.
async fn rotate(store: &impl Storage, candidate: SigningKey, newer: u64, superseded: u64) -> Vec<SigningKey> {
    let rotation = KeyRotation { candidate, unless_newer_than: at(newer), superseded_before: at(superseded) };
    let keys = store.rotate_signing_keys(rotation).await.unwrap();
    assert_eq!(store.signing_keys().await.unwrap(), keys);
    keys
}

pub async fn servers_that_rotate_at_once_agree_on_one_new_key(store: impl Storage) {
    assert!(store.signing_keys().await.unwrap().is_empty());
    // The first key of a new shop, then the next: no two servers look at their clocks at the same time.
    for (second, keys) in [(20, 1), (120, 2)] {
        let agreed = at_once(20, |n| {
            let store = store.clone();
            async move {
                let n = u64::try_from(n).unwrap();
                let rotation = KeyRotation {
                    candidate: made(&format!("{second}-{n:02}"), second + n),
                    unless_newer_than: at(second + n - 20),
                    superseded_before: at(0),
                };
                store.rotate_signing_keys(rotation).await.unwrap()
            }
        })
        .await;
        let stored = store.signing_keys().await.unwrap();
        assert_eq!(stored.len(), keys);
        assert!(agreed.iter().all(|keys| *keys == stored), "{agreed:?}");
        assert_eq!(
            stored[0],
            made(&stored[0].kid, u64::from(stored[0].seed[0])),
            "a candidate as it was offered"
        );
    }
}

pub async fn a_key_is_added_when_the_newest_is_old_enough(store: impl Storage) {
    let kids = |keys: Vec<SigningKey>| keys.into_iter().map(|key| key.kid).collect::<Vec<_>>();
    assert_eq!(kids(rotate(&store, made("a", 10), 0, 0).await), ["a"]);
    assert_eq!(kids(rotate(&store, made("b", 20), 9, 0).await), ["a"], "a is newer than that");
    assert_eq!(kids(rotate(&store, made("c", 30), 10, 0).await), ["c", "a"], "a is not newer than itself");
}

pub async fn a_key_goes_when_its_successor_is_old_enough_and_the_newest_stays(store: impl Storage) {
    let kids = |keys: Vec<SigningKey>| keys.into_iter().map(|key| key.kid).collect::<Vec<_>>();
    for (name, second) in [("a", 10), ("b", 20), ("c", 30)] {
        rotate(&store, made(name, second), second - 1, 0).await;
    }
    let none = || made("none", 99);
    assert_eq!(kids(rotate(&store, none(), 0, 20).await), ["c", "b", "a"], "b was not made before that");
    assert_eq!(kids(rotate(&store, none(), 0, 21).await), ["c", "b"]);
    assert_eq!(kids(rotate(&store, none(), 0, 200).await), ["c"]);
    assert_eq!(kids(rotate(&store, made("d", 40), 40, 41).await), ["d"], "a new key supersedes at once, too");
}

pub async fn a_ping_succeeds(store: impl Storage) {
    store.ping().await.unwrap();
}
