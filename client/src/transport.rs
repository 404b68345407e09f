//! What happens around each request: headers, credentials, repetitions, and one form for all errors.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use progenitor_client::{ClientHooks, ClientInfo as _, OperationInfo};
use reqwest::{Request, Response};
use tracing::Instrument as _;

use crate::credentials::{Credentials, presented};
use crate::multipart::with_boundary;
use crate::reading::{is_json, readable_error, readable_success, whole};
use crate::retry::is_repeatable;
use crate::span::{record, span};
use crate::{CallError, CallOptions, Client, Error, Operation, Problem, RetryPolicy};

pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// progenitor sends the document's version under this name with every request.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// The time limit of a stream of events, which goes on for as long as somebody reads it.
pub(crate) const ENDLESS: Duration = Duration::MAX;

/// What a client keeps beside its connections.
#[derive(Clone, Debug, Default)]
pub struct Transport {
    pub(crate) credentials: Credentials,
    pub(crate) retry: RetryPolicy,
    /// How long an attempt may take, unless the connections decide.
    pub(crate) timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) propagate: Option<Propagate>,
    pub(crate) options: CallOptions,
}

/// Adds headers to every attempt.
#[derive(Clone)]
pub(crate) struct Propagate(pub(crate) Arc<dyn Fn(&mut HeaderMap) + Send + Sync>);

impl fmt::Debug for Propagate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Propagate(…)")
    }
}

impl ClientHooks<Transport> for Client {
    /// Completes a request, once for each call: its repetitions are equal.
    async fn pre<E>(&self, request: &mut Request, info: &OperationInfo) -> Result<(), CallError<E>> {
        request.headers_mut().remove(API_VERSION);
        let operation = Operation::find(info.operation_id);
        if let Some(operation) = operation {
            if !operation.is_at(request.url(), self.baseurl()) {
                let reason = format!("a path parameter of {} is empty, `.` or `..`", info.operation_id);
                return Err(CallError::InvalidRequest(reason));
            }
            describe(request, operation);
        }
        self.complete(request, info.operation_id, operation).map_err(CallError::InvalidRequest)
    }

    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        let response = self.deliver(request, info.operation_id).await?;
        if response.status().is_client_error() || response.status().is_server_error() {
            return Ok(readable_error(response).await);
        }
        let operation = Operation::find(info.operation_id);
        if operation.is_some_and(|one| one.may_answer_empty) && response.status().is_success() {
            readable_success(response).await
        } else {
            Ok(response)
        }
    }
}

impl Client {
    /// Adds what the options of the call say, and what it still lacks then.
    ///
    /// # Errors
    /// Why the call cannot be made.
    pub(crate) fn complete(
        &self,
        request: &mut Request,
        id: &str,
        operation: Option<&Operation>,
    ) -> Result<(), String> {
        let options = &self.inner().options;
        if operation.is_some_and(|one| one.answers_events) {
            *request.timeout_mut() = Some(ENDLESS);
        } else if let Some(limit) = options.timeout {
            *request.timeout_mut() = Some(limit);
        }
        let takes_key = operation.is_some_and(|one| one.takes_idempotency_key);
        if options.idempotency_key.is_some() && !takes_key {
            return Err(format!("{id} takes no idempotency key"));
        }
        for (name, value) in &options.query {
            request.url_mut().query_pairs_mut().append_pair(name, value);
        }
        let headers = request.headers_mut();
        options.add_to(headers)?;
        headers.entry(REQUEST_ID).or_insert_with(unique);
        if takes_key {
            headers.entry(IDEMPOTENCY_KEY).or_insert_with(unique);
        }
        Ok(())
    }

    /// Sends a complete request, within a span.
    pub(crate) async fn deliver(&self, request: Request, id: &'static str) -> reqwest::Result<Response> {
        let span = span(&request, id);
        self.attempt(request).instrument(span).await
    }

    /// Sends a request, again where that is safe and may help, and with a new token where one was refused.
    async fn attempt(&self, mut request: Request) -> reqwest::Result<Response> {
        let began = Instant::now();
        let transport = self.inner();
        if let Err(error) = transport.credentials.present(&mut request, None).await {
            return refusal(error);
        }
        let repeatable = is_repeatable(&request);
        let mut policy = transport.policy();
        if request.timeout() == Some(&ENDLESS) {
            // Who reads a stream of events makes its connections again.
            policy.max_retries = 0;
        }
        let (mut retries, mut renewed) = (0, false);
        let result = loop {
            let limit = transport.left(began, request.timeout().copied());
            // What is not sent again need not be kept, and a body that is a stream cannot be.
            let is_last = retries >= policy.max_retries && (renewed || !transport.credentials.can_renew());
            let attempt = if is_last { None } else { request.try_clone() };
            let Some(attempt) = attempt else { break self.send(request, limit).await };
            let result = self.send(attempt, limit).await;
            let refused = matches!(&result, Ok(response) if response.status() == StatusCode::UNAUTHORIZED);
            if refused && !renewed && transport.credentials.can_renew() {
                renewed = true;
                let token = presented(&request);
                match transport.credentials.present(&mut request, token.as_deref()).await {
                    Ok(()) => continue,
                    Err(error) => break refusal(error),
                }
            }
            let Some(wait) = policy.wait(retries, began.elapsed(), repeatable, &result) else { break result };
            retries += 1;
            tracing::debug!(retries, wait_ms = wait.as_millis(), "sending again");
            tokio::time::sleep(wait).await;
        };
        record(&result, retries);
        result
    }

    /// Sends a request once.
    async fn send(&self, mut request: Request, limit: Option<Duration>) -> reqwest::Result<Response> {
        if let Some(limit) = limit {
            *request.timeout_mut() = Some(limit);
        }
        if let Some(Propagate(add)) = &self.inner().propagate {
            add(request.headers_mut());
        }
        let response = self.client().execute(request).await?;
        // JSON is read as a whole: if its connection breaks, the call is sent again like any other that failed on the way.
        if is_json(response.headers()) { whole(response).await } else { Ok(response) }
    }
}

impl Transport {
    fn total_timeout(&self) -> Option<Duration> {
        self.options.total_timeout.or(self.total_timeout)
    }

    /// When this call is sent again.
    pub(crate) fn policy(&self) -> RetryPolicy {
        RetryPolicy {
            max_retries: self.options.max_retries.unwrap_or(self.retry.max_retries),
            budget: self.total_timeout().map_or(self.retry.budget, |total| total.min(self.retry.budget)),
            ..self.retry
        }
    }

    /// How long the next attempt may take, of a call that began then: its own limit, or what is left of all time.
    fn left(&self, began: Instant, own: Option<Duration>) -> Option<Duration> {
        let Some(total) = self.total_timeout().filter(|_| own != Some(ENDLESS)) else { return own };
        let left = total.saturating_sub(began.elapsed());
        Some(own.or(self.timeout).map_or(left, |own| own.min(left)))
    }
}

/// Adds the headers that the document declares and generated code does not know.
pub(crate) fn describe(request: &mut Request, operation: &'static Operation) {
    let media_type = operation.content_type.filter(|_| request.body().is_some());
    let with_boundary = media_type.and_then(|media_type| with_boundary(media_type, request.body()));
    let headers = request.headers_mut();
    if let Some(media_type) = media_type {
        let with_boundary = with_boundary.and_then(|text| HeaderValue::try_from(text).ok());
        headers.insert(CONTENT_TYPE, with_boundary.unwrap_or_else(|| HeaderValue::from_static(media_type)));
    }
    if let Some(media_types) = operation.accept {
        headers.insert(ACCEPT, HeaderValue::from_static(media_types));
    }
}

fn unique() -> HeaderValue {
    let mut text = uuid::Uuid::encode_buffer();
    HeaderValue::from_str(uuid::Uuid::now_v7().hyphenated().encode_lower(&mut text)).expect("a UUID is ASCII")
}

/// A failure to get credentials, in the form in which a call fails.
fn refusal(error: Error) -> reqwest::Result<Response> {
    match error {
        Error::Transport(error) => Err(error),
        Error::Timeout(error) if error.is::<reqwest::Error>() => match error.downcast() {
            Ok(error) => Err(*error),
            Err(other) => Ok(answer(&Problem::with_code(401, "no_credentials", other.to_string()))),
        },
        Error::Problem(problem) => Ok(answer(&problem)),
        other => Ok(answer(&Problem::with_code(401, "no_credentials", other.to_string()))),
    }
}

/// A problem as the answer that it was.
fn answer(problem: &Problem) -> Response {
    let body = if problem.body.is_object() {
        problem.body.clone()
    } else {
        serde_json::json!({"code": problem.code, "detail": problem.detail})
    };
    let mut response = http::Response::new(body.to_string());
    *response.status_mut() = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNAUTHORIZED);
    response.into()
}
