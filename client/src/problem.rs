//! What a server says when it refuses a call.

use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::ErrorCode;

/// What went wrong, as problem details (RFC 9457) tell it.
///
/// Any error answer is read as one: where it is no problem document, the status alone fills it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// The HTTP status of the answer.
    pub status: u16,
    /// The kind of problem, for programs; `http_502` and the like where the answer did not say.
    pub code: ErrorCode,
    /// The kind of problem in a few words.
    pub title: String,
    /// What happened, for a person.
    pub detail: Option<String>,
    /// Every mistake in the request.
    pub errors: Vec<Violation>,
    /// What finds the request in the server's log.
    pub request_id: Option<String>,
    /// When it makes sense to try again.
    pub retry_after: Option<Duration>,
    /// The whole body, with the members that only some problems have; a text where it is no JSON.
    pub body: Value,
}

/// One mistake in a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Violation {
    /// Where in the body it is, as JSON pointer (RFC 6901).
    pub pointer: Option<String>,
    /// Which parameter it is.
    pub parameter: Option<String>,
    /// The rule that is broken.
    pub code: String,
    /// What is wrong, for a person.
    pub detail: String,
}

impl Violation {
    /// The pointer or the parameter.
    #[must_use]
    pub fn place(&self) -> &str {
        self.pointer.as_deref().or(self.parameter.as_deref()).unwrap_or_default()
    }
}

impl Problem {
    /// A problem of which only the status and a code are known.
    pub(crate) fn with_code(status: u16, code: &str, detail: String) -> Self {
        Self { status, code: code.into(), detail: Some(detail), ..Self::from(Value::Null) }
    }

    /// A problem from the body of an answer. What is no JSON, such as a proxy's page, is kept as text.
    pub(crate) fn read(body: &[u8]) -> Self {
        let json = serde_json::from_slice(body);
        Self::from(json.unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned())))
    }

    /// A member of the body that only some problems have, such as the products that are sold out.
    ///
    /// # Errors
    /// When the body has no such member, or one of another shape.
    pub fn member<T: DeserializeOwned>(&self, name: &str) -> Result<T, serde_json::Error> {
        serde_json::from_value(self.body.get(name).cloned().unwrap_or_default())
    }

    /// Takes over what the answer says beside its body.
    pub(crate) fn complete(mut self, status: http::StatusCode, headers: &http::HeaderMap) -> Self {
        self.status = status.as_u16();
        if self.code.as_str().is_empty() {
            self.code = ErrorCode::Unknown(format!("http_{}", self.status));
        }
        if self.title.is_empty() {
            self.title = status.canonical_reason().unwrap_or("HTTP error").to_owned();
        }
        self.request_id = self.request_id.or_else(|| crate::answer::header(headers, "x-request-id"));
        self.retry_after = crate::retry::retry_after(headers);
        self
    }
}

/// Takes any JSON: what it does not say stays empty.
impl From<Value> for Problem {
    fn from(body: Value) -> Self {
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let errors = body.get("errors").and_then(Value::as_array);
        let errors = errors.into_iter().flatten().filter_map(|error| Violation::deserialize(error).ok());
        Self {
            status: 0,
            code: text("code").unwrap_or_default().into(),
            title: text("title").unwrap_or_default(),
            detail: text("detail"),
            errors: errors.collect(),
            request_id: text("request_id"),
            retry_after: None,
            body,
        }
    }
}

impl<'de> Deserialize<'de> for Problem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.status, self.code)?;
        if let Some(detail) = &self.detail {
            write!(formatter, ": {detail}")?;
        }
        for error in &self.errors {
            write!(formatter, "; {}: {}", error.place(), error.detail)?;
        }
        Ok(())
    }
}
