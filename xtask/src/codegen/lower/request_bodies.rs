//! Leaves each request body one media type that progenitor takes; the real one goes into the table.

use serde_json::{Value, json};

use super::facts;
use super::report::Report;
use super::walk::{Object, each_operation};

/// The pass.
pub(super) fn rename(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |_, at, operation, report| {
        let Some(Value::Object(mut body)) = operation.remove("requestBody") else { return Ok(()) };
        let Some(Value::Object(content)) = body.remove("content") else { return Ok(()) };
        let Some((real, form, media)) = choose(content) else { return Ok(()) };
        if real.starts_with("multipart/") {
            // The layer's `Multipart` makes such bytes, and the transport tells their boundary.
            report.weaker(at.pointer(), format!("its body `{real}` takes parts by name, not typed fields"));
        }
        let schema = match form {
            Form::Json | Form::UrlEncoded => media.get("schema").cloned().unwrap_or_else(|| json!({})),
            Form::Text => json!({"type": "string"}),
            Form::Bytes => json!({"type": "string", "format": "binary"}),
        };
        // A range, such as `image/*`, cannot be sent.
        let sent =
            if real.contains('*') || !is_sendable(&real) { form.media_type().to_owned() } else { real };
        operation.insert(facts::CONTENT_TYPE.to_owned(), sent.into());
        body.insert("content".to_owned(), json!({ form.media_type(): { "schema": schema } }));
        body.insert("required".to_owned(), true.into());
        operation.insert("requestBody".to_owned(), body.into());
        Ok(())
    });
}

/// The forms of a body that progenitor takes, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Json,
    UrlEncoded,
    Text,
    Bytes,
}

impl Form {
    fn of(media_type: &str) -> Self {
        if is_json(media_type) {
            return Self::Json;
        }
        match essence(media_type).as_str() {
            "application/x-www-form-urlencoded" => Self::UrlEncoded,
            "text/plain" => Self::Text,
            _ => Self::Bytes,
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::UrlEncoded => "application/x-www-form-urlencoded",
            Self::Text => "text/plain",
            Self::Bytes => "application/octet-stream",
        }
    }
}

/// The media type that the SDK sends: all that are declared are as good, so the best typed one.
fn choose(content: Object) -> Option<(String, Form, Value)> {
    let offers = content.into_iter().map(|(real, media)| {
        let form = Form::of(&real);
        (real, form, media)
    });
    offers.min_by_key(|(real, form, _)| (*form, real.starts_with("multipart/"), real.len()))
}

/// Whether this can be the value of a header.
pub(super) fn is_sendable(media_type: &str) -> bool {
    media_type.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// Whether a body of this media type is JSON: `application/json`, `text/json`, anything `+json`
/// (RFC 6839 section 3.1), or not said.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/json" | "text/json" | "*/*" | "application/*")
        || essence.ends_with("+json")
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_operation;
    use super::*;

    #[test]
    fn each_body_has_one_form_and_the_real_media_type_is_kept() {
        let cases = [
            (json!({"application/json": {}}), Some("application/json"), Some("application/json")),
            (
                json!({"application/json; charset=utf-8": {}}),
                Some("application/json"),
                Some("application/json; charset=utf-8"),
            ),
            (
                json!({"application/merge-patch+json": {}}),
                Some("application/json"),
                Some("application/merge-patch+json"),
            ),
            (
                json!({"application/xml": {}, "application/json": {}}),
                Some("application/json"),
                Some("application/json"),
            ),
            (json!({"text/csv": {}}), Some("application/octet-stream"), Some("text/csv")),
            (json!({"image/*": {}}), Some("application/octet-stream"), Some("application/octet-stream")),
            (json!({"text/plain": {"schema": {"minLength": 1}}}), Some("text/plain"), Some("text/plain")),
            (json!({"text/csv\n": {}}), Some("application/octet-stream"), Some("application/octet-stream")),
            (
                json!({"multipart/form-data": {}}),
                Some("application/octet-stream"),
                Some("multipart/form-data"),
            ),
            (
                json!({"multipart/form-data": {}, "application/x-www-form-urlencoded": {}}),
                Some("application/x-www-form-urlencoded"),
                Some("application/x-www-form-urlencoded"),
            ),
        ];
        for (content, sent, real) in cases {
            let (operation, _) = run_on_operation(rename, json!({"requestBody": {"content": content}}));
            let media_type = operation["requestBody"]["content"]
                .as_object()
                .map(|content| content.keys().next().unwrap().as_str());
            assert_eq!(media_type, sent, "{content}");
            assert_eq!(operation.get(facts::CONTENT_TYPE).and_then(Value::as_str), real, "{content}");
        }
    }

    #[test]
    fn a_form_of_parts_is_remarked_and_kept() {
        let body = json!({"content": {"multipart/form-data": {"schema": {"properties": {"file": {}}}}}});
        let (operation, messages) = run_on_operation(rename, json!({ "requestBody": body }));
        let bytes = json!({"schema": {"type": "string", "format": "binary"}});
        assert_eq!(operation["requestBody"]["content"], json!({ "application/octet-stream": bytes }));
        assert_eq!(messages.len(), 1, "{messages:?}");
    }

    #[test]
    fn a_body_without_content_is_no_body() {
        let (operation, _) = run_on_operation(rename, json!({"requestBody": {"content": {}}}));
        assert_eq!(operation, json!({}));
    }
}
