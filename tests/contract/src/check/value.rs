//! Turns what travels as text, in parameters and headers, into the value that its schema speaks of.

use orderly_document::Pointer;
use serde_json::Value;

use crate::document::Document;

/// The value that a text stands for; the text itself where it is none of the schema's type, for the schema to refuse.
pub(super) fn read(document: &Document, schema: &Pointer, text: &str) -> Value {
    let schema = document.source().resolve(schema).map_or(&Value::Null, |resolved| resolved.value);
    let parsed = match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => serde_json::from_str::<Value>(text).ok(),
        _ => None,
    };
    parsed
        .filter(|value| value.is_number() || value.is_boolean())
        .unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Whether the schema is that of a list, which a query sends by repeating the name (`style: form`, `explode: true`).
pub(super) fn is_list(document: &Document, schema: &Pointer) -> bool {
    document.source().resolve(schema).is_ok_and(|resolved| resolved.value["type"] == "array")
}
