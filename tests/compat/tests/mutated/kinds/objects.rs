//! Changes to objects: members that come, go, are needed, and those that nobody has named.

use serde_json::json;

use super::Kind;
use super::change::{
    BREAKS_ANSWERS, BREAKS_NOTHING, BREAKS_REQUESTS, Change, NEW, add_member, drop_member, is_object, member,
    members, names_what_it_requires, narrower, other, plain_members, require, required, same, with,
};

pub(super) const KINDS: &[Kind] = &[
    ("optional property dropped, open", |schema| {
        let name = member(schema, false).filter(|_| is_object(schema, true) && members(schema).len() > 1)?;
        same(schema, drop_member(schema, name))
    }),
    ("optional property dropped, closed", |schema| {
        let name = member(schema, false).filter(|_| is_object(schema, false))?;
        narrower(schema, drop_member(schema, name))
    }),
    ("required property dropped, open", |schema| {
        let name = member(schema, true).filter(|_| is_object(schema, true) && members(schema).len() > 1)?;
        let (base, head) = (schema.clone(), drop_member(schema, name));
        Some(Change { base, head, made: BREAKS_ANSWERS, undone: BREAKS_REQUESTS })
    }),
    ("required property dropped, closed", |schema| {
        let name = member(schema, true).filter(|_| is_object(schema, false))?;
        other(schema, drop_member(schema, name))
    }),
    ("required property added, open", |schema| {
        let head = is_object(schema, true).then(|| require(&add_member(schema), NEW))?;
        narrower(schema, head)
    }),
    ("property becomes required", |schema| {
        let name = member(schema, false).filter(|_| is_object(schema, true) || is_object(schema, false))?;
        narrower(schema, require(schema, name))
    }),
    ("property becomes read-only", |schema| {
        let name = member(schema, false).filter(|_| is_object(schema, true) && members(schema).len() > 1)?;
        let mut head = schema.clone();
        head["properties"][name]["readOnly"] = json!(true);
        same(schema, head)
    }),
    ("required property becomes write-only", |schema| {
        let name = member(schema, true).filter(|_| is_object(schema, true) && members(schema).len() > 1)?;
        let mut head = schema.clone();
        head["properties"][name]["writeOnly"] = json!(true);
        Some(Change { base: schema.clone(), head, made: BREAKS_ANSWERS, undone: BREAKS_NOTHING })
    }),
    ("object closed", |schema| {
        let can = is_object(schema, true) && names_what_it_requires(schema);
        same(schema, can.then(|| with(schema, json!({"additionalProperties": false})))?)
    }),
    ("object that says it is open closed", |schema| {
        let base = is_object(schema, true).then(|| with(schema, json!({"additionalProperties": true})))?;
        narrower(&base, with(schema, json!({"additionalProperties": false})))
    }),
    ("further properties typed", |schema| {
        let base = is_object(schema, true).then(|| with(schema, json!({"additionalProperties": true})))?;
        narrower(&base, with(schema, json!({"additionalProperties": {"type": "integer"}})))
    }),
    ("minProperties set", |schema| {
        let can = is_object(schema, true) && required(schema).is_empty();
        narrower(schema, can.then(|| with(schema, json!({"minProperties": 1})))?)
    }),
    ("maxProperties set", |schema| {
        let most = required(schema).len().max(1);
        let can = is_object(schema, true) && plain_members(schema) > most;
        narrower(schema, can.then(|| with(schema, json!({"maxProperties": most})))?)
    }),
];
