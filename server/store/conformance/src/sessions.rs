//! Sessions: each refresh token works once, and one that comes back ends its session.

use orderly_domain::{
    Storage,
    account::PasswordHash,
    id::{SessionId, UserId},
    session::{NewRefreshToken, Rotated, Rotation},
};

use crate::shop::*;

/// The first token of a login; its secret's hash is 32 times `secret`. It lives for 1,000 seconds.
pub(crate) fn token(secret: u8, user: UserId) -> NewRefreshToken {
    NewRefreshToken {
        hash: [secret; 32],
        session_id: SessionId::new(),
        user_id: user,
        issued_at: at(0),
        expires_at: at(1000),
    }
}

fn rotation(old: u8, new: u8, seconds: u64) -> Rotation {
    Rotation { old: [old; 32], new: [new; 32], at: at(seconds), expires_at: at(seconds + 1000) }
}

/// Exchanges a token; whether that worked.
pub(crate) async fn rotate(store: &impl Storage, old: u8, new: u8) -> bool {
    let rotated = store.rotate_refresh_token(rotation(old, new, 10)).await.unwrap();
    matches!(rotated, Rotated::Renewed { .. })
}

pub async fn a_refresh_token_is_exchanged_for_the_next(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let first = token(1, ada.id);
    store.start_session(first.clone(), None).await.unwrap();
    for (old, new) in [(1, 2), (2, 3), (3, 4)] {
        match store.rotate_refresh_token(rotation(old, new, 10)).await.unwrap() {
            Rotated::Renewed { account, session_id } => {
                assert_eq!((account, session_id), (ada.clone(), first.session_id));
            }
            other => panic!("{old}: {other:?}"),
        }
    }
}

pub async fn a_spent_refresh_token_revokes_its_session_and_no_other(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let stolen = token(1, ada.id);
    store.start_session(stolen.clone(), None).await.unwrap();
    store.start_session(token(9, ada.id), None).await.unwrap();
    assert!(rotate(&store, 1, 2).await);
    match store.rotate_refresh_token(rotation(1, 3, 20)).await.unwrap() {
        Rotated::Reused { user_id, session_id } => {
            assert_eq!((user_id, session_id), (ada.id, stolen.session_id));
        }
        other => panic!("{other:?}"),
    }
    assert!(!rotate(&store, 2, 4).await, "the thief's token, or the owner's, is revoked");
    assert!(!rotate(&store, 3, 5).await, "no token was given for the spent one");
    assert!(rotate(&store, 9, 10).await, "the other login goes on");
}

pub async fn unknown_expired_and_revoked_refresh_tokens_are_unknown(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    store.start_session(token(1, ada.id), None).await.unwrap();
    store.start_session(token(2, ada.id), None).await.unwrap();
    store.revoke_session([2; 32], at(5)).await.unwrap();
    for (what, rotation) in [
        ("unknown", rotation(77, 78, 10)),
        ("expired", rotation(1, 3, 1000)),
        ("revoked", rotation(2, 4, 10)),
    ] {
        let rotated = store.rotate_refresh_token(rotation).await.unwrap();
        assert!(matches!(rotated, Rotated::Unknown), "{what}: {rotated:?}");
    }
    assert!(rotate(&store, 1, 5).await, "in time it works");
}

pub async fn any_token_of_a_session_revokes_all_of_it(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    store.start_session(token(1, ada.id), None).await.unwrap();
    assert!(rotate(&store, 1, 2).await);
    store.revoke_session([1; 32], at(5)).await.unwrap();
    assert!(!rotate(&store, 2, 3).await);
    store.revoke_session([1; 32], at(6)).await.unwrap();
    store.revoke_session([200; 32], at(6)).await.unwrap();
}

pub async fn a_token_that_is_exchanged_many_times_at_once_is_exchanged_once(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    store.start_session(token(1, ada.id), None).await.unwrap();
    let outcomes = at_once(20, |n| {
        let (store, new) = (store.clone(), 100 + u8::try_from(n).unwrap());
        async move { store.rotate_refresh_token(rotation(1, new, 10)).await.unwrap() }
    })
    .await;
    let count = |is: fn(&Rotated) -> bool| outcomes.iter().filter(|rotated| is(rotated)).count();
    assert_eq!(count(|rotated| matches!(rotated, Rotated::Renewed { .. })), 1);
    assert_eq!(count(|rotated| matches!(rotated, Rotated::Reused { .. })), 1, "it revokes the session");
}

pub async fn a_login_whose_password_is_another_by_now_gets_no_session(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let verified = store.password_of(ada.id).await.unwrap();
    assert!(store.start_session(token(1, ada.id), Some(verified.clone())).await.unwrap());
    store.change_password(ada.id, None, PasswordHash("new".into()), at(1)).await.unwrap();
    assert!(!store.start_session(token(2, ada.id), Some(verified.clone())).await.unwrap());
    assert!(!rotate(&store, 2, 3).await, "nothing was stored");
    assert!(store.start_session(token(4, ada.id), Some(PasswordHash("new".into()))).await.unwrap());
    assert!(rotate(&store, 4, 5).await);
    assert_not_found(store.start_session(token(6, UserId::new()), Some(verified)).await);
}

pub async fn no_session_outlives_the_password_that_it_began_with(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let verified = store.password_of(ada.id).await.unwrap();
    let started = at_once(20, |n| {
        let (store, verified) = (store.clone(), verified.clone());
        async move {
            if n == 10 {
                return store.change_password(ada.id, None, PasswordHash("new".into()), at(1)).await.unwrap();
            }
            store.start_session(token(u8::try_from(n).unwrap(), ada.id), Some(verified)).await.unwrap()
        }
    })
    .await;
    assert!(started.contains(&true));
    for secret in (0..20).filter(|secret| *secret != 10) {
        assert!(!rotate(&store, secret, secret + 100).await, "{secret}");
    }
}
