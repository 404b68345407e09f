//! Whether a value has come through the SDK as it was: members that no schema knows may be left out, numbers and moments
//! may be written in other ways.

use std::{collections::BTreeSet, sync::LazyLock};

use serde_json::{Map, Value};

use crate::player::DOCUMENT;

/// Every name that some schema gives a member.
static DECLARED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut names = BTreeSet::new();
    collect(DOCUMENT.source().root(), &mut names);
    names
});

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let properties = members.get("properties").and_then(Value::as_object);
            names.extend(properties.into_iter().flat_map(Map::keys).cloned());
            members.values().for_each(|value| collect(value, names));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

/// Whether what arrived is what was sent.
pub(crate) fn is_same(sent: &Value, arrived: &Value) -> bool {
    match (sent, arrived) {
        (Value::Object(sent), Value::Object(arrived)) => {
            arrived.keys().all(|name| sent.contains_key(name))
                && sent.iter().all(|(name, value)| match arrived.get(name) {
                    Some(other) => is_same(value, other),
                    None => !DECLARED.contains(name),
                })
        }
        (Value::Array(sent), Value::Array(arrived)) => {
            sent.len() == arrived.len() && sent.iter().zip(arrived).all(|(one, other)| is_same(one, other))
        }
        (Value::Number(sent), Value::Number(arrived)) => sent.as_f64() == arrived.as_f64(),
        (Value::String(one), Value::String(other)) => one == other || is_same_moment(one, other),
        _ => sent == arrived,
    }
}

/// RFC 3339 has many ways to write one moment.
fn is_same_moment(one: &str, other: &str) -> bool {
    let read = |text: &str| chrono::DateTime::parse_from_rfc3339(text).ok();
    read(one).is_some() && read(one) == read(other)
}
