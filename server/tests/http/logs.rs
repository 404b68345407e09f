//! What the log says of requests, and what it never says.

use serde_json::{Value, json};

use super::{
    client::{Answer, exchange, get, request},
    server::{Captured, Odd, Shop},
};

const PASSWORD: &str = "correct horse battery";
const EMAIL: &str = "ada.lovelace@example.com";

async fn post(shop: &Shop, path: &str, authorization: &str, body: &Value) -> Answer {
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\nauthorization: {authorization}\r\n\
         content-type: application/json\r\nidempotency-key: k1\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    exchange(shop.address, &head).await
}

#[tokio::test]
async fn each_request_has_one_line_with_what_identifies_and_describes_it() {
    let log = Captured::start();
    let server = Odd::start(|_| {}).await;
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let traceparent = format!("traceparent: 00-{trace}-00f067aa0ba902b7-01");
    request(server.address, "GET", "/livez", &["x-request-id: r1", &traceparent]).await;
    get(server.address, "/a/path?that=nobody&knows").await;
    let lines = log.lines();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    let told =
        |line: &Value| ["method", "route", "status", "message", "level"].map(|name| line[name].clone());
    assert_eq!(
        told(&lines[0]),
        [json!("GET"), json!("/livez"), json!(200), json!("answered"), json!("INFO")]
    );
    assert_eq!(
        told(&lines[1]),
        [json!("GET"), json!("unknown"), json!(404), json!("answered"), json!("INFO")]
    );
    assert!(lines[0]["micros"].is_u64() && lines[0]["bytes"].as_u64().is_some_and(|bytes| bytes > 0));
    let expected = json!({ "request_id": "r1", "trace_id": trace, "operation": "livez" });
    assert_eq!(lines[0]["span"], expected);
    let new = lines[1]["span"]["trace_id"].as_str().unwrap();
    assert!(new.len() == 32 && new != trace, "a trace of its own: {new}");
}

#[tokio::test]
async fn every_line_of_a_request_carries_its_request_id_and_its_trace_id() {
    let log = Captured::start();
    let server = Odd::start(|_| {}).await;
    request(server.address, "GET", "/fail", &["x-request-id: r2"]).await.problem(500, "internal");
    let lines = log.lines();
    assert_eq!(lines.len(), 2, "the fault and the answer: {lines:#?}");
    let trace = &lines[0]["span"]["trace_id"];
    for line in &lines {
        assert_eq!((&line["span"]["request_id"], &line["span"]["trace_id"]), (&json!("r2"), trace));
    }
}

#[tokio::test]
async fn secrets_and_personal_data_are_in_no_line() {
    let log = Captured::start();
    let shop = Shop::start(|_| {}).await;
    let mut secrets =
        vec![PASSWORD.to_owned(), EMAIL.to_owned(), "Lovelace".to_owned(), "hidden-in".to_owned()];
    let registration = json!({ "email": EMAIL, "password": PASSWORD, "name": "Ada Lovelace" });
    assert_eq!(post(&shop, "/v1/register", "", &registration).await.status, 201);
    assert_eq!(post(&shop, "/v1/register", "", &registration).await.status, 409);
    let grant = |password: &str| json!({ "grant_type": "password", "email": EMAIL, "password": password });
    assert_eq!(post(&shop, "/v1/tokens", "", &grant("wrong horse battery")).await.status, 401);
    secrets.push("wrong horse".to_owned());
    let tokens = post(&shop, "/v1/tokens", "", &grant(PASSWORD)).await.json();
    let text = |value: &Value, name: &str| value[name].as_str().unwrap().to_owned();
    let (access, refresh) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
    let bearer = format!("Bearer {access}");
    let key =
        post(&shop, "/v1/api-keys", &bearer, &json!({ "name": "Till", "scopes": ["orders:read"] })).await;
    secrets.push(text(&key.json(), "secret"));
    let again = json!({ "grant_type": "refresh_token", "refresh_token": refresh });
    assert_eq!(post(&shop, "/v1/tokens", "", &again).await.status, 200);
    // A refresh token that is used again is a theft, which is logged.
    assert_eq!(post(&shop, "/v1/tokens", "", &again).await.status, 401);
    let note = json!({ "title": "hidden-in-title", "body": "hidden-in-body", "more": "hidden-in-more" });
    assert_eq!(post(&shop, "/v1/notes", &bearer, &note).await.status, 400);
    get(shop.address, "/hidden-in-path?hidden-in-query").await;
    request(shop.address, "GET", "/v1/me", &["authorization: Bearer hidden-in-token"]).await;
    secrets.extend([access, refresh]);

    let lines = log.lines();
    assert!(lines.len() >= 10, "each request has its line: {lines:#?}");
    for line in lines {
        let line = line.to_string();
        for secret in &secrets {
            assert!(!line.contains(secret.as_str()), "{secret} in {line}");
        }
        assert!(!line.contains("\"level\":\"ERROR\""), "mistakes of clients are no errors: {line}");
    }
}
