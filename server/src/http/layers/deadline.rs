//! The whole-request time limit: an answer begins in time, or the work for it is dropped and the answer is 504. Whoever
//! works for the request can look at the deadline (`orderly_domain::deadline`), and a database stops by it.

use std::{pin::pin, time::Duration};

use orderly_api_runtime::Failure;
use orderly_domain::{StoreError, deadline::Deadline};
use poem::{Endpoint, Middleware, Request, Response};

use crate::service::ServiceError;

/// The layer, with the limit.
#[derive(Debug, Clone, Copy)]
pub struct LimitTime(pub Duration);

impl<E: Endpoint<Output = Response>> Middleware<E> for LimitTime {
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
        let deadline = Deadline::within(self.limit);
        // Pinned here, for a future that is moved is kept twice: as what is moved and as what it is moved into.
        let answered = pin!(tokio::time::timeout_at(deadline.moment().into(), self.inner.call(request)));
        match deadline.scope(answered).await {
            Ok(result) => result,
            Err(_) => Err(Failure::from(ServiceError::Store(StoreError::DeadlineExceeded)).into()),
        }
    }
}
