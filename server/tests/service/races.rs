//! A password that changes while others are using it: checking one takes so long that much can happen meanwhile.

use std::time::Duration;

use orderly_server::service::ServiceError;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    assert_fails,
    shop::{PASSWORD, Shop},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_changes_of_a_password_at_once_one_is_made() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let change = |new: &'static str| shop.services.change_password(&principal, PASSWORD.into(), new.into());
    let outcomes = tokio::join!(change("the owner's password"), change("the thief's password"));
    let (made, refused) = match outcomes {
        (Ok(()), refused @ Err(_)) => ("the owner's password", refused),
        (refused @ Err(_), Ok(())) => ("the thief's password", refused),
        outcomes => panic!("{outcomes:?}"),
    };
    assert_fails!(refused, ServiceError::WrongPassword);
    shop.services.log_in("ada@example.com".into(), made.into()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_login_that_is_under_way_survives_a_change_of_the_password() {
    let shop = Shop::open().await;
    let (_, principal) = shop.customer("ada@example.com").await;
    let services = shop.services.clone();
    let mut change = tokio::spawn(async move {
        services.change_password(&principal, PASSWORD.into(), "new password".into()).await
    });
    let mut logins = JoinSet::new();
    // New logins begin all the time until the password has changed, so that some are being checked at that moment.
    loop {
        let services = shop.services.clone();
        logins.spawn(async move { services.log_in("ada@example.com".into(), PASSWORD.into()).await });
        tokio::select! {
            changed = &mut change => break changed.unwrap().unwrap(),
            () = sleep(Duration::from_millis(15)) => {}
        }
    }
    for login in logins.join_all().await {
        match login {
            Ok(tokens) => {
                let refreshed = shop.services.refresh(&tokens.refresh_token.expose()).await;
                assert_fails!(refreshed, ServiceError::InvalidRefreshToken);
            }
            refused => assert_fails!(refused, ServiceError::InvalidCredentials),
        }
    }
}
