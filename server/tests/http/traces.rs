//! Traces: what a collector is given, and that one which fails is nobody else's trouble.

use std::{net::SocketAddr, sync::Arc};

use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::{Span, span::SpanKind},
};
use orderly_server::telemetry::{Metrics, Telemetry, Traces};
use prost::Message;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

use super::{
    client::{PATIENCE, get, request},
    server::Shop,
};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// A collector that keeps the spans that it is given.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Span>>>);

impl Collector {
    async fn start(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let collector = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                collector.clone().take(stream).await;
            }
        });
        address
    }

    async fn take(self, mut stream: TcpStream) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap().to_lowercase();
        assert!(head.starts_with("post /v1/traces http/1.1\r\n"), "{head}");
        assert!(head.contains("content-type: application/x-protobuf\r\n"), "{head}");
        let length = head.split("content-length: ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.unwrap();
        let export = ExportTraceServiceRequest::decode(body.as_slice()).unwrap();
        for resource in export.resource_spans {
            let service = resource.resource.unwrap().attributes;
            assert_eq!(attribute(&service, "service.name"), "orderly-server");
            self.0.lock().await.extend(resource.scope_spans.into_iter().flat_map(|scope| scope.spans));
        }
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        stream.write_all(answer.as_bytes()).await.unwrap();
    }

    /// The span of this name in this trace.
    async fn span(&self, trace: &str, name: &str) -> Option<Span> {
        let spans = self.0.lock().await;
        spans.iter().find(|span| hex(&span.trace_id) == trace && span.name == name).cloned()
    }
}

fn attribute(attributes: &[KeyValue], key: &str) -> String {
    let found = attributes.iter().find(|attribute| attribute.key == key);
    let value = found.and_then(|found| found.value.clone()?.value);
    match value.unwrap_or_else(|| panic!("{key} in {attributes:?}")) {
        Value::StringValue(text) => text,
        Value::IntValue(number) => number.to_string(),
        other => panic!("{key}: {other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A server that sends `ratio` of its own traces to this collector.
async fn shop(collector: SocketAddr, ratio: f64) -> (Shop, Telemetry) {
    let metrics = Metrics::default();
    let traces = Traces::start(&format!("http://{collector}/"), ratio, &metrics).unwrap();
    let telemetry = Telemetry { metrics, traces: Some(traces) };
    (Shop::telling(&telemetry, |_| {}).await, telemetry)
}

async fn stopped(shop: Shop, telemetry: Telemetry) {
    let stopping = async {
        shop.running.stop().await;
        telemetry.stop().await;
    };
    tokio::time::timeout(PATIENCE, stopping).await.expect("stopping has an end");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_callers_trace_goes_on_through_the_request_to_its_database_calls() {
    let collector = Collector::default();
    let (shop, telemetry) = shop(collector.start().await, 0.0).await;
    let traceparent = format!("traceparent: 00-{TRACE}-{CALLER}-01");
    let headers = [traceparent.as_str(), "tracestate: vendor=opaque"];
    let answer = request(shop.address, "GET", "/v1/products?limit=1", &headers).await;
    assert_eq!(answer.status, 200);
    let own = get(shop.address, "/v1/products").await;
    assert_eq!(own.header("traceresponse"), None, "none of its own traces is kept");
    stopped(shop, telemetry).await;

    let served = collector.span(TRACE, "GET /v1/products").await.expect("the request has a span");
    assert_eq!((hex(&served.parent_span_id).as_str(), served.kind()), (CALLER, SpanKind::Server));
    assert_eq!(served.trace_state, "vendor=opaque");
    for (key, value) in [
        ("http.request.method", "GET"),
        ("http.route", "/v1/products"),
        ("url.path", "/v1/products"),
        ("http.response.status_code", "200"),
    ] {
        assert_eq!(attribute(&served.attributes, key), value);
    }
    let response = format!("00-{TRACE}-{}-01", hex(&served.span_id));
    assert_eq!(answer.header("traceresponse"), Some(response.as_str()));

    let called = collector.span(TRACE, "products").await.expect("the database call has a span");
    assert_eq!((&called.parent_span_id, called.kind()), (&served.span_id, SpanKind::Client));
    assert_eq!(attribute(&called.attributes, "db.system.name"), "sqlite");
    assert!(called.start_time_unix_nano >= served.start_time_unix_nano);
    assert!(called.end_time_unix_nano <= served.end_time_unix_nano);
    let others = collector.0.lock().await.iter().filter(|span| hex(&span.trace_id) != TRACE).count();
    assert_eq!(others, 0, "the request without a trace was not sampled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_without_a_trace_begins_one_and_a_caller_that_keeps_none_is_heard() {
    let collector = Collector::default();
    let (shop, telemetry) = shop(collector.start().await, 1.0).await;
    let answer = get(shop.address, "/made-up").await;
    let response = answer.header("traceresponse").unwrap().to_owned();
    let unsampled = format!("traceparent: 00-{TRACE}-{CALLER}-00");
    assert_eq!(request(shop.address, "GET", "/livez", &[&unsampled]).await.header("traceresponse"), None);
    stopped(shop, telemetry).await;

    let trace = response.split('-').nth(1).unwrap();
    let span = collector.span(trace, "GET unknown").await.expect("the request has a span");
    assert!(span.parent_span_id.is_empty());
    assert_eq!(attribute(&span.attributes, "url.path"), "unknown", "a made-up path is the caller's text");
    assert!(collector.0.lock().await.iter().all(|span| hex(&span.trace_id) != TRACE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_costs_spans_and_nothing_else() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = nobody.local_addr().unwrap();
    drop(nobody);
    let (shop, telemetry) = shop(address, 1.0).await;
    let metrics = telemetry.metrics.clone();
    for _ in 0..20 {
        assert_eq!(get(shop.address, "/v1/products").await.status, 200);
    }
    stopped(shop, telemetry).await;
    let text = metrics.text();
    let lost =
        text.lines().find_map(|line| line.strip_prefix("orderly_trace_spans_total{outcome=\"lost\"} "));
    assert!(lost.unwrap().parse::<u32>().unwrap() >= 40, "requests and their database calls: {text}");
}
