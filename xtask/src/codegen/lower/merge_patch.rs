//! Lets merge patches (RFC 7396) say `null`: an optional field that may be cleared, and an optional list
//! or map, take the SDK's `Patch`, which tells "clear" from "leave as it is".

use std::collections::BTreeSet;

use heck::ToPascalCase;
use serde_json::{Map, Value, json};

use super::component_names::type_name;
use super::facts::{CONTENT_TYPE, sdk_type};
use super::prune::reachable;
use super::report::Report;
use super::walk::{Object, operations, resolve, schema_name, schema_reference};
use orderly_document::Pointer;

/// The pass.
pub(super) fn wrap(view: &mut Value, report: &mut Report) {
    let (patches, others) = bodies(view);
    let shared = reachable(view, others.iter());
    let names: BTreeSet<String> = reachable(view, patches.iter());
    let mut hoisted = Map::new();
    let source = view.clone();
    for name in names {
        let at = Pointer::root().path(["components", "schemas", &name]);
        let Some(schema) = view.pointer_mut(&at) else { continue };
        if !has_clearable(&source, schema) {
            continue;
        }
        if shared.contains(&name) {
            report.weaker(at, "is used elsewhere than in merge patches too: the SDK cannot clear its fields");
        } else {
            wrap_properties(&source, &name, schema, &mut hoisted);
        }
    }
    if let Some(Value::Object(schemas)) = view.pointer_mut("/components/schemas") {
        schemas.extend(hoisted);
    }
}

/// The bodies that are merge patches, and everything else that schemas are used for.
fn bodies(view: &Value) -> (Vec<Value>, Vec<Value>) {
    let (mut patches, mut others) = (Vec::new(), Vec::new());
    for (at, operation) in operations(view) {
        let media_type = operation.get(CONTENT_TYPE).and_then(Value::as_str).unwrap_or_default();
        let is_patch = at.method == "patch" || media_type.starts_with("application/merge-patch+json");
        for (key, member) in operation {
            let list = if key == "requestBody" && is_patch { &mut patches } else { &mut others };
            list.push(member.clone());
        }
    }
    (patches, others)
}

fn is_clearable(source: &Value, property: &Value) -> bool {
    resolve(source, property)
        .is_some_and(|schema| schema["nullable"] == true || matches!(schema["type"].as_str(), Some("array")))
}

fn optional_names(schema: &Value) -> Vec<String> {
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let properties = schema.get("properties").and_then(Value::as_object);
    let names = properties.into_iter().flatten().map(|(name, _)| name.clone());
    names.filter(|name| !required.contains(&name.as_str().into())).collect()
}

fn has_clearable(source: &Value, schema: &Value) -> bool {
    optional_names(schema).iter().any(|name| is_clearable(source, &schema["properties"][name]))
}

fn wrap_properties(source: &Value, owner: &str, schema: &mut Value, hoisted: &mut Object) {
    for name in optional_names(schema) {
        let property = &mut schema["properties"][&name];
        if !is_clearable(source, property) {
            continue;
        }
        let description = property.get("description").cloned();
        let mut inner = match property.get("$ref").and_then(Value::as_str).and_then(schema_name) {
            // A named schema that is nullable itself: its copy without `null` needs a name of its own.
            Some(_) => resolve(source, property).cloned().unwrap_or_default(),
            None => property.take(),
        };
        if let Some(members) = inner.as_object_mut() {
            members.shift_remove("nullable");
            members.shift_remove("description");
        }
        let inner = named(inner, &format!("{}{}", type_name(owner), name.to_pascal_case()), hoisted);
        *property = json!({ "x-rust-type": sdk_type("Patch", vec![inner]) });
        if let Some(description) = description {
            property["description"] = description;
        }
    }
}

/// A reference to the schema under a name of its own, where its type needs one.
fn named(schema: Value, name: &str, hoisted: &mut Object) -> Value {
    let plain = schema
        .as_object()
        .is_some_and(|members| members.keys().all(|key| matches!(key.as_str(), "type" | "format" | "$ref")));
    let list_of_plain = schema["type"] == "array"
        && schema["items"]
            .as_object()
            .is_some_and(|items| items.keys().all(|key| matches!(key.as_str(), "type" | "format" | "$ref")));
    if plain && schema["type"] != "object" || list_of_plain {
        return schema;
    }
    hoisted.insert(name.to_owned(), schema);
    json!({ "$ref": schema_reference(name) })
}

#[cfg(test)]
mod tests {
    use super::super::testing::run;
    use super::*;

    fn patching(schemas: Value) -> Value {
        let body =
            json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Change"}}}});
        json!({"paths": {"/a": {"patch": {"requestBody": body}}}, "components": {"schemas": schemas}})
    }

    #[test]
    fn optional_fields_that_may_be_cleared_take_a_patch() {
        let (view, messages) = run(
            wrap,
            patching(json!({"Change": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string", "nullable": true},
                    "name": {"type": "string", "minLength": 1},
                    "note": {"type": "string", "nullable": true, "description": "A note."},
                    "code": {"type": "string", "nullable": true, "maxLength": 3},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            }})),
        );
        let schemas = &view["components"]["schemas"];
        let properties = &schemas["Change"]["properties"];
        assert_eq!(properties["id"], json!({"type": "string", "nullable": true}));
        assert_eq!(properties["name"], json!({"type": "string", "minLength": 1}));
        let parameters = |name: &str| &properties[name]["x-rust-type"]["parameters"];
        assert_eq!(parameters("note"), &json!([{"type": "string"}]));
        assert_eq!(properties["note"]["description"], "A note.");
        assert_eq!(parameters("code"), &json!([{"$ref": "#/components/schemas/ChangeCode"}]));
        assert_eq!(schemas["ChangeCode"], json!({"type": "string", "maxLength": 3}));
        assert_eq!(parameters("tags"), &json!([{"type": "array", "items": {"type": "string"}}]));
        assert_eq!(messages, [] as [&str; 0]);
    }

    #[test]
    fn a_schema_that_is_used_elsewhere_stays_as_it_is() {
        let mut view =
            patching(json!({"Change": {"properties": {"note": {"type": "string", "nullable": true}}}}));
        view["paths"]["/a"]["get"] = json!({"responses": {"200": {"$ref": "#/components/schemas/Change"}}});
        let before = view.clone();
        let (view, messages) = run(wrap, view);
        assert_eq!(view, before);
        assert_eq!(messages.len(), 1);
    }
}
