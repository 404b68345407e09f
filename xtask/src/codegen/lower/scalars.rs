//! Repairs scalar schemas: formats that do not belong to their type, patterns that the SDK's engine
//! cannot read, enums with values of another type. The server goes on checking them.

use serde_json::{Number, Value};

use super::report::Report;
use super::walk::{Object, each_schema};

/// The pass.
pub(super) fn repair(view: &mut Value, _: &mut Report) {
    each_schema(view, |schema, _| {
        let Some(members) = schema.as_object_mut() else { return };
        let kind = members.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        if !members.get("type").is_none_or(Value::is_string) {
            members.shift_remove("type");
        }
        if !matches!(kind.as_str(), "string" | "integer" | "number") || !format_fits(&kind, members) {
            members.shift_remove("format");
        }
        if kind != "string" || !members.get("pattern").is_none_or(is_readable) {
            members.shift_remove("pattern");
        }
        repair_enum(&kind, members);
        repair_bounds(&kind, members);
    });
}

/// Of the formats that give a type of their own, each belongs to one type.
fn format_fits(kind: &str, members: &Object) -> bool {
    match members.get("format").and_then(Value::as_str) {
        Some("int32" | "int64" | "int8" | "int16" | "uint8" | "uint16" | "uint32" | "uint64" | "uint") => {
            kind == "integer"
        }
        Some("float" | "double") => kind == "number",
        Some(_) => kind == "string",
        None => false,
    }
}

fn is_readable(pattern: &Value) -> bool {
    pattern.as_str().is_some_and(|pattern| regress::Regex::new(pattern).is_ok())
}

fn repair_enum(kind: &str, members: &mut Object) {
    let Some(Value::Array(mut values)) = members.shift_remove("enum") else { return };
    if values.iter().any(Value::is_null) {
        values.retain(|value| !value.is_null());
        members.insert("nullable".to_owned(), true.into());
    }
    let mut unique: Vec<Value> = Vec::new();
    for value in values {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    if kind == "string" && !unique.is_empty() && unique.iter().all(Value::is_string) {
        members.insert("enum".to_owned(), unique.into());
    }
}

/// Whole numbers where whole numbers are meant, and no bounds that contradict each other.
fn repair_bounds(kind: &str, members: &mut Object) {
    let whole = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
    for key in whole {
        let Some(value) = members.get(key) else { continue };
        match value
            .as_u64()
            .or_else(|| value.as_f64().filter(|v| *v >= 0.0 && v.fract() == 0.0).map(|v| v as u64))
        {
            Some(value) => members.insert(key.to_owned(), Number::from(value).into()),
            None => members.shift_remove(key),
        };
    }
    for key in ["minimum", "maximum", "multipleOf"] {
        let fits = members.get(key).is_none_or(|value| match kind {
            "integer" => value.is_i64(),
            _ => value.is_number(),
        });
        if !fits || !matches!(kind, "integer" | "number") {
            members.shift_remove(key);
        }
    }
    for key in ["exclusiveMinimum", "exclusiveMaximum"] {
        if !members.get(key).is_none_or(Value::is_boolean) {
            members.shift_remove(key);
        }
    }
    if kind != "string" {
        members.shift_remove("minLength");
        members.shift_remove("maxLength");
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_schemas;
    use super::*;
    use serde_json::json;

    #[test]
    fn scalars_keep_what_fits_their_type() {
        let string = json!({"type": "string"});
        let integer = json!({"type": "integer"});
        let cases = [
            (
                json!({"type": "string", "format": "date-time"}),
                json!({"type": "string", "format": "date-time"}),
            ),
            (json!({"type": "string", "format": "int64"}), string.clone()),
            (json!({"type": "boolean", "format": "boolean"}), json!({"type": "boolean"})),
            (
                json!({"type": "string", "pattern": "^(?<a>x)$"}),
                json!({"type": "string", "pattern": "^(?<a>x)$"}),
            ),
            (json!({"type": "string", "pattern": "(?i)["}), string.clone()),
            (json!({"type": "string", "enum": [1, 2]}), string.clone()),
            (json!({"type": "integer", "enum": [1, 2]}), integer.clone()),
            (
                json!({"type": "string", "enum": ["a", "a", null]}),
                json!({"type": "string", "nullable": true, "enum": ["a"]}),
            ),
            (json!({"type": "integer", "maximum": 1e30}), integer.clone()),
            (json!({"type": "integer", "minimum": 0}), json!({"type": "integer", "minimum": 0})),
            (json!({"type": "string", "maxLength": 10.0}), json!({"type": "string", "maxLength": 10})),
            (json!({"type": "string", "maxLength": -1}), string),
            (json!({"type": ["string"]}), json!({})),
        ];
        for (declared, expected) in cases {
            let (schemas, _) = run_on_schemas(repair, json!({ "A": declared }));
            assert_eq!(schemas["A"], expected, "{declared}");
        }
    }
}
