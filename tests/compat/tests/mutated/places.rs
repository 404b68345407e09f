//! Where a schema can be changed so that it is known what that means.

use std::collections::{BTreeMap, BTreeSet};

use orderly_document::reference;
use serde_json::{Map, Value};

use super::reduce::ROOT;

/// A schema within the document, and what is known of its values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// Where it stands.
    pub(crate) pointer: String,
    /// Whether it is about requests, and about answers.
    pub(crate) is_visible: [bool; 2],
    /// Whether something else has a say too: a union, a `not`, or another branch of an `allOf`.
    pub(crate) is_entangled: bool,
}

/// Every schema that the root leads to.
pub(crate) fn places(document: &Value) -> Vec<Place> {
    let mut found = Found { document, places: BTreeMap::new(), seen: BTreeSet::new() };
    found.visit(&format!("/components/schemas/{ROOT}"), [true, true], false, None);
    found.places.into_values().filter(|place| !place.is_entangled).collect()
}

struct Found<'d> {
    document: &'d Value,
    places: BTreeMap<String, Place>,
    seen: BTreeSet<Visit>,
}

/// What a visit depends on: where, whether it is visible and entangled, and the members of other branches.
type Visit = (String, [bool; 2], bool, Option<BTreeSet<String>>);

impl Found<'_> {
    /// Visits a schema; `others` are the members that the other branches name, if it is one of an `allOf`.
    fn visit(
        &mut self,
        pointer: &str,
        is_visible: [bool; 2],
        is_entangled: bool,
        others: Option<BTreeSet<String>>,
    ) {
        let Some(Value::Object(schema)) = self.document.pointer(pointer) else { return };
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return self.visit(target.trim_start_matches('#'), is_visible, is_entangled, others);
        }
        if !self.seen.insert((pointer.to_owned(), is_visible, is_entangled, others.clone())) {
            return;
        }
        let place = self.places.entry(pointer.to_owned()).or_default();
        place.pointer = pointer.to_owned();
        for (known, now) in place.is_visible.iter_mut().zip(is_visible) {
            *known |= now;
        }
        place.is_entangled |= is_entangled || others.is_some();
        let is_below = is_entangled
            || ["anyOf", "oneOf", "not", "enum"].iter().any(|keyword| schema.contains_key(*keyword));
        let branches = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        let branch = |index: usize| format!("{pointer}/allOf/{index}");
        let mut further: BTreeSet<String> =
            (0..branches).flat_map(|index| self.names(&branch(index))).collect();
        further.extend(others.iter().flatten().cloned());
        for name in schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
            let property = format!("{pointer}/properties/{}", name.replace('~', "~0").replace('/', "~1"));
            let shown = [
                is_visible[0] && !self.says(&property, "readOnly"),
                is_visible[1] && !self.says(&property, "writeOnly"),
            ];
            self.visit(&property, shown, is_below || further.contains(name), None);
        }
        for keyword in ["items", "additionalProperties"] {
            if schema.get(keyword).is_some_and(Value::is_object) {
                let is_shared = is_below || branches > 0 || others.is_some();
                self.visit(&format!("{pointer}/{keyword}"), is_visible, is_shared, None);
            }
        }
        for index in 0..branches {
            let mut others: BTreeSet<String> = (0..branches)
                .filter(|other| *other != index)
                .flat_map(|other| self.names(&branch(other)))
                .chain(others.iter().flatten().cloned())
                .collect();
            others.extend(properties(schema).cloned());
            self.visit(&branch(index), is_visible, is_below, Some(others));
        }
        for keyword in ["anyOf", "oneOf"] {
            for index in 0..schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len) {
                self.visit(&format!("{pointer}/{keyword}/{index}"), is_visible, true, None);
            }
        }
        self.visit(&format!("{pointer}/not"), is_visible, true, None);
    }

    /// The members that a branch names, with its own branches.
    fn names(&self, pointer: &str) -> BTreeSet<String> {
        let (mut names, mut left, mut seen) = (BTreeSet::new(), vec![pointer.to_owned()], BTreeSet::new());
        while let Some(pointer) = left.pop() {
            let Some(Value::Object(schema)) = self.document.pointer(&pointer) else { continue };
            if !seen.insert(pointer.clone()) {
                continue;
            }
            left.extend(
                schema
                    .get("$ref")
                    .and_then(Value::as_str)
                    .map(|target| target.trim_start_matches('#').to_owned()),
            );
            names.extend(properties(schema).cloned());
            for keyword in ["allOf", "anyOf", "oneOf"] {
                let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
                left.extend((0..count).map(|index| format!("{pointer}/{keyword}/{index}")));
            }
        }
        names
    }

    fn says(&self, pointer: &str, keyword: &str) -> bool {
        let mut schema = self.document.pointer(pointer);
        for _ in 0..8 {
            let Some(target) = schema.and_then(reference) else { break };
            schema = self.document.pointer(target.trim_start_matches('#'));
        }
        schema.and_then(|schema| schema.get(keyword)) == Some(&Value::Bool(true))
    }
}

fn properties(schema: &Map<String, Value>) -> impl Iterator<Item = &String> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys)
}
