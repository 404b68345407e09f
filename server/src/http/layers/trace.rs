//! What is told of each request: one span around it, one line about it, its time and status in the metrics, and its
//! trace. All of it names the path's template instead of the path.

use std::{io, pin::pin, sync::Arc, time::Instant};

use opentelemetry::{
    Context,
    trace::{FutureExt, TraceContextExt},
};
use poem::{Body, Endpoint, Middleware, Request, Response, http::HeaderName};
use tracing::{Instrument, Span, field, info_span};

use super::request_id::RequestId;
use crate::{
    http::routes::{Route, RouteTable},
    telemetry::{
        Telemetry,
        metrics::{Active, HttpMetrics, UNKNOWN_ROUTE},
        traces::{self, Incoming},
    },
};

/// What is told when the client goes away before its answer (nginx's number; never sent).
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// Tells the caller which trace its request has become.
const TRACE_RESPONSE: HeaderName = HeaderName::from_static("traceresponse");

/// The layer. It has to stand inside of [`super::request_id::RequestIds`].
#[derive(Debug, Clone)]
pub struct Trace {
    routes: Arc<RouteTable>,
    metrics: Arc<HttpMetrics>,
    telemetry: Telemetry,
}

impl Trace {
    /// Tells of requests to these routes.
    pub fn new(routes: Arc<RouteTable>, telemetry: Telemetry) -> Self {
        let metrics = HttpMetrics::new(&telemetry.metrics, routes.templates());
        Self { routes, metrics, telemetry }
    }
}

impl<E: Endpoint<Output = Response>> Middleware<E> for Trace {
    type Output = Traced<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Traced { inner, layer: self.clone() }
    }
}

/// An endpoint whose requests are told of.
#[derive(Debug)]
pub struct Traced<E> {
    inner: E,
    layer: Trace,
}

impl<E: Endpoint<Output = Response>> Endpoint for Traced<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let told = self.layer.begin(&request);
        let span = told.span.clone();
        let inner = pin!(self.inner.call(request).instrument(span));
        let response = match told.trace.clone() {
            Some(trace) => inner.with_context(trace).await?,
            None => inner.await?,
        };
        Ok(told.finish(response))
    }
}

impl Trace {
    fn begin(&self, request: &Request) -> Told {
        let route = self.routes.find(request.uri().path());
        let template = route.map_or(UNKNOWN_ROUTE, Route::template);
        let active = self.metrics.begin(route.map(Route::place), request.method());
        let incoming = Incoming::read(request.headers());
        let trace = self.telemetry.traces.as_ref().map(|traces| {
            // An unknown path is the caller's text: it does not belong into a trace either.
            let path = if route.is_some() { request.uri().path() } else { template };
            traces.request(&incoming, active.method(), template, path)
        });
        let trace_id = match &trace {
            Some(trace) => trace.span().span_context().trace_id(),
            None => incoming.trace_id(),
        };
        let span = info_span!(
            "request",
            request_id = RequestId::of(request).as_str(),
            trace_id = field::display(trace_id),
            operation = route.and_then(|route| route.operation(request.method())),
        );
        Told {
            begun: Instant::now(),
            active,
            route: template,
            span,
            trace,
            status: CLIENT_CLOSED_REQUEST,
            bytes: None,
        }
    }
}

/// What will be told of one request. Dropped before it is finished, it says that the client has gone.
struct Told {
    begun: Instant,
    active: Active,
    route: &'static str,
    span: Span,
    trace: Option<Context>,
    status: u16,
    bytes: Option<u64>,
}

impl Told {
    fn finish(mut self, mut response: Response) -> Response {
        self.status = response.status().as_u16();
        self.bytes = length(&mut response);
        if let Some(trace) = &self.trace
            && let Some(value) = traces::trace_response(trace.span().span_context())
        {
            response.headers_mut().insert(TRACE_RESPONSE, value);
        }
        response
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        let took = self.begun.elapsed();
        self.active.answered(self.status, took);
        if let Some(trace) = &self.trace {
            traces::end_request(trace, self.status);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let (status, bytes) = (self.status, self.bytes);
        self.span.in_scope(|| {
            tracing::info!(
                status,
                micros,
                bytes,
                method = self.active.method(),
                route = self.route,
                "answered"
            );
        });
    }
}

/// How many bytes the body has, if that is known before it is sent.
fn length(response: &mut Response) -> Option<u64> {
    let body: http_body_util::combinators::BoxBody<bytes::Bytes, io::Error> = response.take_body().into();
    let length = hyper::body::Body::size_hint(&body).exact();
    response.set_body(Body::from(body));
    length
}
