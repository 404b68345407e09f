//! Clients that leave, and servers that stop.

use std::time::Duration;

use orderly_server::http::listener::Drained;
use tokio::net::TcpStream;

use super::{
    client::{PATIENCE, get, send, until_closed},
    server::{Odd, Shop},
};

const SLOW: &str = "GET /slow HTTP/1.1\r\nhost: test\r\n\r\n";

#[tokio::test]
async fn a_client_that_goes_away_drops_its_handler() {
    let mut server = Odd::start(|_| {}).await;
    let stream = send(server.address, SLOW).await;
    assert_eq!(server.events.recv().await, Some("begun"));
    drop(stream);
    assert_eq!(server.events.recv().await, Some("dropped"), "and not finished");
}

#[tokio::test]
async fn a_request_in_flight_is_answered_before_the_server_stops() {
    let mut server = Odd::start(|_| {}).await;
    let address = server.address;
    let mut stream = send(address, SLOW).await;
    assert_eq!(server.events.recv().await, Some("begun"));
    let (serving, _events) = server.stop();
    let answer = String::from_utf8(until_closed(&mut stream).await.unwrap()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("slow"), "{answer}");
    assert_eq!(serving.await.unwrap(), Drained::Complete);
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn the_drain_limit_ends_what_does_not_end() {
    let mut server = Odd::start(|limits| limits.drain_ms = 50).await;
    let _stream = send(server.address, SLOW).await;
    assert_eq!(server.events.recv().await, Some("begun"));
    let (serving, mut events) = server.stop();
    assert_eq!(serving.await.unwrap(), Drained::CutOff(1));
    assert_eq!(events.recv().await, Some("dropped"), "and not finished");
}

#[tokio::test]
async fn a_half_sent_head_does_not_keep_the_server_from_stopping() {
    let server = Odd::start(|limits| limits.drain_ms = 200).await;
    let _stream = send(server.address, "GET /hello HTTP/1.1\r\nhost: te").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let (serving, _events) = server.stop();
    assert!(tokio::time::timeout(PATIENCE, serving).await.is_ok());
}

#[tokio::test]
async fn readiness_fails_before_the_server_closes() {
    let shop = Shop::start(|limits| limits.shutdown_notice_ms = 1_000).await;
    let address = shop.address;
    assert_eq!(get(address, "/readyz").await.json()["checks"]["database"], "ok");
    let stopping = tokio::spawn(shop.running.stop());
    tokio::time::sleep(Duration::from_millis(200)).await;
    let problem = get(address, "/readyz").await.problem(503, "not_ready");
    assert_eq!(problem["checks"]["server"], "stopping");
    assert_eq!(get(address, "/livez").await.status, 200);
    assert_eq!(stopping.await.unwrap(), Drained::Complete);
}
