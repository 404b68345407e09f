//! What a sender sends: a schema that says nothing of further members is not a promise to send some.
//!
//! JSON Schema takes an object without `additionalProperties` for one that may hold anything. Taken by its word, a new
//! optional property would break every request, because an old client might have sent something else under that name.
//! So the sender's side of a comparison is held to the members that it names; the receiver's is not. Where the document
//! says `additionalProperties` itself, or names no member at all, it means it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// Closes a schema, as [`json_schema`](orderly_api_runtime::json_schema) makes it, at every place where a value of its
/// own is described.
pub(super) fn close(schema: &mut Value) {
    let definitions = match schema.get("definitions") {
        Some(Value::Object(definitions)) => definitions.clone(),
        _ => Map::new(),
    };
    if let Some(Value::Object(own)) = schema.get_mut("definitions") {
        own.values_mut().for_each(|definition| within(definition, &definitions));
    }
    let root = schema.as_object_mut().and_then(|schema| schema.get_mut("allOf")?.get_mut(0));
    if let Some(root) = root {
        whole(root, &definitions);
    }
}

/// Closes a schema that describes a value of its own.
fn whole(schema: &mut Value, definitions: &Map<String, Value>) {
    within(schema, definitions);
    let mut members = Members::default();
    members.gather(schema, definitions);
    if !members.names.is_empty() && !members.are_open {
        let properties: BTreeMap<_, _> = members.names.into_iter().map(|name| (name, json!({}))).collect();
        *schema =
            json!({"allOf": [schema.take(), {"properties": properties, "additionalProperties": false}]});
    }
}

/// Closes the schemas of members and items; `schema` itself may be a part of another one.
fn within(schema: &mut Value, definitions: &Map<String, Value>) {
    let Some(schema) = schema.as_object_mut() else { return };
    for (keyword, inner) in schema {
        match (keyword.as_str(), inner) {
            ("properties", Value::Object(members)) => {
                members.values_mut().for_each(|member| whole(member, definitions));
            }
            ("items" | "additionalProperties", inner @ Value::Object(_)) => whole(inner, definitions),
            ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => {
                branches.iter_mut().for_each(|branch| within(branch, definitions));
            }
            // What is excluded stays as it is: to close it would allow more.
            _ => {}
        }
    }
}

/// The members that all parts of a schema name together.
#[derive(Default)]
struct Members {
    names: BTreeSet<String>,
    are_open: bool,
    seen: BTreeSet<String>,
}

impl Members {
    fn gather(&mut self, schema: &Value, definitions: &Map<String, Value>) {
        let Some(schema) = schema.as_object() else { return };
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let name = name.trim_start_matches("#/definitions/");
            if self.seen.insert(name.to_owned())
                && let Some(definition) = definitions.get(name)
            {
                self.gather(definition, definitions);
            }
            return;
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        self.names.extend(properties.into_iter().flat_map(Map::keys).cloned());
        let required = schema.get("required").and_then(Value::as_array);
        self.names.extend(required.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        self.are_open |=
            schema.get("additionalProperties").is_some_and(|further| *further != Value::Bool(false));
        for branch in branches(schema, "allOf") {
            self.gather(branch, definitions);
        }
        for branch in ["anyOf", "oneOf"].into_iter().flat_map(|keyword| branches(schema, keyword)) {
            let mut own = Self { seen: self.seen.clone(), ..Self::default() };
            own.gather(branch, definitions);
            // An alternative that is an object, and says no more, is one that may hold anything.
            self.are_open |= own.are_open || own.names.is_empty() && may_be_object(branch, definitions);
            self.names.extend(own.names);
        }
    }
}

fn branches<'a>(schema: &'a Map<String, Value>, keyword: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(keyword).and_then(Value::as_array).into_iter().flatten()
}

/// Whether a schema that names no member may be about objects.
fn may_be_object(schema: &Value, definitions: &Map<String, Value>) -> bool {
    let mut schema = schema;
    for _ in 0..definitions.len() {
        let Some(name) = schema.get("$ref").and_then(Value::as_str) else { break };
        schema = definitions.get(name.trim_start_matches("#/definitions/")).unwrap_or(&Value::Null);
    }
    let is_composed =
        ["allOf", "anyOf", "oneOf", "enum", "$ref"].iter().any(|word| schema.get(word).is_some());
    match schema.get("type") {
        Some(Value::Array(names)) => names.iter().any(|name| name == "object"),
        Some(name) => name == "object",
        None => !is_composed,
    }
}

#[cfg(test)]
mod tests {
    use orderly_api_runtime::{Direction, compile_schema, json_schema};

    use super::*;

    fn accepts(schema: Value, value: &Value) -> bool {
        let document = json!({"components": {"schemas": {"It": schema,
            "Named": {"type": "object", "properties": {"name": {"type": "string"}}}}}});
        let mut schema = json_schema(&document, "#/components/schemas/It", Direction::Request).unwrap();
        close(&mut schema);
        compile_schema(&schema).unwrap().is_valid(value)
    }

    #[test]
    fn a_sender_sends_the_members_that_any_part_of_the_schema_names() {
        let named = json!({"$ref": "#/components/schemas/Named"});
        let aged = json!({"properties": {"age": {"type": "integer"}}});
        let all = json!({"allOf": [named, aged]});
        assert!(accepts(all.clone(), &json!({"name": "a", "age": 1})));
        assert!(!accepts(all.clone(), &json!({"name": "a", "size": 1})));
        let list = json!({"type": "array", "items": all});
        assert!(!accepts(list, &json!([{"size": 1}])));
        assert!(!accepts(named, &json!({"size": 1})));
    }

    #[test]
    fn what_is_open_by_its_own_word_stays_open() {
        let value = json!({"size": 1});
        let named = json!({"$ref": "#/components/schemas/Named"});
        assert!(accepts(json!({"type": "object"}), &value));
        assert!(accepts(json!({"properties": {"name": {}}, "additionalProperties": true}), &value));
        assert!(accepts(json!({"allOf": [named, {"additionalProperties": {"type": "integer"}}]}), &value));
        assert!(accepts(json!({"anyOf": [named, {"type": "object"}]}), &value));
        assert!(!accepts(json!({"anyOf": [named, {"type": "string"}]}), &value));
    }
}
