//! Operational endpoints: is the process alive, is it ready, which version is it. Described code-first; the document
//! is the second one that the documentation page shows.

use std::{
    collections::BTreeMap,
    error::Error,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::future::{BoxFuture, join_all};
use orderly_api_runtime::{Failure, StatusCode};
use poem::{
    handler,
    http::{HeaderValue, header},
    web::{Data, Json},
};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// Method, path and operation of each endpoint below.
pub const OPERATIONS: [(&str, &str, &str); 3] =
    [("GET", "/livez", "livez"), ("GET", "/readyz", "readyz"), ("GET", "/version", "version")];

/// A dependency that does not answer within this time is down.
const CHECK_LIMIT: Duration = Duration::from_secs(2);

/// Asks one dependency whether it works.
pub type Check = Box<dyn Fn() -> BoxFuture<'static, Result<(), Box<dyn Error + Send + Sync>>> + Send + Sync>;

/// Whether the server can do its work.
pub struct Readiness {
    stopping: AtomicBool,
    checks: Vec<(&'static str, Check)>,
}

impl Readiness {
    /// Ready while every check passes.
    pub fn new(checks: Vec<(&'static str, Check)>) -> Arc<Self> {
        Arc::new(Self { stopping: AtomicBool::new(false), checks })
    }

    /// From now on the server says that it is not ready, so that nobody sends it more.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    async fn look(&self) -> Ready {
        let asked = self.checks.iter().map(|(name, check)| async move {
            let state = match tokio::time::timeout(CHECK_LIMIT, check()).await {
                Ok(Ok(())) => State::Ok,
                Ok(Err(error)) => {
                    tracing::warn!(check = name, %error, "a dependency fails");
                    State::Failing
                }
                Err(_) => State::TimedOut,
            };
            ((*name).to_owned(), state)
        });
        let mut checks: BTreeMap<_, _> = join_all(asked).await.into_iter().collect();
        if self.stopping.load(Ordering::Relaxed) {
            checks.insert("server".to_owned(), State::Stopping);
        }
        let ready = checks.values().all(|state| *state == State::Ok);
        Ready { status: if ready { State::Ok } else { State::Failing }, checks }
    }
}

impl fmt::Debug for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readiness").field("stopping", &self.stopping).finish_non_exhaustive()
    }
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It works.
    Ok,
    /// It says that it does not work.
    Failing,
    /// It does not say anything in time.
    TimedOut,
    /// The server is shutting down.
    Stopping,
}

/// That the process answers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Alive {
    /// Always `ok`.
    pub status: State,
}

/// That the server and what it depends on work.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Ready {
    /// `ok` if everything below is.
    pub status: State,
    /// Each dependency by its name.
    pub checks: BTreeMap<String, State>,
}

/// Which program this is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Version {
    /// The program's name.
    #[schema(example = "orderly-server")]
    pub name: &'static str,
    /// Its version.
    #[schema(example = "0.1.0")]
    pub version: &'static str,
}

/// Whether the process answers
///
/// It asks nothing of anything else: restart the process when this fails.
#[utoipa::path(get, path = "/livez", operation_id = "livez", tag = "operations", responses(
    (status = 200, description = "The process answers.", body = Alive)
))]
#[handler]
pub(crate) fn livez() -> Json<Alive> {
    Json(Alive { status: State::Ok })
}

/// Whether the server can work
///
/// Send it no requests while this fails. It fails first when the server is told to stop.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz", tag = "operations", responses(
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
#[utoipa::path(get, path = "/version", operation_id = "version", tag = "operations", responses(
    (status = 200, description = "Name and version.", body = Version)
))]
#[handler]
pub(crate) fn version() -> Json<Version> {
    Json(Version { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") })
}

#[derive(OpenApi)]
#[openapi(
    paths(livez, readyz, version),
    components(schemas(Alive, Ready, Version, State)),
    info(
        title = "Orderly operations",
        description = "Endpoints for whoever runs the server.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "This server")),
    tags((name = "operations", description = "Health and version."))
)]
struct Operations;

/// The description of these endpoints: OpenAPI 3.1 as JSON.
///
/// # Panics
/// Never: the description holds nothing that JSON cannot.
pub fn document() -> String {
    Operations::openapi().to_json().expect("a description serialises")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_describes_each_endpoint_under_our_licence() {
        let document: serde_json::Value = serde_json::from_str(&document()).unwrap();
        for (method, path, operation) in OPERATIONS {
            assert_eq!(document["paths"][path][method.to_lowercase()]["operationId"], operation, "{path}");
        }
        assert_eq!(document["paths"].as_object().unwrap().len(), OPERATIONS.len());
        assert_eq!(document["info"]["license"]["name"], "MIT OR Apache-2.0");
    }

    #[tokio::test(start_paused = true)]
    async fn a_failing_or_silent_dependency_makes_the_server_unready() {
        let good: Check = Box::new(|| Box::pin(async { Ok(()) }));
        let bad: Check = Box::new(|| Box::pin(async { Err("disk on fire".into()) }));
        let silent: Check = Box::new(|| Box::pin(std::future::pending()));
        let ready = Readiness::new(vec![("good", good), ("bad", bad), ("silent", silent)]).look().await;
        assert_eq!(ready.status, State::Failing);
        let states: Vec<_> = ready.checks.values().copied().collect();
        assert_eq!(states, [State::Failing, State::Ok, State::TimedOut]);
    }

    #[tokio::test]
    async fn a_stopping_server_is_unready() {
        let readiness = Readiness::new(Vec::new());
        assert_eq!(readiness.look().await.status, State::Ok);
        readiness.stop();
        assert_eq!(readiness.look().await.status, State::Failing);
    }
}
