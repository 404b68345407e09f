//! Changes to texts, numbers and lists of values.

use serde_json::{Value, json};

use super::Kind;
use super::change::{count, is_composed, is_free_text, is_type, narrower, other, same, with, without};

pub(super) const KINDS: &[Kind] = &[
    ("maxLength set or lowered", |schema| {
        let (least, most) = (count(schema, "minLength"), count(schema, "maxLength"));
        let most = if schema.contains_key("maxLength") { most.checked_sub(1)? } else { least + 7 };
        let can = is_free_text(schema) && most >= least && most < 5_000;
        narrower(schema, can.then(|| with(schema, json!({"maxLength": most})))?)
    }),
    ("minLength set or raised", |schema| {
        let least = count(schema, "minLength") + 1;
        let can = is_free_text(schema)
            && (!schema.contains_key("maxLength") || least <= count(schema, "maxLength"));
        narrower(schema, can.then(|| with(schema, json!({"minLength": least})))?)
    }),
    ("pattern set", |schema| {
        let can = is_free_text(schema) && count(schema, "minLength") < 2 && !schema.contains_key("maxLength");
        narrower(schema, can.then(|| with(schema, json!({"pattern": "^[a-z]+$"})))?)
    }),
    ("pattern replaced", |schema| {
        let can = is_free_text(schema) && count(schema, "minLength") < 2 && !schema.contains_key("maxLength");
        let base = can.then(|| with(schema, json!({"pattern": "^[a-z]+$"})))?;
        other(&base, with(schema, json!({"pattern": "^[0-9]{2}$"})))
    }),
    ("pattern widened", |schema| {
        let can = is_free_text(schema) && count(schema, "minLength") < 2 && !schema.contains_key("maxLength");
        let base = can.then(|| with(schema, json!({"pattern": "^[a-z0-9-]+$"})))?;
        narrower(&base, with(schema, json!({"pattern": "^[a-f0-9]{1,8}$"})))
    }),
    ("format set", |schema| {
        let can =
            is_free_text(schema) && !schema.contains_key("minLength") && !schema.contains_key("maxLength");
        narrower(schema, can.then(|| with(schema, json!({"format": "uuid"})))?)
    }),
    ("format replaced", |schema| {
        let can =
            is_free_text(schema) && !schema.contains_key("minLength") && !schema.contains_key("maxLength");
        let base = can.then(|| with(schema, json!({"format": "date-time"})))?;
        other(&base, with(schema, json!({"format": "ipv4"})))
    }),
    ("format that is not checked replaced", |schema| {
        let base = is_free_text(schema).then(|| with(schema, json!({"format": "colour"})))?;
        same(&base, with(schema, json!({"format": "paint"})))
    }),
    ("integer narrowed to 32 bits", |schema| {
        let can =
            is_type(schema, "integer") && !schema.contains_key("maximum") && !schema.contains_key("format");
        let can = can && !schema.contains_key("minimum");
        narrower(schema, can.then(|| with(schema, json!({"format": "int32"})))?)
    }),
    ("maximum set", |schema| {
        let least = schema.get("minimum").map_or(Some(0), Value::as_i64)?;
        let can =
            (is_type(schema, "integer") || is_type(schema, "number")) && !schema.contains_key("maximum");
        let can = can && !schema.contains_key("multipleOf");
        narrower(schema, can.then(|| with(schema, json!({"maximum": least + 100})))?)
    }),
    ("minimum raised", |schema| {
        let least = schema.get("minimum").and_then(Value::as_i64)?;
        let room = schema
            .get("maximum")
            .is_none_or(|most| most.as_f64().is_some_and(|most| most > least as f64 + 2.0));
        let can = room && is_type(schema, "integer") && !schema.contains_key("multipleOf");
        narrower(schema, can.then(|| with(schema, json!({"minimum": least + 1})))?)
    }),
    ("minimum excluded", |schema| {
        let least = schema.get("minimum").and_then(Value::as_f64)?;
        let room =
            schema.get("maximum").is_none_or(|most| most.as_f64().is_some_and(|most| most > least + 2.0));
        let can = room && (is_type(schema, "integer") || is_type(schema, "number"));
        let can = can && schema.get("exclusiveMinimum") != Some(&json!(true));
        let can = can && !schema.contains_key("multipleOf");
        narrower(schema, can.then(|| with(schema, json!({"exclusiveMinimum": true})))?)
    }),
    ("multipleOf set", |schema| {
        let can = is_type(schema, "integer")
            && !schema.contains_key("multipleOf")
            && !schema.contains_key("maximum");
        narrower(schema, can.then(|| with(schema, json!({"multipleOf": 5})))?)
    }),
    ("multipleOf multiplied", |schema| {
        let can = is_type(schema, "integer")
            && !schema.contains_key("multipleOf")
            && !schema.contains_key("maximum");
        let base = can.then(|| with(schema, json!({"multipleOf": 5})))?;
        narrower(&base, with(schema, json!({"multipleOf": 10})))
    }),
    ("number becomes integer", |schema| {
        let can = is_type(schema, "number")
            && !schema.contains_key("multipleOf")
            && !schema.contains_key("maximum");
        narrower(schema, can.then(|| with(schema, json!({"type": "integer"})))?)
    }),
    ("text becomes integer", |schema| {
        let head = is_free_text(schema).then(|| with(schema, json!({"type": "integer"})))?;
        other(schema, head)
    }),
    ("boolean becomes text", |schema| {
        let head = is_type(schema, "boolean").then(|| with(schema, json!({"type": "string"})))?;
        let is_nullable = schema.contains_key("nullable");
        if is_nullable { None } else { other(schema, head) }
    }),
    ("list becomes object", |schema| {
        other(schema, is_type(schema, "array").then(|| with(schema, json!({"type": "object"})))?)
    }),
    ("enum value removed", |schema| {
        let values = schema.get("enum").and_then(Value::as_array).filter(|_| !is_composed(schema))?;
        let is_list =
            values.len() > 1 && values.iter().all(Value::is_string) && schema.get("type")? == "string";
        let mut kept = values.clone();
        let gone = kept.pop()?;
        let is_unique =
            !kept.contains(&gone) && !schema.contains_key("pattern") && !schema.contains_key("format");
        narrower(schema, (is_list && is_unique).then(|| with(schema, json!({"enum": kept})))?)
    }),
    ("enum set", |schema| {
        let can =
            is_free_text(schema) && !schema.contains_key("minLength") && !schema.contains_key("maxLength");
        narrower(schema, can.then(|| with(schema, json!({"enum": ["one", "two"]})))?)
    }),
    ("null no longer allowed", |schema| {
        let can = schema.get("type").is_some() && !is_composed(schema) && !schema.contains_key("enum");
        let base = can.then(|| with(schema, json!({"nullable": true})))?;
        narrower(&base, without(schema, "nullable"))
    }),
];
