//! Requests as bytes: how parameters and bodies are written as the document wants it, and read again.
//!
//! One module writes ([`Parts::sent`]) and one reads ([`mistakes`]), so that what the engine sends and what it says
//! about anybody's request follow the same rules.

mod body;
mod form;
mod mistakes;
mod multipart;
mod read;
mod shape;
mod text;
mod write;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::Value;

pub use self::mistakes::{Mistake, mistakes};
pub(crate) use self::{
    body::{Medium, carries, concrete},
    read::{Reading, header as read_header},
    shape::{Kind, Shape},
    write::is_sendable,
};
use self::{read::Wire, write::Written};
use crate::{
    case::{Argument, Parts, PayloadContent},
    document::{Document, Location, Operation, Parameter},
    exchange::Sent,
    route::Match,
};

impl Parts {
    /// The request as it is sent, with the path of the operation's server in front and without a credential.
    ///
    /// What the wire cannot carry is written as near to it as can be: a value that its style has no notation for as
    /// JSON, a header's text in percent-encoding. The phases make no such cases.
    pub fn sent(&self, document: &Document, operation: &Operation) -> Sent {
        let mut path = Vec::new();
        let mut query = Vec::new();
        let mut headers = HeaderMap::new();
        let mut cookies = Vec::new();
        for argument in &self.arguments {
            match write::argument(operation, argument) {
                Written::Path(text) => path.push((argument.name.as_str(), text)),
                Written::Query(pairs) => query.extend(pairs),
                Written::Header(text) => append(&mut headers, &argument.name, &text),
                Written::Cookie(pairs) => cookies.extend(pairs),
            }
        }
        if !cookies.is_empty() {
            append(&mut headers, header::COOKIE.as_str(), &cookies.join("; "));
        }
        let body = match &self.body {
            None => Bytes::new(),
            Some(payload) => {
                let content = match &payload.content {
                    PayloadContent::Bytes(bytes) => Some((payload.media_type.clone(), bytes.clone())),
                    PayloadContent::Value(value) => {
                        body::write(document, operation, &payload.media_type, value)
                    }
                };
                let (media_type, bytes) = content.unwrap_or_default();
                if !media_type.is_empty() {
                    append(&mut headers, header::CONTENT_TYPE.as_str(), &media_type);
                }
                bytes
            }
        };
        let value = |name: &str| path.iter().find(|(known, _)| *known == name).map(|(_, text)| text.clone());
        Sent {
            method: self.method.clone(),
            path: format!(
                "{}{}",
                operation.base,
                operation.template.fill(|name| value(name).unwrap_or_default())
            ),
            query: (!query.is_empty()).then(|| query.join("&")),
            headers,
            body,
        }
    }

    /// Whether the request says on the wire what it is meant to say: its path leads to the operation, and what is read
    /// from it is what was written.
    pub(crate) fn survives(&self, document: &Document, operation: &Operation, sent: &Sent) -> bool {
        let path = match document.find(&sent.method, &sent.path) {
            Match::Operation(found, _) if self.method == operation.method => found.place == operation.place,
            Match::OtherMethods(_) => self.method != operation.method,
            _ => false,
        };
        let wire = Wire::new(operation, sent);
        path && self.arguments.iter().all(|argument| survives(document, operation, &wire, self, argument))
            && self.body.as_ref().is_none_or(|payload| match &payload.content {
                PayloadContent::Bytes(_) => true,
                PayloadContent::Value(value) => body::says(document, operation, sent, value),
            })
    }
}

fn survives(
    document: &Document,
    operation: &Operation,
    wire: &Wire<'_>,
    parts: &Parts,
    argument: &Argument,
) -> bool {
    if !is_sendable(operation, argument) {
        return false;
    }
    let Some(parameter) = operation.parameter(argument.location, &argument.name) else { return true };
    let same = |other: &&Argument| parameter.is(other.location, &other.name);
    if parts.arguments.iter().filter(same).count() > 1 {
        return true;
    }
    match read::parameter(document, operation, parameter, wire) {
        // What another answer wrote as a text may be a number here.
        Reading::Value(value) => {
            value == argument.value || text::scalar(&value).is_some_and(|text| argument.value == text)
        }
        Reading::Absent => parameter.may_be_empty && argument.value == *"",
        Reading::Wrong(_) => false,
    }
}

/// The values of a request's parameters in one part of it, as far as they can be read.
pub(crate) fn arguments(
    document: &Document,
    operation: &Operation,
    sent: &Sent,
    location: Location,
) -> Vec<(String, Value)> {
    let wire = Wire::new(operation, sent);
    let value = |parameter: &Parameter| match read::parameter(document, operation, parameter, &wire) {
        Reading::Value(value) => Some((parameter.name.clone(), value)),
        Reading::Absent | Reading::Wrong(_) => None,
    };
    operation.parameters_in(location).filter_map(value).collect()
}

/// The value of a request's body, if it has one that can be read.
pub(crate) fn payload(document: &Document, operation: &Operation, sent: &Sent) -> Option<Value> {
    body::read(document, operation, sent).ok().flatten()
}

/// Adds a line. A name that is none of HTTP's is left out.
fn append(headers: &mut HeaderMap, name: &str, text: &str) {
    let Ok(name) = HeaderName::try_from(name) else { return };
    let value = HeaderValue::try_from(text).or_else(|_| HeaderValue::try_from(text::percent_encoded(text)));
    if let Ok(value) = value {
        headers.append(name, value);
    }
}

/// Whether a text can be a header's value without loss (RFC 9110, section 5.5): visible ASCII with single spaces
/// inside.
fn is_header_text(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.trim() == text && !text.contains("  ")
}

/// Where the body's schema stands, if the operation takes this media type.
pub(crate) fn content<'o>(
    operation: &'o Operation,
    media_type: &str,
) -> Option<&'o crate::document::Content> {
    let essence = body::essence(media_type);
    let content = &operation.body.as_ref()?.content;
    // A media type that is named counts before a range.
    content
        .iter()
        .find(|one| one.essence() == essence)
        .or_else(|| content.iter().find(|one| one.takes(&essence)))
}
