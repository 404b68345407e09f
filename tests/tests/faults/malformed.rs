//! Requests that no client means to send: mutations of valid ones, and bytes that are no HTTP. The seed makes them the
//! same in each run.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use fastrand::Rng;
use orderly_contract::sample;
use orderly_tests::{
    conformance,
    engines::{Engine, Home},
    process::Process,
    shop::{Caller, PASSWORD, text, unique},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

use crate::{
    buyers::{STOCK, order_with, product},
    caller, program_at, size,
};

const SEED: u64 = 0x0DE1;
const CLIENTS: usize = 32;
/// How much memory may grow from the second tenth of the requests to the last: caches fill, nothing leaks.
const GROWTH: u64 = 16 << 20;
/// How long a client waits for an answer before it goes.
const PATIENCE: Duration = Duration::from_millis(500);

/// What stands where something sensible is expected.
const WORDS: [&str; 24] = [
    "",
    " ",
    "\0",
    "%00",
    "%",
    "%ff%fe",
    "..%2f..%2f",
    "'; DROP TABLE orders; --",
    "\u{202e}\u{1f600}",
    "null",
    "true",
    "-1",
    "0",
    "9223372036854775808",
    "1e400",
    "NaN",
    "[]",
    "{}",
    "*",
    "W/\"v1\", \"v2\"",
    "ord_",
    "ord_zzzzzzzzzzzzzzzz",
    "2026-02-30T25:61:61Z",
    "\"",
];

/// A valid request, taken apart.
#[derive(Clone)]
struct Request {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// So many malformed requests get no 5xx and cause no panic, the memory stays what it was, and the shop works.
pub(crate) async fn storm(engine: Engine) {
    let home = Home::new(engine).await;
    let limits = ["limits.header_read_ms", "limits.body_read_ms"];
    let program = limits.into_iter().fold(program_at(&home), |program, limit| program.set(limit, 1000));
    let process = program.start(&["demo"]);
    let people = process.ready.clone();
    let administrator = caller(&process, &people, "admin");
    warm_up(&process).await;

    let templates = Arc::new(templates(&people));
    let tenth = size::requests().div_ceil(10);
    let mut memory = Vec::new();
    for part in 0..10 {
        send(&process, &templates, part * tenth..(part + 1) * tenth).await;
        memory.push(process.resident());
    }
    println!("{} malformed requests; memory after each tenth: {memory:?}", 10 * tenth);
    assert!(memory[9] < memory[1] + GROWTH, "memory grew: {memory:?}");
    let output = process.output();
    for word in ["panicked", "ERROR"] {
        let line = output.lines().find(|line| line.contains(word));
        assert_eq!(line, None);
    }
    // Somebody may have deleted the demo's people by a request that was well formed after all: not this new one.
    let umbrella = product(&administrator, STOCK).await;
    order_with(&customer(&process).await, &umbrella, "storm-after").await.having(201);
}

/// Passwords are hashed in memory that is kept: here, so that it does not look as if the storm had taken it.
async fn warm_up(process: &Process) {
    futures_util::future::join_all((0..8).map(|_| customer(process))).await;
}

async fn customer(process: &Process) -> Caller {
    let anyone = Caller::new(process.base_url().to_owned());
    let email = format!("{}@example.com", unique("storm"));
    let registration = json!({ "email": email, "password": PASSWORD, "name": "Ada Lovelace" });
    anyone.post("/v1/register", registration).await.expect(201);
    let grant = json!({ "grant_type": "password", "email": email, "password": PASSWORD });
    let tokens = anyone.post("/v1/tokens", grant).await.expect(200);
    anyone.bearer(text(&tokens, "access_token"))
}

/// A valid request of each operation, by its examples, as a customer sends it; and as an administrator, if it only reads.
fn templates(people: &Value) -> Vec<Request> {
    let document = conformance::document();
    let mut templates = Vec::new();
    for operation in document.operations() {
        let Some(sample) = sample::request(&document, operation) else { continue };
        for who in ["customer", "admin"] {
            if who == "admin" && sample.method != http::Method::GET {
                continue;
            }
            let mut headers = sample.headers.clone();
            headers.push(("authorization".into(), format!("Bearer {}", text(&people[who], "access_token"))));
            let mut body = Vec::new();
            if let Some((media_type, value)) = &sample.body {
                headers.push(("content-type".into(), media_type.clone()));
                body = value.to_string().into_bytes();
            }
            let (method, path) = (sample.method.to_string(), sample.path.clone());
            templates.push(Request { method, path, headers, body });
        }
    }
    templates
}

async fn send(process: &Process, templates: &Arc<Vec<Request>>, numbers: std::ops::Range<usize>) {
    let address: SocketAddr = process.base_url().trim_start_matches("http://").parse().unwrap();
    let (next, end) = (Arc::new(AtomicUsize::new(numbers.start)), numbers.end);
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let (next, templates) = (next.clone(), templates.clone());
        clients.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= end {
                    return;
                }
                let bytes = malformed(&mut Rng::with_seed(SEED + number as u64), &templates);
                let sent = String::from_utf8_lossy(&bytes[..bytes.len().min(4000)]).into_owned();
                let Some(answer) = exchange(address, &bytes).await else {
                    panic!("nobody listens any more; request {number} was about to be sent: {sent}")
                };
                let status = answer.strip_prefix("HTTP/1.1 ").unwrap_or_default();
                assert!(!status.starts_with('5'), "request {number}: {answer}\n{sent}");
            }
        });
    }
    while let Some(client) = clients.join_next().await {
        let printed = || process.output().lines().rev().take(20).collect::<Vec<_>>().join("\n");
        client
            .unwrap_or_else(|failed| panic!("{failed}\nthe server's last lines, backwards:\n{}", printed()));
    }
}

/// Sends bytes and reads what comes back until the server closes the connection or nothing more comes. `None` if nobody
/// listens.
async fn exchange(address: SocketAddr, bytes: &[u8]) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let mut answer = Vec::new();
    let talk = async {
        stream.write_all(bytes).await?;
        stream.read_to_end(&mut answer).await
    };
    // The server may close the connection while it is still being written to, and may wait for what never comes.
    let _ = tokio::time::timeout(PATIENCE, talk).await;
    Some(String::from_utf8_lossy(&answer).into_owned())
}

fn malformed(rng: &mut Rng, templates: &[Request]) -> Vec<u8> {
    let mut request = templates[rng.usize(..templates.len())].clone();
    match rng.u8(..10) {
        0 => return noise(rng),
        1 => return cut(rng, request.bytes(None)),
        2..=3 => request.path = broken_path(rng, &request.path),
        4..=5 => break_headers(rng, &mut request.headers),
        6..=7 if !request.body.is_empty() => break_value(rng, &mut request.body),
        _ if !request.body.is_empty() => break_bytes(rng, &mut request.body),
        _ => break_headers(rng, &mut request.headers),
    }
    let wrong_length = (rng.u8(..50) == 0).then(|| rng.usize(..200));
    request.bytes(wrong_length)
}

impl Request {
    fn bytes(&self, length: Option<usize>) -> Vec<u8> {
        let mut head =
            format!("{} {} HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = length.unwrap_or(self.body.len());
        head.push_str(&format!("content-length: {length}\r\n\r\n"));
        [head.as_bytes(), &self.body].concat()
    }
}

fn word(rng: &mut Rng) -> String {
    match rng.u8(..12) {
        0 => "a".repeat(rng.usize(..20_000)),
        1 => (0..rng.usize(..40)).map(|_| rng.char(..)).collect(),
        2 => "[".repeat(rng.usize(..5_000)),
        _ => WORDS[rng.usize(..WORDS.len())].to_owned(),
    }
}

/// Bytes that are no HTTP/1.1, or another protocol's.
fn noise(rng: &mut Rng) -> Vec<u8> {
    let begin: &[u8] = match rng.u8(..6) {
        0 => b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        1 => b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        2 => b"GET / HTTP/9.9\r\n\r\n",
        3 => b"POST /v1/orders HTTP/1.1\r\nhost: shop\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        4 => b"GET /v1/products HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n",
        _ => b"",
    };
    let rest: Vec<u8> = (0..rng.usize(1..300)).map(|_| rng.u8(..)).collect();
    [begin, &rest, b"\r\n\r\n"].concat()
}

/// The beginning of a request; the client waits for an answer or goes.
fn cut(rng: &mut Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    // Most are cut so that something is wrong and nothing is waited for.
    if rng.u8(..10) > 0 {
        break_bytes(rng, &mut bytes);
        return bytes;
    }
    bytes.truncate(rng.usize(1..bytes.len()));
    bytes
}

fn broken_path(rng: &mut Rng, path: &str) -> String {
    // Spaces and line ends would make it another request: those are among the noise.
    let word: String = word(rng).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let mut segments: Vec<&str> = path.split('/').collect();
    let place = rng.usize(1..segments.len().max(2));
    match rng.u8(..5) {
        0 => {
            let last = segments.len() - 1;
            segments[place.min(last)] = &word;
            segments.join("/")
        }
        1 => format!("{path}?limit={word}"),
        2 => format!("{path}?cursor={word}&cursor={word}"),
        3 => format!("{path}?{word}={word}&sort={word}&q={word}"),
        _ => {
            segments.insert(place, &word);
            segments.join("/")
        }
    }
}

fn break_headers(rng: &mut Rng, headers: &mut Vec<(String, String)>) {
    const NAMES: [&str; 14] = [
        "authorization",
        "idempotency-key",
        "if-match",
        "if-none-match",
        "content-type",
        "accept",
        "x-request-id",
        "traceparent",
        "x-api-key",
        "content-encoding",
        "expect",
        "accept-encoding",
        "x-forwarded-for",
        "cookie",
    ];
    for _ in 0..rng.usize(1..4) {
        let value: String = word(rng).chars().filter(|&c| c != '\r' && c != '\n').collect();
        let name = NAMES[rng.usize(..NAMES.len())];
        match rng.u8(..4) {
            0 => headers.retain(|(known, _)| known != name),
            1 => headers.push((name.to_owned(), value)),
            2 if !headers.is_empty() => {
                let place = rng.usize(..headers.len());
                headers[place].1 = value;
            }
            _ => {
                headers.retain(|(known, _)| known != name);
                headers.push((name.to_owned(), value));
            }
        }
    }
}

/// Puts something else in the place of one value of a JSON body, whole or deep inside.
fn break_value(rng: &mut Rng, body: &mut Vec<u8>) {
    let Ok(mut value) = serde_json::from_slice::<Value>(body) else { return };
    let place = somewhere(rng, &value);
    let Some(place) = value.pointer_mut(&place) else { return };
    *place = match rng.u8(..7) {
        0 => Value::Null,
        1 => json!(rng.i64(..)),
        2 => json!(rng.f64() * 1e300),
        3 => json!([word(rng), { "amount": word(rng) }]),
        4 => json!({ word(rng): word(rng) }),
        _ => Value::String(word(rng)),
    };
    *body = value.to_string().into_bytes();
}

/// A place in a value, by its pointer: the value itself, or something inside.
fn somewhere(rng: &mut Rng, value: &Value) -> String {
    let inside = match value {
        Value::Object(members) => members.keys().nth(rng.usize(..members.len().max(1))).cloned(),
        Value::Array(items) if !items.is_empty() => Some(rng.usize(..items.len()).to_string()),
        _ => None,
    };
    match inside {
        // The members of our document's examples have names without `/` and `~`.
        Some(name) if rng.u8(..4) > 0 => {
            format!("/{name}{}", somewhere(rng, value.pointer(&format!("/{name}")).unwrap()))
        }
        _ => String::new(),
    }
}

fn break_bytes(rng: &mut Rng, bytes: &mut Vec<u8>) {
    for _ in 0..rng.usize(1..6) {
        if bytes.is_empty() {
            return;
        }
        let place = rng.usize(..bytes.len());
        match rng.u8(..4) {
            0 => bytes[place] = rng.u8(..),
            1 => bytes.insert(place, rng.u8(..)),
            2 => {
                bytes.remove(place);
            }
            _ => {
                let end = (place + rng.usize(..40)).min(bytes.len());
                let piece = bytes[place..end].to_vec();
                bytes.splice(place..place, piece);
            }
        }
    }
}
