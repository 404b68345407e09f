//! What crossed the wire: one request with the answer it got.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

/// A request and its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The name of the recorder's address that the client used, which tells one kind of client from another.
    pub via: &'static str,
    /// What the client sent.
    pub sent: Sent,
    /// What the server answered.
    pub received: Received,
}

/// A request as it was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// The path, still percent-encoded.
    pub path: String,
    /// What stands behind the question mark, still percent-encoded.
    pub query: Option<String>,
    /// Every header.
    pub headers: HeaderMap,
    /// As much of the body as was sent before the answer came.
    pub body: Bytes,
}

/// An answer as it was received.
#[derive(Debug, Clone)]
pub struct Received {
    /// The status.
    pub status: StatusCode,
    /// Every header.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Received {
    /// The media type of the body, in lower case and without its parameters.
    pub fn media_type(&self) -> Option<String> {
        media_type(&self.headers)
    }
}

impl Sent {
    /// A request as a server has it.
    pub fn of(head: &http::request::Parts, body: Bytes) -> Self {
        Self {
            method: head.method.clone(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().map(str::to_owned),
            headers: head.headers.clone(),
            body,
        }
    }

    /// The media type of the body, in lower case and without its parameters.
    pub fn media_type(&self) -> Option<String> {
        media_type(&self.headers)
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sent.method, self.sent.path)?;
        if let Some(query) = &self.sent.query {
            write!(f, "?{query}")?;
        }
        write!(f, " → {}", self.received.status.as_u16())
    }
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?;
    Some(text.split(';').next().unwrap_or(text).trim().to_ascii_lowercase())
}
