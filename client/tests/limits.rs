//! Time limits, repetitions and what a breaking connection does to a call, against a server that follows a script.

// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use orderly_client::{Client, ClientBuilder, Error, ErrorCode, Operation, RetryPolicy, types};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const KEYS: &str = "{\"keys\":[]}";

/// What the server does with a request.
#[derive(Clone)]
enum Act {
    /// Answers with this status, headers and body.
    Answer(&'static str, String, String),
    /// Says that more comes than does, and breaks off.
    Torn(&'static str),
    /// Breaks off before it has said anything.
    Cut,
    /// Says that more comes than does, and waits.
    Stalled(&'static str),
    /// Says nothing.
    Silent,
}

fn done() -> Act {
    Act::Answer("200 OK", String::new(), KEYS.to_owned())
}

fn status(line: &'static str) -> Act {
    Act::Answer(line, String::new(), String::new())
}

fn retry_after(line: &'static str, value: impl ToString) -> Act {
    Act::Answer(line, format!("Retry-After: {}\r\n", value.to_string()), json!({"code": "busy"}).to_string())
}

/// A server that does this with one request after the other, the last one again and again; how many have come, and a
/// client that waits hardly at all.
async fn playing(acts: Vec<Act>) -> (ClientBuilder, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    tokio::spawn({
        let count = count.clone();
        async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let act = acts[count.fetch_add(1, Ordering::SeqCst).min(acts.len() - 1)].clone();
                tokio::spawn(async move {
                    read_request(&mut connection).await?;
                    let head = |line: &str, headers: &str, length: usize| {
                        format!(
                            "HTTP/1.1 {line}\r\nContent-Type: application/json\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
                        )
                    };
                    match act {
                        Act::Answer(line, headers, body) => {
                            let answer = head(line, &headers, body.len()) + &body;
                            connection.write_all(answer.as_bytes()).await?;
                            connection.shutdown().await
                        }
                        Act::Torn(body) => {
                            connection.write_all((head("200 OK", "", body.len() + 5) + body).as_bytes()).await
                        }
                        Act::Stalled(body) => {
                            connection
                                .write_all((head("200 OK", "", body.len() + 5) + body).as_bytes())
                                .await?;
                            std::future::pending().await
                        }
                        Act::Cut => Ok(()),
                        Act::Silent => std::future::pending().await,
                    }
                });
            }
        }
    });
    let tiny = Duration::from_millis(1);
    let policy = RetryPolicy { base: tiny, cap: tiny, ..RetryPolicy::default() };
    (Client::builder(format!("http://{address}")).retry(policy), count)
}

async fn read_request(connection: &mut tokio::net::TcpStream) -> std::io::Result<()> {
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&request).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return Ok(());
            }
        }
        match connection.read(&mut buffer).await? {
            0 => return Ok(()),
            count => request.extend_from_slice(&buffer[..count]),
        }
    }
}

/// Something that may be sent twice.
async fn ask(shop: &Client) -> Result<types::JsonWebKeySet, Error> {
    shop.get_jwks().await
}

/// Something that may not.
async fn act(shop: &Client) -> Result<types::Order, Error> {
    shop.cancel_order().order_id("ord_01jd0q5x8yf6r9v2k3m4n5p6q7").await
}

#[tokio::test]
async fn each_time_limit_is_kept_and_told_as_that() {
    let short = Duration::from_millis(100);
    type Limit = fn(ClientBuilder, Duration) -> ClientBuilder;
    let cases: [(&str, Act, Limit); 4] = [
        ("an attempt", Act::Silent, ClientBuilder::timeout),
        ("an attempt whose answer stalls", Act::Stalled("{"), ClientBuilder::timeout),
        ("the call", Act::Silent, ClientBuilder::total_timeout),
        ("the call whose answer stalls", Act::Stalled("{"), ClientBuilder::total_timeout),
    ];
    for (limit, act, set) in cases {
        let (builder, _) = playing(vec![act]).await;
        let shop = set(builder.retry(RetryPolicy::never()), short).build().unwrap();
        let typed = ask(&shop).await.unwrap_err();
        let raw = shop.raw(Operation::find("get_jwks").unwrap()).await.unwrap_err();
        for error in [typed, raw] {
            assert!(matches!(error, Error::Timeout(_)) && error.is_retryable(), "{limit}: {error:?}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_is_not_made_in_time_is_told_as_that() {
    // Nobody answers the greeting of TLS: the connection is never ready.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let shop = Client::builder(format!("https://localhost:{}", address.port()));
    let shop = shop.connect_timeout(Duration::from_millis(100)).retry(RetryPolicy::never()).build().unwrap();
    let error = ask(&shop).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)) && error.is_retryable(), "{error:?}");
}

#[tokio::test]
async fn what_breaks_on_the_way_is_sent_again_if_that_is_safe() {
    for broken in [Act::Cut, Act::Torn("{\"keys\""), Act::Torn("")] {
        let (builder, count) = playing(vec![broken.clone(), broken.clone(), done()]).await;
        ask(&builder.build().unwrap()).await.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), 3);

        let (builder, count) = playing(vec![broken, done()]).await;
        let error = act(&builder.build().unwrap()).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_key_that_is_still_worked_on_is_waited_for() {
    let in_flight = || retry_after("409 Conflict", 0);
    let order = json!({
        "id": "ord_01jd0q5x8yf6r9v2k3m4n5p6q7", "account_id": "usr_01jd0q5x8yf6r9v2k3m4n5p6q7", "status": "placed",
        "lines": [], "total": {"amount": 0, "currency": "EUR"},
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    });
    let placed = Act::Answer("201 Created", String::new(), order.to_string());
    let (builder, count) = playing(vec![in_flight(), in_flight(), placed]).await;
    let shop = builder.build().unwrap();
    shop.create_order().body(types::OrderCreate::builder().lines(vec![])).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 3);
    // Without the header the conflict is another one, and without a key nothing is sent twice.
    let (builder, count) = playing(vec![status("409 Conflict")]).await;
    let shop = builder.build().unwrap();
    shop.create_order().body(types::OrderCreate::builder().lines(vec![])).await.unwrap_err();
    act(&shop).await.unwrap_err();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn what_the_server_asks_for_is_waited_for_in_both_forms() {
    let forms: [fn() -> Act; 2] = [
        || retry_after("503 Service Unavailable", 1),
        || retry_after("429 Too Many Requests", httpdate(SystemTime::now() + Duration::from_secs(2))),
    ];
    for busy in forms {
        let (builder, count) = playing(vec![busy(), done()]).await;
        let began = Instant::now();
        ask(&builder.build().unwrap()).await.unwrap();
        assert!(began.elapsed() >= Duration::from_millis(900), "{:?}", began.elapsed());
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
}

fn httpdate(time: SystemTime) -> String {
    let time = chrono::DateTime::<chrono::Utc>::from(time);
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[tokio::test]
async fn a_longer_wait_and_one_beyond_the_budget_are_left_to_the_caller() {
    for busy in [retry_after("503 Service Unavailable", 3_600), retry_after("503 Service Unavailable", 30)] {
        let (builder, count) = playing(vec![busy, done()]).await;
        let policy = RetryPolicy { budget: Duration::from_secs(5), ..RetryPolicy::default() };
        let error = ask(&builder.retry(policy).build().unwrap()).await.unwrap_err();
        assert_eq!(error.code(), Some(&ErrorCode::Unknown("busy".to_owned())));
        assert!(error.problem().unwrap().retry_after >= Some(Duration::from_secs(30)));
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }
}
