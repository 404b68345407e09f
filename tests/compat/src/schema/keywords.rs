//! Compares what two schemas say of a value, keyword by keyword.

use serde_json::{Map, Value};

use super::members;
use super::rule::SchemaRule as Rule;
use super::walk::{Nodes, Place, Step, Walk};

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
    members::compare(walk, nodes);
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
        Some(value) => match brief(value) {
            Some(text) => format!("{keyword}: {}", value.as_str().unwrap_or(&text)),
            None => keyword.to_owned(),
        },
    }
}

/// A value as JSON, if it is short.
pub(super) fn brief(value: &Value) -> Option<String> {
    let text = value.to_string();
    (text.chars().count() <= MAX_TOLD).then_some(text)
}

fn words(walk: &mut Walk<'_>, nodes: &Nodes<'_>, keyword: &str, rule: Rule) {
    if nodes.base.schema.get(keyword) != nodes.head.schema.get(keyword) {
        differ(walk, nodes, rule, keyword);
    }
}

pub(super) fn is_true(schema: &Map<String, Value>, keyword: &str) -> bool {
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
