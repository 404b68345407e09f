//! Web pages of other origins that call the API.

use super::{client::request, server::Shop};

const PREFLIGHT: &str = "access-control-request-method: POST";
const FRIEND: &str = "origin: https://shop.example";
const STRANGER: &str = "origin: https://evil.example";

async fn shop() -> Shop {
    Shop::with(|config| config.cors.origins = vec!["https://shop.example".parse().unwrap()]).await
}

#[tokio::test]
async fn a_page_of_the_list_may_ask_what_it_may_send() {
    let shop = shop().await;
    let answer = request(shop.address, "OPTIONS", "/v1/orders", &[FRIEND, PREFLIGHT]).await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (204, Some("https://shop.example"))
    );
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET, HEAD, POST"));
    let sends = answer.header("access-control-allow-headers").unwrap();
    for name in ["authorization", "idempotency-key", "if-match", "content-type"] {
        assert!(sends.split(", ").any(|sent| sent == name), "{name}");
    }
    assert_eq!(
        (answer.header("vary"), answer.header("access-control-allow-credentials")),
        (Some("origin"), None)
    );
}

#[tokio::test]
async fn a_page_of_the_list_may_read_answers_and_errors() {
    let shop = shop().await;
    for path in ["/v1/products", "/v1/me", "/nowhere"] {
        let answer = request(shop.address, "GET", path, &[FRIEND]).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("https://shop.example"), "{path}");
        let reads = answer.header("access-control-expose-headers").unwrap();
        assert!(reads.contains("etag") && reads.contains("x-request-id"), "{reads}");
    }
}

#[tokio::test]
async fn other_pages_are_told_nothing() {
    let shop = shop().await;
    let answer = request(shop.address, "GET", "/v1/products", &[STRANGER]).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, None));
    assert_eq!(answer.header("vary"), Some("origin"), "a cache must not show it to the pages of the list");
    let preflight = request(shop.address, "OPTIONS", "/v1/orders", &[STRANGER, PREFLIGHT]).await;
    preflight.problem(405, "method_not_allowed");
    assert_eq!(preflight.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn without_a_list_no_page_is_told_anything() {
    let shop = Shop::with(|_| {}).await;
    let answer = request(shop.address, "GET", "/v1/products", &[FRIEND]).await;
    assert_eq!((answer.header("access-control-allow-origin"), answer.header("vary")), (None, None));
}
