//! What nobody declared, and what is not as it was declared, becomes the error that says so.

use http::StatusCode;
use orderly_client::Error;
use orderly_contract::{
    Content, Direction, Keyword,
    value::{Labelled, Values},
};
use serde_json::{Value, json};

use crate::{
    calls::{CALLS, Call},
    player::{DOCUMENT, Played, Player},
};

/// The success of an operation that has a body.
fn success(call: &Call) -> Option<(u16, &'static Content)> {
    let (status, answer) = call.operation().answers.iter().find(|(status, _)| status.starts_with('2'))?;
    Some((status.parse().unwrap(), answer.content.first()?))
}

#[tokio::test]
async fn a_status_that_nobody_declared_is_no_success() {
    let player = Player::new().await;
    for call in CALLS {
        for status in [202, 206, 299, 302, 399] {
            assert!(call.operation().answer(StatusCode::from_u16(status).unwrap()).is_none());
            player.plays(Played::new(status, "application/json", "{}"));
            match (call.send)(&player.client, call.body()).await {
                Err(Error::Unexpected { status: found, .. }) => assert_eq!(found.as_u16(), status),
                other => panic!("{} {status}: {other:?}", call.operation),
            }
        }
    }
}

#[tokio::test]
async fn an_error_that_nobody_declared_keeps_its_status() {
    let player = Player::new().await;
    let bodies = [
        ("application/problem+json", json!({ "code": "gone", "detail": "It is gone." }).to_string(), "gone"),
        ("application/json", "[1, 2]".to_owned(), ""),
        ("text/html", "<h1>Bad Gateway</h1>".to_owned(), ""),
        ("application/json", "{\"code\": ".to_owned(), ""),
        ("text/plain", String::new(), ""),
    ];
    for call in CALLS {
        for status in [410, 418, 502, 599] {
            for (media_type, body, code) in &bodies {
                player.plays(Played::new(status, media_type, body.clone()));
                match (call.send)(&player.client, call.body()).await {
                    Err(Error::Problem(problem)) => {
                        let bare = format!("http_{status}");
                        let code = if code.is_empty() { &bare } else { *code };
                        assert_eq!((problem.status, problem.code.as_str()), (status, code));
                    }
                    other => panic!("{} {status} {body}: {other:?}", call.operation),
                }
            }
        }
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_told_as_that() {
    let player = Player::new().await;
    for call in CALLS {
        let Some((status, content)) = success(call) else { continue };
        for body in ["", "{", "<html>", "null", "7", "[]", "\"text\"", "{}"] {
            player.plays(Played::new(status, &content.media_type, body));
            let answer = (call.send)(&player.client, call.body()).await;
            assert!(matches!(answer, Err(Error::Decode { .. })), "{} {body}: {answer:?}", call.operation);
        }
    }
}

#[tokio::test]
async fn a_member_that_is_missing_or_of_another_type_is_told_as_that() {
    let player = Player::new().await;
    for call in CALLS {
        let Some((status, content)) = success(call) else { continue };
        let broken = Values::new(&DOCUMENT, &content.schema(), Direction::Response).broken();
        // A member that may be missing may also be null: the SDK reads both as nothing.
        let is_null = |one: &Labelled| one.value.pointer(&one.at) == Some(&Value::Null);
        let unreadable = broken
            .iter()
            .filter(|one| matches!(one.keyword, Keyword::Type | Keyword::Required) && !is_null(one));
        for labelled in unreadable {
            player.plays(Played::json(status, content, &labelled.value));
            let answer = (call.send)(&player.client, call.body()).await;
            let is_told = matches!(answer, Err(Error::Decode { .. }));
            assert!(is_told, "{} {} {}: {answer:?}", call.operation, labelled.at, labelled.value);
        }
    }
}
