//! Permits: what all servers together hand out of a window is never more than its limit.

use orderly_domain::{
    Storage,
    permit::{PermitGrant, PermitRequest},
};

use crate::shop::*;

/// A wish for permits of the minute that begins at this second, of ten.
fn request(subject: &str, second: u64, wanted: u32) -> PermitRequest {
    PermitRequest {
        policy: "account".into(),
        subject: subject.to_owned(),
        window: at(second),
        window_ends: at(second + 60),
        limit: 10,
        wanted,
    }
}

pub async fn a_window_gives_what_it_has_and_no_more(store: impl Storage) {
    for (wanted, granted, used) in [(4, 4, 4), (0, 0, 4), (5, 5, 9), (5, 1, 10), (1, 0, 10)] {
        let grant = store.take_permits(request("ada", 0, wanted)).await.unwrap();
        assert_eq!(grant, PermitGrant { granted, used }, "{wanted} wanted");
    }
}

pub async fn each_window_policy_and_subject_is_counted_by_itself(store: impl Storage) {
    let full = PermitGrant { granted: 10, used: 10 };
    let login = PermitRequest { policy: "login".into(), ..request("ada", 0, 10) };
    for request in [request("ada", 0, 10), request("ada", 60, 10), request("bob", 0, 10), login] {
        assert_eq!(store.take_permits(request).await.unwrap(), full);
    }
}

pub async fn a_limit_that_became_smaller_gives_nothing_more(store: impl Storage) {
    store.take_permits(request("ada", 0, 8)).await.unwrap();
    let smaller = PermitRequest { limit: 5, ..request("ada", 0, 3) };
    let grant = store.take_permits(smaller).await.unwrap();
    assert_eq!(grant, PermitGrant { granted: 0, used: 8 });
}

pub async fn servers_that_take_at_once_take_together_what_there_is(store: impl Storage) {
    let wishes = PermitRequest { limit: 100, ..request("ada", 0, 7) };
    let grants = at_once(20, |_| {
        let (store, wishes) = (store.clone(), wishes.clone());
        async move { store.take_permits(wishes).await.unwrap() }
    })
    .await;
    assert_eq!(grants.iter().map(|grant| grant.granted).sum::<u32>(), 100);
    assert!(grants.iter().all(|grant| grant.granted <= 7 && grant.used <= 100), "{grants:?}");
}
