//! What schemas say of one value together, with all that they are composed of. Of alternatives each counts: which of them
//! a value is, is for validation to say.

use std::collections::{BTreeMap, BTreeSet};

use orderly_document::{Document as Source, Pointer, Resolved};
use serde_json::Map;

/// Schemas and their branches, read as one.
#[derive(Debug, Default)]
pub(crate) struct Composition<'d> {
    /// The schemas of each member that is named.
    pub(crate) members: BTreeMap<String, Vec<Pointer>>,
    /// Schemas of members that are not named (`additionalProperties`).
    pub(crate) others: Vec<Pointer>,
    /// Schemas of the items of a list.
    pub(crate) items: Vec<Pointer>,
    /// Everything that it consists of, where references end.
    pub(crate) parts: Vec<Resolved<'d>>,
    seen: BTreeSet<Pointer>,
}

impl<'d> Composition<'d> {
    /// What a value is that all of these describe together.
    pub(crate) fn of<'p>(source: &'d Source, schemas: impl IntoIterator<Item = &'p Pointer>) -> Self {
        let mut composition = Self::default();
        schemas.into_iter().for_each(|schema| composition.add(source, schema));
        composition
    }

    /// Whether a part is of this `type`.
    pub(crate) fn has_type(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.value["type"] == name)
    }

    fn add(&mut self, source: &'d Source, schema: &Pointer) {
        let Ok(part) = source.resolve(schema) else { return };
        if !self.seen.insert(part.pointer.clone()) {
            return;
        }
        let Resolved { value, pointer: place } = &part;
        for name in value["properties"].as_object().into_iter().flat_map(Map::keys) {
            self.members.entry(name.clone()).or_default().push(place.path(["properties", name]));
        }
        let others = &value["additionalProperties"];
        if others.is_object() || *others == true {
            self.others.push(place.child("additionalProperties"));
        }
        if value.get("items").is_some() {
            self.items.push(place.child("items"));
        }
        let branches = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|keyword| {
            let count = value[keyword].as_array().map_or(0, Vec::len);
            let place = place.child(keyword);
            (0..count).map(move |index| place.index(index))
        });
        let branches: Vec<Pointer> = branches.collect();
        self.parts.push(part);
        branches.iter().for_each(|branch| self.add(source, branch));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn branches_of_every_kind_are_read_together_and_circles_end() {
        let value = json!({ "openapi": "3.0.3", "schemas": {
            "Order": { "allOf": [{ "$ref": "#/schemas/Order" }, { "$ref": "#/schemas/Named" }],
                "oneOf": [{ "properties": { "id": {} } }, { "items": {}, "type": "array" }],
                "additionalProperties": { "type": "string" } },
            "Named": { "properties": { "name": {}, "id": {} } },
        } });
        let source = Source::parse("test.json", value.to_string().as_bytes()).unwrap();
        let read = Composition::of(&source, [&Pointer::from("/schemas/Order")]);
        let members: Vec<(&str, usize)> =
            read.members.iter().map(|(name, places)| (name.as_str(), places.len())).collect();
        assert_eq!(members, [("id", 2), ("name", 1)]);
        assert_eq!((read.others.len(), read.items.len(), read.parts.len()), (1, 1, 4));
        assert!(read.has_type("array") && !read.has_type("object"));
    }
}
