//! What the layer around the generated client does, against a scripted server.

// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use orderly_client::{
    CallOptions, Client, Error, ErrorCode, NotModifiedExt as _, Patch, ResponseExt as _, RetryPolicy, types,
};
use serde_json::{Value, json};
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const PRODUCT: &str = "prd_01jd0q5x8yf6r9v2k3m4n5p6q7";
const ORDER: &str = "ord_01jd0q5x8yf6r9v2k3m4n5p6q7";

fn product() -> Value {
    json!({
        "id": PRODUCT, "sku": "MUG-1", "name": "Mug", "price": {"amount": 1250, "currency": "EUR"},
        "stock": 3, "active": true, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
        "a_field_of_tomorrow": 1,
    })
}

fn order(status: &str) -> Value {
    json!({
        "id": ORDER, "account_id": "usr_01jd0q5x8yf6r9v2k3m4n5p6q7", "status": status, "lines": [],
        "total": {"amount": 0, "currency": "EUR"},
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    })
}

fn problem(status: u16, code: &str) -> ResponseTemplate {
    let body = json!({
        "type": "about:blank", "title": "No", "status": status, "detail": "It cannot be done.", "code": code,
        "request_id": "r-1", "errors": [{"pointer": "/lines/0", "code": "minimum", "detail": "too small"}],
        "shortages": [{"product_id": PRODUCT, "requested": 2, "available": 1}],
    });
    ResponseTemplate::new(status).set_body_raw(body.to_string(), "application/problem+json")
}

/// A server that gives these answers in turn, and a client that waits hardly at all.
async fn serving(answers: impl IntoIterator<Item = ResponseTemplate>) -> (MockServer, Client) {
    let server = MockServer::start().await;
    for answer in answers {
        Mock::given(any()).respond_with(answer).up_to_n_times(1).mount(&server).await;
    }
    let retry = RetryPolicy { base: Duration::from_millis(1), ..RetryPolicy::default() };
    let client = Client::builder(server.uri()).token("secret").retry(retry).build().unwrap();
    (server, client)
}

async fn requests(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

fn an_order() -> types::builder::OrderCreate {
    let line = types::OrderLineCreate::builder().product_id(PRODUCT).quantity(2);
    types::OrderCreate::builder().lines(vec![line.try_into().unwrap()])
}

#[tokio::test]
async fn a_repetition_carries_the_same_key_and_request_id() {
    let answers = [503, 502].map(ResponseTemplate::new);
    let done = ResponseTemplate::new(201).set_body_json(order("placed"));
    let (server, shop) = serving(answers.into_iter().chain([done])).await;
    shop.create_order().body(an_order()).await.unwrap();
    let sent = requests(&server).await;
    assert_eq!(sent.len(), 3);
    for name in ["idempotency-key", "x-request-id"] {
        assert!(!header(&sent[0], name).is_empty(), "{name}");
        assert!(sent.iter().all(|request| header(request, name) == header(&sent[0], name)), "{name}");
    }
    assert!(sent.iter().all(|request| request.body == sent[0].body));
}

#[tokio::test]
async fn two_calls_carry_different_keys_and_the_callers_own_key_is_kept() {
    let answers = (0..3).map(|_| ResponseTemplate::new(201).set_body_json(order("placed")));
    let (server, shop) = serving(answers).await;
    for _ in 0..2 {
        shop.create_order().body(an_order()).await.unwrap();
    }
    shop.create_order().idempotency_key("mine-1").body(an_order()).await.unwrap();
    let sent = requests(&server).await;
    assert_ne!(header(&sent[0], "idempotency-key"), header(&sent[1], "idempotency-key"));
    assert_eq!(header(&sent[2], "idempotency-key"), "mine-1");
}

#[tokio::test]
async fn a_request_says_what_the_document_declares() {
    let answers = [ResponseTemplate::new(200).set_body_json(product())];
    let (server, shop) = serving(answers).await;
    let change = types::ProductPatch::builder().description(Patch::Clear);
    let call = shop.update_product().product_id(PRODUCT).if_match("\"v1\"").body(change);
    call.await.unwrap();
    let sent = &requests(&server).await[0];
    assert_eq!(header(sent, "content-type"), "application/merge-patch+json");
    assert_eq!(header(sent, "accept"), "application/json, application/problem+json");
    assert_eq!(header(sent, "authorization"), "Bearer secret");
    assert!(header(sent, "user-agent").starts_with("orderly-client/"));
    assert_eq!(header(sent, "api-version"), "");
    assert_eq!(header(sent, "idempotency-key"), "");
    assert_eq!(sent.body_json::<Value>().unwrap(), json!({"description": null}));
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let busy = ResponseTemplate::new(429).insert_header("Retry-After", "1");
    let (server, shop) = serving([busy, ResponseTemplate::new(200).set_body_json(product())]).await;
    let began = Instant::now();
    shop.get_product().product_id(PRODUCT).await.unwrap();
    assert!(began.elapsed() >= Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(requests(&server).await.len(), 2);
}

#[tokio::test]
async fn what_is_not_safe_to_repeat_is_sent_once() {
    let (server, shop) = serving([ResponseTemplate::new(503), ResponseTemplate::new(503)]).await;
    let error = shop.cancel_order().order_id(ORDER).await.unwrap_err();
    assert!(error.is_retryable());
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn a_call_may_have_options_of_its_own() {
    let (server, shop) = serving([ResponseTemplate::new(503), ResponseTemplate::new(503)]).await;
    let options = CallOptions::new().max_retries(0).request_id("mine");
    shop.with(options).get_product().product_id(PRODUCT).await.unwrap_err();
    let sent = requests(&server).await;
    assert_eq!(sent.len(), 1);
    assert_eq!(header(&sent[0], "x-request-id"), "mine");
}

#[tokio::test]
async fn a_slow_answer_is_a_time_out() {
    let slow = ResponseTemplate::new(200).set_body_json(product()).set_delay(Duration::from_secs(5));
    let (_server, shop) = serving([slow]).await;
    let options = CallOptions::new().timeout(Duration::from_millis(50)).max_retries(0);
    let error = shop.with(options).get_product().product_id(PRODUCT).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn no_server_is_a_transport_error() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let shop = Client::builder(format!("http://{free}")).retry(RetryPolicy::never()).build().unwrap();
    let error = shop.get_product().product_id(PRODUCT).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn a_problem_keeps_everything_that_the_server_said() {
    let (_server, shop) = serving([problem(409, "out_of_stock")]).await;
    let error = shop.create_order().body(an_order()).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::OutOfStock));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(409));
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(!error.is_retryable());
    let problem = error.problem().unwrap();
    assert_eq!(problem.detail.as_deref(), Some("It cannot be done."));
    assert_eq!(problem.errors[0].place(), "/lines/0");
    assert_eq!(problem.member::<Vec<Value>>("shortages").unwrap()[0]["available"], 1);
    assert_eq!(error.to_string(), "409 out_of_stock: It cannot be done.; /lines/0: too small");
}

#[tokio::test]
async fn an_error_that_is_no_problem_document_keeps_its_status() {
    let page = "<html>bad gateway</html>";
    let cases = [
        ResponseTemplate::new(502).set_body_raw(page, "text/html"),
        ResponseTemplate::new(502).set_body_raw("{\"code\":", "application/json"),
        ResponseTemplate::new(502).set_body_raw("[1]", "application/json"),
        ResponseTemplate::new(502),
    ];
    for answer in cases {
        let (_server, shop) = serving([answer.insert_header("X-Request-ID", "proxy-1")]).await;
        let options = CallOptions::new().max_retries(0);
        let error = shop.with(options).get_product().product_id(PRODUCT).await.unwrap_err();
        assert_eq!(error.code(), Some(&ErrorCode::Unknown("http_502".to_owned())), "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
        assert_eq!(error.request_id(), Some("proxy-1"));
    }
}

#[tokio::test]
async fn an_answer_of_another_shape_is_a_decode_error() {
    let (_server, shop) = serving([ResponseTemplate::new(200).set_body_json(json!({"id": 1}))]).await;
    let error = shop.get_product().product_id(PRODUCT).await.unwrap_err();
    assert!(matches!(&error, Error::Decode { body, .. } if body == r#"{"id":1}"#), "{error:?}");
}

#[tokio::test]
async fn a_value_that_breaks_its_rule_is_not_sent() {
    let (server, shop) = serving([]).await;
    let missing = shop.get_product().await.unwrap_err();
    let malformed = shop.get_product().product_id("no-such-form").await.unwrap_err();
    for error in [missing, malformed] {
        assert!(
            matches!(&error, Error::InvalidRequest(reason) if reason.contains("product_id")),
            "{error:?}"
        );
    }
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn versions_come_with_the_answer_and_an_unchanged_one_is_nothing() {
    let fresh = ResponseTemplate::new(200).set_body_json(product()).insert_header("ETag", "\"v7\"");
    let (server, shop) = serving([fresh, ResponseTemplate::new(304)]).await;
    let seen = shop.get_product().product_id(PRODUCT).send().await.unwrap();
    assert_eq!(seen.etag(), Some("\"v7\""));
    let call = shop.get_product().product_id(PRODUCT).if_none_match(seen.etag().unwrap());
    assert!(call.send().await.unless_not_modified().unwrap().is_none());
    assert_eq!(header(&requests(&server).await[1], "if-none-match"), "\"v7\"");
}

#[tokio::test]
async fn a_new_enum_value_is_no_error() {
    let (_server, shop) = serving([ResponseTemplate::new(200).set_body_json(order("on_hold"))]).await;
    let order = shop.get_order().order_id(ORDER).await.unwrap();
    assert_eq!(order.status, types::OrderStatus::Unknown("on_hold".to_owned()));
}

#[tokio::test]
async fn an_api_key_goes_in_its_own_header() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/v1/me"))
        .respond_with(problem(403, "forbidden"))
        .mount(&server)
        .await;
    let shop = Client::builder(server.uri()).api_key("oak_1").build().unwrap();
    assert_eq!(shop.get_me().await.unwrap_err().code(), Some(&ErrorCode::Forbidden));
    let sent = &requests(&server).await[0];
    assert_eq!(header(sent, "x-api-key"), "oak_1");
    assert_eq!(header(sent, "authorization"), "");
}

#[test]
fn an_address_that_is_none_is_refused_at_once() {
    for address in ["", "shop.example", "ftp://shop.example"] {
        let error = Client::builder(address).build().unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{address}: {error:?}");
    }
}

#[test]
fn secrets_are_not_shown() {
    for builder in [
        Client::builder("http://localhost").token("hunter2"),
        Client::builder("http://localhost").api_key("hunter2"),
        Client::builder("http://localhost").password("ada@example.com", "hunter2"),
    ] {
        assert!(!format!("{builder:?}").contains("hunter2"));
        assert!(!format!("{:?}", builder.build().unwrap()).contains("hunter2"));
    }
}

#[tokio::test]
async fn a_call_carries_a_key_and_headers_of_its_own() {
    let answers = [ResponseTemplate::new(201).set_body_json(order("placed"))];
    let (server, shop) = serving(answers).await;
    let options = CallOptions::new().idempotency_key("order-7").header("X-Shop-Window", "north");
    let body = types::OrderCreate::builder().lines(vec![]);
    shop.with(options.clone()).create_order().body(body).await.unwrap();
    let sent = &requests(&server).await[0];
    assert_eq!((header(sent, "idempotency-key"), header(sent, "x-shop-window")), ("order-7", "north"));

    let refused = shop.with(options).get_me().await.unwrap_err();
    assert!(matches!(&refused, Error::InvalidRequest(reason) if reason.contains("get_me")), "{refused:?}");
    let broken = shop.with(CallOptions::new().header("a b", "c")).get_me().await.unwrap_err();
    assert!(matches!(&broken, Error::InvalidRequest(reason) if reason.contains("`a b`")), "{broken:?}");
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn a_call_ends_when_its_time_is_over_however_many_attempts_it_has() {
    let server = MockServer::start().await;
    let slow = ResponseTemplate::new(503).set_delay(Duration::from_millis(40));
    Mock::given(any()).respond_with(slow).mount(&server).await;
    let retry = RetryPolicy {
        max_retries: 1_000,
        base: Duration::from_millis(1),
        cap: Duration::from_millis(2),
        ..RetryPolicy::default()
    };
    let shop =
        Client::builder(server.uri()).retry(retry).total_timeout(Duration::from_millis(300)).build().unwrap();
    let began = Instant::now();
    let error = shop.get_jwks().await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    assert!(began.elapsed() >= Duration::from_millis(200), "it gave up early: {error:?}");
    let count = requests(&server).await.len();
    assert!((2..=9).contains(&count), "{count} attempts");
}

#[tokio::test]
async fn every_attempt_gets_the_headers_of_the_moment() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(503)).up_to_n_times(1).mount(&server).await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"keys": []})))
        .mount(&server)
        .await;
    let count = std::sync::atomic::AtomicUsize::new(0);
    let retry = RetryPolicy { base: Duration::from_millis(1), ..RetryPolicy::default() };
    let shop = Client::builder(server.uri())
        .retry(retry)
        .propagate(move |headers| {
            let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            headers.insert("traceparent", format!("00-{number}").parse().unwrap());
        })
        .build()
        .unwrap();
    shop.get_jwks().await.unwrap();
    let sent = requests(&server).await;
    let parents: Vec<&str> = sent.iter().map(|request| header(request, "traceparent")).collect();
    assert_eq!(parents, ["00-0", "00-1"]);
}
