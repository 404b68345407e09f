//! Unions whose alternatives share no value, told apart by their types or by a tag: there `oneOf` means what `anyOf` does,
//! which is far easier to reason about.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// Alternatives that are held against each other, at most; there are as many pairs as its square.
const MAX_ALTERNATIVES: usize = 60;

/// Conjuncts that are looked into, one within another, at most.
const MAX_DEPTH: usize = 12;

/// Whether no value is one of two of the alternatives of a JSON Schema.
pub(super) fn are_disjoint(alternatives: &[Value], definitions: &Map<String, Value>) -> bool {
    if alternatives.len() > MAX_ALTERNATIVES {
        return false;
    }
    let known: Vec<Known<'_>> =
        alternatives.iter().map(|alternative| Known::of(alternative, definitions)).collect();
    let mut pairs =
        known.iter().enumerate().flat_map(|(index, a)| known[index + 1..].iter().map(move |b| (a, b)));
    pairs.all(|(a, b)| a.is_disjoint_from(b))
}

/// What every value of a schema is known to be.
#[derive(Default)]
struct Known<'s> {
    /// The types that it may have; all if nothing is said.
    types: Option<BTreeSet<&'s str>>,
    required: BTreeSet<&'s str>,
    /// The values that a member may have.
    listed: BTreeMap<&'s str, BTreeSet<String>>,
}

impl<'s> Known<'s> {
    fn of(schema: &'s Value, definitions: &'s Map<String, Value>) -> Self {
        let mut known = Self::default();
        known.learn(schema, definitions, 0);
        known
    }

    fn learn(&mut self, schema: &'s Value, definitions: &'s Map<String, Value>, depth: usize) {
        let Some(schema) = schema.as_object().filter(|_| depth < MAX_DEPTH) else { return };
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let definition = name.strip_prefix("#/definitions/").and_then(|name| definitions.get(name));
            return definition.into_iter().for_each(|it| self.learn(it, definitions, depth + 1));
        }
        if let Some(types) = schema.get("type") {
            let types: BTreeSet<&str> = match types {
                Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
                one => one.as_str().into_iter().collect(),
            };
            self.types = Some(match self.types.take() {
                Some(known) => known.intersection(&types).copied().collect(),
                None => types,
            });
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        self.required.extend(required.filter_map(Value::as_str));
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            if let Some(listed) = listed(property, definitions, depth) {
                let merged = match self.listed.remove(name.as_str()) {
                    Some(known) => known.intersection(&listed).cloned().collect(),
                    None => listed,
                };
                self.listed.insert(name, merged);
            }
        }
        for branch in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.learn(branch, definitions, depth + 1);
        }
    }

    fn is_disjoint_from(&self, other: &Self) -> bool {
        let (Some(types), Some(others)) = (&self.types, &other.types) else { return false };
        let is_number = |name: &str| matches!(name, "integer" | "number");
        let is_same = |a: &str, b: &str| a == b || is_number(a) && is_number(b);
        let mut shared = types.iter().filter(|a| others.iter().any(|b| is_same(a, b)));
        shared.all(|name| *name == "object" && self.has_other_tag(other))
    }

    /// Whether there is a member that both have to have, with other values.
    fn has_other_tag(&self, other: &Self) -> bool {
        self.listed.iter().any(|(name, listed)| {
            let is_required = self.required.contains(name) && other.required.contains(name);
            is_required && other.listed.get(name).is_some_and(|others| listed.is_disjoint(others))
        })
    }
}

/// The values that a schema lists, itself or where its references and conjuncts lead.
fn listed(schema: &Value, definitions: &Map<String, Value>, depth: usize) -> Option<BTreeSet<String>> {
    if depth >= MAX_DEPTH {
        return None;
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        // Numbers can be written in several ways.
        return values.iter().map(|value| value.is_string().then(|| value.to_string())).collect();
    }
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let definition = name.strip_prefix("#/definitions/").and_then(|name| definitions.get(name))?;
        return listed(definition, definitions, depth + 1);
    }
    schema.get("allOf")?.as_array()?.iter().find_map(|branch| listed(branch, definitions, depth + 1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tagged(tag: &str) -> Value {
        json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": [tag]}}})
    }

    fn are(alternatives: Value) -> bool {
        let definitions = json!({"Cat": tagged("cat")});
        are_disjoint(alternatives.as_array().unwrap(), definitions.as_object().unwrap())
    }

    #[test]
    fn types_and_tags_tell_alternatives_apart() {
        assert!(are(json!([{"type": "string"}, {"type": "integer"}, {"type": ["boolean", "null"]}])));
        assert!(are(json!([{"$ref": "#/definitions/Cat"}, tagged("dog")])));
        assert!(are(
            json!([{"allOf": [{"$ref": "#/definitions/Cat"}, {"required": ["name"]}]}, tagged("dog")])
        ));
        assert!(are(json!([{"type": "string"}, tagged("dog")])));
    }

    #[test]
    fn what_may_be_shared_is_not_disjoint() {
        assert!(!are(json!([{"type": "integer"}, {"type": "number"}])));
        assert!(!are(json!([{"$ref": "#/definitions/Cat"}, tagged("cat")])));
        let optional = json!({"type": "object", "properties": {"kind": {"enum": ["dog"]}}});
        assert!(!are(json!([tagged("cat"), optional])));
        let untyped = json!({"required": ["kind"], "properties": {"kind": {"enum": ["dog"]}}});
        assert!(!are(json!([tagged("cat"), untyped])));
        let nullable = |tag| {
            let mut schema = tagged(tag);
            schema["type"] = json!(["object", "null"]);
            schema
        };
        assert!(!are(json!([nullable("cat"), nullable("dog")])));
    }
}
