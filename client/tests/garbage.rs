//! Whatever a server answers, a call ends with a value or an error that says what is known of the answer.

// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};

use orderly_client::{Client, Error, Operation, RetryPolicy};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// An answer of HTTP.
#[derive(Clone, Debug)]
struct Answer {
    status: u16,
    content_type: String,
    body: Vec<u8>,
}

impl Answer {
    fn bytes(&self) -> Vec<u8> {
        let head = format!(
            "HTTP/1.1 {} x\r\nContent-Type: {}\r\nX-Request-ID: r-1\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.status,
            self.content_type,
            self.body.len()
        );
        [head.as_bytes(), &self.body].concat()
    }
}

fn answers() -> impl Strategy<Value = Answer> {
    let json = prop_oneof![
        Just("null".to_owned()),
        Just("{}".to_owned()),
        Just("[]".to_owned()),
        Just("1e999".to_owned()),
        Just("[".repeat(300)),
        Just(format!("{}1{}", "[".repeat(300), "]".repeat(300))),
        Just("{\"code\": 1, \"errors\": {}, \"status\": \"x\", \"request_id\": []}".to_owned()),
        Just("{\"code\": \"\", \"errors\": [1, {\"pointer\": 7}, null], \"title\": null}".to_owned()),
        Just("\"\\ud800\"".to_owned()),
        "[\\[\\]{}\",:0-9a-z\\\\ -]{0,40}",
    ];
    let body = prop_oneof![json.prop_map(String::into_bytes), vec(any::<u8>(), 0..60)];
    let media_type = prop_oneof![
        Just("application/json".to_owned()),
        Just("application/problem+json".to_owned()),
        Just("text/html; charset=latin1".to_owned()),
        Just("text/event-stream".to_owned()),
        "[ -~]{0,20}",
    ];
    let status = prop_oneof![Just(200u16), Just(204), Just(304), Just(404), Just(503), 200u16..=999];
    (status, media_type, body).prop_map(|(status, content_type, body)| {
        // What has no body by its status has none (RFC 9112 section 6.3).
        let body = if matches!(status, 204 | 304) { Vec::new() } else { body };
        Answer { status, content_type, body }
    })
}

/// A server that answers everything with these bytes.
async fn answering() -> (Client, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder(format!("http://{}", listener.local_addr().unwrap()));
    let answer = Arc::new(Mutex::new(Vec::new()));
    tokio::spawn({
        let answer = answer.clone();
        async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let _ = connection.read(&mut [0; 8192]).await;
                let bytes = answer.lock().unwrap().clone();
                let _ = connection.write_all(&bytes).await;
                let _ = connection.shutdown().await;
            }
        }
    });
    (client.retry(RetryPolicy::never()).build().unwrap(), answer)
}

/// What a typed and a raw call make of the answers that come.
fn with_each(answers: impl Strategy<Value = Vec<u8>>, check: impl Fn(&[u8], Result<(), Error>)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (shop, answer) = runtime.block_on(answering());
    let mut runner = TestRunner::new(Config { cases: 300, ..Config::default() });
    let played = |bytes: Vec<u8>| {
        answer.lock().unwrap().clone_from(&bytes);
        let product = "prd_01jd0q5x8yf6r9v2k3m4n5p6q7";
        let typed = runtime.block_on(shop.get_product().product_id(product).into_future());
        check(&bytes, typed.map(drop));
        let nothing = runtime
            .block_on(shop.revoke_api_key().api_key_id("key_01jd0q5x8yf6r9v2k3m4n5p6q7").into_future());
        check(&bytes, nothing.map(drop));
        let operation = Operation::find("list_products").unwrap();
        let raw = runtime.block_on(async {
            let answer = shop.raw(operation).await?;
            let _ = answer.json::<serde_json::Value>();
            Ok(())
        });
        check(&bytes, raw);
        Ok(())
    };
    runner.run(&answers, played).unwrap();
}

#[test]
fn an_error_says_what_is_known_of_the_answer() {
    let rendered = answers().prop_map(|answer| answer.bytes());
    with_each(rendered, |bytes, result| {
        let Err(error) = result else { return };
        let text = String::from_utf8_lossy(bytes);
        let status: u16 = text[9..12].parse().unwrap();
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{error:?}");
        assert_eq!(error.is_retryable(), matches!(status, 408 | 429 | 502..=504), "{error:?}");
        assert!(error.request_id().is_some(), "{error:?}");
        assert!(!error.to_string().is_empty());
        match &error {
            Error::Problem(problem) => {
                assert!((400..600).contains(&status) && !problem.code.as_str().is_empty(), "{error:?}");
            }
            Error::Decode { body: kept, .. } | Error::Unexpected { body: kept, .. } => {
                assert!(!(400..600).contains(&status), "{error:?}");
                assert_eq!(String::from_utf8_lossy(kept), body);
            }
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn what_is_no_answer_is_an_error_too() {
    let bytes = prop_oneof![
        vec(any::<u8>(), 0..80),
        answers().prop_flat_map(|answer| {
            let bytes = answer.bytes();
            (0..bytes.len()).prop_map(move |length| bytes[..length].to_vec())
        }),
    ];
    with_each(bytes, |_, result| {
        if let Err(error) = result {
            assert!(!error.to_string().is_empty());
        }
    });
}
