//! Keeps the names of types apart: component names that are equal as Rust types, that generated code
//! needs for itself, or that it would give to an unnamed schema too.

use std::collections::{BTreeMap, HashSet};

use heck::ToPascalCase;
use serde_json::{Map, Value};

use super::report::Report;
use super::walk::{each_schema, operation_schemas, operations_mut, schema_name, schema_reference, within};
use orderly_document::Pointer;

/// Names that generated code takes from elsewhere and writes without a path.
const TAKEN: [&str; 8] = ["Default", "Self", "From", "Some", "None", "Ok", "Err", "Option"];

/// The pass.
pub(super) fn separate(view: &mut Value, _: &mut Report) {
    let mut taken = given_names(view);
    taken.extend(TAKEN.map(str::to_owned));
    let Some(Value::Object(schemas)) = view.pointer_mut("/components/schemas").map(Value::take) else {
        return;
    };
    let mut renamed = BTreeMap::new();
    let mut separated = Map::new();
    for (name, schema) in schemas {
        let wanted = type_name(&name);
        let mut unique = wanted.clone();
        let mut number = 2;
        while !taken.insert(unique.clone()) {
            unique = format!("{wanted}{number}");
            number += 1;
        }
        renamed.insert(name, unique.clone());
        separated.insert(unique, schema);
    }
    view["components"]["schemas"] = separated.into();
    each_schema(view, |schema, _| {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(schema_name);
        if let Some(unique) = name.and_then(|name| renamed.get(&name)) {
            schema["$ref"] = schema_reference(unique).into();
        }
    });
}

/// The names that unnamed schemas get, from where they stand.
fn given_names(view: &mut Value) -> HashSet<String> {
    let mut names = HashSet::new();
    let mut give = |schema: &mut Value, owner: &str| {
        within(schema, &Pointer::root(), &mut |schema, at| {
            let steps = steps(at);
            // A component that is a schema itself has its own name, and so have its parts.
            let is_component = steps.is_empty() && !owner.contains('-');
            if needs_name(schema) && !is_component {
                names.insert(type_name(&format!("{owner}-{}", steps.join("-"))));
            }
        });
    };
    let schemas = view.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for (name, schema) in schemas.into_iter().flatten() {
        give(schema, &type_name(name));
    }
    for (_, operation) in operations_mut(view) {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
        for (role, schema) in operation_schemas(operation) {
            give(schema, &format!("{id}-{role}"));
        }
    }
    names
}

/// The words that the way to a schema adds to its name. The parts of `allOf` become one type, so their numbers are none.
fn steps(at: &Pointer) -> Vec<String> {
    let (mut steps, mut is_number) = (Vec::new(), false);
    for token in at.tokens() {
        match token.as_str() {
            "properties" | "allOf" | "oneOf" => {}
            "items" => steps.push("item".to_owned()),
            "additionalProperties" => steps.push("value".to_owned()),
            _ if is_number => {}
            _ => steps.push(token.clone()),
        }
        is_number = token == "allOf";
    }
    steps
}

/// Whether a schema becomes a type of its own.
fn needs_name(schema: &Value) -> bool {
    let choices = |key: &str| schema.get(key).and_then(Value::as_array).is_some_and(|parts| parts.len() > 1);
    let has = |key: &str| schema.get(key).is_some();
    ["enum", "pattern", "minLength", "maxLength", "properties"].into_iter().any(has)
        || choices("oneOf")
        || choices("allOf")
}

/// The Rust type that a component's name becomes.
pub(super) fn type_name(name: &str) -> String {
    let words: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = words.to_pascal_case();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("Type{name}") }
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_schemas;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_component_makes_way_for_the_name_that_an_unnamed_schema_gets() {
        let (schemas, _) = run_on_schemas(
            separate,
            json!({
                "Order": {"properties": {"state": {"enum": ["a"]}, "note": {"type": "string"}, "line": {"$ref": "#/components/schemas/OrderLine"}}},
                "OrderState": {}, "OrderNote": {}, "OrderLine": {"properties": {}},
            }),
        );
        let names: Vec<_> = schemas.as_object().unwrap().keys().collect();
        assert_eq!(names, ["Order", "OrderState2", "OrderNote", "OrderLine"]);
    }

    #[test]
    fn the_parts_of_a_whole_add_no_number_to_a_name() {
        let choice = json!({"oneOf": [{"type": "string"}, {"type": "integer"}]});
        let (schemas, _) = run_on_schemas(
            separate,
            json!({
                "Input": {"allOf": [{"properties": {"a": {}}}, {"properties": {"check": choice}}]},
                "InputCheck": {"properties": {}},
                "Output": {"properties": {"check": {"allOf": [choice]}}},
                "OutputCheck": {"properties": {}},
            }),
        );
        let names: Vec<_> = schemas.as_object().unwrap().keys().collect();
        assert_eq!(names, ["Input", "InputCheck2", "Output", "OutputCheck2"]);
    }

    #[test]
    fn names_are_apart_and_references_follow() {
        let (schemas, _) = run_on_schemas(
            separate,
            json!({
                "order_line": {"type": "string"},
                "OrderLine": {"items": {"$ref": "#/components/schemas/order_line"}},
                "Default": {"items": {"$ref": "#/components/schemas/OrderLine"}},
                "3d": {},
            }),
        );
        let expected = json!({
            "OrderLine": {"type": "string"},
            "OrderLine2": {"items": {"$ref": "#/components/schemas/OrderLine"}},
            "Default2": {"items": {"$ref": "#/components/schemas/OrderLine2"}},
            "Type3d": {},
        });
        assert_eq!(schemas, expected);
    }
}
