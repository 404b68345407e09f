//! The known ways to change a schema, as a table: what each does to a schema, if it can, and what that breaks.

use fastrand::Rng;
use orderly_api_runtime::format::ASSERTED;
use serde_json::{Map, Value, json};

use super::Pair;
use super::places::{Place, places};

type Schema = Map<String, Value>;

/// A change, and whether it breaks requests and answers, made and taken back.
struct Change {
    base: Schema,
    head: Schema,
    made: [bool; 2],
    undone: [bool; 2],
}

const BREAKS_REQUESTS: [bool; 2] = [true, false];
const BREAKS_ANSWERS: [bool; 2] = [false, true];
const BREAKS_BOTH: [bool; 2] = [true, true];
const BREAKS_NOTHING: [bool; 2] = [false, false];

/// Fewer values are allowed.
fn narrower(base: &Schema, head: Schema) -> Option<Change> {
    Some(Change { base: base.clone(), head, made: BREAKS_REQUESTS, undone: BREAKS_ANSWERS })
}

/// Other values are allowed.
fn other(base: &Schema, head: Schema) -> Option<Change> {
    Some(Change { base: base.clone(), head, made: BREAKS_BOTH, undone: BREAKS_BOTH })
}

/// The same values are allowed.
fn same(base: &Schema, head: Schema) -> Option<Change> {
    Some(Change { base: base.clone(), head, made: BREAKS_NOTHING, undone: BREAKS_NOTHING })
}

/// A schema with further keywords.
fn with(schema: &Schema, further: Value) -> Schema {
    let mut schema = schema.clone();
    schema.extend(further.as_object().expect("keywords").clone());
    schema
}

fn without(schema: &Schema, keyword: &str) -> Schema {
    let mut schema = schema.clone();
    schema.remove(keyword);
    schema
}

fn is_type(schema: &Schema, name: &str) -> bool {
    schema.get("type").and_then(Value::as_str) == Some(name)
        && !is_composed(schema)
        && !schema.contains_key("enum")
}

fn is_composed(schema: &Schema) -> bool {
    ["allOf", "anyOf", "oneOf", "not"].iter().any(|keyword| schema.contains_key(*keyword))
}

/// A text of which nothing is asked but a length.
fn is_free_text(schema: &Schema) -> bool {
    let format = schema.get("format").and_then(Value::as_str);
    is_type(schema, "string")
        && !schema.contains_key("pattern")
        && !format.is_some_and(|format| ASSERTED.contains(&format))
}

fn count(schema: &Schema, keyword: &str) -> u64 {
    schema.get(keyword).and_then(Value::as_u64).unwrap_or_default()
}

/// The members that exist in both directions, in this schema alone.
fn members(schema: &Schema) -> Vec<&String> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let is_plain = |member: &Value| {
        member.get("$ref").is_none()
            && ["readOnly", "writeOnly"].iter().all(|flag| member.get(flag).is_none())
    };
    properties.into_iter().flatten().filter(|(_, member)| is_plain(member)).map(|(name, _)| name).collect()
}

fn required(schema: &Schema) -> Vec<Value> {
    schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// An object with members that says nothing of others, if it is asked to be open, or refuses them.
fn is_object(schema: &Schema, is_open: bool) -> bool {
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

fn drop_member(schema: &Schema, name: &str) -> Schema {
    let mut schema = schema.clone();
    schema["properties"].as_object_mut().expect("properties").remove(name);
    let required: Vec<_> = required(&schema).into_iter().filter(|known| known != name).collect();
    with(&schema, json!({"required": required}))
}

fn require(schema: &Schema, name: &str) -> Schema {
    let mut required = required(schema);
    required.push(json!(name));
    with(schema, json!({"required": required}))
}

/// A member of which it is known whether it is required.
fn member(schema: &Schema, is_required: bool) -> Option<&String> {
    members(schema).into_iter().find(|name| required(schema).contains(&json!(name)) == is_required)
}

const NEW: &str = "brandNewMember";

fn add_member(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    schema["properties"]
        .as_object_mut()
        .expect("properties")
        .insert(NEW.to_owned(), json!({"type": "string"}));
    schema
}

type Make = fn(&Schema) -> Option<Change>;

/// Every kind of change. Each is made and taken back.
const KINDS: &[(&str, Make)] = &[
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
        let head = is_object(schema, true).then(|| with(schema, json!({"additionalProperties": false})))?;
        same(schema, head)
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
        let can = is_object(schema, true) && members(schema).len() > most;
        narrower(schema, can.then(|| with(schema, json!({"maxProperties": most})))?)
    }),
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
        let can = is_free_text(schema) && !schema.contains_key("nullable");
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

/// Pairs of every kind that the schemas of a document allow, one place of each.
pub(crate) fn pairs(document: &Value, rng: &mut Rng) -> Vec<Pair> {
    let mut places = places(document);
    rng.shuffle(&mut places);
    KINDS.iter().flat_map(|(name, make)| pair(document, &places, name, *make)).collect()
}

fn pair(document: &Value, places: &[Place], name: &str, make: Make) -> Vec<Pair> {
    let made = places.iter().find_map(|place| {
        let schema = document.pointer(&place.pointer)?.as_object()?;
        make(schema).map(|change| (place, change))
    });
    let Some((place, change)) = made else { return Vec::new() };
    let put = |schema: Schema| {
        let mut document = document.clone();
        *document.pointer_mut(&place.pointer).expect("the place was found") = Value::Object(schema);
        document
    };
    let (base, head) = (put(change.base), put(change.head));
    let seen = |breaks: [bool; 2]| [breaks[0] && place.is_visible[0], breaks[1] && place.is_visible[1]];
    vec![
        Pair { kind: name.to_owned(), base: base.clone(), head: head.clone(), breaks: seen(change.made) },
        Pair { kind: format!("{name}, undone"), base: head, head: base, breaks: seen(change.undone) },
    ]
}
