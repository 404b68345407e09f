//! What a schema says of members, by name: enough to see which of them is an id, a list of items or the next page's
//! cursor.

use orderly_document::{Document as Source, Pointer};
use serde_json::Value;

use crate::document::Composition;

/// The members that a schema and all that it is composed of name, with the places of their schemas. Members that are
/// never in an answer (`writeOnly`) are left out.
pub(super) fn members(document: &Source, schema: &Pointer) -> Vec<(String, Pointer)> {
    let is_shown = |place: &Pointer| self::schema(document, place)["writeOnly"] != true;
    let members = Composition::of(document, [schema]).members.into_iter();
    members.filter_map(|(name, places)| Some((name, places.into_iter().find(is_shown)?))).collect()
}

/// What stands at the end of a schema's references.
pub(super) fn schema<'d>(document: &'d Source, place: &Pointer) -> &'d Value {
    document.resolve(place).map_or(&Value::Null, |resolved| resolved.value)
}

/// Whether a schema may be of an id: objects and lists are none.
pub(super) fn may_be_id(document: &Source, place: &Pointer) -> bool {
    let shape = Composition::of(document, [place]);
    shape.members.is_empty() && shape.items.is_empty()
}
