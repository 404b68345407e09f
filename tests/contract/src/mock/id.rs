//! Ids of things: in a path they are text, in a body they are what the body's schema says.

use fastrand::Rng;
use orderly_api_runtime::Direction;
use serde_json::{Map, Value};

use super::{answer::Maker, resource::Resource, shape::schema, store::Collection};
use crate::value::Values;

/// How many values are tried at random before there is no id to be had.
const TRIES: usize = 32;

/// The id of a thing that is made: the one that was sent with it, or else a fresh one; as text and as a member.
pub(super) fn of_new(
    maker: &Maker,
    collection: &mut Collection,
    resource: &Resource,
    sent: Option<&Map<String, Value>>,
    rng: &mut Rng,
) -> Option<(String, Value)> {
    let chosen = || {
        let (member, _) = resource.id.as_ref()?;
        let value = sent?.get(member)?.clone();
        let text = text(&value).filter(|text| is_addressable(text))?;
        fits(maker, resource, &text, &value).then_some((text, value))
    };
    chosen().or_else(|| fresh(maker, collection, resource, rng))
}

/// An id that no thing of the collection has or had.
pub(super) fn fresh(
    maker: &Maker,
    collection: &mut Collection,
    resource: &Resource,
    rng: &mut Rng,
) -> Option<(String, Value)> {
    let place = match &resource.id {
        Some((_, places)) => places.first(),
        None => resource.schema.as_ref(),
    };
    let whole = place.is_some_and(|place| schema(maker.document.source(), place)["type"] == "integer");
    let values = place.map(|place| Values::new(&maker.document, place, Direction::Response));
    for attempt in 0..TRIES {
        collection.given += 1;
        let number = collection.given;
        let usual = match attempt % 4 {
            0 if whole => Value::from(number),
            0 => Value::from(number.to_string()),
            1 => Value::from(uuid(rng)),
            _ => Value::Null,
        };
        let value =
            if usual.is_null() { values.as_ref().and_then(|values| values.random(rng))? } else { usual };
        let Some(text) = text(&value).filter(|text| is_addressable(text)) else { continue };
        if !collection.knows(&text) && fits(maker, resource, &text, &value) {
            return Some((text, value));
        }
    }
    None
}

/// The id in a path, as a body has it.
pub(super) fn read(maker: &Maker, resource: &Resource, id: &str) -> Option<Value> {
    let parsed = serde_json::from_str(id).ok().filter(Value::is_number);
    let readings = [parsed, Some(Value::from(id))];
    readings.into_iter().flatten().find(|value| fits(maker, resource, id, value))
}

/// Whether the id is one for the path and for all bodies.
fn fits(maker: &Maker, resource: &Resource, text: &str, value: &Value) -> bool {
    let path = resource.schema.as_ref().is_none_or(|place| {
        let is_text = schema(maker.document.source(), place)["type"] == "string";
        let value = if is_text { Value::from(text) } else { value.clone() };
        maker.document.violations(place, Direction::Request, &value).is_empty()
    });
    let mut places = resource.id.iter().flat_map(|(_, places)| places);
    path && places.all(|place| maker.allows(place, value))
}

/// How a path writes it.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An empty segment is another path, dots are resolved away (RFC 3986, section 5.2.4), and an escaped slash is one to many
/// clients.
fn is_addressable(text: &str) -> bool {
    let is_plain = |one: char| !matches!(one, '/' | '\\') && !one.is_control();
    !["", ".", ".."].contains(&text) && text.chars().all(is_plain)
}

/// A random UUID (RFC 9562, section 5.4).
fn uuid(rng: &mut Rng) -> String {
    let bits = rng.u128(..) & !(0xf << 76 | 0b11 << 62) | 0x4 << 76 | 0b10 << 62;
    let hex = format!("{bits:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
