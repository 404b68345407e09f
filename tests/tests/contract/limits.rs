//! What every operation answers to whom it has answered enough, and when there is too much to do.

use std::time::Duration;

use orderly_tests::{
    conformance::document,
    faulty::Fault,
    shop::{Reply, Shop},
};

use crate::{
    scenario::{Scenario, scenarios},
    sweeps::valid,
};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    every_operation_refuses_an_address_that_comes_too_often,
    every_operation_with_credentials_refuses_an_account_that_comes_too_often,
    passwords_are_not_guessed_by_whoever_is_logged_in,
    what_cannot_be_worked_on_is_refused_at_once,
];

fn assert_refused(reply: Reply, limit: &str) {
    let seconds = reply.header("retry-after").parse::<u32>();
    assert!(seconds.is_ok_and(|seconds| (1..=60).contains(&seconds)), "{}", reply.text);
    let left = reply.header("ratelimit").to_owned();
    assert!(left.contains(&format!("\"{limit}\";r=0;t=")), "{left}");
    reply.problem(429, "rate_limited");
}

async fn every_operation_refuses_an_address_that_comes_too_often(shop: &Shop) {
    // The administrator's login was the one request of this minute.
    let shop = shop.another(|config| config.rate.ip_per_minute = 1).await;
    let document = document();
    for operation in document.operations() {
        assert_refused(valid(&shop.administrator, &document, operation).send().await, "ip");
    }
}

async fn every_operation_with_credentials_refuses_an_account_that_comes_too_often(shop: &Shop) {
    let shop = shop.another(|config| config.rate.account_per_minute = 1).await;
    let document = document();
    shop.administrator.get("/v1/me").await.expect(200);
    for operation in document.operations() {
        let takes_nobody = operation.security.iter().any(Vec::is_empty);
        if operation.security.is_empty() || takes_nobody {
            continue;
        }
        assert_refused(valid(&shop.administrator, &document, operation).send().await, "account");
    }
}

async fn passwords_are_not_guessed_by_whoever_is_logged_in(shop: &Shop) {
    let shop = shop.another(|config| config.rate.login_per_minute = 3).await;
    let document = document();
    let operation = document.operations().iter().find(|operation| operation.id == "change_password");
    let guess = || valid(&shop.administrator, &document, operation.expect("passwords can be changed")).send();
    for _ in 0..2 {
        guess().await.problem(422, "wrong_password");
    }
    // With the login at the beginning these are the three of this address.
    assert_refused(guess().await, "login-ip");
}

async fn what_cannot_be_worked_on_is_refused_at_once(shop: &Shop) {
    let shop = shop.another(|config| {
        (config.limits.max_requests, config.limits.reserved_requests) = (2, 1);
        config.limits.request_ms = 2_000;
    });
    let shop = shop.await;
    shop.faults.set(Fault::Hangs);
    let (stuck, refused) = tokio::join!(shop.anonymous.get("/v1/products"), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        shop.anonymous.get("/v1/products").await
    });
    stuck.problem(504, "deadline_exceeded");
    assert_eq!(refused.header("retry-after"), "1");
    refused.problem(503, "overloaded");
}
