//! Clients that stall, stay, or take every file descriptor.

use std::{io, net::SocketAddr, time::Duration};

use futures_util::future::join_all;
use orderly_tests::{
    engines::{Engine, Home},
    process::Process,
    shop::Caller,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{program_at, size};

const PATIENCE: Duration = Duration::from_secs(60);
/// So many connections are opened before memory is measured: the first ones pay for what all share.
const WARM: usize = 50;
const HEALTH: &str = "GET /livez HTTP/1.1\r\nhost: shop\r\n\r\n";

fn address(process: &Process) -> SocketAddr {
    process.base_url().trim_start_matches("http://").parse().unwrap()
}

async fn connect(process: &Process, sent: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address(process)).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    stream
}

/// Reads until the other side closes the connection, and gives what it sent before.
async fn cut_off(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let end = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
    // Reset or closed: it is over either way.
    let _: io::Result<usize> = end.expect("the connection is cut off");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends a request on a connection and reads its answer's beginning.
async fn answered(stream: &mut TcpStream) -> bool {
    let mut begin = [0; 12];
    let asked = async {
        stream.write_all(HEALTH.as_bytes()).await?;
        stream.read_exact(&mut begin).await
    };
    tokio::time::timeout(PATIENCE, asked).await.is_ok_and(|read| read.is_ok()) && begin == *b"HTTP/1.1 200"
}

/// Half-sent heads, bodies that do not come and answers that nobody reads: each is cut off within its limit, and others
/// are served meanwhile.
pub(crate) async fn stalling(engine: Engine) {
    let home = Home::new(engine).await;
    let mut program = program_at(&home);
    for limit in ["header_read_ms", "body_read_ms", "write_stall_ms"] {
        program = program.set(&format!("limits.{limit}"), 1000);
    }
    let process = program.start(&[]);
    let (mut heads, mut bodies, mut readers) = (Vec::new(), Vec::new(), Vec::new());
    // The document, so often that no buffer holds it all.
    let greedy = "GET /openapi.json HTTP/1.1\r\nhost: shop\r\n\r\n".repeat(200);
    for _ in 0..20 {
        heads.push(connect(&process, "GET /livez HTTP/1.1\r\nhost: sh").await);
        bodies.push(
            connect(
                &process,
                "POST /v1/register HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n\
                 content-length: 100\r\n\r\n{\"email\":",
            )
            .await,
        );
        readers.push(connect(&process, &greedy).await);
    }
    Caller::new(process.base_url().to_owned()).get("/v1/products").await.expect(200);
    for head in join_all(heads.into_iter().map(cut_off)).await {
        assert!(head.is_empty() || head.starts_with("HTTP/1.1 408 "), "{head}");
    }
    for body in join_all(bodies.into_iter().map(cut_off)).await {
        assert!(body.starts_with("HTTP/1.1 408 "), "{body}");
    }
    // They have not read for longer than the limit, and are cut off with most of their answers unsent.
    tokio::time::sleep(Duration::from_secs(3)).await;
    for answers in join_all(readers.into_iter().map(cut_off)).await {
        let whole = answers.matches("HTTP/1.1 200 ").count();
        assert!(whole < 200, "a client that does not read was sent everything");
    }
    Caller::new(process.base_url().to_owned()).get("/v1/products").await.expect(200);
}

/// Connections that are open and do nothing: others are served, each of them still works, and the memory is small.
pub(crate) async fn idle(engine: Engine) {
    let home = Home::new(engine).await;
    let number = size::connections();
    #[cfg(target_os = "linux")]
    raise_descriptors();
    let process = program_at(&home).set("limits.max_connections", number + WARM + 100).start(&[]);
    let mut connections = Vec::new();
    let mut before = 0;
    for nth in 0..number + WARM {
        if nth == WARM {
            before = process.resident();
        }
        let mut connection = connect(&process, "").await;
        assert!(answered(&mut connection).await);
        read_on(&mut connection).await;
        connections.push(connection);
    }
    Caller::new(process.base_url().to_owned()).get("/v1/products").await.expect(200);
    // They fall asleep after a second without a request.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let each = process.resident().saturating_sub(before) / number as u64;
    println!("{number} idle connections: {each} bytes each");
    assert!(each < 64 * 1024, "{each} bytes for each of {number} idle connections");
    for connection in connections.iter_mut().step_by(50) {
        assert!(answered(connection).await, "an idle connection does not work any more");
    }
}

/// Reads on to the end of the answer to [`HEALTH`], whose head says how long its body is.
async fn read_on(stream: &mut TcpStream) {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            if body.len() >= length.map_or(0, |length| length.trim().parse().unwrap()) {
                return;
            }
        }
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0);
    }
}

#[cfg(target_os = "linux")]
fn raise_descriptors() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
}

/// Without a free file descriptor nobody new is served, and the server does not spin; when some are free again, it
/// serves.
#[cfg(target_os = "linux")]
pub(crate) async fn out_of_descriptors(engine: Engine) {
    use rustix::process::Resource;

    let home = Home::new(engine).await;
    let process = program_at(&home).start(&[]);
    Caller::new(process.base_url().to_owned()).get("/v1/products").await.expect(200);
    let limit = process.open_files() + 20;
    process.limit(Resource::Nofile, Some(limit as u64)).unwrap();
    let mut connections = Vec::new();
    for _ in 0..60 {
        connections.push(connect(&process, HEALTH).await);
    }
    let full = async {
        while process.open_files() < limit {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, full).await.expect("the server takes what descriptors there are");
    // A loop that tries again at once would take the whole second of a processor.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = process.cpu();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let spent = process.cpu() - before;
    assert!(spent < Duration::from_millis(300), "{spent:?} of processor time in a second without work");

    drop(connections);
    let mut connection = connect(&process, "").await;
    assert!(answered(&mut connection).await, "{}", process.output());
    assert!(!process.output().contains("panicked"), "{}", process.output());
}
