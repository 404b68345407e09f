//! What the document allows the SDK can send, and what it sends the document allows.

use orderly_contract::mistakes;
use serde_json::Value;

use crate::{
    calls::CALLS,
    player::{DOCUMENT, Played, Player},
    same::is_same,
};

#[tokio::test]
async fn every_body_that_is_allowed_can_be_sent() {
    let player = Player::new().await;
    player.plays(Played::empty(500));
    for call in CALLS {
        let operation = call.operation();
        for body in call.bodies() {
            (call.takes)(&body).unwrap_or_else(|error| panic!("{} {body}: {error}", call.operation));
            (call.send)(&player.client, Some(body.clone())).await.expect_err("the server answers 500");
            let sent = player.asked();
            let arrived: Value = serde_json::from_slice(&sent.body).unwrap();
            assert!(is_same(&body, &arrived), "{}: {body} was sent as {arrived}", call.operation);
            assert_eq!(mistakes(&DOCUMENT, operation, &sent), [], "{} {body}", call.operation);
        }
    }
}

#[tokio::test]
async fn every_call_is_a_request_that_the_document_allows() {
    let player = Player::new().await;
    player.plays(Played::empty(500));
    for call in CALLS {
        (call.send)(&player.client, call.body()).await.expect_err("the server answers 500");
        let sent = player.asked();
        let operation = call.operation();
        assert_eq!(
            (&sent.method, operation.template.values(&sent.path).is_some()),
            (&operation.method, true)
        );
        assert_eq!(mistakes(&DOCUMENT, operation, &sent), [], "{}", call.operation);
    }
}
