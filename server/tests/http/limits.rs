//! What one client cannot do to the others.

use std::time::Duration;

use tokio::{io::AsyncWriteExt, time::Instant};

use super::{
    client::{PATIENCE, exchange, get, send, until_closed},
    server::{Odd, Shop},
};

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off() {
    let server = Odd::start(|limits| limits.header_read_ms = 100).await;
    let mut stream = send(server.address, "GET /hello HTTP/1.1\r\nhost: te").await;
    assert!(until_closed(&mut stream).await.is_some());
}

#[tokio::test]
async fn a_connection_without_a_request_is_closed() {
    let server = Odd::start(|limits| limits.idle_ms = 100).await;
    let mut stream = send(server.address, "").await;
    assert_eq!(until_closed(&mut stream).await, Some(Vec::new()));
}

#[tokio::test]
async fn half_a_preface_of_http_2_is_cut_off() {
    let server = Odd::start(|limits| limits.header_read_ms = 100).await;
    let mut stream = send(server.address, "PRI * HTTP/2.0\r\n").await;
    assert_eq!(until_closed(&mut stream).await, Some(Vec::new()));
}

#[tokio::test]
async fn an_http_2_connection_without_a_request_is_told_goodbye() {
    const NO_SETTINGS: &str = "\0\0\0\x04\0\0\0\0\0";
    const GOAWAY: u8 = 7;
    let server = Odd::start(|limits| (limits.idle_ms, limits.write_stall_ms) = (100, 100)).await;
    let mut stream = send(server.address, &format!("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{NO_SETTINGS}")).await;
    let mut rest = &*until_closed(&mut stream).await.expect("the server closes the connection");
    let mut kinds = Vec::new();
    while let [a, b, c, kind, ..] = *rest {
        kinds.push(kind);
        rest = &rest[9 + u32::from_be_bytes([0, a, b, c]) as usize..];
    }
    assert!(kinds.contains(&GOAWAY), "{kinds:?}");
}

#[tokio::test]
async fn a_head_that_trickles_in_is_cut_off_although_its_connection_is_never_silent() {
    let server = Odd::start(|limits| limits.header_read_ms = 200).await;
    let mut stream = send(server.address, "GET /hello HTTP/1.1\r\nhost: test\r\nx-slow: ").await;
    let trickle = async {
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, trickle).await.is_ok());
}

#[tokio::test]
async fn a_request_may_take_longer_than_a_connection_may_be_idle() {
    let server = Odd::start(|limits| limits.idle_ms = 100).await;
    assert_eq!(get(server.address, "/slow").await.text(), "slow");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = Odd::start(|limits| limits.max_head_bytes = 8192).await;
    let head = format!("GET /hello HTTP/1.1\r\nhost: test\r\nx-long: {}\r\n\r\n", "x".repeat(20_000));
    assert_eq!(exchange(server.address, &head).await.status, 431);
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_answered_with_408() {
    let shop = Shop::start(|limits| limits.body_read_ms = 100).await;
    let head = "POST /v1/register HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\
        content-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    exchange(shop.address, head).await.problem(408, "request_timeout");
}

#[tokio::test]
async fn a_client_that_sends_a_whole_oversized_body_still_reads_413() {
    let shop = Shop::start(|limits| limits.max_body_bytes = 1000).await;
    for framing in ["content-length", "chunked"] {
        // More than the buffers of two sockets hold: whoever does not read on breaks the client's sending off.
        let size = 16_000_000;
        let (header, body) = match framing {
            "chunked" => (
                "transfer-encoding: chunked".into(),
                format!("{size:x}\r\n{}\r\n0\r\n\r\n", "x".repeat(size)),
            ),
            _ => (format!("content-length: {size}"), "x".repeat(size)),
        };
        let head = format!(
            "POST /v1/register HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\
             content-type: application/json\r\n{header}\r\n\r\n"
        );
        let answer = exchange(shop.address, &(head + &body)).await;
        answer.problem(413, "payload_too_large");
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_its_answer_is_cut_off() {
    let mut server = Odd::start(|limits| limits.write_stall_ms = 100).await;
    let stream = send(server.address, "GET /endless HTTP/1.1\r\nhost: test\r\n\r\n").await;
    let told = tokio::time::timeout(PATIENCE, server.events.recv()).await;
    assert_eq!(told.expect("the answer is given up"), Some("dropped"));
    drop(stream);
}

#[tokio::test]
async fn further_connections_wait_for_a_free_place() {
    let server = Odd::start(|limits| limits.max_connections = 1).await;
    let first = send(server.address, "").await;
    // The accept loop has taken the first one once it answers it nothing for a moment.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let begun = Instant::now();
    let answered = async { (get(server.address, "/hello").await, begun.elapsed()) };
    let leave = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        drop(first);
    };
    let ((answer, waited), ()) = tokio::join!(answered, leave);
    assert_eq!(answer.text(), "hello");
    assert!(waited >= Duration::from_millis(200), "{waited:?}");
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let server = Odd::start(|_| {}).await;
    let mut stream = send(server.address, "GET /hello HTTP/1.1\r\nhost: test\r\n\r\n").await;
    stream.write_all(b"GET /hello HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n").await.unwrap();
    let bytes = until_closed(&mut stream).await.unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap().matches("200 OK").count(), 2);
}
