//! Endpoints for whoever runs the server. Described code-first; the document is the second one that the documentation
//! page shows.
//!
//! Health and version are answered on the API's own address, where load balancers probe what they send requests to,
//! and on the operations listener. Metrics, profiles and memory are answered on the operations listener only.

mod document;
mod health;
mod heap;
mod listener;
mod metrics;
mod profile;
mod readiness;

use std::sync::Arc;

use poem::{Endpoint, EndpointExt, Response, Route, get};

pub use self::{
    document::document,
    listener::OperationsListener,
    readiness::{Check, Readiness, State},
};
use crate::{
    http::{
        layers::{headers::SecurityHeaders, panics::CatchPanics, problems::Problems, request_id::RequestIds},
        routes::RouteTable,
    },
    telemetry::Metrics,
};

/// Method, path and operation of each endpoint that is on the API's address as well.
pub const OPERATIONS: [(&str, &str, &str); 3] =
    [("GET", "/livez", "livez"), ("GET", "/readyz", "readyz"), ("GET", "/version", "version")];

/// Method, path and operation of each endpoint that is on the operations listener only.
pub const LISTENER_OPERATIONS: [(&str, &str, &str); 3] =
    [("GET", "/metrics", "metrics"), ("GET", "/debug/profile", "profile"), ("GET", "/debug/heap", "heap")];

/// The endpoints of [`OPERATIONS`].
pub(crate) fn health(readiness: Arc<Readiness>) -> Route {
    Route::new()
        .at("/livez", get(health::livez))
        .at("/readyz", get(health::readyz).data(readiness))
        .at("/version", get(health::version))
}

/// Everything that the operations listener answers. There are no access lines: whoever collects metrics comes every few
/// seconds.
pub fn app(
    readiness: Arc<Readiness>,
    metrics: Metrics,
    profiling: bool,
) -> impl Endpoint<Output = Response> + 'static {
    let table = Arc::new(RouteTable::new(OPERATIONS.into_iter().chain(LISTENER_OPERATIONS)));
    health(readiness)
        .at("/metrics", get(metrics::metrics).data(metrics))
        .at("/debug/profile", get(profile::profile).data(profile::Profiles::new(profiling)))
        .at("/debug/heap", get(heap::heap))
        .with(CatchPanics)
        .with(Problems(table))
        .with(SecurityHeaders { is_secure: false })
        .with(RequestIds)
}
