//! How large the work on one request is while it waits: hyper keeps room for it in every connection that is awake, and
//! each move from one place to another copies all of it.

use orderly_api::{DOCUMENT_JSON, DOCUMENT_YAML};
use orderly_server::{
    http::{Api, Edge, app, docs::Source, load::Load},
    ops::Readiness,
    rate::RateLimits,
    storage::Store,
    telemetry::Telemetry,
};
use poem::{Endpoint, Request, Route};

use crate::server::config;

/// A future that another one takes as an argument is kept twice. Before futures were pinned where they are made, the
/// layers around the routes came to 180 KiB, and copying them took most of a request's time.
#[tokio::test]
async fn the_layers_around_a_request_take_little_room() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(&folder);
    let store = Store::open(&config).await.unwrap();
    let edge = Edge { load: Load::new(&config.limits), rates: RateLimits::new(&config.rate, store) };
    let api = Api {
        endpoint: Route::new(),
        operations: &[],
        source: Source { json: DOCUMENT_JSON, yaml: DOCUMENT_YAML },
    };
    let telemetry = Telemetry::default();
    let app = app(api, Readiness::new(Vec::new()), &config, &edge, &telemetry, None).unwrap();
    let size = size_of_val(&app.call(Request::default()));
    assert!(size < 16 * 1024, "{size} bytes");
}
