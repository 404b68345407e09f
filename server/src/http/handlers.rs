//! The generated interface on top of the services: this file says who is asking, each tag's file what is answered.

use std::sync::Arc;

use orderly_api_runtime as runtime;
use orderly_domain::Storage;

use super::layers::request_id::RequestId;
use crate::{
    rate::RateLimits,
    service::{Principal, Result, ServiceError, Services},
};

/// Implements every operation of the document in three moves: take the typed input, call one use case, map what it
/// gives.
pub struct Handlers<S> {
    pub(super) services: Services<S>,
    pub(super) rates: Arc<RateLimits>,
}

impl<S: Storage> Handlers<S> {
    /// Handlers that call these services as often as a caller may.
    pub fn new(services: Services<S>, rates: Arc<RateLimits>) -> Self {
        Self { services, rates }
    }
}

impl<S: Storage> runtime::Service for Handlers<S> {
    type Principal = Principal;
    type Error = ServiceError;

    async fn authenticate(
        &self,
        request: &runtime::Request,
        credentials: Vec<runtime::Credential>,
        _scopes: &'static [&'static str],
    ) -> Result<Principal> {
        // Each alternative of the document has one scheme. Its scopes are an API key's, which the services demand.
        let credential = credentials.into_iter().next().ok_or(ServiceError::Unauthenticated)?;
        let request = RequestId::of(request).into();
        let principal = match credential.scheme {
            "bearer" => self.services.access_token(&credential.secret, request).await,
            "api_key" => self.services.api_key(&credential.secret, request).await,
            _ => Err(ServiceError::Unauthenticated),
        }?;
        self.rates.admit_account(principal.account).await?;
        Ok(principal)
    }
}
