//! Changes in words only: the same values are allowed before and after.

use serde_json::{Map, Value, json};

use super::Kind;
use super::change::{count, is_composed, is_free_text, is_object, is_type, required, same, with};

pub(super) const KINDS: &[Kind] = &[
    ("members reordered", |schema| {
        let properties = schema.get("properties")?.as_object()?;
        let properties: Map<_, _> =
            properties.iter().rev().map(|(name, it)| (name.clone(), it.clone())).collect();
        let mut required = required(schema);
        required.reverse();
        same(schema, with(schema, json!({"properties": properties, "required": required})))
    }),
    ("enum reordered", |schema| {
        let mut values = schema.get("enum")?.as_array()?.clone();
        values.reverse();
        same(schema, with(schema, json!({"enum": values})))
    }),
    ("words changed", |schema| {
        same(schema, with(schema, json!({"description": "Other words.", "title": "A title", "x-note": [1]})))
    }),
    ("wrapped in allOf", |schema| {
        let can = !schema.contains_key("readOnly") && !schema.contains_key("writeOnly");
        same(schema, can.then(|| json!({"allOf": [schema]}).as_object().cloned())??)
    }),
    ("wrapped in anyOf", |schema| {
        let can = !schema.contains_key("readOnly") && !schema.contains_key("writeOnly");
        same(schema, can.then(|| json!({"anyOf": [schema]}).as_object().cloned())??)
    }),
    ("members moved into allOf", |schema| {
        let can = is_object(schema, true)
            && !schema.contains_key("nullable")
            && !schema.contains_key("discriminator");
        let flags = ["readOnly", "writeOnly"].iter().all(|flag| !schema.contains_key(*flag));
        let properties = schema.get("properties")?.as_object().filter(|_| can && flags)?;
        let half = properties.len() / 2;
        let part = |range: std::ops::Range<usize>| -> Value {
            let part: Map<_, _> =
                properties.clone().into_iter().skip(range.start).take(range.len()).collect();
            let required: Vec<_> = required(schema)
                .into_iter()
                .filter(|name| name.as_str().is_some_and(|name| part.contains_key(name)))
                .collect();
            json!({"type": "object", "properties": part, "required": required})
        };
        let is_whole = required(schema)
            .iter()
            .all(|name| name.as_str().is_some_and(|name| properties.contains_key(name)));
        let head = is_whole.then(|| json!({"allOf": [part(0..half), part(half..properties.len())]}))?;
        same(schema, head.as_object()?.clone())
    }),
    ("bound in other words", |schema| {
        let can = is_type(schema, "integer") && schema.get("exclusiveMinimum").is_none();
        let least = schema.get("minimum").filter(|_| can)?.as_i64()?;
        same(schema, with(schema, json!({"minimum": least - 1, "exclusiveMinimum": true})))
    }),
    ("bounds that say nothing", |schema| {
        let can = is_free_text(schema) && count(schema, "minLength") == 0;
        same(schema, can.then(|| with(schema, json!({"minLength": 0})))?)
    }),
    ("enum in other words", |schema| {
        let values = schema.get("enum").and_then(Value::as_array).filter(|_| !is_composed(schema))?;
        let can = values.len() > 1 && !schema.contains_key("nullable") && schema.get("type")? == "string";
        let one = |value: &Value| json!({"type": "string", "enum": [value]});
        let flags = ["readOnly", "writeOnly", "format"].iter().all(|flag| !schema.contains_key(*flag));
        let head = (can && flags).then(|| json!({"anyOf": values.iter().map(one).collect::<Vec<_>>()}))?;
        same(schema, head.as_object()?.clone())
    }),
];
