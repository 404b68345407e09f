//! What every operation answers when the database fails: the declared problem, without a word about why.

use futures_util::future::join_all;
use orderly_contract::Operation;
use orderly_domain::Rejection;
use orderly_tests::{
    conformance::{CANARY, document},
    faulty::Fault,
    shop::{Reply, Shop},
};

use crate::{
    exceptions::EXCEPTIONS,
    scenario::{Scenario, scenarios},
    sweeps::valid,
};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    a_database_that_is_away_is_told_to_try_again,
    a_database_that_breaks_is_not_explained,
    a_database_that_hangs_is_waited_for_within_limits,
    a_database_that_stops_at_the_deadline_is_answered_like_one_that_hangs,
    a_key_that_is_being_worked_on_is_a_conflict,
    a_shop_recovers_with_its_database,
];

/// Calls every operation that can answer with this status while the database fails; gives the answers.
async fn every_operation(shop: &Shop, fault: Fault, status: &str) -> Vec<Reply> {
    let document = document();
    let excepted = |operation: &Operation| {
        EXCEPTIONS.iter().any(|known| known.operation == operation.id && known.status == status)
    };
    shop.faults.set(fault);
    let operations = document.operations().iter().filter(|operation| !excepted(operation));
    let calls = operations.map(|operation| valid(&shop.administrator, &document, operation).send());
    let replies = join_all(calls).await;
    shop.faults.set(None);
    replies
}

async fn a_database_that_is_away_is_told_to_try_again(shop: &Shop) {
    for reply in every_operation(shop, Fault::Unavailable, "503").await {
        let retry_after = reply.header("retry-after").to_owned();
        reply.problem(503, "unavailable");
        assert!(retry_after.parse::<u32>().is_ok(), "{retry_after}");
    }
}

async fn a_database_that_breaks_is_not_explained(shop: &Shop) {
    for reply in every_operation(shop, Fault::Internal(CANARY), "500").await {
        reply.problem(500, "internal");
    }
}

async fn a_database_that_hangs_is_waited_for_within_limits(shop: &Shop) {
    let shop = shop.another(|config| config.limits.request_ms = 2000).await;
    for reply in every_operation(&shop, Fault::Hangs, "504").await {
        reply.problem(504, "deadline_exceeded");
    }
}

async fn a_database_that_stops_at_the_deadline_is_answered_like_one_that_hangs(shop: &Shop) {
    for reply in every_operation(shop, Fault::DeadlineExceeded, "504").await {
        reply.problem(504, "deadline_exceeded");
    }
}

async fn a_key_that_is_being_worked_on_is_a_conflict(shop: &Shop) {
    let document = document();
    shop.faults.set(Fault::Rejected(Rejection::IdempotencyInFlight));
    let takes_key = |operation: &&Operation| {
        operation.parameters.iter().any(|parameter| parameter.name.eq_ignore_ascii_case("idempotency-key"))
    };
    for operation in document.operations().iter().filter(takes_key) {
        let reply = valid(&shop.administrator, &document, operation).send().await;
        reply.problem(409, "idempotency_in_flight");
    }
}

async fn a_shop_recovers_with_its_database(shop: &Shop) {
    shop.faults.set(Fault::Unavailable);
    shop.anonymous.get("/v1/products").await.problem(503, "unavailable");
    shop.faults.set(None);
    shop.anonymous.get("/v1/products").await.expect(200);
}
