//! The whole-request time limit: an answer begins in time, or the work for it is dropped and the answer is 504.

use std::time::Duration;

use orderly_api_runtime::{Failure, StatusCode};
use poem::{Endpoint, Middleware, Request, Response};

/// The layer, with the limit.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(pub Duration);

impl<E: Endpoint<Output = Response>> Middleware<E> for Deadline {
    type Output = WithDeadline<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithDeadline { inner, limit: self.0 }
    }
}

/// An endpoint that answers within the limit.
#[derive(Debug)]
pub struct WithDeadline<E> {
    inner: E,
    limit: Duration,
}

impl<E: Endpoint<Output = Response>> Endpoint for WithDeadline<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        match tokio::time::timeout(self.limit, self.inner.call(request)).await {
            Ok(result) => result,
            Err(_) => Err(deadline_exceeded().into()),
        }
    }
}

fn deadline_exceeded() -> Failure {
    Failure::new(
        StatusCode::GATEWAY_TIMEOUT,
        "deadline_exceeded",
        "The request took longer than the server allows.",
    )
}
