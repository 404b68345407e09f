//! Streams of events against a server that follows a script, a connection at a time.

// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::{CallOptions, Client, Error, Operation, RetryPolicy, Transport, types};

/// What a connection does, after its request has come.
#[derive(Clone, Copy)]
enum Act {
    /// Answers with events.
    Events(&'static str),
    /// Says more of them after a while.
    More(&'static str),
    /// Ends the answer as it should.
    End,
    /// Breaks off.
    Cut,
    /// Says nothing more, for as long as the test runs.
    Silence,
    /// Answers with this head and no events.
    Answer(&'static str),
}

use Act::{Answer, Cut, End, Events, More, Silence};

const OVER: Act = Answer("204 No Content");

/// What the server was asked: a head for each connection.
type Asked = Arc<Mutex<Vec<String>>>;

/// A server whose connections follow these scripts in turn, the last one again and again.
async fn playing(script: &'static [&'static [Act]]) -> (Client, Asked) {
    playing_with(script, policy()).await
}

async fn playing_with(script: &'static [&'static [Act]], retry: RetryPolicy) -> (Client, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    // The process may have chosen its cryptography already, which is as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (address, transport) = (listener.local_addr().unwrap(), Transport { retry, ..Transport::default() });
    let client = Client::new_with_client(&format!("http://{address}"), reqwest::Client::new(), transport);
    let asked = Asked::default();
    tokio::spawn({
        let asked = asked.clone();
        async move {
            let mut number = 0;
            while let Ok((connection, _)) = listener.accept().await {
                let acts = script[number.min(script.len() - 1)];
                number += 1;
                tokio::spawn(play(connection, acts, asked.clone()));
            }
        }
    });
    (client, asked)
}

async fn play(mut connection: TcpStream, acts: &'static [Act], asked: Asked) -> std::io::Result<()> {
    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        let count = connection.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        head.extend_from_slice(&buffer[..count]);
    }
    asked.lock().unwrap().push(String::from_utf8_lossy(&head).to_lowercase());
    for act in acts {
        match act {
            Events(text) => {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
                connection.write_all(head.as_bytes()).await?;
                write_chunk(&mut connection, text).await?;
            }
            More(text) => {
                tokio::time::sleep(Duration::from_millis(5)).await;
                write_chunk(&mut connection, text).await?;
            }
            End => connection.write_all(b"0\r\n\r\n").await?,
            Cut => return Ok(()),
            Silence => std::future::pending().await,
            Answer(head) => {
                let head = format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                connection.write_all(head.as_bytes()).await?;
            }
        }
    }
    connection.shutdown().await
}

async fn write_chunk(connection: &mut TcpStream, text: &str) -> std::io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    connection.write_all(format!("{:x}\r\n{text}\r\n", text.len()).as_bytes()).await
}

/// Hardly any waits.
fn policy() -> RetryPolicy {
    let tiny = Duration::from_millis(1);
    RetryPolicy { base: tiny, cap: tiny, ..RetryPolicy::default() }
}

fn last_ids(asked: &Asked) -> Vec<Option<String>> {
    let heads = asked.lock().unwrap();
    let id =
        |head: &String| head.lines().find_map(|line| line.strip_prefix("last-event-id: ")).map(str::to_owned);
    heads.iter().map(id).collect()
}

#[tokio::test]
async fn a_cut_stream_goes_on_after_its_last_event_and_nothing_is_lost_or_doubled() {
    let (client, asked) = playing(&[
        &[
            Events("id: 1\ndata: {\"number\": 1, \"te"),
            More("xt\": \"a\"}\n\nid: 2\ndata: {\"number\": 2, "),
            Cut,
        ],
        &[Events("id: 2\ndata: {\"number\": 2, \"text\": \"b\"}\n\n"), End],
        &[Events("id: 3\r\ndata: {\"number\": 3,\r\ndata: \"text\": \"c\"}\r\n\r\n"), Cut],
        &[OVER],
    ])
    .await;
    let events: Vec<_> = client.follow_news().topic("weather").events().try_collect().await.unwrap();
    let seen: Vec<_> = events.iter().map(|event| (event.id.as_deref().unwrap(), &event.data)).collect();
    let headline = |number: i32, text: &str| types::Headline { number, text: text.to_owned() };
    assert_eq!(seen, [("1", &headline(1, "a")), ("2", &headline(2, "b")), ("3", &headline(3, "c"))]);
    assert!(events.iter().all(|event| event.event == "message"));
    let ids = last_ids(&asked);
    assert_eq!(ids, [None, Some("1".to_owned()), Some("2".to_owned()), Some("3".to_owned())]);
    let heads = asked.lock().unwrap();
    assert!(heads.iter().all(|head| head.starts_with("get /news?topic=weather ")), "{heads:?}");
    assert!(heads.iter().all(|head| head.contains("\r\naccept: text/event-stream\r\n")), "{heads:?}");
}

#[tokio::test]
async fn text_stays_text_and_a_stream_begins_after_an_event_that_is_named() {
    let (client, asked) = playing(&[
        &[Events("event: line\ndata: one\ndata: two\n\n: a comment\n\nid\ndata: three\n\n"), End],
        &[OVER],
    ])
    .await;
    let lines: Vec<_> =
        client.follow_lines().room("a b").last_event_id("40").events().try_collect().await.unwrap();
    let lines: Vec<_> = lines.iter().map(|event| (event.event.as_str(), event.data.as_str())).collect();
    assert_eq!(lines, [("line", "one\ntwo"), ("message", "three")]);
    // No event had an id: the stream begins again where the caller said.
    assert_eq!(last_ids(&asked), [Some("40".to_owned()), Some("40".to_owned())]);
    assert!(asked.lock().unwrap()[0].starts_with("get /rooms/a%20b/lines "));
}

#[tokio::test]
async fn a_raw_call_follows_events_too() {
    let (client, asked) =
        playing(&[&[Events("id: 7\ndata: 1\n\n"), Cut], &[Events("data: 2\n\n"), End], &[OVER]]).await;
    let operation = Operation::find("follow_news").unwrap();
    let call = client.raw(operation).header("last-event-id", "6");
    let events: Vec<_> = call.events().map_ok(|event| event.data).try_collect().await.unwrap();
    assert_eq!(events, ["1", "2"]);
    assert_eq!(last_ids(&asked), ["6", "7", "7"].map(|id| Some(id.to_owned())));
}

#[tokio::test]
async fn a_silent_connection_is_left_and_a_silent_server_is_waited_for() {
    let (client, asked) = playing(&[&[Events("id: 1\ndata: 1\n\n"), Silence], &[Silence], &[OVER]]).await;
    let patient = client.with(CallOptions::new().timeout(Duration::from_millis(50)));
    let lines: Vec<_> = patient.follow_lines().room("a").events().try_collect().await.unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(last_ids(&asked), [None, Some("1".to_owned()), Some("1".to_owned())]);
}

#[tokio::test]
async fn a_stream_has_no_total_time_limit() {
    let (client, _) = playing(&[
        &[
            Events(""),
            More("data: 1\n\n"),
            More("data: 2\n\n"),
            More("data: 3\n\n"),
            More("data: 4\n\n"),
            End,
        ],
        &[OVER],
    ])
    .await;
    // Shorter than the stream as a whole, and longer than each of its silences.
    let options = CallOptions::new().total_timeout(Duration::from_millis(10));
    let lines: Vec<_> = client.with(options).follow_lines().room("a").events().try_collect().await.unwrap();
    assert_eq!(lines.len(), 4);
}

#[tokio::test]
async fn passing_failures_are_waited_out_and_others_end_the_stream() {
    let (client, asked) = playing(&[
        &[Answer("503 Service Unavailable")],
        &[Events("id: 1\ndata: 1\n\n"), Cut],
        &[Answer("502 Bad Gateway")],
        &[Cut],
        &[Events("data: 2\n\n"), End],
        &[Answer("404 Not Found")],
    ])
    .await;
    let mut events = std::pin::pin!(client.follow_lines().room("a").events());
    for expected in ["1", "2"] {
        assert_eq!(events.next().await.unwrap().unwrap().data, expected);
    }
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    assert!(events.next().await.is_none());
    assert_eq!(asked.lock().unwrap().len(), 6);
}

#[tokio::test]
async fn a_first_connection_is_tried_as_often_as_any_call() {
    let (client, asked) = playing(&[&[Answer("503 Service Unavailable")]]).await;
    let events: Vec<_> = client.follow_lines().room("a").events().collect().await;
    assert!(matches!(&events[..], [Err(error)] if error.is_retryable()), "{events:?}");
    assert_eq!(asked.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn later_connections_are_tried_until_the_budget_is_spent() {
    let policy = RetryPolicy { budget: Duration::from_millis(100), ..policy() };
    let script: &[&[Act]] = &[&[Events("data: 1\n\n"), End], &[Cut]];
    let (client, asked) = playing_with(script, policy).await;
    let events: Vec<_> = client.follow_lines().room("a").events().collect().await;
    assert!(matches!(&events[..], [Ok(_), Err(Error::Transport(_))]), "{events:?}");
    assert!(asked.lock().unwrap().len() > 5, "{}", asked.lock().unwrap().len());
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    let (client, _) = playing(&[&[Events("retry: 300\ndata: 1\n\n"), End], &[OVER]]).await;
    let began = std::time::Instant::now();
    let events: Vec<_> = client.follow_lines().room("a").events().collect().await;
    assert_eq!(events.len(), 1);
    assert!(began.elapsed() >= Duration::from_millis(300), "{:?}", began.elapsed());
}

#[tokio::test]
async fn what_is_no_stream_of_events_is_told() {
    let (client, asked) =
        playing(&[&[Answer("200 OK\r\nContent-Type: text/html\r\nX-Request-ID: r-1")]]).await;
    let events: Vec<_> = client.follow_lines().room("a").events().collect().await;
    let [Err(error @ Error::Unexpected { .. })] = &events[..] else { panic!("{events:?}") };
    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (200, Some("r-1")));
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn data_that_cannot_be_read_is_an_error_and_the_stream_goes_on() {
    let (client, _) =
        playing(&[&[Events("data: [DONE]\n\ndata: {\"number\": 2, \"text\": \"b\"}\n\n"), End], &[OVER]])
            .await;
    let events: Vec<_> = client.follow_news().events().collect().await;
    assert!(matches!(&events[0], Err(Error::Decode { body, .. }) if body == "[DONE]"), "{events:?}");
    assert_eq!((events.len(), events[1].as_ref().unwrap().data.number), (2, 2));
}

#[tokio::test]
async fn a_stream_that_does_something_is_read_once() {
    let (client, asked) = playing(&[&[Events("data: {\"word\": \"a\"}\n\n"), End]]).await;
    let body = || types::SummarizeBody::builder().text("a b c");
    let words: Vec<_> = client.summarize().body(body()).events().try_collect().await.unwrap();
    assert_eq!(words[0].data.word, "a");
    assert_eq!(asked.lock().unwrap().len(), 1);

    let (client, asked) = playing(&[&[Events("data: {\"word\": \"a\"}\n\n"), Cut]]).await;
    let words: Vec<_> = client.summarize().body(body()).events().collect().await;
    assert!(matches!(&words[..], [Ok(_), Err(Error::Transport(_))]), "{words:?}");
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_wants_no_repetitions_gets_one_connection() {
    let (client, asked) = playing(&[&[Events("data: 1\n\n"), End]]).await;
    let once = client.with(CallOptions::new().max_retries(0));
    assert_eq!(once.follow_lines().room("a").events().count().await, 1);
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn nothing_is_sent_before_the_first_event_is_asked_for() {
    let (client, asked) = playing(&[&[OVER]]).await;
    let events = client.follow_lines().room("a").events();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(asked.lock().unwrap().is_empty());
    assert_eq!(events.count().await, 0);
}

#[tokio::test]
async fn a_path_parameter_that_would_lead_elsewhere_is_told() {
    let (client, asked) = playing(&[&[OVER]]).await;
    for room in ["", ".", ".."] {
        let error = client.follow_lines().room(room).await.map(drop).unwrap_err();
        assert!(
            matches!(&error, Error::InvalidRequest(reason) if reason.contains("follow_lines")),
            "{error:?}"
        );
    }
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_call_that_is_incomplete_is_told() {
    let (client, asked) = playing(&[&[OVER]]).await;
    let events: Vec<_> = client.follow_lines().events().collect().await;
    assert!(
        matches!(&events[..], [Err(Error::InvalidRequest(reason))] if reason.contains("room")),
        "{events:?}"
    );
    assert!(asked.lock().unwrap().is_empty());
}
