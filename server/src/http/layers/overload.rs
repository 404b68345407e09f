//! Too many requests at once: those that find no place are refused at once instead of waiting.

use std::sync::Arc;

use orderly_api_runtime::Failure;
use poem::{Endpoint, Middleware, Request, Response};

use crate::{
    http::load::{Importance, Load},
    service::ServiceError,
};

/// The layer, with the places.
#[derive(Debug, Clone)]
pub struct Overload(pub Arc<Load>);

impl<E: Endpoint<Output = Response>> Middleware<E> for Overload {
    type Output = WithPlaces<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithPlaces { inner, load: self.0.clone() }
    }
}

/// An endpoint with so many places.
#[derive(Debug)]
pub struct WithPlaces<E> {
    inner: E,
    load: Arc<Load>,
}

impl<E: Endpoint<Output = Response>> Endpoint for WithPlaces<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let Some(_place) = self.load.enter(Importance::of(&request)) else {
            return Err(Failure::from(ServiceError::Overloaded).into());
        };
        self.inner.call(request).await
    }
}
