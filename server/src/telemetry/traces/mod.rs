//! Traces: a span for each request and each call of the storage contract, sent to an OpenTelemetry collector by
//! OTLP over HTTP. Without a configured collector there is none of this, and nothing of it costs anything.
//!
//! Spans wait in a bounded queue and are sent in batches from a thread of their own: a slow or absent collector costs
//! spans, never time of a request.

mod collector;
mod export;
mod incoming;

use std::{fmt, time::Duration};

use opentelemetry::{
    Context, KeyValue,
    trace::{SpanKind, Status, TraceContextExt, Tracer, TracerProvider},
};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracer, SdkTracerProvider},
};

pub use self::incoming::{Incoming, trace_response};
use self::{collector::Collector, export::Exporter};
use super::{Metrics, metrics::Outcome};

/// So many ended spans wait for the collector at most.
const QUEUE: usize = 8_192;
/// So many are sent at once.
const BATCH: usize = 512;
/// How long an ended span waits for others to be sent with.
const DELAY: Duration = Duration::from_secs(2);
/// Time for one batch to be taken, repetitions included.
const EXPORT_LIMIT: Duration = Duration::from_secs(5);
/// Time for what is queued to be sent when the server stops.
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// The way to the configured collector. Clones share it.
#[derive(Clone)]
pub struct Traces {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

/// Why traces cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum TracesError {
    /// The exporter cannot be made.
    #[error("traces cannot be sent to {endpoint}")]
    Exporter {
        /// Where to.
        endpoint: String,
        /// Why.
        source: ExporterBuildError,
    },
    /// The HTTP client cannot be made.
    #[error("the HTTP client for traces cannot be made")]
    Client(#[from] reqwest::Error),
}

impl Traces {
    /// Begins to send traces to the collector at this address: `ratio` of those that begin here, and those of which
    /// the caller says so. Has to be called on the runtime that serves.
    ///
    /// # Errors
    /// If the exporter cannot be made; an absent collector is no error.
    pub fn start(collector: &str, ratio: f64, metrics: &Metrics) -> Result<Self, TracesError> {
        let endpoint = format!("{}/v1/traces", collector.trim_end_matches('/'));
        let collector = Collector::new(EXPORT_LIMIT / 2)?;
        let failure = collector.last_failure();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(&endpoint)
            .with_timeout(EXPORT_LIMIT)
            .with_http_client(collector)
            .build()
            .map_err(|source| TracesError::Exporter { endpoint: endpoint.clone(), source })?;
        let exporter = Exporter::new(exporter, endpoint, failure, metrics);
        Ok(Self::with_exporter(exporter, ratio))
    }

    fn with_exporter(exporter: impl opentelemetry_sdk::trace::SpanExporter + 'static, ratio: f64) -> Self {
        let batches = BatchConfigBuilder::default()
            .with_max_queue_size(QUEUE)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(DELAY)
            .build();
        let resource = Resource::builder()
            .with_service_name("orderly-server")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        // Whoever called decides for its whole trace; the ratio is for traces that begin here.
        let sampler = Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(ratio)));
        let provider = SdkTracerProvider::builder()
            .with_span_processor(BatchSpanProcessor::builder(exporter).with_batch_config(batches).build())
            .with_sampler(sampler)
            .with_resource(resource)
            .build();
        Self { tracer: provider.tracer("orderly-server"), provider }
    }

    /// Begins the span of a request: `incoming` is what its caller said of its own trace, `route` the path's template.
    pub fn request(&self, incoming: &Incoming, method: &str, route: &'static str, path: &str) -> Context {
        let attributes = [
            KeyValue::new("http.request.method", method.to_owned()),
            KeyValue::new("http.route", route),
            KeyValue::new("url.path", path.to_owned()),
        ];
        let span = self
            .tracer
            .span_builder(format!("{method} {route}"))
            .with_kind(SpanKind::Server)
            .with_attributes(attributes);
        let parent = incoming.context();
        parent.with_span(span.start_with_context(&self.tracer, parent))
    }

    /// Begins the span of a storage call within the running request; none if that is not traced.
    pub fn storage(&self, system: &'static str, operation: &'static str) -> Option<Context> {
        let request = Context::current();
        if !request.span().span_context().is_sampled() {
            return None;
        }
        let span = self.tracer.span_builder(operation).with_kind(SpanKind::Client).with_attributes([
            KeyValue::new("db.system.name", system),
            KeyValue::new("db.operation.name", operation),
        ]);
        Some(request.with_span(span.start_with_context(&self.tracer, &request)))
    }

    /// Sends what has not been sent, for a few seconds at most; from now on there are no spans.
    pub async fn stop(self) {
        let stopping = tokio::task::spawn_blocking(move || self.provider.shutdown_with_timeout(STOP_LIMIT));
        if let Ok(Err(error)) = stopping.await {
            tracing::warn!(%error, "not all spans were sent before the end");
        }
    }
}

impl fmt::Debug for Traces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Traces").finish_non_exhaustive()
    }
}

/// Ends the span of a request with its answer. An answer that says that the caller was wrong is no error here.
pub fn end_request(span: &Context, status: u16) {
    let span = span.span();
    span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status)));
    if status >= 500 {
        span.set_attribute(KeyValue::new("error.type", status.to_string()));
        span.set_status(Status::error(""));
    }
    span.end();
}

/// Ends the span of a storage call with what became of it.
pub fn end_storage(span: &Context, outcome: Outcome) {
    let span = span.span();
    if let Some(error) = outcome.error_type() {
        span.set_attribute(KeyValue::new("error.type", error));
        span.set_status(Status::error(""));
    }
    span.end();
}
