//! Whether the document allows a request, and what is in it.

use http::{HeaderMap, StatusCode};
use orderly_api_runtime::Direction;
use serde_json::{Map, Value};

use super::shape::schema;
use crate::{
    document::{Document, Location, Operation},
    exchange::Sent,
};

/// What is in a request.
#[derive(Debug, Default)]
pub(super) struct Request {
    query: Vec<(String, Value)>,
    headers: HeaderMap,
    body: Option<Value>,
}

/// A request that the document does not allow.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) reason: Reason,
    /// What could be read of it.
    pub(super) request: Request,
}

/// What is wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// The media type of the body.
    MediaType,
    /// A parameter that is required.
    Missing(Location),
    /// A value in the path.
    Path,
    /// Anything else.
    Invalid,
}

impl Reason {
    /// The statuses that say so, the most telling first (RFC 9110, section 15.5).
    pub(super) fn statuses(self) -> &'static [StatusCode] {
        match self {
            Self::MediaType => &[
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                StatusCode::BAD_REQUEST,
                StatusCode::UNPROCESSABLE_ENTITY,
            ],
            Self::Path => &[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::NOT_FOUND],
            Self::Missing(_) | Self::Invalid => &[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY],
        }
    }
}

impl Request {
    /// A header, as it was sent.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The query's parameters.
    pub(super) fn query(&self) -> &[(String, Value)] {
        &self.query
    }

    /// The members of the body, if it is an object.
    pub(super) fn members(&self) -> Option<Map<String, Value>> {
        self.body.as_ref().and_then(Value::as_object).cloned()
    }
}

/// Holds a request to its operation.
pub(super) fn admit(
    document: &Document,
    operation: &Operation,
    path: &[(String, String)],
    sent: &Sent,
) -> Result<Request, Refusal> {
    let mut request = Request { query: query(sent), headers: sent.headers.clone(), body: None };
    let mut reasons = Vec::new();
    for parameter in &operation.parameters {
        let text = match parameter.location {
            Location::Path => {
                path.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value.clone())
            }
            Location::Query => request
                .query
                .iter()
                .find(|(name, _)| *name == parameter.name)
                .map(|(_, value)| value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
            Location::Header => request.header(&parameter.name).map(str::to_owned),
            Location::Cookie => continue,
        };
        let schema = schema(document.source(), &parameter.schema);
        match text {
            None if parameter.required => reasons.push(Reason::Missing(parameter.location)),
            Some(text) if !["array", "object"].iter().any(|kind| schema["type"] == *kind) => {
                let value = read(&text, schema);
                if !document.violations(&parameter.schema, Direction::Request, &value).is_empty() {
                    let is_path = parameter.location == Location::Path;
                    reasons.push(if is_path { Reason::Path } else { Reason::Invalid });
                }
            }
            _ => {}
        }
    }
    reasons.extend(read_body(document, operation, sent, &mut request).err());
    match reasons.first() {
        Some(reason) => Err(Refusal { reason: *reason, request }),
        None => Ok(request),
    }
}

fn read_body(
    document: &Document,
    operation: &Operation,
    sent: &Sent,
    request: &mut Request,
) -> Result<(), Reason> {
    let Some(body) = &operation.body else { return Ok(()) };
    let Some(media_type) = sent.media_type() else {
        return if body.required { Err(Reason::MediaType) } else { Ok(()) };
    };
    let content = body.content.iter().find(|content| content.takes(&media_type)).ok_or(Reason::MediaType)?;
    if content.is_json() {
        let value = serde_json::from_slice(&sent.body).map_err(|_| Reason::Invalid)?;
        let violations = document.violations(&content.schema(), Direction::Request, &value);
        request.body = Some(value);
        return if violations.is_empty() { Ok(()) } else { Err(Reason::Invalid) };
    }
    Ok(())
}

fn query(sent: &Sent) -> Vec<(String, Value)> {
    let pairs = form_urlencoded::parse(sent.query.as_deref().unwrap_or_default().as_bytes());
    let value = |text: &str| serde_json::from_str(text).ok().filter(Value::is_number);
    pairs.map(|(name, text)| (name.into_owned(), value(&text).unwrap_or_else(|| Value::from(text)))).collect()
}

fn read(text: &str, schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
        }
        _ => Value::from(text),
    }
}
