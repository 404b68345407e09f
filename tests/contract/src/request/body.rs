//! Bodies: values as bytes of a media type, and back.

use bytes::Bytes;
use serde_json::Value;

use super::{content, form, multipart, shape::Shape, text};
use crate::{
    case::Rule,
    document::{Document, Operation},
    exchange::Sent,
};

/// What is known of how a media type is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    /// JSON (RFC 8259), also as the basis of another type (`+json`).
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` (RFC 7578).
    Multipart,
    /// `text/plain` and its like, where the value is the text itself.
    Text,
    /// XML, which only an example in XML can show: OpenAPI's mapping is not known here.
    Xml,
    /// Bytes of any other kind.
    Binary,
}

impl Medium {
    pub(crate) fn of(media_type: &str) -> Self {
        let essence = essence(media_type);
        match essence.as_str() {
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            "application/json" => Self::Json,
            other if other.ends_with("+json") => Self::Json,
            "application/xml" | "text/xml" => Self::Xml,
            other if other.ends_with("+xml") => Self::Xml,
            "text/plain" => Self::Text,
            _ => Self::Binary,
        }
    }

    /// Whether a body made from the schema, rather than taken from an example, is one of the media type: a text that
    /// fits the schema of a CSV file is no CSV.
    pub(crate) fn is_from_schema(self) -> bool {
        !matches!(self, Self::Xml | Self::Binary)
    }
}

/// A media type in lower case and without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A media type that is in the declared one, which may be a range.
pub(crate) fn concrete(declared: &str) -> String {
    match essence(declared).split_once('/') {
        Some(("*" | "application", "*")) => "application/json".to_owned(),
        Some(("text", "*")) => "text/plain".to_owned(),
        Some((kind, "*")) => format!("{kind}/octet-stream"),
        _ => declared.trim().to_owned(),
    }
}

/// A value as the bytes of a media type, with what `Content-Type` then says. `None` if there is no way to write it.
pub(super) fn write(
    document: &Document,
    operation: &Operation,
    media_type: &str,
    value: &Value,
) -> Option<(String, Bytes)> {
    let place = content(operation, media_type).map(|content| content.place.clone());
    let bytes = match Medium::of(media_type) {
        Medium::Json => serde_json::to_vec(value).ok()?.into(),
        Medium::Form => form::write(document, &place?, value)?.into(),
        Medium::Multipart => {
            let (boundary, bytes) = multipart::write(document, &place?, value)?;
            return Some((format!("{media_type}; boundary={boundary}"), bytes.into()));
        }
        Medium::Text | Medium::Xml | Medium::Binary => text::scalar(value)?.into(),
    };
    Some((media_type.to_owned(), bytes))
}

/// The value of a body; `None` if there is no body. `Err` if it is none of its media type.
pub(super) fn read(document: &Document, operation: &Operation, sent: &Sent) -> Result<Option<Value>, Rule> {
    let content_type = sent.headers.get(http::header::CONTENT_TYPE).and_then(|text| text.to_str().ok());
    content_type.map(|content_type| read_bytes(document, operation, content_type, &sent.body)).transpose()
}

fn read_bytes(
    document: &Document,
    operation: &Operation,
    content_type: &str,
    bytes: &[u8],
) -> Result<Value, Rule> {
    let content = content(operation, content_type).ok_or(Rule::MediaType)?;
    let text = || std::str::from_utf8(bytes).map_err(|_| Rule::Syntax);
    match Medium::of(content_type) {
        Medium::Json => serde_json::from_slice(bytes).map_err(|_| Rule::Syntax),
        Medium::Form => Ok(form::read(document, &content.place, text()?)),
        Medium::Multipart => {
            let pairs = multipart::read(content_type, bytes).ok_or(Rule::Syntax)?;
            Ok(super::read::object(&Shape::of(document, &content.schema()), pairs))
        }
        Medium::Text => Ok(Shape::of(document, &content.schema()).scalar(text()?)),
        Medium::Xml | Medium::Binary => Ok(String::from_utf8_lossy(bytes).into()),
    }
}

/// Whether a body of the media type can say the value.
pub(crate) fn carries(document: &Document, operation: &Operation, media_type: &str, value: &Value) -> bool {
    // What JSON carries needs no trying.
    Medium::of(media_type) == Medium::Json
        || write(document, operation, media_type, value).is_some_and(|(content_type, bytes)| {
            read_bytes(document, operation, &content_type, &bytes).is_ok_and(|read| read == *value)
        })
}

/// Whether the body that was sent says the value.
pub(super) fn says(document: &Document, operation: &Operation, sent: &Sent, value: &Value) -> bool {
    read(document, operation, sent).is_ok_and(|read| read.as_ref() == Some(value))
}
