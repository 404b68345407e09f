//! Gives numbers and unconstrained texts their plain Rust types. A named one would be a type of its own
//! that `2` and `"a"` do not turn into, and a bound would choose types such as `NonZeroU32`.

use serde_json::Value;

use super::report::Report;
use super::walk::{each_schema, resolve, schema_name};

/// Bounds that the SDK does not check.
const BOUNDS: [&str; 5] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/// The pass.
pub(super) fn inline(view: &mut Value, _: &mut Report) {
    each_schema(view, |schema, _| {
        if let Some(members) = schema.as_object_mut() {
            members.retain(|key, _| !BOUNDS.contains(&key.as_str()));
        }
    });
    let source = view.clone();
    each_schema(view, |schema, _| {
        let is_named = schema.get("$ref").and_then(Value::as_str).and_then(schema_name).is_some();
        if is_named && let Some(target) = resolve(&source, schema).filter(|target| is_plain(target)) {
            *schema = target.clone();
        }
    });
}

/// A scalar of which the generated type would check nothing.
fn is_plain(schema: &Value) -> bool {
    let Some(members) = schema.as_object() else { return false };
    let says_only_its_type =
        members.keys().all(|key| matches!(key.as_str(), "type" | "format" | "description" | "nullable"));
    says_only_its_type && matches!(schema["type"].as_str(), Some("string" | "integer" | "number" | "boolean"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_schemas;
    use super::*;
    use serde_json::json;

    #[test]
    fn what_checks_nothing_has_no_type_of_its_own() {
        let (schemas, _) = run_on_schemas(
            inline,
            json!({
                "Line": {"properties": {
                    "quantity": {"$ref": "#/components/schemas/Quantity"},
                    "sku": {"$ref": "#/components/schemas/Sku"},
                    "note": {"$ref": "#/components/schemas/Note"},
                }},
                "Quantity": {"type": "integer", "format": "int32", "minimum": 1},
                "Sku": {"type": "string", "maxLength": 3},
                "Note": {"type": "string", "description": "Words."},
            }),
        );
        let expected = json!({
            "quantity": {"type": "integer", "format": "int32"},
            "sku": {"$ref": "#/components/schemas/Sku"},
            "note": {"type": "string", "description": "Words."},
        });
        assert_eq!(schemas["Line"]["properties"], expected);
    }
}
