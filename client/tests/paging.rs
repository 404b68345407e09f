//! Lists as streams.

// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use futures_util::{StreamExt as _, TryStreamExt as _};
use orderly_client::{Client, Error, ErrorCode, types};
use serde_json::{Value, json};
use wiremock::matchers::{path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn product(name: &str) -> Value {
    json!({
        "id": "prd_01jd0q5x8yf6r9v2k3m4n5p6q7", "sku": "MUG-1", "name": name, "stock": 3, "active": true,
        "price": {"amount": 1250, "currency": "EUR"},
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    })
}

/// Two pages of mugs that cost at least 100: A and B, then C.
async fn two_pages() -> (MockServer, Client) {
    let server = MockServer::start().await;
    let pages = [
        (None, json!({"items": [product("A"), product("B")], "next_cursor": "second"})),
        (Some("second"), json!({"items": [product("C")]})),
    ];
    for (cursor, page) in pages {
        let list = Mock::given(path("/v1/products"))
            .and(query_param("q", "mug"))
            .and(query_param("price_min", "100"));
        let list = match cursor {
            Some(cursor) => list.and(query_param("cursor", cursor)),
            None => list.and(query_param_is_missing("cursor")),
        };
        list.respond_with(ResponseTemplate::new(200).set_body_json(page)).mount(&server).await;
    }
    let client = Client::builder(server.uri()).build().unwrap();
    (server, client)
}

#[tokio::test]
async fn a_list_is_the_same_by_its_tag() {
    let server = MockServer::start().await;
    let page = ResponseTemplate::new(200).set_body_json(json!({ "items": [] }));
    Mock::given(path("/v1/orders")).respond_with(page).expect(2).mount(&server).await;
    let shop = Client::builder(server.uri()).build().unwrap();
    for list in [shop.orders().list(), shop.list_orders()] {
        assert!(list.await.unwrap().items.is_empty());
    }
}

#[tokio::test]
async fn items_come_from_all_pages_and_every_page_is_filtered() {
    let (server, shop) = two_pages().await;
    let items: Vec<types::Product> =
        shop.list_products().q("mug").price_min(100).items().try_collect().await.unwrap();
    let names: Vec<&str> = items.iter().map(|product| product.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn pages_come_one_by_one_and_only_when_asked_for() {
    let (server, shop) = two_pages().await;
    let mut pages = std::pin::pin!(shop.list_products().q("mug").price_min(100).pages());
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.items.len(), 2);
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!(second.items.len(), 1);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_list_that_goes_round_in_a_circle_of_one_page_ends_with_an_error() {
    let server = MockServer::start().await;
    let page = json!({"items": [product("A")], "next_cursor": "again"});
    let answer = ResponseTemplate::new(200).set_body_json(page);
    Mock::given(path("/v1/products")).respond_with(answer).mount(&server).await;
    let shop = Client::builder(server.uri()).build().unwrap();
    let results: Vec<_> = shop.list_products().items().collect().await;
    assert_eq!(results.len(), 2);
    assert!(matches!(results[1], Err(Error::InvalidRequest(_))), "{:?}", results[1]);
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_failing_page_ends_the_stream_with_its_error() {
    let (_server, shop) = two_pages().await;
    let results: Vec<_> = shop.list_products().q("no such text").items().collect().await;
    assert_eq!(results.len(), 1);
    assert_eq!(results[0].as_ref().unwrap_err().code(), Some(&ErrorCode::Unknown("http_404".to_owned())));
}
