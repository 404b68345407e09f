//! Errors: what the client reads, and what the log says.

use super::{
    client::{get, request},
    server::{Captured, Odd, Shop},
};

#[tokio::test]
async fn an_unknown_path_is_a_problem() {
    let shop = Shop::start(|_| {}).await;
    for path in ["/", "/v1", "/v1/orders/", "/v2/orders", "/docs/nothing.js"] {
        let problem = get(shop.address, path).await.problem(404, "route_not_found");
        assert_eq!(problem["instance"], path);
    }
}

#[tokio::test]
async fn a_path_that_is_no_text_is_a_mistake_of_the_client() {
    let shop = Shop::start(|_| {}).await;
    get(shop.address, "/v1/orders/%ff").await.problem(400, "validation_failed");
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let shop = Shop::start(|_| {}).await;
    let cases = [
        ("PUT", "/v1/orders", "GET, HEAD, POST"),
        ("GET", "/v1/orders/ord_1/cancel", "POST"),
        ("POST", "/livez", "GET, HEAD"),
        ("DELETE", "/openapi.json", "GET, HEAD"),
        ("POST", "/docs/", "GET, HEAD"),
    ];
    for (method, path, allow) in cases {
        let answer = request(shop.address, method, path, &[]).await;
        answer.problem(405, "method_not_allowed");
        assert_eq!(answer.header("allow"), Some(allow), "{method} {path}");
    }
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let shop = Shop::start(|_| {}).await;
    let answer = request(shop.address, "HEAD", "/v1/products", &[]).await;
    assert_eq!((answer.status, answer.body.len()), (200, 0));
}

#[tokio::test]
async fn a_panic_is_a_problem_that_says_nothing_and_a_log_line_that_does() {
    let log = Captured::start();
    let server = Odd::start(|_| {}).await;
    let problem = get(server.address, "/panic").await.problem(500, "internal");
    assert!(!problem.to_string().contains("secret"), "{problem}");
    assert_eq!(get(server.address, "/hello").await.status, 200, "the process lives on");
    let errors: Vec<_> = log.lines().into_iter().filter(|line| line["level"] == "ERROR").collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!(errors[0]["cause"], "the handler panicked: a secret of the handler");
    assert_eq!(errors[0]["span"]["request_id"], problem["request_id"]);
}

#[tokio::test]
async fn the_causes_of_a_fault_stand_in_the_log_and_not_in_the_answer() {
    let log = Captured::start();
    let server = Odd::start(|_| {}).await;
    let problem = get(server.address, "/fail").await.problem(500, "internal");
    assert!(!problem.to_string().contains("table orders"), "{problem}");
    let errors: Vec<_> = log.lines().into_iter().filter(|line| line["level"] == "ERROR").collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0]["cause"].as_str().unwrap().contains("table orders is gone"), "{errors:#?}");
}

#[tokio::test]
async fn what_a_broken_database_says_stands_in_the_log_once_and_not_in_the_answer() {
    let log = Captured::start();
    let shop = Shop::start(|_| {}).await;
    let file = rusqlite::Connection::open(shop.folder.path().join("orderly.db")).unwrap();
    file.execute_batch("DROP TABLE products").unwrap();
    let problem = get(shop.address, "/v1/products").await.problem(500, "internal");
    assert!(!problem.to_string().contains("no such table"), "{problem}");
    let lines = log.lines();
    let telling: Vec<_> = lines.iter().filter(|line| line.to_string().contains("no such table")).collect();
    assert_eq!(telling.len(), 1, "{lines:#?}");
    assert_eq!((&telling[0]["level"], &telling[0]["code"]), (&"ERROR".into(), &"internal".into()));
    assert_eq!(telling[0]["span"]["request_id"], problem["request_id"]);
}

#[tokio::test]
async fn a_mistake_of_the_client_is_no_error_in_the_log() {
    let log = Captured::start();
    let server = Odd::start(|_| {}).await;
    get(server.address, "/a-secret-path").await.problem(404, "route_not_found");
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "one line a request: {lines:#?}");
    assert_eq!((&lines[0]["level"], &lines[0]["status"]), (&"INFO".into(), &404.into()));
    assert!(!lines[0].to_string().contains("secret"), "{lines:#?}");
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_dropped_and_answered_with_504() {
    let mut server = Odd::start(|limits| limits.request_ms = 50).await;
    get(server.address, "/slow").await.problem(504, "deadline_exceeded");
    assert_eq!(server.events.recv().await, Some("begun"));
    assert_eq!(server.events.recv().await, Some("dropped"), "and not finished");
}

#[tokio::test]
async fn a_well_formed_request_id_comes_back_and_another_one_does_not() {
    let server = Odd::start(|_| {}).await;
    let sent = |id: &str| format!("x-request-id: {id}");
    let longest = "x".repeat(128);
    for good in ["abc-123", longest.as_str()] {
        let answer = request(server.address, "GET", "/hello", &[&sent(good)]).await;
        assert_eq!(answer.header("x-request-id"), Some(good));
    }
    let too_long = "x".repeat(129);
    for bad in ["two words", "\"quoted\"", too_long.as_str(), ""] {
        let answer = request(server.address, "GET", "/hello", &[&sent(bad)]).await;
        let given = answer.header("x-request-id").unwrap();
        assert_eq!((given.len(), given.as_bytes()[14]), (36, b'7'), "{given} is a UUIDv7");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let server = Odd::start(|_| {}).await;
    for path in ["/hello", "/nothing", "/fail"] {
        let answer = get(server.address, path).await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.header("content-security-policy").unwrap().contains("default-src 'none'"));
    }
}
