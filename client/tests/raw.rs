//! Calls whose arguments are text, against a scripted server.

// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _};
use orderly_client::{CallOptions, Client, Error, ErrorCode, Operation, ResponseExt as _, RetryPolicy};
use reqwest::Request;
use serde_json::{Value, json};
use wiremock::matchers::{any, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

const PRODUCT: &str = "prd_01jd0q5x8yf6r9v2k3m4n5p6q7";

fn operation(id: &str) -> &'static Operation {
    Operation::find(id).unwrap()
}

async fn answering(answer: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let retry = RetryPolicy { base: Duration::from_millis(1), ..RetryPolicy::default() };
    let client = Client::builder(server.uri()).token("secret").retry(retry).build().unwrap();
    (server, client)
}

fn nowhere() -> Client {
    Client::builder("https://shop.example/base/").build().unwrap()
}

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

fn refusal(result: Result<Request, Error>) -> String {
    match result {
        Err(Error::InvalidRequest(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_prepared_request_is_what_the_typed_call_would_send() {
    let shop = nowhere();
    let call =
        shop.raw(operation("update_product")).path("product_id", "a/b ?#%é").header("If-Match", "\"v1\"");
    let request = call.json(&json!({"description": null})).prepare().unwrap();
    assert_eq!(request.method(), "PATCH");
    assert_eq!(request.url().as_str(), "https://shop.example/base/v1/products/a%2Fb%20%3F%23%25%C3%A9");
    assert_eq!(header(&request, "content-type"), "application/merge-patch+json");
    assert_eq!(header(&request, "accept"), "application/json, application/problem+json");
    assert_eq!(header(&request, "if-match"), "\"v1\"");
    assert!(!header(&request, "x-request-id").is_empty());
    assert_eq!(header(&request, "authorization"), "");
    assert_eq!(request.body().unwrap().as_bytes().unwrap(), br#"{"description":null}"#);
}

#[test]
fn a_query_parameter_is_sent_as_often_as_it_is_given() {
    let shop = nowhere();
    let call = shop.raw(operation("list_orders")).query("status", "placed").query("status", "a&b=c d");
    let request = call.prepare().unwrap();
    assert_eq!(request.url().query(), Some("status=placed&status=a%26b%3Dc+d"));
    assert!(request.body().is_none());
    assert_eq!(header(&request, "content-type"), "");
}

#[test]
fn headers_of_the_caller_stand_in_place_of_the_sdks() {
    let shop = nowhere();
    let create = || shop.raw(operation("create_order")).body("{}");
    let made = create().prepare().unwrap();
    assert_eq!(header(&made, "content-type"), "application/json");
    assert!(!header(&made, "idempotency-key").is_empty());
    let own = create()
        .header("Content-Type", "text/plain")
        .header("Idempotency-Key", "mine")
        .header("X-Request-ID", "r-1")
        .header("X-Many", "1")
        .header("X-Many", "2");
    let own = own.prepare().unwrap();
    let sent = ["content-type", "idempotency-key", "x-request-id"].map(|name| header(&own, name));
    assert_eq!(sent, ["text/plain", "mine", "r-1"]);
    assert_eq!(own.headers().get_all("x-many").iter().count(), 2);
}

#[test]
fn what_cannot_be_sent_is_named() {
    let shop = nowhere();
    let get = || shop.raw(operation("get_product"));
    let cases = [
        (get(), "product_id"),
        (get().path("product_id", PRODUCT).path("id", "1"), "`id`"),
        (get().path("product_id", ".."), "product_id"),
        (get().path("product_id", ""), "product_id"),
        (get().path("product_id", PRODUCT).header("a b", "c"), "`a b`"),
        (get().path("product_id", PRODUCT).header("X-A", "c\n"), "`X-A`"),
    ];
    for (call, named) in cases {
        let reason = refusal(call.prepare());
        assert!(reason.contains(named), "{named}: {reason}");
    }
    let keyed = shop.with(CallOptions::new().idempotency_key("k"));
    assert!(refusal(keyed.raw(operation("get_me")).prepare()).contains("get_me"));
}

#[tokio::test]
async fn an_answer_comes_as_it_is() {
    let answer = ResponseTemplate::new(200).set_body_json(json!({"id": 1})).insert_header("ETag", "\"v7\"");
    let (server, shop) = answering(answer.insert_header("X-Request-ID", "r-7")).await;
    let answer = shop.raw(operation("get_product")).path("product_id", PRODUCT).await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.etag(), answer.request_id()),
        (200, Some("\"v7\""), Some("r-7"))
    );
    assert_eq!(answer.json::<Value>().unwrap(), json!({"id": 1}));
    assert!(matches!(answer.json::<Vec<u8>>(), Err(Error::Decode { .. })));
    let sent = &server.received_requests().await.unwrap()[0];
    assert_eq!(sent.headers["authorization"], "Bearer secret");
}

#[tokio::test]
async fn nothing_new_is_an_answer_and_an_error_is_a_problem() {
    let (_server, shop) = answering(ResponseTemplate::new(304)).await;
    let answer = shop.raw(operation("get_me")).header("If-None-Match", "\"v7\"").await.unwrap();
    assert!(answer.is_not_modified() && answer.body().is_empty());

    let (_server, shop) =
        answering(ResponseTemplate::new(409).set_body_json(json!({"code": "out_of_stock"}))).await;
    let error = shop.raw(operation("create_order")).json(&json!({})).await.unwrap_err();
    assert_eq!((error.code(), error.status().unwrap().as_u16()), (Some(&ErrorCode::OutOfStock), 409));

    let (_server, shop) = answering(ResponseTemplate::new(502).set_body_string("<h1>bad gateway</h1>")).await;
    let once = shop.with(CallOptions::new().max_retries(0));
    let error = once.raw(operation("get_me")).await.unwrap_err();
    assert_eq!(error.problem().unwrap().body, json!("<h1>bad gateway</h1>"));
}

#[tokio::test]
async fn a_raw_call_is_repeated_as_a_typed_one_is() {
    let (server, shop) = answering(ResponseTemplate::new(503)).await;
    for (id, attempts) in [("create_order", 4), ("get_me", 4), ("register", 1)] {
        server.reset().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(503)).mount(&server).await;
        let error = shop.raw(operation(id)).json(&json!({})).await.unwrap_err();
        assert!(error.is_retryable());
        let sent = server.received_requests().await.unwrap();
        assert_eq!(sent.len(), attempts, "{id}");
        assert!(
            sent.iter()
                .all(|request| request.headers.get("idempotency-key")
                    == sent[0].headers.get("idempotency-key"))
        );
    }
}

#[tokio::test]
async fn a_list_is_followed_to_its_end() {
    let server = MockServer::start().await;
    let first = json!({"items": [1, 2], "next_cursor": "second page"});
    let pages = [(None, first), (Some("second page"), json!({"items": [3], "next_cursor": null}))];
    for (cursor, page) in pages {
        let list = Mock::given(query_param("q", "mug"));
        let list = match cursor {
            Some(cursor) => list.and(query_param("cursor", cursor)),
            None => list.and(query_param_is_missing("cursor")),
        };
        list.respond_with(ResponseTemplate::new(200).set_body_json(page)).mount(&server).await;
    }
    let shop = Client::builder(server.uri()).build().unwrap();
    let list = || shop.raw(operation("list_products")).query("q", "mug");
    assert_eq!(list().items().try_collect::<Vec<_>>().await.unwrap(), [json!(1), json!(2), json!(3)]);
    assert_eq!(list().pages().count().await, 2);

    let no_list = shop.raw(operation("get_me")).items().collect::<Vec<_>>().await;
    assert!(
        matches!(&no_list[..], [Err(Error::InvalidRequest(reason))] if reason.contains("get_me")),
        "{no_list:?}"
    );
}

#[tokio::test]
async fn what_is_no_page_ends_the_list_with_an_error() {
    let (_server, shop) = answering(ResponseTemplate::new(200).set_body_string("[]")).await;
    let items = shop.raw(operation("list_products")).items().collect::<Vec<_>>().await;
    assert!(matches!(&items[..], [Err(Error::Decode { .. })]), "{items:?}");
}

#[tokio::test]
async fn whatever_answers_with_events_is_followed() {
    let server = MockServer::start().await;
    let events =
        ResponseTemplate::new(200).set_body_raw("id: 1\ndata: a\n\ndata: b\n\n", "text/event-stream");
    Mock::given(any()).respond_with(events).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let retry = RetryPolicy { base: Duration::from_millis(1), ..RetryPolicy::default() };
    let shop = Client::builder(server.uri()).token("secret").retry(retry).build().unwrap();
    let events = shop.raw(operation("list_orders")).events().map_ok(|event| event.data);
    assert_eq!(events.try_collect::<Vec<_>>().await.unwrap(), ["a", "b"]);
    let sent = server.received_requests().await.unwrap();
    let said = |name: &str| sent.iter().map(|request| request.headers.get(name).cloned()).collect::<Vec<_>>();
    assert_eq!(said("accept"), vec![Some("text/event-stream".parse().unwrap()); 2]);
    assert_eq!(said("authorization"), vec![Some("Bearer secret".parse().unwrap()); 2]);
    assert_eq!(said("last-event-id"), [None, Some("1".parse().unwrap())]);
}
