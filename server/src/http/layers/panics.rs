//! A panic in a handler is a fault of one request, not of the process.

use std::{any::Any, panic::AssertUnwindSafe};

use futures_util::FutureExt;
use orderly_api_runtime::Failure;
use poem::{Endpoint, Middleware, Request, Response};

/// A handler panicked, saying this.
#[derive(Debug, thiserror::Error)]
#[error("the handler panicked: {0}")]
pub struct Panicked(String);

impl Panicked {
    fn new(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Self(text.unwrap_or("without a message").to_owned())
    }
}

/// The layer.
#[derive(Debug, Clone, Copy)]
pub struct CatchPanics;

impl<E: Endpoint<Output = Response>> Middleware<E> for CatchPanics {
    type Output = WithoutPanics<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithoutPanics { inner }
    }
}

/// An endpoint whose panics are errors.
#[derive(Debug)]
pub struct WithoutPanics<E> {
    inner: E,
}

impl<E: Endpoint<Output = Response>> Endpoint for WithoutPanics<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        // What the handler left half done stays in its own request: shared state guards itself.
        match AssertUnwindSafe(self.inner.call(request)).catch_unwind().await {
            Ok(result) => result,
            Err(payload) => Err(Failure::internal(Panicked::new(payload.as_ref())).into()),
        }
    }
}
