//! A body as it may be, made from its schema where the document has no example.

use serde_json::{Map, Value, json};

use super::schema;

/// Deeper than this nothing is shown.
const DEPTH: usize = 5;

/// A value for a schema: what the document gives as an example, or something of the right form to be replaced.
pub(super) fn of(document: &Value, schema: &Value) -> Value {
    made(document, schema, 0)
}

fn made(document: &Value, schema: &Value, depth: usize) -> Value {
    let schema = schema::flat(document, schema);
    for key in ["example", "default"] {
        if let Some(value) = schema.get(key) {
            return value.clone();
        }
    }
    if let Some(value) = schema.get("enum").and_then(Value::as_array).and_then(|values| values.first()) {
        return value.clone();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => text(schema.get("format").and_then(Value::as_str)).into(),
        Some("integer") => schema.get("minimum").filter(|bound| bound.is_i64()).cloned().unwrap_or(json!(0)),
        Some("number") => json!(0.5),
        Some("boolean") => true.into(),
        Some("array") if depth < DEPTH => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            Value::Array(vec![made(document, items, depth + 1)])
        }
        Some("array") => Value::Array(Vec::new()),
        _ => object(document, &schema, depth),
    }
}

fn object(document: &Value, schema: &Map<String, Value>, depth: usize) -> Value {
    let mut members = Map::new();
    if depth < DEPTH {
        for (name, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if schema::flat(document, schema).get("readOnly") != Some(&Value::Bool(true)) {
                members.insert(name.clone(), made(document, schema, depth + 1));
            }
        }
    }
    Value::Object(members)
}

fn text(format: Option<&str>) -> &'static str {
    match format {
        Some("date-time") => "2026-01-31T12:00:00Z",
        Some("date") => "2026-01-31",
        Some("email") => "ada@example.com",
        Some("uuid") => "6f1c0d5e-8f0e-4c1b-9d52-3f6c0a7b1e90",
        Some("uri" | "url") => "https://example.com",
        _ => "…",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_made_from_examples_defaults_and_forms_and_always_ends() {
        let document = json!({ "components": { "schemas": { "Node": { "type": "object", "properties": {
            "name": { "type": "string", "example": "root" },
            "at": { "type": "string", "format": "date" },
            "size": { "type": "integer", "minimum": 1 },
            "id": { "type": "string", "readOnly": true },
            "next": { "$ref": "#/components/schemas/Node" },
        } } } } });
        let made = of(&document, &json!({ "$ref": "#/components/schemas/Node" }));
        assert_eq!(
            (&made["name"], &made["at"], &made["size"]),
            (&"root".into(), &"2026-01-31".into(), &1.into())
        );
        assert!(made.get("id").is_none());
        assert_eq!(made.pointer("/next/next/next/next/next"), Some(&json!({})));
    }
}
