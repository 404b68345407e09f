//! Maintenance: what has expired goes, however much it is and however many servers remove it.

use std::time::Duration;

use orderly_domain::{Storage, Timestamp, permit::PermitRequest};
use orderly_server::service::{KeyPolicy, Services};

use crate::shop::{PASSWORD, Shop};

#[tokio::test]
async fn two_servers_remove_what_has_expired_once_and_nothing_else() {
    const WINDOWS: u64 = 1201;
    let shop = Shop::open().await;
    shop.customer("ada@example.com").await;
    let tokens = shop.services.log_in("ada@example.com".into(), PASSWORD.into()).await.unwrap();
    let begun = Timestamp::now().before(Duration::from_secs(3600));
    let window = |n: u64, ends: Timestamp| PermitRequest {
        policy: "account".into(),
        subject: format!("account {n}"),
        window: begun,
        window_ends: ends,
        limit: 1,
        wanted: 1,
    };
    // More than go at once.
    for n in 0..WINDOWS {
        shop.store.take_permits(window(n, begun.after(Duration::from_secs(60)))).await.unwrap();
    }
    let living = window(WINDOWS, Timestamp::now().after(Duration::from_secs(3600)));
    shop.store.take_permits(living.clone()).await.unwrap();

    let other = Services::open(shop.store.clone(), KeyPolicy::default()).await.unwrap();
    let (here, there) = tokio::try_join!(shop.services.remove_expired(), other.remove_expired()).unwrap();
    assert_eq!(here + there, WINDOWS);
    assert_eq!(other.remove_expired().await.unwrap(), 0);
    assert_eq!(shop.store.take_permits(living).await.unwrap().granted, 0, "it is counted still");
    shop.services.refresh(&tokens.refresh_token.expose()).await.unwrap();
}
