//! Connections that carry several requests.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{
    client::{PATIENCE, send, until_closed},
    server::Shop,
};

/// The head of the next answer; its body is read as well.
async fn next_head(stream: &mut TcpStream) -> String {
    let reading = async {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("the connection is open"));
        }
        let head = String::from_utf8(head).unwrap().to_lowercase();
        let length = head.split("content-length: ").nth(1).expect("the answer has a length");
        let mut body = vec![0; length.lines().next().unwrap().parse().unwrap()];
        stream.read_exact(&mut body).await.unwrap();
        head
    };
    tokio::time::timeout(PATIENCE, reading).await.expect("an answer comes")
}

#[tokio::test]
async fn an_answer_before_the_body_was_read_says_that_the_connection_ends() {
    let shop = Shop::start(|_| {}).await;
    let cases = [
        ("POST /nowhere", "application/json", 404),
        ("POST /livez", "application/json", 405),
        ("POST /v1/orders", "application/json", 401),
        ("POST /v1/register", "text/plain", 415),
    ];
    for (line, media_type, status) in cases {
        for framing in ["content-length: 7", "transfer-encoding: chunked"] {
            let head = format!(
                "{line} HTTP/1.1\r\nhost: test\r\nidempotency-key: k\r\ncontent-type: {media_type}\r\n{framing}\r\n\r\n"
            );
            let mut stream = send(shop.address, &head).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            // The server may have closed the connection already, which is what it says.
            let _ = stream.write_all(b"2\r\n{}\r\n0\r\n\r\n").await;
            let answer = until_closed(&mut stream).await.expect("the server closes the connection");
            let answer = String::from_utf8(answer).unwrap();
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{line} {framing}: {answer}");
            assert!(answer.contains("\r\nconnection: close\r\n"), "{line} {framing}: {answer}");
        }
    }
}

#[tokio::test]
async fn the_connection_stays_after_a_mistake_in_a_body_that_was_read() {
    let shop = Shop::start(|_| {}).await;
    let head = "POST /v1/register HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n";
    let mut stream = send(shop.address, head).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    stream.write_all(b"{}").await.unwrap();
    let refused = next_head(&mut stream).await;
    assert!(refused.starts_with("http/1.1 400 ") && !refused.contains("connection: close"), "{refused}");
    stream.write_all(b"GET /livez HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
    let found = next_head(&mut stream).await;
    assert!(found.starts_with("http/1.1 200 "), "{found}");
}

#[tokio::test]
async fn a_connection_sleeps_between_requests_and_is_closed_when_none_comes() {
    let shop = Shop::start(|limits| (limits.keep_alive_ms, limits.header_read_ms) = (400, 100)).await;
    let mut stream = send(shop.address, "").await;
    // Half of the limit is enough to fall asleep; a head has less time than a connection may sleep.
    for _ in 0..3 {
        stream.write_all(b"GET /livez HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
        assert!(next_head(&mut stream).await.starts_with("http/1.1 200 "));
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    assert_eq!(until_closed(&mut stream).await, Some(Vec::new()));
}

#[tokio::test]
async fn half_a_head_that_came_with_the_request_before_is_waited_for_no_longer_than_another() {
    let shop = Shop::start(|limits| (limits.keep_alive_ms, limits.header_read_ms) = (400, 100)).await;
    let whole = "GET /livez HTTP/1.1\r\nhost: test\r\n\r\n";
    let mut stream = send(shop.address, &format!("{whole}GET /livez HTTP/1.1\r\nho")).await;
    assert!(next_head(&mut stream).await.starts_with("http/1.1 200 "));
    stream.write_all(b"st: test\r\n\r\nGET /li").await.unwrap();
    assert!(next_head(&mut stream).await.starts_with("http/1.1 200 "));
    assert_eq!(until_closed(&mut stream).await, Some(Vec::new()));
}
