//! Compares what two schemas say themselves, keyword by keyword.

use std::collections::BTreeSet;

use orderly_document::Pointer;
use serde_json::{Map, Value};

use super::rule::SchemaRule as Rule;
use super::walk::{Nodes, Place, Step, Walk};
use super::{Direction, Side};

/// Keywords that say nothing about a value.
const ANNOTATIONS: [&str; 8] =
    ["default", "deprecated", "description", "example", "externalDocs", "readOnly", "title", "writeOnly"];

/// Whether a keyword says nothing about the value of its own schema. `readOnly` and `writeOnly` speak to the object
/// that has the property.
pub(super) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || keyword == "xml" || keyword.starts_with("x-")
}

pub(super) fn compare(walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
    let (base, head) = (nodes.base.schema, nodes.head.schema);
    words(walk, nodes, "$ref", Rule::ReferenceChanged);
    words(walk, nodes, "type", Rule::TypeChanged);
    nullable(walk, nodes);
    enumeration(walk, nodes);
    for bound in BOUNDS {
        bound.compare(walk, nodes);
    }
    if number(base, "multipleOf") != number(head, "multipleOf") {
        differ(walk, nodes, Rule::MultipleOfChanged, "multipleOf");
    }
    words(walk, nodes, "pattern", Rule::PatternChanged);
    words(walk, nodes, "format", Rule::FormatChanged);
    match (is_true(base, "uniqueItems"), is_true(head, "uniqueItems")) {
        (false, true) => differ(walk, nodes, Rule::UniqueItemsAdded, "uniqueItems"),
        (true, false) => differ(walk, nodes, Rule::UniqueItemsRemoved, "uniqueItems"),
        _ => {}
    }
    match (base.get("items"), head.get("items")) {
        (Some(_), Some(_)) => {
            walk.below(nodes, Step::Item, nodes.base.at.child("items"), nodes.head.at.child("items"));
        }
        (None, None) => {}
        _ => differ(walk, nodes, Rule::ItemsChanged, "items"),
    }
    properties(walk, nodes);
    required(walk, nodes);
    further(walk, nodes);
}

/// A difference in one keyword, told by what it says on either side.
pub(super) fn differ(walk: &mut Walk<'_>, nodes: &Nodes<'_>, rule: Rule, keyword: &str) {
    let words = [told(nodes.base.schema, keyword), told(nodes.head.schema, keyword)];
    walk.differ(nodes, rule, place(nodes, keyword), words);
}

fn place(nodes: &Nodes<'_>, keyword: &str) -> Place {
    let at = |node: &super::walk::Node<'_>| node.schema.contains_key(keyword).then(|| node.at.child(keyword));
    Place { at: (at(&nodes.base), at(&nodes.head)), member: None }
}

/// Long values are for the document to show.
const MAX_TOLD: usize = 80;

fn told(schema: &Map<String, Value>, keyword: &str) -> String {
    match schema.get(keyword) {
        None => format!("no {keyword}"),
        Some(value) => {
            let text = value.to_string();
            if text.chars().count() > MAX_TOLD {
                keyword.to_owned()
            } else {
                format!("{keyword}: {}", value.as_str().unwrap_or(&text))
            }
        }
    }
}

fn words(walk: &mut Walk<'_>, nodes: &Nodes<'_>, keyword: &str, rule: Rule) {
    if nodes.base.schema.get(keyword) != nodes.head.schema.get(keyword) {
        differ(walk, nodes, rule, keyword);
    }
}

fn is_true(schema: &Map<String, Value>, keyword: &str) -> bool {
    schema.get(keyword) == Some(&Value::Bool(true))
}

fn number(schema: &Map<String, Value>, keyword: &str) -> Option<f64> {
    schema.get(keyword).and_then(Value::as_f64)
}

fn nullable(walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
    match (is_true(nodes.base.schema, "nullable"), is_true(nodes.head.schema, "nullable")) {
        (false, true) => differ(walk, nodes, Rule::NullableAdded, "nullable"),
        (true, false) => differ(walk, nodes, Rule::NullableRemoved, "nullable"),
        _ => {}
    }
}

fn enumeration(walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
    let values = |schema: &Map<String, Value>| schema.get("enum").and_then(Value::as_array).cloned();
    match (values(nodes.base.schema), values(nodes.head.schema)) {
        (None, None) => {}
        (None, Some(_)) => differ(walk, nodes, Rule::EnumAdded, "enum"),
        (Some(_), None) => differ(walk, nodes, Rule::EnumRemoved, "enum"),
        (Some(base), Some(head)) => {
            let (base_at, head_at) = (nodes.base.at.child("enum"), nodes.head.at.child("enum"));
            for (index, value) in base.iter().enumerate().filter(|(_, value)| !head.contains(value)) {
                let place = Place { at: (Some(base_at.index(index)), None), member: None };
                let words = [format!("the value {value}"), format!("no value {value}")];
                walk.differ(nodes, Rule::EnumValueRemoved, place, words);
            }
            for (index, value) in head.iter().enumerate().filter(|(_, value)| !base.contains(value)) {
                let place = Place { at: (None, Some(head_at.index(index))), member: None };
                let words = [format!("no value {value}"), format!("the value {value}")];
                walk.differ(nodes, Rule::EnumValueAdded, place, words);
            }
        }
    }
}

/// A bound on numbers, lengths or counts.
struct Bound {
    keyword: &'static str,
    /// The flag that takes the bound itself out, if there is one.
    exclusive: Option<&'static str>,
    is_lower: bool,
}

const BOUNDS: [Bound; 8] = [
    Bound { keyword: "minimum", exclusive: Some("exclusiveMinimum"), is_lower: true },
    Bound { keyword: "maximum", exclusive: Some("exclusiveMaximum"), is_lower: false },
    Bound { keyword: "minLength", exclusive: None, is_lower: true },
    Bound { keyword: "maxLength", exclusive: None, is_lower: false },
    Bound { keyword: "minItems", exclusive: None, is_lower: true },
    Bound { keyword: "maxItems", exclusive: None, is_lower: false },
    Bound { keyword: "minProperties", exclusive: None, is_lower: true },
    Bound { keyword: "maxProperties", exclusive: None, is_lower: false },
];

impl Bound {
    /// The bound as a pair that is ordered by how much it refuses.
    fn strength(&self, schema: &Map<String, Value>) -> Option<(f64, bool)> {
        let bound = number(schema, self.keyword)?;
        if self.exclusive.is_none() && self.is_lower && bound == 0.0 {
            return None;
        }
        let is_exclusive = self.exclusive.is_some_and(|keyword| is_true(schema, keyword));
        Some((if self.is_lower { bound } else { -bound }, is_exclusive))
    }

    fn compare(&self, walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
        let (base, head) = (self.strength(nodes.base.schema), self.strength(nodes.head.schema));
        // No bound is weaker than any: `None` is less than `Some`.
        let rule = match (head.partial_cmp(&base), self.is_lower) {
            (Some(std::cmp::Ordering::Greater), true) => Rule::LowerBoundRaised,
            (Some(std::cmp::Ordering::Greater), false) => Rule::UpperBoundLowered,
            (Some(std::cmp::Ordering::Less), true) => Rule::LowerBoundLowered,
            (Some(std::cmp::Ordering::Less), false) => Rule::UpperBoundRaised,
            _ => return,
        };
        let words = [self.told(nodes.base.schema), self.told(nodes.head.schema)];
        walk.differ(nodes, rule, place(nodes, self.keyword), words);
    }

    fn told(&self, schema: &Map<String, Value>) -> String {
        let is_exclusive = self.exclusive.is_some_and(|keyword| is_true(schema, keyword));
        let text = told(schema, self.keyword);
        if is_exclusive { format!("{text}, exclusive") } else { text }
    }
}

fn keys(schema: &Map<String, Value>) -> impl Iterator<Item = &String> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys)
}

fn property_at(at: &Pointer, name: &str) -> Pointer {
    at.child("properties").child(name)
}

/// Whether a property does not exist in the direction of the walk.
fn is_hidden(walk: &Walk<'_>, side: Side, at: &Pointer) -> bool {
    let keyword = match walk.direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    is_true(walk.property(side, at), keyword)
}

fn properties(walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
    let names: BTreeSet<_> = keys(nodes.base.schema).chain(keys(nodes.head.schema)).cloned().collect();
    for name in names {
        let (base_at, head_at) = (property_at(&nodes.base.at, &name), property_at(&nodes.head.at, &name));
        let in_base = keys(nodes.base.schema).any(|key| *key == name);
        let in_head = keys(nodes.head.schema).any(|key| *key == name);
        let shown_in_base = in_base && !is_hidden(walk, Side::Base, &base_at);
        let shown_in_head = in_head && !is_hidden(walk, Side::Head, &head_at);
        let rule = match (shown_in_base, shown_in_head) {
            (true, true) => {
                walk.below(nodes, Step::Member(name), base_at, head_at);
                continue;
            }
            (false, false) => continue,
            _ if in_base && in_head && walk.direction == Direction::Request => Rule::ReadOnlyChanged,
            _ if in_base && in_head => Rule::WriteOnlyChanged,
            (true, false) => Rule::PropertyRemoved,
            (false, true) => Rule::PropertyAdded,
        };
        let told =
            |shown: bool| if shown { format!("property {name}") } else { format!("no property {name}") };
        let words = [told(shown_in_base), told(shown_in_head)];
        let place =
            Place { at: (in_base.then_some(base_at), in_head.then_some(head_at)), member: Some(name) };
        walk.differ(nodes, rule, place, words);
    }
}

fn required(walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
    let names = |walk: &Walk<'_>, side: Side, node: &super::walk::Node<'_>| -> Vec<(String, Pointer)> {
        let listed = node.schema.get("required").and_then(Value::as_array).into_iter().flatten().enumerate();
        let listed = listed.filter_map(|(index, name)| Some((index, name.as_str()?)));
        let listed = listed.filter(|(_, name)| {
            !keys(node.schema).any(|key| key == name) || !is_hidden(walk, side, &property_at(&node.at, name))
        });
        listed.map(|(index, name)| (name.to_owned(), node.at.child("required").index(index))).collect()
    };
    let (base, head) = (names(walk, Side::Base, &nodes.base), names(walk, Side::Head, &nodes.head));
    for (name, at) in head.iter().filter(|(name, _)| !base.iter().any(|(known, _)| known == name)) {
        let place = Place { at: (None, Some(at.clone())), member: Some(name.clone()) };
        let words = [format!("{name} not required"), format!("{name} required")];
        walk.differ(nodes, Rule::PropertyBecameRequired, place, words);
    }
    for (name, at) in base.iter().filter(|(name, _)| !head.iter().any(|(known, _)| known == name)) {
        let place = Place { at: (Some(at.clone()), None), member: Some(name.clone()) };
        let words = [format!("{name} required"), format!("{name} not required")];
        walk.differ(nodes, Rule::PropertyBecameOptional, place, words);
    }
}

/// What a schema says about members without a property of their own.
#[derive(PartialEq)]
enum Further {
    Open,
    Closed,
    Schema,
}

fn further(walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
    let said = |schema: &Map<String, Value>| match schema.get("additionalProperties") {
        Some(Value::Bool(false)) => Further::Closed,
        Some(Value::Object(schema)) if !schema.is_empty() => Further::Schema,
        _ => Further::Open,
    };
    let keyword = "additionalProperties";
    let rule = match (said(nodes.base.schema), said(nodes.head.schema)) {
        (Further::Schema, Further::Schema) => {
            walk.below(nodes, Step::Further, nodes.base.at.child(keyword), nodes.head.at.child(keyword));
            return;
        }
        // Whether it is said or left out makes a difference to what a sender sends.
        (Further::Open, Further::Open)
            if nodes.base.schema.contains_key(keyword) == nodes.head.schema.contains_key(keyword) =>
        {
            return;
        }
        (Further::Closed, Further::Closed) => return,
        (_, Further::Closed) => Rule::AdditionalPropertiesClosed,
        (Further::Closed, _) => Rule::AdditionalPropertiesOpened,
        _ => Rule::AdditionalPropertiesChanged,
    };
    differ(walk, nodes, rule, keyword);
}
