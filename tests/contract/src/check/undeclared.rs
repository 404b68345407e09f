//! Members of an answer that no schema declares. A schema that leaves objects open does so for clients that are older
//! than the server; the server itself says nothing that its document does not.

use orderly_document::{Document as Source, Pointer};
use serde_json::{Map, Value};

use crate::document::Composition;

/// The undeclared members of a value, as JSON pointers.
pub(super) fn members(document: &Source, schema: &Pointer, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(document, std::slice::from_ref(schema), value, "", &mut found);
    found
}

/// Looks through a value that all of `schemas` describe together.
fn walk(document: &Source, schemas: &[Pointer], value: &Value, at: &str, found: &mut Vec<String>) {
    let shape = Composition::of(document, schemas);
    match value {
        Value::Object(members) => walk_members(document, &shape, members, at, found),
        Value::Array(items) if !shape.items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                walk(document, &shape.items, item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn walk_members(
    document: &Source,
    shape: &Composition<'_>,
    members: &Map<String, Value>,
    at: &str,
    found: &mut Vec<String>,
) {
    // Where nothing is said about members, the object is a free one.
    let is_free = shape.members.is_empty() && shape.others.is_empty();
    for (name, value) in members {
        let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        match shape.members.get(name) {
            Some(schemas) => walk(document, schemas, value, &at, found),
            None if !shape.others.is_empty() => walk(document, &shape.others, value, &at, found),
            None if is_free => {}
            None => found.push(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Source {
        let value = json!({ "openapi": "3.0.3", "schemas": {
            "Order": { "type": "object", "properties": {
                "id": { "type": "string" },
                "lines": { "type": "array", "items": { "$ref": "#/schemas/Line" } },
                "labels": { "type": "object", "additionalProperties": { "$ref": "#/schemas/Line" } },
                "anything": { "type": "object" },
                "parent": { "$ref": "#/schemas/Order" },
            } },
            "Line": { "allOf": [
                { "properties": { "sku": {} } },
                { "oneOf": [{ "properties": { "size": {} } }, { "properties": { "weight": {} } }] },
            ] },
        } });
        Source::parse("test.json", value.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn members_that_no_schema_names_are_found_at_any_depth() {
        let cases = [
            (json!({ "id": "1", "lines": [{ "sku": "a", "weight": 1 }] }), vec![]),
            (json!({ "id": "1", "extra": 1 }), vec!["/extra"]),
            (
                json!({ "lines": [{ "sku": "a" }, { "colour": "red", "a/b": 1 }] }),
                vec!["/lines/1/a~1b", "/lines/1/colour"],
            ),
            (json!({ "labels": { "x": { "sku": 1 }, "y": { "z": 1 } } }), vec!["/labels/y/z"]),
            (json!({ "anything": { "goes": [{ "here": 1 }] } }), vec![]),
            (json!({ "parent": { "parent": { "unknown": 1 } } }), vec!["/parent/parent/unknown"]),
        ];
        for (value, expected) in cases {
            let mut found = members(&document(), &Pointer::from("/schemas/Order"), &value);
            found.sort();
            assert_eq!(found, expected, "{value}");
        }
    }
}
