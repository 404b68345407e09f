//! Simplifies combinations that progenitor's type generator gets wrong or stops at. Where a meaning is
//! lost, it is one that only a validator would have used.

use serde_json::{Map, Value, json};

use super::report::Report;
use super::walk::{Object, each_schema, schema_name};
use orderly_document::Pointer;

/// The pass.
pub(super) fn simplify(view: &mut Value, report: &mut Report) {
    each_schema(view, |schema, at| {
        let Some(members) = schema.as_object_mut() else {
            // `true` and `false` are schemas elsewhere; a list or a text never is.
            if !schema.is_boolean() {
                *schema = json!({});
            }
            return;
        };
        if members.contains_key("$ref") {
            return;
        }
        members.shift_remove("not");
        drop_bare_requirements(members);
        name_the_type(members);
        choose_one(members, at, report);
        if members.get("type") == Some(&"array".into()) && !members.get("items").is_some_and(Value::is_object)
        {
            members.insert("items".to_owned(), json!({}));
        }
    });
    break_circles(view, report);
}

/// `anyOf: [{required: [a]}, {required: [b]}]` says which fields go together, not what they are.
fn drop_bare_requirements(members: &mut Object) {
    for key in ["oneOf", "anyOf", "allOf"] {
        let Some(Value::Array(parts)) = members.get_mut(key) else { continue };
        let says_nothing = |part: &Value| {
            part.as_object().is_some_and(|part| {
                part.keys().all(|key| matches!(key.as_str(), "required" | "description" | "minProperties"))
            })
        };
        if key == "allOf" {
            parts.retain(|part| !says_nothing(part));
        }
        if parts.is_empty() || parts.iter().all(says_nothing) {
            members.shift_remove(key);
        }
    }
}

/// A schema without `type` whose other members leave no doubt.
fn name_the_type(members: &mut Object) {
    if members.contains_key("type")
        || ["oneOf", "anyOf", "allOf"].iter().any(|key| members.contains_key(*key))
    {
        return;
    }
    let strings = members
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_string));
    let implied = if members.contains_key("properties") || members.contains_key("additionalProperties") {
        "object"
    } else if members.contains_key("items") {
        "array"
    } else if strings || members.contains_key("format") || members.contains_key("pattern") {
        "string"
    } else {
        return;
    };
    members.insert("type".to_owned(), implied.into());
}

/// `anyOf` becomes `oneOf`: the generated type takes the first variant that fits, as before, and is no
/// struct of optional parts that scalars cannot fill. Beside fields of its own it cannot be had.
fn choose_one(members: &mut Object, at: &Pointer, report: &mut Report) {
    if let Some(Value::Array(mut parts)) = members.shift_remove("anyOf") {
        if let Some(Value::Array(others)) = members.get("oneOf") {
            parts.extend(others.iter().cloned());
        }
        members.insert("oneOf".to_owned(), parts.into());
    }
    let has_choice = members.contains_key("oneOf");
    let has_fields = members.contains_key("properties") || members.contains_key("allOf");
    if has_choice && has_fields {
        report
            .weaker(at.clone(), "an object with fields and alternatives has the SDK type of any JSON value");
        let description = members.shift_remove("description");
        members.clear();
        members.extend(description.map(|text| ("description".to_owned(), text)));
    } else if has_choice {
        members.shift_remove("type");
    }
}

/// A schema that contains itself by `allOf` has no type.
fn break_circles(view: &mut Value, report: &mut Report) {
    let Some(schemas) = view.pointer("/components/schemas").and_then(Value::as_object) else { return };
    let names: Vec<String> = schemas.keys().filter(|name| embeds(schemas, name)).cloned().collect();
    for name in names {
        let at = Pointer::root().path(["components", "schemas", &name]);
        view["components"]["schemas"][&name] = Map::new().into();
        report.weaker(at, "a schema that contains itself has the SDK type of any JSON value");
    }
}

/// Whether a named schema leads to itself through references and `allOf` alone.
fn embeds(schemas: &Object, name: &str) -> bool {
    let mut pending = vec![&schemas[name]];
    let mut seen = Vec::new();
    while let Some(schema) = pending.pop() {
        pending.extend(schema.get("allOf").and_then(Value::as_array).into_iter().flatten());
        let Some(next) = schema.get("$ref").and_then(Value::as_str).and_then(schema_name) else { continue };
        if next == name {
            return true;
        }
        if !seen.contains(&next) {
            pending.extend(schemas.get(&next));
            seen.push(next);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_schemas;
    use super::*;

    #[test]
    fn odd_schemas_become_plain_ones() {
        let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let with = |key: &str, value: Value| {
            let mut schema = object.clone();
            schema[key] = value;
            schema
        };
        let cases = [
            ("not", json!({"type": "string", "not": {"enum": ["a"]}}), json!({"type": "string"})),
            (
                "requirements",
                with("anyOf", json!([{"required": ["a"]}, {"required": ["b"]}])),
                object.clone(),
            ),
            ("no type, fields", json!({"properties": {}}), json!({"properties": {}, "type": "object"})),
            ("no type, items", json!({"items": {}}), json!({"items": {}, "type": "array"})),
            ("no type, format", json!({"format": "uuid"}), json!({"format": "uuid", "type": "string"})),
            ("no items", json!({"type": "array"}), json!({"type": "array", "items": {}})),
            ("anyOf", json!({"anyOf": [{"type": "string"}]}), json!({"oneOf": [{"type": "string"}]})),
            ("fields and alternatives", with("oneOf", json!([{"type": "object"}])), json!({})),
            ("contains itself", json!({"allOf": [{"$ref": "#/components/schemas/A"}]}), json!({})),
        ];
        for (case, declared, expected) in cases {
            assert_eq!(run_on_schemas(simplify, json!({ "A": declared })).0["A"], expected, "{case}");
        }
    }
}
