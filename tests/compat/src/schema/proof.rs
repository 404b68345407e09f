//! Proofs that a receiver takes all that a sender sends, by the canonical forms of both schemas.

use std::collections::BTreeSet;

use jsonschema::canonical::{CanonicalSchema, Containment};
use orderly_api_runtime::{Direction, is_supported_pattern, json_schema};
use orderly_document::{Document, Pointer, reference};
use serde_json::{Map, Value, json};

use super::pattern::{Patterns, Relation};
use super::{closed, disjoint};

/// Schemas with more text than this, all that they lead to included, are not reasoned about as a whole.
const MAX_TEXT: usize = 300_000;

/// The form of a schema that canonical forms are made of.
pub(super) fn form(schema: &Value) -> Option<CanonicalSchema> {
    let mut schema = schema.clone();
    neutral(&mut schema);
    let definitions = schema.get("definitions").and_then(Value::as_object).cloned().unwrap_or_default();
    loosen(&mut schema, &definitions);
    if schema.to_string().len() > MAX_TEXT {
        return None;
    }
    let options = jsonschema::canonical::options().with_draft(jsonschema::Draft::Draft4).offline();
    options.canonicalize(&schema).ok()
}

/// Whether all values of `sender` are proved to be values of `receiver`.
pub(super) fn covers(receiver: &CanonicalSchema, sender: &CanonicalSchema) -> bool {
    receiver.covers(sender).is_ok_and(|containment| containment == Containment::Yes)
}

/// The sender's schema with every expression of the receiver's that its own expressions imply: the same values, in
/// words that the receiver's form can be compared with. `None` if there is nothing to add.
pub(super) fn implied(sender: &Value, receiver: &Value, patterns: &Patterns) -> Option<Value> {
    let mut asked = BTreeSet::new();
    gather(receiver, &mut asked);
    let mut sender = sender.clone();
    let mut is_changed = false;
    imply(&mut sender, &asked, patterns, &mut is_changed);
    is_changed.then_some(sender)
}

fn gather(schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        found.insert(pattern.to_owned());
    }
    for inner in inner(schema) {
        gather(inner, found);
    }
}

fn imply(schema: &mut Value, asked: &BTreeSet<String>, patterns: &Patterns, is_changed: &mut bool) {
    for inner in inner_mut(schema) {
        imply(inner, asked, patterns, is_changed);
    }
    let Some(own) = schema.get("pattern").and_then(Value::as_str).map(str::to_owned) else { return };
    let implied =
        asked.iter().filter(|other| **other != own && patterns.relation(&own, other) == Relation::Included);
    let implied: Vec<_> = implied.map(|other| json!({"pattern": other})).collect();
    if !implied.is_empty() {
        *is_changed = true;
        let branches = [vec![schema.take()], implied].concat();
        *schema = json!({"allOf": branches});
    }
}

/// The schemas within a schema.
fn inner(schema: &Value) -> Vec<&Value> {
    let Some(schema) = schema.as_object() else { return Vec::new() };
    let mut found = Vec::new();
    for (keyword, value) in schema {
        match (keyword.as_str(), value) {
            ("properties" | "definitions", Value::Object(named)) => found.extend(named.values()),
            ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => found.extend(branches),
            ("items" | "additionalProperties" | "not", value) => found.push(value),
            _ => {}
        }
    }
    found
}

fn inner_mut(schema: &mut Value) -> Vec<&mut Value> {
    let Some(schema) = schema.as_object_mut() else { return Vec::new() };
    let mut found = Vec::new();
    for (keyword, value) in schema {
        match (keyword.as_str(), value) {
            ("properties" | "definitions", Value::Object(named)) => found.extend(named.values_mut()),
            ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => found.extend(branches),
            ("items" | "additionalProperties" | "not", value) => found.push(value),
            _ => {}
        }
    }
    found
}

/// Takes out of a schema what the validators here read in their own way: an expression that they cannot check refuses
/// nothing, and a format is whatever they take for one.
fn neutral(schema: &mut Value) {
    if let Some(members) = schema.as_object_mut() {
        if members
            .get("pattern")
            .and_then(Value::as_str)
            .is_some_and(|pattern| !is_supported_pattern(pattern))
        {
            members.remove("pattern");
        }
        if let Some(Value::String(format)) = members.get_mut("format") {
            format.insert_str(0, "checked-");
        }
    }
    inner_mut(schema).into_iter().for_each(neutral);
}

/// Writes `oneOf` as `anyOf` where no value can be of two alternatives.
fn loosen(schema: &mut Value, definitions: &Map<String, Value>) {
    if let Some(members) = schema.as_object_mut()
        && !members.contains_key("anyOf")
        && let Some(Value::Array(alternatives)) = members.get("oneOf")
        && disjoint::are_disjoint(alternatives, definitions)
        && let Some(alternatives) = members.remove("oneOf")
    {
        members.insert("anyOf".to_owned(), alternatives);
    }
    inner_mut(schema).into_iter().for_each(|inner| loosen(inner, definitions));
}

/// A schema as it stands in its document.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) document: &'a Document,
    pub(super) schema: &'a Map<String, Value>,
}

/// Whether what two schemas say themselves is proved to be compatible, if what they say of members and items is. `None`
/// if they are not plain enough to be taken apart.
pub(super) fn own_words_hold(sent: Written<'_>, taken: Written<'_>, direction: Direction) -> Option<bool> {
    let is_plain = |written: Written<'_>| {
        ["$ref", "allOf", "anyOf", "oneOf", "not", "enum", "discriminator"]
            .iter()
            .all(|keyword| !written.schema.contains_key(*keyword))
    };
    if !is_plain(sent) || !is_plain(taken) {
        return None;
    }
    let text = |written: Written<'_>, other: Written<'_>, side: &str| {
        let document = json!({"components": {"schemas": {"It": written.outline(other.schema, side)}}});
        json_schema(&document, "#/components/schemas/It", direction)
    };
    let mut sender = text(sent, taken, "sender")?;
    closed::close(&mut sender);
    let receiver = text(taken, sent, "receiver")?;
    Some(covers(&form(&receiver)?, &form(&sender)?))
}

impl Written<'_> {
    /// The schema with a name for every schema within: the same one on both sides where both have one, because those
    /// are compared by themselves.
    fn outline(self, other: &Map<String, Value>, side: &str) -> Value {
        let mut outline = self.schema.clone();
        if let Some(Value::Object(properties)) = outline.get_mut("properties") {
            for (name, property) in properties {
                let is_shared =
                    other.get("properties").is_some_and(|properties| properties.get(name).is_some());
                *property =
                    self.named(&format!("property {name}"), if is_shared { "both" } else { side }, property);
            }
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(inner) =
                outline.get_mut(keyword).filter(|inner| inner.is_object() && **inner != json!({}))
            {
                let is_shared = other.get(keyword).is_some_and(Value::is_object);
                *inner = self.named(keyword, if is_shared { "both" } else { side }, inner);
            }
        }
        Value::Object(outline)
    }

    /// A schema of which nothing is known but its name, and in which direction there is such a value.
    fn named(self, place: &str, side: &str, schema: &Value) -> Value {
        let target = reference(schema).and_then(|reference| {
            self.document.follow(reference, &Pointer::root()).ok().map(|resolved| resolved.value)
        });
        let flags = target.unwrap_or(schema);
        let mut named = json!({"type": "string", "format": format!("{side} {place}")});
        for flag in ["readOnly", "writeOnly"] {
            if let Some(flagged) = flags.get(flag) {
                named[flag] = flagged.clone();
            }
        }
        named
    }
}
