//! Reads a schema the way somebody at a keyboard sees it: one value, a list, an object with members, or anything.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::super::lower::resolve;
use super::bounds;

/// Deeper than this a value is given as JSON.
const DEPTH: usize = 8;

/// What a value looks like.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A text, a number or a truth value.
    One(Scalar),
    /// Several of one shape.
    List(Box<Shape>),
    /// Named members.
    Object(Vec<Property>),
    /// Whatever JSON can say.
    Any,
}

/// A value without parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scalar {
    pub(super) kind: Kind,
    /// `date-time`, `email` and the like.
    pub(super) format: Option<String>,
    /// The values that it may have, if the document lists them.
    pub(super) choices: Vec<String>,
    /// Its bounds in words.
    pub(super) bounds: Option<String>,
}

/// What a value is in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Text,
    Integer,
    Number,
    Boolean,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Property {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) shape: Shape,
    pub(super) description: String,
    pub(super) default: Option<Value>,
}

/// The shape of a schema in a request: what only answers have is left out.
pub(super) fn shape(document: &Value, schema: &Value) -> Shape {
    of(document, schema, 0)
}

/// A schema with what it refers to and consists of, in one object.
pub(super) fn flat(document: &Value, schema: &Value) -> Map<String, Value> {
    merged(document, schema, 0)
}

fn of(document: &Value, schema: &Value, depth: usize) -> Shape {
    if depth > DEPTH {
        return Shape::Any;
    }
    let schema = merged(document, schema, 0);
    let kind = match schema.get("type").and_then(Value::as_str) {
        Some("object") => return object(document, &schema, depth),
        None if schema.contains_key("properties") => return object(document, &schema, depth),
        Some("array") => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            return Shape::List(Box::new(of(document, items, depth + 1)));
        }
        Some("integer") => Kind::Integer,
        Some("number") => Kind::Number,
        Some("boolean") => Kind::Boolean,
        Some("string") => Kind::Text,
        // An enum of texts is one of texts, whether it says so or not.
        None if choices(&schema).is_some_and(|all| all.iter().all(Value::is_string)) => Kind::Text,
        _ => return Shape::Any,
    };
    let texts = choices(&schema).into_iter().flatten().filter_map(text_of).collect();
    Shape::One(Scalar {
        kind,
        format: schema.get("format").and_then(Value::as_str).map(str::to_owned),
        choices: texts,
        bounds: bounds::of(kind, &schema),
    })
}

fn object(document: &Value, schema: &Map<String, Value>, depth: usize) -> Shape {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &String| required.is_some_and(|names| names.iter().any(|one| one == name));
    let members = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let properties: Vec<Property> = members
        .filter_map(|(name, schema)| {
            let facts = merged(document, schema, 0);
            (facts.get("readOnly") != Some(&Value::Bool(true))).then(|| Property {
                name: name.clone(),
                required: is_required(name),
                nullable: facts.get("nullable") == Some(&Value::Bool(true)),
                shape: of(document, schema, depth + 1),
                description: facts.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
                default: facts.get("default").cloned(),
            })
        })
        .collect();
    if properties.is_empty() { Shape::Any } else { Shape::Object(properties) }
}

fn choices(schema: &Map<String, Value>) -> Option<&Vec<Value>> {
    schema.get("enum").and_then(Value::as_array)
}

/// A value as it is written on a command line; nothing for what is no scalar.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The schema behind a reference, with the parts of `allOf`; of alternatives, what any of them may have.
fn merged(document: &Value, schema: &Value, depth: usize) -> Map<String, Value> {
    if depth > DEPTH {
        return Map::new();
    }
    let Some(Value::Object(own)) = resolve(document, schema) else { return Map::new() };
    let mut all = own.clone();
    let parts = |key: &str| own.get(key).and_then(Value::as_array).into_iter().flatten();
    for part in parts("allOf") {
        add(&mut all, merged(document, part, depth + 1));
    }
    for key in ["oneOf", "anyOf"] {
        let branches: Vec<_> = parts(key).map(|branch| merged(document, branch, depth + 1)).collect();
        if let Some(union) = united(branches) {
            add(&mut all, union);
        }
    }
    all
}

/// Adds what another part of an `allOf` says; what was said already stays.
fn add(all: &mut Map<String, Value>, part: Map<String, Value>) {
    for (key, value) in part {
        match (key.as_str(), all.get_mut(&key), value) {
            ("properties", Some(Value::Object(known)), Value::Object(more)) => {
                for (name, schema) in more {
                    known.entry(name).or_insert(schema);
                }
            }
            ("required", Some(Value::Array(known)), Value::Array(more)) => {
                known.extend(more);
            }
            (_, Some(_), _) | ("allOf" | "oneOf" | "anyOf", None, _) => {}
            (_, None, value) => {
                all.insert(key, value);
            }
        }
    }
}

/// What a value of any of these schemas may be: objects have the members of all, and need what all need. Nothing where the
/// alternatives are of different types.
fn united(branches: Vec<Map<String, Value>>) -> Option<Map<String, Value>> {
    let kind = |branch: &Map<String, Value>| match branch.get("type") {
        Some(kind) => kind.clone(),
        None if branch.contains_key("properties") => "object".into(),
        None => Value::Null,
    };
    let first = branches.first()?;
    let of_all = kind(first);
    if of_all.is_null() || branches.iter().any(|branch| kind(branch) != of_all) {
        return None;
    }
    let mut union = Map::from_iter([("type".to_owned(), of_all)]);
    let mut required: Option<Vec<Value>> = None;
    let mut properties: BTreeMap<String, Value> = BTreeMap::new();
    let mut order = Vec::new();
    let mut values = Some(Vec::new());
    for branch in &branches {
        let needs = branch.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        required = Some(match required {
            None => needs,
            Some(before) => before.into_iter().filter(|name| needs.contains(name)).collect(),
        });
        for (name, schema) in branch.get("properties").and_then(Value::as_object).into_iter().flatten() {
            match properties.get_mut(name) {
                None => {
                    order.push(name.clone());
                    properties.insert(name.clone(), schema.clone());
                }
                Some(known) => widen(known, schema),
            }
        }
        match (&mut values, branch.get("enum").and_then(Value::as_array)) {
            (Some(values), Some(more)) => values.extend(more.iter().cloned()),
            _ => values = None,
        }
    }
    if let Some(values) = values {
        union.insert("enum".to_owned(), values.into());
    }
    if !order.is_empty() {
        let members = order.into_iter().filter_map(|name| properties.remove_entry(&name));
        union.insert("properties".to_owned(), Value::Object(members.collect()));
        union.insert("required".to_owned(), required.unwrap_or_default().into());
    }
    Some(union)
}

/// A member that several alternatives have takes the values of each: the tag of a union is one of them.
fn widen(known: &mut Value, other: &Value) {
    let values = |schema: &Value| schema.get("enum").and_then(Value::as_array).cloned();
    match (values(known), values(other)) {
        (Some(mut all), Some(more)) => {
            all.extend(more.into_iter().filter(|value| !all.contains(value)).collect::<Vec<_>>());
            known["enum"] = all.into();
            if let Some(schema) = known.as_object_mut() {
                // It was said of one value.
                schema.remove("description");
            }
        }
        _ if known != other => *known = json!({ "anyOf": [known.take(), other] }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(schema: Value) -> Vec<(String, bool)> {
        match shape(&json!({}), &schema) {
            Shape::Object(properties) => {
                properties.into_iter().map(|property| (property.name, property.required)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn parts_are_put_together_and_what_only_answers_have_is_left_out() {
        let schema = json!({
            "required": ["a"],
            "properties": { "a": { "type": "string" }, "id": { "type": "string", "readOnly": true } },
            "allOf": [{ "required": ["b"], "properties": { "b": { "type": "integer" }, "c": {} } }],
        });
        assert_eq!(
            members(schema),
            [("a".to_owned(), true), ("b".to_owned(), true), ("c".to_owned(), false)]
        );
    }

    #[test]
    fn of_alternatives_every_member_may_be_given_and_the_tag_has_all_values() {
        let branch = |tag: &str, own: &str| {
            json!({ "type": "object", "required": ["kind", own],
                    "properties": { "kind": { "type": "string", "enum": [tag] }, own: { "type": "string" } } })
        };
        let schema = json!({ "oneOf": [branch("card", "number"), branch("bank", "iban")] });
        assert_eq!(
            members(schema.clone()),
            [("kind".to_owned(), true), ("number".to_owned(), false), ("iban".to_owned(), false)]
        );
        let Shape::Object(properties) = shape(&json!({}), &schema) else { panic!() };
        let Shape::One(kind) = &properties[0].shape else { panic!() };
        assert_eq!(kind.choices, ["card", "bank"]);
    }

    #[test]
    fn what_has_no_end_or_no_form_is_given_as_json() {
        let document = json!({ "components": { "schemas": {
            "Tree": { "type": "object", "properties": { "child": { "$ref": "#/components/schemas/Tree" } } },
            "Circle": { "allOf": [{ "$ref": "#/components/schemas/Circle" }] },
        } } });
        let of = |name: &str| shape(&document, &json!({ "$ref": format!("#/components/schemas/{name}") }));
        assert!(matches!(of("Tree"), Shape::Object(_)));
        assert_eq!(of("Circle"), Shape::Any);
        assert_eq!(of("Missing"), Shape::Any);
        for schema in [
            json!(null),
            json!({ "type": ["string"] }),
            json!({ "type": "object" }),
            json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
        ] {
            assert_eq!(shape(&document, &schema), Shape::Any, "{schema}");
        }
    }
}
