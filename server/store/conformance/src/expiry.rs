//! Expiry: what is of no use any more goes, a bounded number at a time, and nothing else does.

use orderly_domain::{Storage, idempotency::Idempotency, permit::PermitRequest, session::NewRefreshToken};

use crate::{
    sessions::{rotate, token},
    shop::*,
};

const DAY: u64 = 24 * 60 * 60;

fn window(second: u64) -> PermitRequest {
    PermitRequest {
        policy: "account".into(),
        subject: "ada".into(),
        window: at(second),
        window_ends: at(second + 60),
        limit: 10,
        wanted: 10,
    }
}

pub async fn expired_tokens_go_and_living_ones_stay(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    for (secret, expires) in [(1, 100), (2, 200), (3, 201)] {
        let token = NewRefreshToken { expires_at: at(expires), ..token(secret, ada.id) };
        assert!(store.start_session(token, None).await.unwrap());
    }
    assert_eq!(store.remove_expired(at(200), 100).await.unwrap(), 2);
    assert_eq!(store.remove_expired(at(200), 100).await.unwrap(), 0);
    // At the second 10 all three would work, if they were there.
    for (secret, there) in [(1, false), (2, false), (3, true)] {
        assert_eq!(rotate(&store, secret, secret + 100).await, there, "{secret}");
    }
}

pub async fn answers_go_after_a_day_and_not_before(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    let on = |name: &str, seconds| Some(Idempotency { at: at(seconds), ..key(ada.id, name) });
    store.create_product(new_product("A", eur(1), 1), on("old", 0), None).await.unwrap();
    store.create_product(new_product("B", eur(1), 1), on("young", 1), None).await.unwrap();
    assert_eq!(store.remove_expired(at(DAY - 1), 100).await.unwrap(), 0);
    assert_eq!(store.remove_expired(at(DAY), 100).await.unwrap(), 1);
    let again = store.create_product(new_product("C", eur(1), 1), on("young", DAY), None).await.unwrap();
    assert!(again.replayed);
}

pub async fn windows_go_when_they_have_ended(store: impl Storage) {
    for second in [0, 60, 120] {
        store.take_permits(window(second)).await.unwrap();
    }
    assert_eq!(store.remove_expired(at(120), 100).await.unwrap(), 2);
    assert_eq!(store.take_permits(window(120)).await.unwrap().granted, 0, "it is counted still");
}

pub async fn so_many_of_each_kind_go_at_once_the_oldest_first(store: impl Storage) {
    let ada = administrator(&store, "Ada").await;
    for n in 0..5_u8 {
        let seconds = u64::from(n);
        let token = NewRefreshToken { expires_at: at(100 + seconds), ..token(n, ada.id) };
        store.start_session(token, None).await.unwrap();
        let key = Idempotency { at: at(seconds), ..key(ada.id, &n.to_string()) };
        let product = new_product(&format!("SKU-{n}"), eur(1), 1);
        store.create_product(product, Some(key), None).await.unwrap();
        store.take_permits(window(seconds)).await.unwrap();
    }
    let removed = || store.remove_expired(at(2 * DAY), 3);
    assert_eq!(removed().await.unwrap(), 9);
    for secret in 0..5 {
        assert_eq!(rotate(&store, secret, secret + 100).await, secret > 2, "{secret}");
    }
    // The two tokens that were left are spent, and with those that came of them there are four.
    assert_eq!(removed().await.unwrap(), 3 + 2 + 2);
    assert_eq!(removed().await.unwrap(), 1);
    assert_eq!(removed().await.unwrap(), 0);
}
