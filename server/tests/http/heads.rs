//! Heads of requests that cannot be taken.

use super::{
    client::{exchange, request, send, until_closed},
    server::{Odd, Shop},
};

#[tokio::test]
async fn what_is_no_http_is_answered_with_a_problem() {
    let shop = Shop::start(|_| {}).await;
    let long_target = format!("GET /{} HTTP/1.1\r\nhost: test\r\n\r\n", "x".repeat(66_000));
    let many = format!("GET / HTTP/1.1\r\nhost: test\r\n{}\r\n", "a: b\r\n".repeat(100));
    let large = format!("GET / HTTP/1.1\r\nhost: test\r\na: {}\r\n\r\n", "x".repeat(40_000));
    for (bytes, status, code) in [
        ("HELLO\r\n\r\n", 400, "malformed_request"),
        ("GET / HTTP/9.9\r\nhost: test\r\n\r\n", 400, "malformed_request"),
        ("GET / HTTP/1.1\r\nhost: test\r\nbad name: x\r\n\r\n", 400, "malformed_request"),
        ("\x16\x03\x01\x02\0\x01\0\x01\u{7c}\x03\x03", 400, "malformed_request"),
        (&many, 431, "head_too_large"),
        (&large, 431, "head_too_large"),
        (&long_target, 431, "head_too_large"),
    ] {
        let answer = exchange(shop.address, bytes).await;
        answer.problem(status, code);
        assert_eq!(answer.header("connection"), Some("close"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(answer.header("date").is_some());
    }
}

#[tokio::test]
async fn junk_after_a_request_does_not_spoil_its_answer() {
    let server = Odd::start(|_| {}).await;
    let mut stream = send(server.address, "GET /hello HTTP/1.1\r\nhost: test\r\n\r\nJUNK\r\n\r\n").await;
    let text = String::from_utf8(until_closed(&mut stream).await.unwrap()).unwrap();
    let (hello, refusal) = text.split_once("helloHTTP/1.1 ").expect("two answers");
    assert!(hello.starts_with("HTTP/1.1 200 OK") && refusal.starts_with("400 "), "{text}");
}

#[tokio::test]
async fn a_request_has_to_say_once_which_host_it_is_for() {
    let shop = Shop::start(|_| {}).await;
    for (hosts, code) in
        [("", "required"), ("host: a\r\nhost: a\r\n", "max_items"), ("host: a b\r\n", "pattern")]
    {
        let head = format!("GET /v1/products HTTP/1.1\r\nconnection: close\r\n{hosts}\r\n");
        let problem = exchange(shop.address, &head).await.problem(400, "validation_failed");
        assert_eq!(
            (&problem["errors"][0]["parameter"], &problem["errors"][0]["code"]),
            (&"Host".into(), &code.into())
        );
    }
    let old = exchange(shop.address, "GET /v1/products HTTP/1.0\r\n\r\n").await;
    assert_eq!(old.status, 200, "HTTP/1.0 had no hosts");
}

#[tokio::test]
async fn a_body_that_is_encoded_is_refused_with_what_is_taken() {
    let shop = Shop::start(|_| {}).await;
    let post = |encoding: &'static str| async move {
        let head = format!(
            "POST /v1/register HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-encoding: {encoding}\r\ncontent-length: 2\r\n\r\n{{}}"
        );
        exchange(shop.address, &head).await
    };
    let refused = post("gzip").await;
    refused.problem(415, "unsupported_media_type");
    assert_eq!(refused.header("accept-encoding"), Some("identity"));
    post("identity").await.problem(400, "validation_failed");
    let without = request(shop.address, "GET", "/v1/products", &["content-encoding: gzip"]).await;
    assert_eq!(without.status, 200, "there is no body that it could be of");
}
