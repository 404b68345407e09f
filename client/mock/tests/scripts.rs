//! What a program that is tested with a mock sees, and what its test learns.

// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures_util::TryStreamExt as _;
use orderly_client_mock::{
    Mock, conflict, created, lost, no_content, not_found, not_modified, ok, too_many_requests, unavailable,
    undeclared,
};
use sdk::{Client, Error, ErrorCode, NotModifiedExt as _, ResponseExt as _, RetryPolicy, types};

const PRODUCT: &str = "prd_01jd0q5x8yf6r9v2k3m4n5p6q7";

fn order() -> types::Order {
    serde_json::from_str(include_str!("../examples/order.json")).unwrap()
}

fn product(name: &str) -> types::Product {
    serde_json::from_value(serde_json::json!({
        "id": PRODUCT, "sku": "MUG-1", "name": name, "price": {"amount": 1250, "currency": "EUR"}, "stock": 3,
        "active": true, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    }))
    .unwrap()
}

fn page(names: &[&str], next: Option<&str>) -> types::ProductPage {
    let page =
        types::ProductPage::builder().items(names.iter().map(|name| product(name)).collect::<Vec<_>>());
    page.next_cursor(next.map(str::to_owned)).try_into().unwrap()
}

fn client(mock: &Mock) -> Client {
    let retry = RetryPolicy { base: Duration::from_millis(1), ..RetryPolicy::default() };
    mock.client().token("secret").retry(retry).build().unwrap()
}

fn an_order() -> types::builder::OrderCreate {
    let line = types::OrderLineCreate::builder().product_id(PRODUCT).quantity(2);
    types::OrderCreate::builder().lines(vec![line.try_into().unwrap()])
}

#[tokio::test]
async fn a_call_is_repeated_with_one_key_until_it_is_answered() {
    let mock = Mock::start();
    mock.create_order().answers([
        unavailable().retry_after(0),
        lost(),
        created(order()).location("/v1/orders/1"),
    ]);
    let answer = client(&mock).create_order().body(an_order()).send().await.unwrap();
    assert_eq!(answer.location(), Some("/v1/orders/1"));

    let asked = mock.create_order().requests();
    let keys: Vec<_> = asked.iter().map(|request| request.header("Idempotency-Key").unwrap()).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert_eq!(asked[2].body().lines[0].quantity, 2);
    assert_eq!(asked[0].header("authorization"), Some("Bearer secret"));
}

#[tokio::test]
async fn pages_come_one_after_the_other_and_say_what_was_asked_for() {
    let mock = Mock::start();
    mock.list_products().answers([ok(page(&["a", "b"], Some("next page"))), ok(page(&["c"], None))]);
    let items: Vec<_> = client(&mock).list_products().q("mug & more").items().try_collect().await.unwrap();
    assert_eq!(items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    let asked = mock.list_products().requests();
    assert_eq!(asked[0].query_parameter("q").as_deref(), Some("mug & more"));
    assert_eq!(asked[1].query_parameter("cursor").as_deref(), Some("next page"));
}

#[tokio::test]
async fn a_problem_tells_its_code_its_mistakes_and_its_members() {
    let mock = Mock::start();
    let problem = conflict().code(ErrorCode::OutOfStock).detail("Sold out.");
    let problem = problem.mistake("/lines/0", "maximum", "only 1 left").member("shortages", [1]);
    mock.create_order().answers([problem]);
    let error = client(&mock).create_order().body(an_order()).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::OutOfStock));
    let problem = error.problem().unwrap();
    assert_eq!((problem.status, problem.title.as_str()), (409, "Conflict"));
    assert_eq!(problem.errors[0].place(), "/lines/0");
    assert_eq!(problem.member::<Vec<u8>>("shortages").unwrap(), [1]);
}

#[tokio::test]
async fn answers_without_a_body_and_versions_are_declared_too() {
    let mock = Mock::start();
    mock.get_product().answers([ok(product("Mug")).etag("\"v1\""), not_modified()]);
    mock.delete_note().answers([no_content(), not_found()]);
    let shop = client(&mock);
    let seen = shop.get_product().product_id(PRODUCT).send().await.unwrap();
    let again = shop.get_product().product_id(PRODUCT).if_none_match(seen.etag().unwrap()).send().await;
    assert!(again.unless_not_modified().unwrap().is_none());
    assert_eq!(mock.get_product().requests()[1].path_parameter("product_id").as_deref(), Some(PRODUCT));

    let note = "nte_01jd0q5x8yf6r9v2k3m4n5p6q7";
    shop.delete_note().note_id(note).await.unwrap();
    assert_eq!(shop.delete_note().note_id(note).await.unwrap_err().status().unwrap(), 404);
    assert_eq!(mock.requests().len(), 4);
}

#[tokio::test]
async fn what_no_document_declares_can_be_said_and_time_can_pass() {
    let mock = Mock::start();
    mock.get_me().answers([undeclared(418, "text/html", "<h1>teapot</h1>")]);
    mock.get_order().always(too_many_requests().retry_after(3600));
    mock.get_product().answers([ok(product("Mug")).delayed(Duration::from_secs(5))]);
    let shop = client(&mock);
    assert_eq!(shop.get_me().await.unwrap_err().status().unwrap(), 418);
    for _ in 0..2 {
        let error = shop.get_order().order_id("ord_01jd0q5x8yf6r9v2k3m4n5p6q7").await.unwrap_err();
        assert_eq!(error.problem().unwrap().retry_after, Some(Duration::from_secs(3600)));
    }
    let hurried = shop.with(sdk::CallOptions::new().timeout(Duration::from_millis(50)).max_retries(0));
    let error = hurried.get_product().product_id(PRODUCT).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
}

/// What the mock says when it is dropped.
fn complaint(mock: Mock) -> String {
    let panicked = catch_unwind(AssertUnwindSafe(|| drop(mock))).unwrap_err();
    panicked.downcast_ref::<String>().unwrap().clone()
}

#[tokio::test]
async fn a_request_that_nothing_is_scripted_for_fails_the_test() {
    let mock = Mock::start();
    mock.create_order().answers([created(order())]);
    let shop = client(&mock);
    shop.create_order().body(an_order()).await.unwrap();
    let error = shop.create_order().body(an_order()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 501);
    let text = complaint(mock);
    assert!(text.contains("`create_order` was asked (`POST /v1/orders`), and no answer"), "{text}");
}

#[tokio::test]
async fn an_answer_that_nobody_asks_for_fails_the_test() {
    let mock = Mock::start();
    mock.get_me().answers([unavailable(), unavailable()]);
    let text = complaint(mock);
    assert!(text.contains("`get_me` has 2 answers that nobody has asked for"), "{text}");
}

#[cfg(feature = "contract")]
#[tokio::test]
async fn a_request_that_breaks_the_document_fails_the_test() {
    let mock = Mock::start();
    mock.create_order().always(created(order()));
    let line = types::OrderLineCreate::builder().product_id(PRODUCT).quantity(-2);
    let order = types::OrderCreate::builder().lines(vec![line.try_into().unwrap()]);
    let error = client(&mock).create_order().body(order).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    let text = complaint(mock);
    assert!(text.contains("create_order: expected"), "{text}");
}
