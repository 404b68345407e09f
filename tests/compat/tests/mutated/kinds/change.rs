//! A change to a schema and what it breaks, and what has to be so for it to be known.

use orderly_api_runtime::format::ASSERTED;
use serde_json::{Map, Value, json};

pub(super) type Schema = Map<String, Value>;

/// A change, and whether it breaks requests and answers, made and taken back.
pub(super) struct Change {
    pub(super) base: Schema,
    pub(super) head: Schema,
    pub(super) made: [bool; 2],
    pub(super) undone: [bool; 2],
}

pub(super) const BREAKS_REQUESTS: [bool; 2] = [true, false];
pub(super) const BREAKS_ANSWERS: [bool; 2] = [false, true];
pub(super) const BREAKS_BOTH: [bool; 2] = [true, true];
pub(super) const BREAKS_NOTHING: [bool; 2] = [false, false];

/// Fewer values are allowed.
pub(super) fn narrower(base: &Schema, head: Schema) -> Option<Change> {
    Some(Change { base: base.clone(), head, made: BREAKS_REQUESTS, undone: BREAKS_ANSWERS })
}

/// Other values are allowed.
pub(super) fn other(base: &Schema, head: Schema) -> Option<Change> {
    Some(Change { base: base.clone(), head, made: BREAKS_BOTH, undone: BREAKS_BOTH })
}

/// The same values are allowed.
pub(super) fn same(base: &Schema, head: Schema) -> Option<Change> {
    Some(Change { base: base.clone(), head, made: BREAKS_NOTHING, undone: BREAKS_NOTHING })
}

/// A schema with further keywords.
pub(super) fn with(schema: &Schema, further: Value) -> Schema {
    let mut schema = schema.clone();
    schema.extend(further.as_object().expect("keywords").clone());
    schema
}

pub(super) fn without(schema: &Schema, keyword: &str) -> Schema {
    let mut schema = schema.clone();
    schema.remove(keyword);
    schema
}

pub(super) fn is_type(schema: &Schema, name: &str) -> bool {
    schema.get("type").and_then(Value::as_str) == Some(name)
        && !is_composed(schema)
        && !schema.contains_key("enum")
}

pub(super) fn is_composed(schema: &Schema) -> bool {
    ["allOf", "anyOf", "oneOf", "not"].iter().any(|keyword| schema.contains_key(*keyword))
}

/// A text of which nothing is asked but a length.
pub(super) fn is_free_text(schema: &Schema) -> bool {
    let format = schema.get("format").and_then(Value::as_str);
    is_type(schema, "string")
        && !schema.contains_key("pattern")
        && !format.is_some_and(|format| ASSERTED.contains(&format))
}

pub(super) fn count(schema: &Schema, keyword: &str) -> u64 {
    schema.get(keyword).and_then(Value::as_u64).unwrap_or_default()
}

/// The members that exist in both directions, in this schema alone.
pub(super) fn members(schema: &Schema) -> Vec<&String> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let is_plain = |member: &Value| {
        member.get("$ref").is_none()
            && ["readOnly", "writeOnly"].iter().all(|flag| member.get(flag).is_none())
    };
    properties.into_iter().flatten().filter(|(_, member)| is_plain(member)).map(|(name, _)| name).collect()
}

pub(super) fn required(schema: &Schema) -> Vec<Value> {
    schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// An object with members that says nothing of others, if it is asked to be open, or refuses them.
pub(super) fn is_object(schema: &Schema, is_open: bool) -> bool {
    let further = schema.get("additionalProperties");
    let fits = if is_open { further.is_none() } else { further == Some(&Value::Bool(false)) };
    let has_members =
        schema.get("properties").and_then(Value::as_object).is_some_and(|members| !members.is_empty());
    is_type(schema, "object")
        && fits
        && has_members
        && count(schema, "minProperties") == 0
        && !schema.contains_key("maxProperties")
}

pub(super) fn drop_member(schema: &Schema, name: &str) -> Schema {
    let mut schema = schema.clone();
    schema["properties"].as_object_mut().expect("properties").remove(name);
    let required: Vec<_> = required(&schema).into_iter().filter(|known| known != name).collect();
    with(&schema, json!({"required": required}))
}

pub(super) fn require(schema: &Schema, name: &str) -> Schema {
    let mut required = required(schema);
    required.push(json!(name));
    with(schema, json!({"required": required}))
}

/// A member of which it is known whether it is required.
pub(super) fn member(schema: &Schema, is_required: bool) -> Option<&String> {
    members(schema).into_iter().find(|name| required(schema).contains(&json!(name)) == is_required)
}

pub(super) const NEW: &str = "brandNewMember";

pub(super) fn add_member(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    schema["properties"]
        .as_object_mut()
        .expect("properties")
        .insert(NEW.to_owned(), json!({"type": "string"}));
    schema
}

/// Whether no member is required that is not named: with such a one, only an open object has values.
pub(super) fn names_what_it_requires(schema: &Schema) -> bool {
    let properties = schema.get("properties").and_then(Value::as_object);
    let is_named = |name: &Value| {
        properties.is_some_and(|known| name.as_str().is_some_and(|name| known.contains_key(name)))
    };
    required(schema).iter().all(is_named)
}

/// How many members have values for certain: what is put together from others may have none.
pub(super) fn plain_members(schema: &Schema) -> usize {
    let is_plain =
        |name: &&String| schema["properties"][*name].as_object().is_some_and(|it| !is_composed(it));
    members(schema).into_iter().filter(is_plain).count()
}

/// Whether a value goes only one way, which it no longer does within a union.
pub(super) fn is_one_way(schema: &Schema) -> bool {
    ["readOnly", "writeOnly"].iter().any(|flag| schema.contains_key(*flag))
}
