//! How answers are read: what a call gives, or all that is known of an answer that it cannot give.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::Response;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::answer::{header, text};
use crate::{CallError, Error, Problem, ResponseValue};

/// What came with an answer that a call cannot give; it travels with the answer, since progenitor's error has no room.
#[derive(Clone)]
struct Unread {
    body: Bytes,
    /// Why it cannot be decoded, if that was tried.
    source: Option<Arc<serde_json::Error>>,
}

/// Reads a success that the document declares. Generated code calls it.
///
/// # Errors
/// A body of another shape, or a connection that breaks.
#[doc(hidden)]
pub async fn read<T: DeserializeOwned>(
    mut response: Response,
) -> Result<ResponseValue<T>, CallError<Problem>> {
    let (status, headers) = head(&mut response);
    let body = response.bytes().await.map_err(CallError::ResponseBodyError)?;
    match serde_json::from_slice(&body) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(source) => Err(unread(status, headers, Unread { body, source: Some(Arc::new(source)) })),
    }
}

/// An answer with a status that the document does not declare. Generated code calls it.
#[doc(hidden)]
pub async fn unexpected(mut response: Response) -> CallError<Problem> {
    let (status, headers) = head(&mut response);
    let body = response.bytes().await.unwrap_or_default();
    unread(status, headers, Unread { body, source: None })
}

fn unread(status: StatusCode, headers: HeaderMap, unread: Unread) -> CallError<Problem> {
    let mut response = rebuilt(status, headers, unread.body.clone().into());
    response.extensions_mut().insert(unread);
    CallError::UnexpectedResponse(response)
}

/// The error that such an answer is.
pub(crate) fn unread_error(mut response: Response) -> Error {
    let (status, request_id) = (response.status(), header(response.headers(), "x-request-id"));
    let unread = response.extensions_mut().remove::<Unread>();
    let (body, source) = unread.map_or((Bytes::new(), None), |unread| (unread.body, unread.source));
    match source.and_then(Arc::into_inner) {
        Some(source) => Error::Decode { status, request_id, body, source },
        None => Error::Unexpected { status, request_id, body },
    }
}

/// An error as JSON, also where its body is none, such as a proxy's page: generated code would lose its status.
pub(crate) async fn readable_error(mut response: Response) -> Response {
    let (status, headers) = head(&mut response);
    let body = response.bytes().await.unwrap_or_default();
    let body = match serde_json::from_slice::<Value>(&body) {
        Ok(_) => body.into(),
        Err(_) => Problem::read(&body).body.to_string().into(),
    };
    rebuilt(status, headers, body)
}

/// A success that may come without a body says `null` when it does.
pub(crate) async fn readable_success(mut response: Response) -> reqwest::Result<Response> {
    let (status, headers) = head(&mut response);
    let body = response.bytes().await?;
    let body = if body.is_empty() { reqwest::Body::from("null") } else { reqwest::Body::from(body) };
    Ok(rebuilt(status, headers, body))
}

/// Whether an answer says that it is JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let media_type = text(headers, "content-type").unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// An answer whose body has come.
pub(crate) async fn whole(mut response: Response) -> reqwest::Result<Response> {
    let (status, headers) = head(&mut response);
    Ok(rebuilt(status, headers, response.bytes().await?.into()))
}

/// The status, and the headers, which the answer no longer has: its body is all that is still asked of it.
pub(crate) fn head(response: &mut Response) -> (StatusCode, HeaderMap) {
    (response.status(), std::mem::take(response.headers_mut()))
}

fn rebuilt(status: StatusCode, headers: HeaderMap, body: reqwest::Body) -> Response {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.into()
}
