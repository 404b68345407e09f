//! HTTP/2: the same server, and many requests at once on one connection.

use http_body_util::{BodyExt, Empty};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    client::conn::http2::{SendRequest, handshake},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

use super::server::{Odd, Shop};

/// A connection to the server, by prior knowledge (RFC 9113, section 3.3).
async fn connect(server: std::net::SocketAddr) -> SendRequest<Empty<Bytes>> {
    let stream = TokioIo::new(TcpStream::connect(server).await.unwrap());
    let (requests, connection) = handshake(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(async { drop(connection.await) });
    requests
}

fn get(path: &str) -> Request<Empty<Bytes>> {
    Request::get(format!("http://test{path}")).body(Empty::new()).unwrap()
}

async fn text(response: Response<Incoming>) -> String {
    let body = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}

#[tokio::test]
async fn requests_on_one_connection_are_answered_beside_each_other() {
    let mut server = Odd::start(|_| {}).await;
    let mut requests = connect(server.address).await;
    let slow = requests.send_request(get("/slow"));
    let quick = requests.send_request(get("/hello"));
    let quick = async {
        assert_eq!(text(quick.await.unwrap()).await, "hello");
        server.events.recv().await
    };
    let (begun, slow) = tokio::join!(quick, slow);
    assert_eq!(begun, Some("begun"));
    let slow = slow.unwrap();
    assert!(slow.headers().contains_key("x-request-id") && slow.headers().contains_key("ratelimit"));
    assert_eq!(text(slow).await, "slow");
}

#[tokio::test]
async fn a_request_that_is_given_up_drops_its_handler_and_not_the_connection() {
    let mut server = Odd::start(|_| {}).await;
    let mut requests = connect(server.address).await;
    let slow = tokio::spawn(requests.send_request(get("/slow")));
    assert_eq!(server.events.recv().await, Some("begun"));
    slow.abort();
    assert_eq!(server.events.recv().await, Some("dropped"), "and not finished");
    assert_eq!(text(requests.send_request(get("/hello")).await.unwrap()).await, "hello");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let shop = Shop::start(|limits| limits.max_head_bytes = 8192).await;
    let mut requests = connect(shop.address).await;
    let mut large = get("/livez");
    large.headers_mut().insert("x-long", "x".repeat(20_000).parse().unwrap());
    match requests.send_request(large).await {
        Ok(response) => assert_eq!(response.status(), 431),
        Err(error) => assert!(!error.is_timeout(), "{error}"),
    }
    let mut others = connect(shop.address).await;
    assert_eq!(others.send_request(get("/livez")).await.unwrap().status(), 200);
}

#[tokio::test]
async fn requests_in_flight_are_answered_before_the_server_stops() {
    let mut server = Odd::start(|_| {}).await;
    let mut requests = connect(server.address).await;
    let slow = tokio::spawn(requests.send_request(get("/slow")));
    assert_eq!(server.events.recv().await, Some("begun"));
    let (serving, _events) = server.stop();
    assert_eq!(text(slow.await.unwrap().unwrap()).await, "slow");
    assert_eq!(serving.await.unwrap(), orderly_server::http::listener::Drained::Complete);
}
