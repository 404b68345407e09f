//! The HTTP client that spans are sent with: on the server's runtime, with a time limit for each attempt.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use tokio::runtime::Handle;

use crate::telemetry;

/// Why the last attempt failed: the exporter above says only that one did.
pub(super) type LastFailure = Arc<Mutex<Option<String>>>;

/// Sends to the collector.
#[derive(Debug)]
pub(super) struct Collector {
    http: reqwest::Client,
    runtime: Handle,
    failure: LastFailure,
}

impl Collector {
    /// A client that gives each attempt this long.
    pub(super) fn new(limit: Duration) -> Result<Self, reqwest::Error> {
        // The process has one provider of cryptography; whoever names it first has named this one.
        let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().timeout(limit).connect_timeout(limit).build()?;
        Ok(Self { http, runtime: Handle::current(), failure: LastFailure::default() })
    }

    /// Why the last attempt failed, if it did.
    pub(super) fn last_failure(&self) -> LastFailure {
        self.failure.clone()
    }
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let http = self.http.clone();
        // The thread that sends batches is none of the runtime's, which the client needs.
        let sent = self.runtime.spawn(async move { http.send_bytes(request).await }).await?;
        let failure = match &sent {
            Ok(answer) if answer.status().is_success() => None,
            Ok(answer) => Some(format!("the answer was {}", answer.status())),
            Err(error) => Some(telemetry::chain(error.as_ref())),
        };
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
        sent
    }
}
