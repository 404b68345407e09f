//! Every request counts for the address that it comes from, and every answer tells where its caller stands.

use std::{pin::pin, sync::Arc};

use orderly_api_runtime::Failure;
use poem::{Endpoint, Middleware, Request, Response};

use super::problems::ErrorHeaders;
use crate::{
    config::Network,
    http::{client_address, load::Importance},
    rate::{self, RateLimits, Standings},
    service::ServiceError,
};

/// The layer. It has to stand inside of [`super::problems::Problems`].
#[derive(Debug, Clone)]
pub struct LimitRates {
    /// The limits.
    pub limits: Arc<RateLimits>,
    /// The proxies that are believed when they tell the client's address.
    pub trusted_proxies: Arc<[Network]>,
}

impl<E: Endpoint<Output = Response>> Middleware<E> for LimitRates {
    type Output = WithLimitedRates<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithLimitedRates { inner, rules: self.clone() }
    }
}

/// An endpoint whose callers are counted.
#[derive(Debug)]
pub struct WithLimitedRates<E> {
    inner: E,
    rules: LimitRates,
}

impl<E: Endpoint<Output = Response>> Endpoint for WithLimitedRates<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let LimitRates { limits, trusted_proxies } = &self.rules;
        if !limits.is_enabled() || Importance::of(&request) == Importance::Probe {
            return self.inner.call(request).await;
        }
        let address = client_address::of(&request, trusted_proxies);
        let work = pin!(async {
            limits.admit_address().await.map_err(|refused| Failure::from(ServiceError::from(refused)))?;
            self.inner.call(request).await
        });
        let (result, standings) = rate::with_caller(address, work).await;
        tell(limits, &standings, result)
    }
}

/// The answer with the headers, also if it is still an error.
fn tell(
    limits: &RateLimits,
    standings: &Standings,
    result: poem::Result<Response>,
) -> poem::Result<Response> {
    match result {
        Ok(mut response) => {
            limits.tell(standings, response.headers_mut());
            Ok(response)
        }
        Err(mut error) => {
            let mut headers = ErrorHeaders::default();
            limits.tell(standings, &mut headers.0);
            error.set_data(headers);
            Err(error)
        }
    }
}
