//! Counts and times, for whoever collects them.

use poem::{Response, handler, web::Data};

use crate::telemetry::{Metrics, metrics::MEDIA_TYPE};

/// Counts and times
///
/// OpenMetrics text, which Prometheus collects: names as OpenTelemetry calls them, in seconds and bytes.
#[utoipa::path(get, path = "/metrics", operation_id = "metrics", tag = "metrics", responses(
    (status = 200, description = "All metrics as they are now.", body = String,
     content_type = "application/openmetrics-text")
))]
#[handler]
pub(crate) fn metrics(metrics: Data<&Metrics>) -> Response {
    Response::builder().content_type(MEDIA_TYPE).body(metrics.text())
}
