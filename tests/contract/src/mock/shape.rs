//! What a schema says of members, by name: enough to see which of them is an id, a list of items or the next page's
//! cursor.

use std::collections::BTreeSet;

use orderly_document::{Document as Source, Pointer};
use serde_json::{Map, Value};

/// The members that a schema and all that it is composed of name, with the places of their schemas. Members that are
/// never in an answer (`writeOnly`) are left out.
pub(super) fn members(document: &Source, schema: &Pointer) -> Vec<(String, Pointer)> {
    let mut members = Vec::new();
    collect(document, schema, &mut BTreeSet::new(), &mut members);
    members
}

/// What stands at the end of a schema's references.
pub(super) fn schema<'d>(document: &'d Source, place: &Pointer) -> &'d Value {
    document.resolve(place).map_or(&Value::Null, |resolved| resolved.value)
}

fn collect(
    document: &Source,
    schema: &Pointer,
    seen: &mut BTreeSet<Pointer>,
    members: &mut Vec<(String, Pointer)>,
) {
    let Ok(resolved) = document.resolve(schema) else { return };
    if !seen.insert(resolved.pointer.clone()) {
        return;
    }
    for name in resolved.value["properties"].as_object().into_iter().flat_map(Map::keys) {
        let place = resolved.pointer.path(["properties", name]);
        if self::schema(document, &place)["writeOnly"] != true
            && !members.iter().any(|(known, _)| known == name)
        {
            members.push((name.clone(), place));
        }
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for index in 0..resolved.value[keyword].as_array().map_or(0, Vec::len) {
            collect(document, &resolved.pointer.child(keyword).index(index), seen, members);
        }
    }
}
