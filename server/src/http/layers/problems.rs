//! Every error leaves as `application/problem+json` (RFC 9457). The only place where errors become answers, and where
//! faults of the server are logged, once, with what caused them.

use std::{error::Error, sync::Arc};

use orderly_api_runtime::{Failure, StatusCode};
use poem::{
    Endpoint, Middleware, Request, Response,
    error::{MethodNotAllowedError, NotFoundError},
    http::{HeaderMap, header},
};

use super::request_id::RequestId;
use crate::{http::routes::RouteTable, telemetry};

/// The layer. It has to stand inside of [`super::request_id::RequestIds`] and around everything that can fail.
#[derive(Debug, Clone)]
pub struct Problems(pub Arc<RouteTable>);

impl<E: Endpoint<Output = Response>> Middleware<E> for Problems {
    type Output = WithProblems<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithProblems { inner, routes: self.0.clone() }
    }
}

/// Headers that a layer inside wants on the answer, whatever it is: kept in the error's data.
#[derive(Debug, Clone, Default)]
pub(super) struct ErrorHeaders(pub(super) HeaderMap);

/// An endpoint that does not fail.
#[derive(Debug)]
pub struct WithProblems<E> {
    inner: E,
    routes: Arc<RouteTable>,
}

impl<E: Endpoint<Output = Response>> Endpoint for WithProblems<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let id = RequestId::of(&request);
        let uri = request.uri().clone();
        let error = match self.inner.call(request).await {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        let headers = error.data::<ErrorHeaders>().cloned().unwrap_or_default();
        let mut response = self.answer(error, id.as_str(), uri.path());
        response.headers_mut().extend(headers.0);
        Ok(response)
    }
}

impl<E> WithProblems<E> {
    fn answer(&self, error: poem::Error, id: &str, path: &str) -> Response {
        if error.is_from_response() {
            return error.into_response();
        }
        let failure = self.failure(error, path);
        if failure.status.is_server_error() {
            log(&failure);
        }
        render(failure, id, path)
    }

    fn failure(&self, error: poem::Error, path: &str) -> Failure {
        if error.is::<NotFoundError>() {
            return Failure::new(StatusCode::NOT_FOUND, "route_not_found", "There is nothing at this path.");
        }
        if error.is::<MethodNotAllowedError>() {
            return self.method_not_allowed(path);
        }
        match error.downcast::<Failure>() {
            Ok(failure) => failure,
            // poem's own: a path that is no text.
            Err(error) if error.status() == StatusCode::BAD_REQUEST => {
                Failure::new(StatusCode::BAD_REQUEST, "validation_failed", "The path is not UTF-8.")
            }
            Err(error) => Failure::internal(error.to_string()),
        }
    }

    fn method_not_allowed(&self, path: &str) -> Failure {
        let mut failure = Failure::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "This path does not take this method; see the Allow header.",
        );
        if let Some(route) = self.routes.find(path) {
            failure.headers.insert(header::ALLOW, route.allow());
        }
        failure
    }
}

/// A server that is busy or stopping is no fault: 503 is a warning.
fn log(failure: &Failure) {
    let (status, code) = (failure.status.as_u16(), failure.code.as_ref());
    let cause = failure.source().map(telemetry::chain);
    if failure.status == StatusCode::SERVICE_UNAVAILABLE {
        tracing::warn!(status, code, cause, "{}", failure.detail);
    } else {
        tracing::error!(status, code, cause, "{}", failure.detail);
    }
}

fn render(failure: Failure, request_id: &str, instance: &str) -> Response {
    let mut response = Response::builder()
        .status(failure.status)
        .content_type("application/problem+json")
        .body(failure.to_problem(request_id, instance));
    response.headers_mut().extend(failure.headers);
    response
}
