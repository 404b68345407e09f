//! Changes to arrays, and to what is put together from other schemas.

use serde_json::json;

use super::Kind;
use super::change::{
    NEW, count, is_free_text, is_object, is_one_way, is_type, member, narrower, require, with,
};

pub(super) const KINDS: &[Kind] = &[
    ("maxItems set", |schema| {
        let most = count(schema, "minItems").max(1);
        let can = is_type(schema, "array") && !schema.contains_key("maxItems");
        narrower(schema, can.then(|| with(schema, json!({"maxItems": most})))?)
    }),
    ("minItems set", |schema| {
        let can =
            is_type(schema, "array") && count(schema, "minItems") == 0 && !schema.contains_key("maxItems");
        narrower(schema, can.then(|| with(schema, json!({"minItems": 1})))?)
    }),
    ("uniqueItems set", |schema| {
        let room = !schema.contains_key("maxItems") && !schema.contains_key("uniqueItems");
        narrower(
            schema,
            (room && is_type(schema, "array")).then(|| with(schema, json!({"uniqueItems": true})))?,
        )
    }),
    ("items typed", |schema| {
        let base = is_type(schema, "array").then(|| with(schema, json!({"items": {}})))?;
        let can = !schema.contains_key("maxItems") && !schema.contains_key("uniqueItems");
        narrower(&base, can.then(|| with(schema, json!({"items": {"type": "boolean"}})))?)
    }),
    ("alternative removed from anyOf", |schema| {
        let can = is_free_text(schema) && !schema.contains_key("nullable") && !is_one_way(schema);
        let base = json!({"anyOf": [can.then(|| schema.clone())?, {"type": "boolean"}]});
        narrower(base.as_object()?, json!({"anyOf": [schema]}).as_object()?.clone())
    }),
    ("alternative removed from oneOf", |schema| {
        let can = is_object(schema, true) && !schema.contains_key("nullable");
        let base =
            json!({"oneOf": [can.then(|| schema.clone())?, {"type": "array", "items": {"type": "string"}}]});
        narrower(base.as_object()?, json!({"oneOf": [schema]}).as_object()?.clone())
    }),
    ("alternative narrowed in oneOf", |schema| {
        let name =
            member(schema, false).filter(|_| is_object(schema, true) && !schema.contains_key("nullable"))?;
        let list = json!({"type": "array", "items": {"type": "string"}});
        let base = json!({"oneOf": [schema, list]});
        narrower(base.as_object()?, json!({"oneOf": [require(schema, name), list]}).as_object()?.clone())
    }),
    ("tagged alternative removed", |schema| {
        let can = is_object(schema, true) && !schema.contains_key("nullable");
        let tagged = |tag: &str| {
            json!({"allOf": [schema, {"type": "object", "required": ["tagOfUnion"],
                "properties": {"tagOfUnion": {"type": "string", "enum": [tag]}}}]})
        };
        let base = can.then(|| json!({"oneOf": [tagged("a"), tagged("b"), tagged("c")]}))?;
        narrower(base.as_object()?, json!({"oneOf": [tagged("a"), tagged("c")]}).as_object()?.clone())
    }),
    ("allOf branch added", |schema| {
        let can = is_object(schema, true) && !schema.contains_key("nullable");
        let further = json!({"type": "object", "required": [NEW], "properties": {NEW: {"type": "integer"}}});
        let base = json!({"allOf": [can.then(|| schema.clone())?, {"type": "object"}]});
        narrower(base.as_object()?, json!({"allOf": [schema, further]}).as_object()?.clone())
    }),
    ("something excluded", |schema| {
        let can = is_free_text(schema) && !schema.contains_key("minLength");
        narrower(schema, can.then(|| with(schema, json!({"not": {"enum": [""]}})))?)
    }),
];
