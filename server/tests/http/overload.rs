//! More requests at once than the server takes.

use super::{
    client::{get, request, send},
    server::Odd,
};

#[tokio::test]
async fn requests_over_the_limit_are_refused_at_once_except_for_purchases_and_probes() {
    let mut server = Odd::start(|limits| (limits.max_requests, limits.reserved_requests) = (2, 1)).await;
    let slow = send(server.address, "GET /slow HTTP/1.1\r\nhost: test\r\n\r\n").await;
    assert_eq!(server.events.recv().await, Some("begun"));
    let refused = get(server.address, "/hello").await;
    refused.problem(503, "overloaded");
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(get(server.address, "/livez").await.status, 200);
    // This server has no such operation: it gets as far as to say so.
    request(server.address, "POST", "/v1/orders", &[]).await.problem(404, "route_not_found");
    assert_eq!(server.events.recv().await, Some("finished"));
    assert_eq!(server.events.recv().await, Some("dropped"));
    assert_eq!(get(server.address, "/hello").await.text(), "hello");
    drop(slow);
}
