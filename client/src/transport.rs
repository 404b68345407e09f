//! What happens around each request: headers, credentials, repetitions, and one form for all errors.

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use progenitor_client::{ClientHooks, ClientInfo as _, OperationInfo};
use reqwest::{Request, Response};
use tracing::Instrument as _;
use tracing::field::Empty;

use crate::credentials::{Credentials, presented};
use crate::retry::is_repeatable;
use crate::{CallError, CallOptions, Client, Error, Operation, Problem, RetryPolicy};

pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// progenitor sends the document's version under this name with every request.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// What a client keeps beside its connections.
#[derive(Clone, Debug, Default)]
pub struct Transport {
    pub(crate) credentials: Credentials,
    pub(crate) retry: RetryPolicy,
    pub(crate) options: CallOptions,
}

impl ClientHooks<Transport> for Client {
    /// Completes a request, once for each call: its repetitions are equal.
    async fn pre<E>(&self, request: &mut Request, info: &OperationInfo) -> Result<(), CallError<E>> {
        let options = &self.inner().options;
        if let Some(limit) = options.timeout {
            *request.timeout_mut() = Some(limit);
        }
        let headers = request.headers_mut();
        headers.remove(API_VERSION);
        if let Some(operation) = Operation::find(info.operation_id) {
            describe(headers, operation);
        }
        let request_id = match &options.request_id {
            Some(id) => HeaderValue::try_from(id)
                .map_err(|_| CallError::InvalidRequest("bad request id".to_owned()))?,
            None => unique(),
        };
        headers.insert(REQUEST_ID, request_id);
        Ok(())
    }

    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        let span = tracing::info_span!(
            "call",
            operation = info.operation_id,
            request_id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()),
            status = Empty,
            retries = Empty,
        );
        let response = self.attempt(request).instrument(span).await?;
        let may_be_empty =
            Operation::find(info.operation_id).is_some_and(|operation| operation.may_answer_empty);
        if response.status().is_client_error() || response.status().is_server_error() {
            return Ok(readable_error(response).await);
        }
        if may_be_empty && response.status().is_success() {
            readable_success(response).await
        } else {
            Ok(response)
        }
    }
}

impl Client {
    /// Sends a request, again where that is safe and may help, and with a new token where one was refused.
    async fn attempt(&self, mut request: Request) -> reqwest::Result<Response> {
        let transport = self.inner();
        if let Err(error) = transport.credentials.present(&mut request, None).await {
            return refusal(error);
        }
        let repeatable = is_repeatable(&request);
        let policy = RetryPolicy {
            max_retries: transport.options.max_retries.unwrap_or(transport.retry.max_retries),
            ..transport.retry
        };
        let (mut retries, mut renewed) = (0, false);
        let result = loop {
            // A body that is a stream can be sent only once.
            let Some(attempt) = request.try_clone() else { break self.client().execute(request).await };
            let result = self.client().execute(attempt).await;
            let refused = matches!(&result, Ok(response) if response.status() == StatusCode::UNAUTHORIZED);
            if refused && !renewed && transport.credentials.can_renew() {
                renewed = true;
                let token = presented(&request);
                match transport.credentials.present(&mut request, token.as_deref()).await {
                    Ok(()) => continue,
                    Err(error) => break refusal(error),
                }
            }
            let Some(wait) = policy.wait(retries, repeatable, &result) else { break result };
            retries += 1;
            tracing::debug!(retries, wait_ms = wait.as_millis(), "sending again");
            tokio::time::sleep(wait).await;
        };
        let span = tracing::Span::current();
        span.record("retries", retries);
        if let Ok(response) = &result {
            span.record("status", response.status().as_u16());
        }
        result
    }
}

/// The headers that the document declares and generated code does not know.
fn describe(headers: &mut HeaderMap, operation: &'static Operation) {
    if let Some(media_type) = operation.content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    if let Some(media_types) = operation.accept {
        headers.insert(ACCEPT, HeaderValue::from_static(media_types));
    }
    if operation.takes_idempotency_key {
        headers.entry(IDEMPOTENCY_KEY).or_insert_with(unique);
    }
}

fn unique() -> HeaderValue {
    HeaderValue::try_from(uuid::Uuid::now_v7().to_string()).expect("a UUID is ASCII")
}

/// A failure to get credentials, in the form in which a call fails.
fn refusal(error: Error) -> reqwest::Result<Response> {
    match error {
        Error::Transport(error) | Error::Timeout(error) => Err(error),
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

/// An error whose body is no JSON, such as a proxy's page, becomes one with an empty object: generated code
/// would lose its status.
async fn readable_error(response: Response) -> Response {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await.unwrap_or_default();
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(&body).is_ok();
    let body = if is_json { reqwest::Body::from(body) } else { reqwest::Body::from("{}") };
    rebuilt(status, headers, body)
}

/// A success that may come without a body says `null` when it does.
async fn readable_success(response: Response) -> reqwest::Result<Response> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await?;
    let body = if body.is_empty() { reqwest::Body::from("null") } else { reqwest::Body::from(body) };
    Ok(rebuilt(status, headers, body))
}

fn rebuilt(status: StatusCode, headers: HeaderMap, body: reqwest::Body) -> Response {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.into()
}
