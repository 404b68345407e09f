//! What is traced of a call, in OpenTelemetry's words (semantic conventions for HTTP clients): a consumer's exporter needs
//! no translation.

use reqwest::{Request, Response};
use tracing::Span;
use tracing::field::Empty;

use crate::Operation;

/// The span of a call with all its repetitions.
pub(crate) fn span(request: &Request, operation_id: &'static str) -> Span {
    let (method, url) = (request.method().as_str(), request.url());
    let template = Operation::find(operation_id).map_or_else(|| url.path(), |operation| operation.path);
    tracing::info_span!(
        "call",
        otel.name = format_args!("{method} {template}"),
        otel.kind = "client",
        otel.status_code = Empty,
        operation = operation_id,
        http.request.method = method,
        url.template = template,
        url.full = url.as_str(),
        server.address = url.host_str(),
        server.port = url.port_or_known_default(),
        request_id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        "error.type" = Empty,
    )
}

/// Completes the current span with how the call ended.
pub(crate) fn record(result: &reqwest::Result<Response>, retries: u32) {
    let span = Span::current();
    if retries > 0 {
        span.record("http.request.resend_count", retries);
    }
    let error = match result {
        Ok(response) => {
            let status = response.status();
            span.record("http.response.status_code", status.as_u16());
            (status.is_client_error() || status.is_server_error()).then(|| status.as_u16().to_string())
        }
        Err(error) if error.is_timeout() => Some("timeout".to_owned()),
        Err(error) if error.is_connect() => Some("connect".to_owned()),
        Err(_) => Some("transport".to_owned()),
    };
    if let Some(error) = error {
        span.record("error.type", error);
        span.record("otel.status_code", "ERROR");
    }
}
