//! The body by itself: its values in each media type, and bytes that are none of it.

use bytes::Bytes;
use orderly_document::Pointer;

use super::{
    super::base::{VariedBody, keeps, required},
    Cases,
};
use crate::{
    case::{Parts, Payload, PayloadContent, Polarity, Rule},
    document::Body,
    request::Medium,
};

/// A media type that no document has.
const UNDECLARED: &str = "application/x-undeclared";

impl<'d> Cases<'_, 'd> {
    pub(super) fn bodies(&mut self) {
        let base = self.base;
        let Some(body) = &base.operation.body else { return };
        for one in &base.bodies {
            self.body_values(one);
            self.media_types(one);
            if Medium::of(&one.media_type) == Medium::Json {
                self.broken_json(body, one);
            }
        }
        self.body_missing(body);
    }

    fn with_body(&self, media_type: &str, content: PayloadContent) -> Parts {
        let body = Some(Payload { media_type: media_type.to_owned(), content });
        Parts { body, ..self.base.parts(self.known) }
    }

    fn body_values(&mut self, one: &VariedBody<'d>) {
        if !Medium::of(&one.media_type).is_from_schema() {
            return;
        }
        let (document, operation) = (self.base.document, self.base.operation);
        for kept in one.values.kept() {
            let mut value = kept.value.clone();
            self.known.fill(document, operation, &one.content.media_type, &mut value);
            // What the case is about stays as it is; of an object, that is its shape.
            let about = kept.value.pointer(&kept.at);
            let is_whole = about.is_some_and(|about| about.is_object() || about.is_array());
            if !is_whole && value.pointer(&kept.at) != about {
                value = kept.value;
            }
            let touches = keeps(&one.values, &value);
            let parts = self.with_body(&one.media_type, PayloadContent::Value(value));
            self.valid(format!("body: {}", kept.note), parts, touches);
        }
        for broken in one.values.broken() {
            let parts = self.with_body(&one.media_type, PayloadContent::Value(broken.value));
            self.breaks(format!("body: {}", broken.note), parts, broken.keyword, broken.place);
        }
    }

    /// The same body under other names.
    fn media_types(&mut self, one: &VariedBody<'d>) {
        let Some(sample) = self.base.body(one, self.known) else { return };
        if Medium::of(&one.media_type) == Medium::Json {
            let with_charset = format!("{}; charset=utf-8", one.media_type);
            for media_type in [with_charset, one.media_type.to_ascii_uppercase()] {
                let parts = self.with_body(&media_type, sample.content.clone());
                self.valid(format!("body: as {media_type}"), parts, Vec::new());
            }
        }
        // A multipart body is none without its boundary.
        let bytes = match sample.content {
            PayloadContent::Value(value) if Medium::of(&one.media_type) == Medium::Json => {
                Bytes::from(value.to_string())
            }
            PayloadContent::Value(_) => Bytes::from_static(b"content"),
            PayloadContent::Bytes(bytes) => bytes,
        };
        let place = one.content.place.clone();
        let parts = self.with_body(UNDECLARED, PayloadContent::Bytes(bytes.clone()));
        self.invalid("body: a media type that is not declared", parts, Rule::MediaType, place.clone());
        let parts = self.with_body("", PayloadContent::Bytes(bytes));
        self.invalid("body: no media type", parts, Rule::Unlabelled, place);
    }

    fn broken_json(&mut self, body: &Body, one: &VariedBody<'d>) {
        let Some(PayloadContent::Value(sample)) = self.base.body(one, self.known).map(|body| body.content)
        else {
            return;
        };
        let whole = sample.to_string().into_bytes();
        let truncated = whole[..whole.len() - 1].to_vec();
        let trailing = [&whole[..], b"}"].concat();
        let place: Pointer = one.content.place.clone();
        for (note, bytes) in [
            ("truncated JSON", truncated),
            ("something after the JSON", trailing),
            ("JSON that is not UTF-8", not_utf8(&whole)),
            ("no JSON", b"no JSON".to_vec()),
        ] {
            let parts = self.with_body(&one.media_type, PayloadContent::Bytes(bytes.into()));
            self.invalid(format!("body: {note}"), parts, Rule::Syntax, place.clone());
        }
        if let Some(touch) = required(self.base.document, &body.place, Polarity::Broken) {
            let parts = self.with_body(&one.media_type, PayloadContent::Bytes(Bytes::new()));
            self.invalid("body: empty", parts, Rule::Required, touch.place);
        }
    }

    fn body_missing(&mut self, body: &Body) {
        if let Some(touch) = required(self.base.document, &body.place, Polarity::Broken) {
            let parts = Parts { body: None, ..self.base.parts(self.known) };
            self.invalid("body: missing", parts, Rule::Required, touch.place);
        }
    }
}

/// The JSON with a byte in its first text that begins no character; JSON without a text becomes one.
fn not_utf8(json: &[u8]) -> Vec<u8> {
    match json.iter().position(|byte| *byte == b'"') {
        Some(quote) => [&json[..=quote], b"\xff", &json[quote + 1..]].concat(),
        None => b"\"\xff\"".to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn broken_json_is_none() {
        for json in [&br#"{"a":1}"#[..], b"[]", b"7"] {
            assert!(serde_json::from_slice::<Value>(json).is_ok());
            assert!(serde_json::from_slice::<Value>(&not_utf8(json)).is_err());
        }
    }
}
