//! Scalars as text, and how text is escaped in each part of a request.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use crate::document::Location;

/// Everything but what needs no escape anywhere (RFC 3986, section 2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What `allowReserved` still has to escape, because it would end the value or the query.
const RESERVED: &AsciiSet = &ESCAPED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// What a cookie's value cannot have (RFC 6265, section 4.1.1).
const COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b',').add(b';').add(b'\\');

/// How text is escaped in a part of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Escape(Option<&'static AsciiSet>);

impl Escape {
    /// What a parameter there wants.
    pub(super) fn of(location: Location, reserved: bool) -> Self {
        Self(match location {
            Location::Path => Some(ESCAPED),
            Location::Query if reserved => Some(RESERVED),
            Location::Query => Some(ESCAPED),
            // A header has no escapes.
            Location::Header => None,
            Location::Cookie => Some(COOKIE),
        })
    }

    pub(super) fn apply(self, text: &str) -> String {
        match self.0 {
            Some(set) => utf8_percent_encode(text, set).to_string(),
            None => text.to_owned(),
        }
    }
}

/// A scalar as text. Null, lists and objects are none: OpenAPI 3.0 has no notation for them within a value.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

pub(super) fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// A part of a path or a cookie as text.
pub(super) fn decode(raw: &str) -> String {
    percent_decode_str(raw).decode_utf8_lossy().into_owned()
}

/// A part of a query or a form as text, where `+` is a space.
pub(super) fn decode_query(raw: &str) -> String {
    decode(&raw.replace('+', " "))
}
