//! Is the process alive, is it ready, which version is it.

use std::sync::Arc;

use orderly_api_runtime::{Failure, StatusCode};
use poem::{
    handler,
    http::{HeaderValue, header},
    web::{Data, Json},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::readiness::{Readiness, Ready, State};

/// That the process answers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Alive {
    /// Always `ok`.
    status: State,
}

/// Which program this is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Version {
    /// The program's name.
    #[schema(example = "orderly-server")]
    name: &'static str,
    /// Its version.
    #[schema(example = "0.1.0")]
    version: &'static str,
}

/// Whether the process answers
///
/// It asks nothing of anything else: restart the process when this fails.
#[utoipa::path(get, path = "/livez", operation_id = "livez", tag = "health", responses(
    (status = 200, description = "The process answers.", body = Alive)
))]
#[handler]
pub(crate) fn livez() -> Json<Alive> {
    Json(Alive { status: State::Ok })
}

/// Whether the server can work
///
/// Send it no requests while this fails. It fails first when the server is told to stop.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz", tag = "health", responses(
    (status = 200, description = "Everything works.", body = Ready),
    (status = 503, description = "Not ready: the problem's `checks` say why.", content_type = "application/problem+json")
))]
#[handler]
pub(crate) async fn readyz(readiness: Data<&Arc<Readiness>>) -> Result<Json<Ready>, Failure> {
    let ready = readiness.look().await;
    if ready.status == State::Ok {
        return Ok(Json(ready));
    }
    let mut failure = Failure::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", "The server is not ready.");
    failure.headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    failure.extra.insert("checks".to_owned(), serde_json::json!(ready.checks));
    Err(failure)
}

/// Name and version of the program
#[utoipa::path(get, path = "/version", operation_id = "version", tag = "health", responses(
    (status = 200, description = "Name and version.", body = Version)
))]
#[handler]
pub(crate) fn version() -> Json<Version> {
    Json(Version { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") })
}
