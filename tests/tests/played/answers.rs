//! What is declared arrives: every success with every value that its schema tells apart, every refusal as a problem.

use std::collections::BTreeSet;

use orderly_client::Error;
use orderly_contract::{Answer, Content, Direction, value::Values};
use serde_json::Value;

use crate::{
    calls::CALLS,
    player::{DOCUMENT, Played, Player},
    same::is_same,
};

/// The values of an answer's body.
fn values(content: &Content) -> Vec<Value> {
    let values = Values::new(&DOCUMENT, &content.schema(), Direction::Response);
    values.kept().into_iter().map(|labelled| labelled.value).collect()
}

fn declared_answers(of: impl Fn(u16) -> bool) -> Vec<(usize, u16, &'static Answer)> {
    let mut answers = Vec::new();
    for (index, call) in CALLS.iter().enumerate() {
        for (status, answer) in &call.operation().answers {
            let status: u16 = status.parse().expect("our document declares exact statuses");
            if of(status) {
                answers.push((index, status, answer));
            }
        }
    }
    answers
}

#[tokio::test]
async fn every_success_arrives_as_it_was_sent() {
    let player = Player::new().await;
    let mut played = 0;
    for (index, status, answer) in declared_answers(|status| status < 300) {
        let call = &CALLS[index];
        let bodies = answer.content.first().map_or(vec![None], |content| {
            values(content).into_iter().map(|value| Some((content, value))).collect()
        });
        assert!(!bodies.is_empty(), "{} {status} has no value", call.operation);
        for body in bodies {
            player.plays(match &body {
                Some((content, value)) => {
                    Played::json(status, content, value).with_headers_of(call.operation())
                }
                None => Played::empty(status).with_headers_of(call.operation()),
            });
            let arrived = (call.send)(&player.client, call.body()).await;
            let arrived =
                arrived.unwrap_or_else(|error| panic!("{} {status} {body:?}: {error:?}", call.operation));
            let sent = body.map(|(_, value)| value).unwrap_or_default();
            assert!(is_same(&sent, &arrived), "{} {status}: sent {sent}, arrived {arrived}", call.operation);
            played += 1;
        }
    }
    assert!(played > CALLS.len(), "{played} answers were played");
}

#[tokio::test]
async fn every_refusal_arrives_as_the_problem_that_it_is() {
    let player = Player::new().await;
    let mut schemas = BTreeSet::new();
    for (index, status, answer) in declared_answers(|status| status >= 400) {
        let call = &CALLS[index];
        let content = answer.content.first().expect("every refusal of ours has a problem");
        // All refusals are of one schema: its values are played once, and one of them to every other answer.
        let schema = DOCUMENT.source().resolve(&content.schema()).unwrap().pointer;
        let played = if schemas.insert(schema) { usize::MAX } else { 1 };
        for value in values(content).into_iter().take(played) {
            player.plays(Played::json(status, content, &value).with_headers_of(call.operation()));
            let error = (call.send)(&player.client, call.body()).await.expect_err("a refusal is an error");
            let Error::Problem(problem) = error else {
                panic!("{} {status} {value}: {error:?}", call.operation)
            };
            assert_eq!((problem.status, problem.code.as_str()), (status, value["code"].as_str().unwrap()));
            assert_eq!(problem.detail.as_deref(), value["detail"].as_str());
            assert_eq!(problem.request_id.as_deref(), value["request_id"].as_str());
            assert_eq!(problem.errors.len(), value["errors"].as_array().map_or(0, Vec::len));
            assert_eq!(problem.body, value);
            let retry_after = answer.headers.iter().any(|header| header.name == "Retry-After");
            assert_eq!(problem.retry_after.is_some(), retry_after, "{} {status}", call.operation);
        }
    }
}

#[tokio::test]
async fn what_has_not_changed_is_told_apart() {
    let player = Player::new().await;
    let answers = declared_answers(|status| (300..400).contains(&status));
    assert!(!answers.is_empty());
    for (index, status, _) in answers {
        let call = &CALLS[index];
        player.plays(Played::empty(status).with_headers_of(call.operation()));
        let error = (call.send)(&player.client, call.body()).await.expect_err("there is nothing to give");
        assert!(error.is_not_modified(), "{} {status}: {error:?}", call.operation);
    }
}
