//! OpenAPI 3.0 schemas as JSON Schema draft 4, which is what they are an extension of.
//!
//! Draft 4 already has boolean `exclusiveMinimum`, ignores what stands beside `$ref`, and takes 1.0 for no
//! integer. What is left: `nullable`, `readOnly`/`writeOnly`, `discriminator`, and the widths of integers.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{format, schema::Direction};

/// Keywords that mean the same in both.
const COPIED: &[&str] = &[
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "type",
    "uniqueItems",
];

/// The schema at a pointer of a document as JSON Schema draft 4, with everything it refers to under `definitions`, or
/// `None` if there is nothing. The pointer is a fragment, such as `#/components/schemas/Book`, and may lead through
/// references; one that leads nowhere allows anything.
pub fn json_schema(document: &Value, pointer: &str, direction: Direction) -> Option<Value> {
    let source = find(document, pointer)?;
    let mut translation =
        Translation { document, direction, names: BTreeMap::new(), definitions: Map::new() };
    let root = translation.schema(source);
    // `allOf`, because draft 4 ignores `definitions` beside a `$ref`.
    Some(json!({"allOf": [root], "definitions": translation.definitions}))
}

/// What stands at a pointer, which may lead through references.
pub(crate) fn find<'a>(document: &'a Value, pointer: &str) -> Option<&'a Value> {
    find_within(document, pointer, 0)
}

/// References that lead through references, at most; a circle ends here.
const MAX_HOPS: usize = 32;

fn find_within<'a>(document: &'a Value, pointer: &str, hops: usize) -> Option<&'a Value> {
    let path = pointer.strip_prefix('#')?;
    let mut here = document;
    for token in path.split('/').skip(1) {
        here = follow(document, here, hops)?;
        let token = unescape(token);
        here = match here {
            Value::Array(items) => items.get(token.parse::<usize>().ok()?)?,
            other => other.get(&token)?,
        };
    }
    Some(here)
}

fn follow<'a>(document: &'a Value, here: &'a Value, hops: usize) -> Option<&'a Value> {
    match here.get("$ref").and_then(Value::as_str) {
        Some(_) if hops == MAX_HOPS => None,
        Some(reference) => {
            let target = find_within(document, reference, hops + 1)?;
            follow(document, target, hops + 1)
        }
        None => Some(here),
    }
}

/// Undoes what a URI fragment and a JSON pointer escape (RFC 6901, section 6).
fn unescape(token: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(token).decode_utf8_lossy();
    decoded.replace("~1", "/").replace("~0", "~")
}

struct Translation<'a> {
    document: &'a Value,
    direction: Direction,
    /// Reference → name in `definitions`.
    names: BTreeMap<String, String>,
    definitions: Map<String, Value>,
}

impl Translation<'_> {
    fn schema(&mut self, source: &Value) -> Value {
        let Some(source) = source.as_object() else { return json!({}) };
        if let Some(reference) = source.get("$ref").and_then(Value::as_str) {
            return self.reference(reference);
        }
        let mut schema = Map::new();
        for keyword in COPIED {
            if let Some(value) = source.get(*keyword) {
                schema.insert((*keyword).to_owned(), value.clone());
            }
        }
        if let Some(name) = source.get("format").filter(|name| is_asserted(name)) {
            schema.insert("format".to_owned(), name.clone());
        }
        bound_integer(source, &mut schema);
        self.members(source, &mut schema);
        for keyword in ["items", "not"] {
            if let Some(inner) = source.get(keyword) {
                schema.insert(keyword.to_owned(), self.schema(inner));
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            if let Some(branches) = source.get(keyword).and_then(Value::as_array) {
                let branches = branches.iter().map(|branch| self.branch(source, branch)).collect();
                schema.insert(keyword.to_owned(), branches);
            }
        }
        match source.get("nullable") == Some(&Value::Bool(true)) {
            true => nullable(schema),
            false => Value::Object(schema),
        }
    }

    fn reference(&mut self, reference: &str) -> Value {
        if let Some(name) = self.names.get(reference) {
            return json!({"$ref": format!("#/definitions/{name}")});
        }
        let name = self.names.len().to_string();
        self.names.insert(reference.to_owned(), name.clone());
        let target = find(self.document, reference).cloned().unwrap_or_default();
        let definition = self.schema(&target);
        self.definitions.insert(name.clone(), definition);
        json!({"$ref": format!("#/definitions/{name}")})
    }

    /// `properties`, `required` and `additionalProperties`, without the members of the other direction.
    fn members(&mut self, source: &Map<String, Value>, schema: &mut Map<String, Value>) {
        let mut absent = Vec::new();
        if let Some(properties) = source.get("properties").and_then(Value::as_object) {
            let mut kept = Map::new();
            for (name, property) in properties {
                match self.is_of_other_direction(property) {
                    true => absent.push(name.as_str()),
                    false => {
                        kept.insert(name.clone(), self.schema(property));
                    }
                }
            }
            schema.insert("properties".to_owned(), Value::Object(kept));
        }
        let required = source.get("required").and_then(Value::as_array).into_iter().flatten();
        let required: Vec<_> = required
            .filter(|name| name.as_str().is_some_and(|name| !absent.contains(&name)))
            .cloned()
            .collect();
        if !required.is_empty() {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        if let Some(additional) = source.get("additionalProperties") {
            let additional =
                if additional.is_boolean() { additional.clone() } else { self.schema(additional) };
            schema.insert("additionalProperties".to_owned(), additional);
        }
    }

    fn is_of_other_direction(&self, property: &Value) -> bool {
        let keyword = match self.direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        let target = follow(self.document, property, 0).unwrap_or(property);
        target.get(keyword) == Some(&Value::Bool(true))
    }

    /// A branch of a union. A discriminator demands the tag that selects the branch.
    fn branch(&mut self, union: &Map<String, Value>, branch: &Value) -> Value {
        let translated = self.schema(branch);
        let tag = union.get("discriminator").and_then(|tag| tag.get("propertyName")?.as_str());
        let reference = branch.get("$ref").and_then(Value::as_str);
        match (tag, reference) {
            (Some(tag), Some(reference)) => {
                let values = tag_values(&union["discriminator"]["mapping"], reference);
                json!({"allOf": [
                    {"required": [tag], "properties": {tag: {"enum": values}}},
                    translated,
                ]})
            }
            _ => translated,
        }
    }
}

/// The texts that select a branch: those that the mapping gives it, or its name.
fn tag_values(mapping: &Value, reference: &str) -> Vec<String> {
    let name = reference.rsplit('/').next().unwrap_or(reference);
    let targets =
        |target: &Value| target.as_str().is_some_and(|target| target == reference || target == name);
    let mapped = mapping.as_object().into_iter().flatten().filter(|(_, target)| targets(target));
    let values: Vec<_> = mapped.map(|(value, _)| value.clone()).collect();
    if values.is_empty() { vec![name.to_owned()] } else { values }
}

fn is_asserted(name: &Value) -> bool {
    name.as_str().is_some_and(|name| format::ASSERTED.contains(&name))
}

/// Integers are read as `i64`, or as `i32` where the format says so: bounds that are wider, or missing,
/// become those of the type.
fn bound_integer(source: &Map<String, Value>, schema: &mut Map<String, Value>) {
    if source.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    let (min, max) = match source.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let is_inside = |bound: Option<&Value>| {
        bound.and_then(Value::as_f64).is_some_and(|bound| bound >= min as f64 && bound <= max as f64)
    };
    for (keyword, exclusive, limit) in
        [("minimum", "exclusiveMinimum", min), ("maximum", "exclusiveMaximum", max)]
    {
        if !is_inside(schema.get(keyword)) {
            schema.remove(exclusive);
            schema.insert(keyword.to_owned(), json!(limit));
        }
    }
}

fn nullable(mut schema: Map<String, Value>) -> Value {
    let is_composed = ["allOf", "anyOf", "oneOf", "not"].iter().any(|keyword| schema.contains_key(*keyword));
    match schema.get("type").cloned() {
        Some(name) if !is_composed => {
            schema.insert("type".to_owned(), json!([name, "null"]));
            if let Some(Value::Array(values)) = schema.get_mut("enum")
                && !values.contains(&Value::Null)
            {
                values.push(Value::Null);
            }
            Value::Object(schema)
        }
        _ => json!({"anyOf": [{"type": "null"}, schema]}),
    }
}
