//! What the SDK costs beside the call itself: the same request to the same local server, once with reqwest alone and once
//! with the SDK, in turn. `docs/benchmarks.md` tells what came of it.
//!
//! CPU time is this thread's, so the server's is not in it; the lowest of the spans tells most on a machine that is shared.
//! Run it on one core (`taskset -c 0`): on two, the core that a connection's thread is on makes a larger difference.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use orderly_client::{Client, Error, types};
use rustix::time::{ClockId, clock_gettime};

/// Spans of each way, in turn.
const SPANS: usize = 15;
/// Calls in a span.
const CALLS: u32 = 1_000;

const PRODUCT: &str = "prd_01jd0q5x8yf6r9v2k3m4n5p6q7";
const PRODUCT_JSON: &str = r#"{"id":"prd_01jd0q5x8yf6r9v2k3m4n5p6q7","sku":"MUG-1","name":"Stoneware mug, 350 ml","description":"Hand-glazed, dishwasher safe.","price":{"amount":1250,"currency":"EUR"},"stock":3,"active":true,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}"#;
const ORDER_JSON: &str = r#"{"id":"ord_01jd0q5x8yf6r9v2k3m4n5p6q7","account_id":"usr_01jd0q5x8yf6r9v2k3m4n5p6q7","status":"placed","lines":[{"product_id":"prd_01jd0q5x8yf6r9v2k3m4n5p6q7","sku":"MUG-1","name":"Mug","unit_price":{"amount":1250,"currency":"EUR"},"quantity":2,"total":{"amount":2500,"currency":"EUR"}}],"total":{"amount":2500,"currency":"EUR"},"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}"#;

/// What a call costs on average over a span.
#[derive(Clone, Copy)]
struct Cost {
    cpu: f64,
    time: f64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = format!("http://{}", serve()?);
    let sdk = Client::builder(&url).token("secret").build()?;
    let http = reqwest::Client::new();
    println!(
        "CPU µs a call: lowest (median) of {SPANS} spans of {CALLS} calls; latency: median of the means"
    );

    let (mut bare, mut own) = (Vec::new(), Vec::new());
    for _ in 0..SPANS {
        bare.push(span(async || get_bare(&http, &url).await).await?);
        own.push(span(async || get_sdk(&sdk).await).await?);
    }
    report("get a product", &bare, &own);

    let (mut bare, mut own) = (Vec::new(), Vec::new());
    for _ in 0..SPANS {
        bare.push(span(async || post_bare(&http, &url).await).await?);
        own.push(span(async || post_sdk(&sdk).await).await?);
    }
    report("place an order", &bare, &own);
    Ok(())
}

async fn get_bare(http: &reqwest::Client, url: &str) -> Result<(), Error> {
    let call = http.get(format!("{url}/v1/products/{PRODUCT}")).bearer_auth("secret");
    let product: types::Product = call.send().await?.json().await?;
    std::hint::black_box(product);
    Ok(())
}

async fn get_sdk(sdk: &Client) -> Result<(), Error> {
    std::hint::black_box(sdk.get_product().product_id(PRODUCT).await?);
    Ok(())
}

async fn post_bare(http: &reqwest::Client, url: &str) -> Result<(), Error> {
    let call = http.post(format!("{url}/v1/orders")).bearer_auth("secret");
    let call = call.header("Idempotency-Key", "0190a1b2-0000-7000-8000-000000000000").json(&order()?);
    let order: types::Order = call.send().await?.json().await?;
    std::hint::black_box(order);
    Ok(())
}

async fn post_sdk(sdk: &Client) -> Result<(), Error> {
    std::hint::black_box(sdk.create_order().body(order()?).await?);
    Ok(())
}

fn order() -> Result<types::OrderCreate, Error> {
    let line = types::OrderLineCreate::builder().product_id(PRODUCT).quantity(2).try_into()?;
    Ok(types::OrderCreate::builder().lines(vec![line]).try_into()?)
}

async fn span(call: impl AsyncFn() -> Result<(), Error>) -> Result<Cost, Error> {
    let (began, cpu) = (Instant::now(), cpu());
    for _ in 0..CALLS {
        call().await?;
    }
    let each = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(CALLS);
    Ok(Cost { cpu: each(self::cpu().saturating_sub(cpu)), time: each(began.elapsed()) })
}

/// CPU time of this thread.
fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.try_into().unwrap_or_default())
}

fn report(name: &str, bare: &[Cost], own: &[Cost]) {
    let lowest = |costs: &[Cost]| costs.iter().map(|cost| cost.cpu).fold(f64::INFINITY, f64::min);
    let middle = |costs: &[Cost], of: fn(&Cost) -> f64| {
        let mut figures: Vec<f64> = costs.iter().map(of).collect();
        figures.sort_unstable_by(f64::total_cmp);
        figures[figures.len() / 2]
    };
    let line = |way: &str, costs: &[Cost]| {
        let (cpu, time) = (middle(costs, |cost| cost.cpu), middle(costs, |cost| cost.time));
        println!("{name:<16} {way:<8} CPU {:>6.1} ({cpu:.1})   latency {time:>6.1}", lowest(costs));
    };
    line("reqwest", bare);
    line("SDK", own);
    println!(
        "{name:<16} ratio    CPU {:>6.2} ({:.2})   latency {:>6.2}",
        lowest(own) / lowest(bare),
        middle(own, |cost| cost.cpu) / middle(bare, |cost| cost.cpu),
        middle(own, |cost| cost.time) / middle(bare, |cost| cost.time),
    );
}

/// Answers every request on a thread for each connection, with what its method asks for.
fn serve() -> io::Result<SocketAddr> {
    let socket = TcpListener::bind("127.0.0.1:0")?;
    let address = socket.local_addr()?;
    std::thread::spawn(move || {
        for stream in socket.incoming().flatten() {
            // A connection ends when the client does.
            std::thread::spawn(move || answer(stream));
        }
    });
    Ok(address)
}

fn answer(stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut output = stream.try_clone()?;
    let mut input = BufReader::new(stream);
    loop {
        let (mut line, mut length, mut is_post) = (String::new(), 0, false);
        loop {
            line.clear();
            if input.read_line(&mut line)? == 0 {
                return Ok(());
            }
            is_post |= line.starts_with("POST ");
            let header = line.trim_end().split_once(": ");
            if let Some((_, value)) = header.filter(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
                length = value.parse().unwrap_or_default();
            }
            if line == "\r\n" {
                break;
            }
        }
        input.read_exact(&mut vec![0; length])?;
        let (status, body) = if is_post { ("201 Created", ORDER_JSON) } else { ("200 OK", PRODUCT_JSON) };
        let length = body.len();
        let head = "Content-Type: application/json\r\nX-Request-ID: 0190a1b2";
        write!(output, "HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {length}\r\n\r\n{body}")?;
    }
}
