//! One span around each request and one line about it, with the path's template instead of its values.

use std::{sync::Arc, time::Instant};

use poem::{Endpoint, Middleware, Request, Response, http::Method};
use tracing::{Instrument, Span, info_span};

use super::request_id::RequestId;
use crate::http::routes::{Route, RouteTable};

/// What is logged when the client goes away before its answer (nginx's number; never sent).
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// The layer. It has to stand inside of [`super::request_id::RequestIds`].
#[derive(Debug, Clone)]
pub struct Trace(pub Arc<RouteTable>);

impl<E: Endpoint<Output = Response>> Middleware<E> for Trace {
    type Output = Traced<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Traced { inner, routes: self.0.clone() }
    }
}

/// An endpoint whose requests are logged.
#[derive(Debug)]
pub struct Traced<E> {
    inner: E,
    routes: Arc<RouteTable>,
}

impl<E: Endpoint<Output = Response>> Endpoint for Traced<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let route = self.routes.find(request.uri().path());
        let span = info_span!(
            "request",
            request_id = RequestId::of(&request).as_str(),
            method = request.method().as_str(),
            operation = route.and_then(|route| route.operation(request.method())),
        );
        let line = AccessLine::begin(span.clone(), &request, route);
        let response = self.inner.call(request).instrument(span).await?;
        line.finish(response.status().as_u16());
        Ok(response)
    }
}

/// The line about one request. Dropped before it is finished, it says that the client has gone.
struct AccessLine {
    span: Span,
    method: Method,
    route: &'static str,
    begun: Instant,
    status: u16,
}

impl AccessLine {
    fn begin(span: Span, request: &Request, route: Option<&Route>) -> Self {
        Self {
            span,
            method: request.method().clone(),
            // An unknown path is the caller's text: it does not belong into a log.
            route: route.map_or("unknown", Route::template),
            begun: Instant::now(),
            status: CLIENT_CLOSED_REQUEST,
        }
    }

    fn finish(mut self, status: u16) {
        self.status = status;
    }
}

impl Drop for AccessLine {
    fn drop(&mut self) {
        let micros = u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.span.in_scope(|| {
            tracing::info!(status = self.status, micros, "{} {}", self.method, self.route);
        });
    }
}
