//! Where single values stand within what a schema describes: the places at which ids are found and filled in.

use orderly_document::{Document as Source, Pointer};
use serde_json::Value;

use crate::document::Composition;

/// How deep it is looked: ids that stand deeper name nothing that a request needs.
const DEEPEST: usize = 6;
/// How many places of a schema are looked at; a schema that has more is one of everything.
const MOST: usize = 1000;

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// To a member of an object.
    Member(String),
    /// To every item of a list.
    Each,
}

/// A place of a text or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    /// How it is reached from the whole value.
    pub(crate) path: Vec<Step>,
    /// Its schema, where its references end.
    pub(crate) schema: Pointer,
}

impl Site {
    /// The name of the member that the value is in, also as an item of its list.
    pub(super) fn name(&self) -> Option<&str> {
        self.path.iter().rev().find_map(|step| match step {
            Step::Member(name) => Some(name.as_str()),
            Step::Each => None,
        })
    }
}

/// Every place of a text or an integer within what a schema describes.
pub(crate) fn sites(source: &Source, schema: &Pointer) -> Vec<Site> {
    let mut found = Vec::new();
    walk(source, std::slice::from_ref(schema), &mut Vec::new(), &mut Vec::new(), &mut found);
    found
}

fn walk(
    source: &Source,
    schemas: &[Pointer],
    path: &mut Vec<Step>,
    above: &mut Vec<Pointer>,
    found: &mut Vec<Site>,
) {
    if path.len() > DEEPEST || found.len() >= MOST {
        return;
    }
    let shape = Composition::of(source, schemas);
    // A schema that contains itself says nothing new the second time.
    if shape.parts.iter().any(|part| above.contains(&part.pointer)) {
        return;
    }
    let scalar =
        shape.parts.iter().find(|part| matches!(part.value["type"].as_str(), Some("string" | "integer")));
    if let Some(schema) = scalar {
        found.push(Site { path: path.clone(), schema: schema.pointer.clone() });
    }
    let depth = above.len();
    // Scalars are told apart by their schema, however often they occur.
    let holds_others = |schema: &Value| schema["properties"].is_object() || schema.get("items").is_some();
    let outer = shape.parts.iter().filter(|part| holds_others(part.value));
    above.extend(outer.map(|part| part.pointer.clone()));
    for (name, schemas) in shape.members {
        path.push(Step::Member(name));
        walk(source, &schemas, path, above, found);
        path.pop();
    }
    if !shape.items.is_empty() {
        path.push(Step::Each);
        walk(source, &shape.items, path, above, found);
        path.pop();
    }
    above.truncate(depth);
}

/// The values at a path.
pub(super) fn at<'v>(path: &[Step], value: &'v Value) -> Vec<&'v Value> {
    let Some((step, rest)) = path.split_first() else { return vec![value] };
    match (step, value) {
        (Step::Member(name), Value::Object(members)) => {
            members.get(name).map_or_else(Vec::new, |member| at(rest, member))
        }
        (Step::Each, Value::Array(items)) => items.iter().flat_map(|item| at(rest, item)).collect(),
        // A JSON pointer names an item of a list by its number.
        (Step::Member(number), Value::Array(items)) => number
            .parse()
            .ok()
            .and_then(|number: usize| items.get(number))
            .map_or_else(Vec::new, |item| at(rest, item)),
        _ => Vec::new(),
    }
}

/// Replaces every value at a path.
pub(super) fn replace(path: &[Step], value: &mut Value, new: &Value) {
    let Some((step, rest)) = path.split_first() else {
        if !value.is_null() {
            value.clone_from(new);
        }
        return;
    };
    match (step, value) {
        (Step::Member(name), Value::Object(members)) => {
            if let Some(member) = members.get_mut(name) {
                replace(rest, member, new);
            }
        }
        (Step::Each, Value::Array(items)) => items.iter_mut().for_each(|item| replace(rest, item, new)),
        _ => {}
    }
}

/// Takes the member that a path ends in out of its object, wherever it is.
pub(super) fn remove(path: &[Step], value: &mut Value) {
    match (path, value) {
        ([Step::Member(name)], Value::Object(members)) => drop(members.remove(name)),
        ([Step::Member(name), Step::Each], Value::Object(members)) => drop(members.remove(name)),
        ([Step::Member(name), rest @ ..], Value::Object(members)) => {
            if let Some(member) = members.get_mut(name) {
                remove(rest, member);
            }
        }
        ([Step::Each, rest @ ..], Value::Array(items)) => {
            items.iter_mut().for_each(|item| remove(rest, item));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn source() -> Source {
        let value = json!({ "openapi": "3.0.3", "components": { "schemas": {
            "Id": { "type": "string" },
            "Order": { "type": "object", "properties": {
                "id": { "$ref": "#/components/schemas/Id" },
                "lines": { "type": "array", "items": { "allOf": [
                    { "properties": { "product_id": { "allOf": [{ "$ref": "#/components/schemas/Id" }] } } },
                ] } },
                "parent": { "$ref": "#/components/schemas/Order" },
                "urgent": { "type": "boolean" },
            } },
        } } });
        Source::parse("test.json", value.to_string().as_bytes()).unwrap()
    }

    fn member(name: &str) -> Step {
        Step::Member(name.to_owned())
    }

    #[test]
    fn places_are_found_through_lists_and_compositions_and_once_through_recursion() {
        let found = sites(&source(), &Pointer::from("/components/schemas/Order"));
        let id = Pointer::from("/components/schemas/Id");
        let expected = [
            Site { path: vec![member("id")], schema: id.clone() },
            Site { path: vec![member("lines"), Step::Each, member("product_id")], schema: id },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn values_are_read_replaced_and_removed_by_their_place() {
        let path = [member("lines"), Step::Each, member("product_id")];
        let mut value = json!({ "lines": [{ "product_id": "a" }, { "product_id": "b" }, {}] });
        assert_eq!(at(&path, &value), [&json!("a"), &json!("b")]);
        replace(&path, &mut value, &json!("c"));
        assert_eq!(value, json!({ "lines": [{ "product_id": "c" }, { "product_id": "c" }, {}] }));
        remove(&path, &mut value);
        assert_eq!(value, json!({ "lines": [{}, {}, {}] }));
    }
}
