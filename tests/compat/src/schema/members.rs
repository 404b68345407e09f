//! Compares what two schemas say of the members of an object: which there are, which there have to be, and what the
//! others may be.

use std::collections::BTreeSet;

use orderly_document::Pointer;
use serde_json::{Map, Value};

use super::keywords::{differ, is_true};
use super::rule::SchemaRule as Rule;
use super::walk::{Node, Nodes, Place, Step, Walk};
use super::{Direction, Side};

pub(super) fn compare(walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
    properties(walk, nodes);
    required(walk, nodes);
    further(walk, nodes);
}

fn keys(schema: &Map<String, Value>) -> impl Iterator<Item = &String> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys)
}

fn property_at(at: &Pointer, name: &str) -> Pointer {
    at.child("properties").child(name)
}

/// The flag with which a property does not exist in a direction.
fn hiding(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    }
}

/// Whether a property does not exist in the direction of the walk.
fn is_hidden(walk: &Walk<'_>, side: Side, at: &Pointer) -> bool {
    is_true(walk.property(side, at), hiding(walk.direction))
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
            _ if in_base && in_head => {
                hidden(walk, nodes, name, (shown_in_base, base_at), (shown_in_head, head_at));
                continue;
            }
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

/// A property that ceased to exist in the direction of the walk, or exists in it now.
fn hidden(
    walk: &mut Walk<'_>,
    nodes: &Nodes<'_>,
    name: String,
    (shown_in_base, base_at): (bool, Pointer),
    (shown_in_head, head_at): (bool, Pointer),
) {
    let keyword = hiding(walk.direction);
    let (rule, who) = match walk.direction {
        Direction::Request => (Rule::ReadOnlyChanged, "client sends"),
        Direction::Response => (Rule::WriteOnlyChanged, "server sends"),
    };
    let at = |side, shown: bool, at: &Pointer| (!shown).then(|| walk.property_place(side, at).child(keyword));
    let at = (at(Side::Base, shown_in_base, &base_at), at(Side::Head, shown_in_head, &head_at));
    let told = |shown: bool| format!("{name} is {} that the {who}", if shown { "one" } else { "none" });
    let words = [told(shown_in_base), told(shown_in_head)];
    walk.differ(nodes, rule, Place { at, member: Some(name) }, words);
}

fn required(walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
    // Where only a flag makes the difference, the flag is told.
    let is_listed = |node: &Node<'_>, name: &str| {
        let listed = node.schema.get("required").and_then(Value::as_array);
        listed.is_some_and(|listed| listed.iter().any(|known| known == name))
    };
    let is_flagged = |name: &str| {
        let (base, head) = (&nodes.base, &nodes.head);
        is_listed(base, name)
            && is_listed(head, name)
            && keys(base.schema).any(|key| key == name)
            && keys(head.schema).any(|key| key == name)
    };
    let names = |walk: &Walk<'_>, side: Side, node: &Node<'_>| -> Vec<(String, Pointer)> {
        let listed = node.schema.get("required").and_then(Value::as_array).into_iter().flatten().enumerate();
        let listed = listed.filter_map(|(index, name)| Some((index, name.as_str()?)));
        let listed = listed.filter(|(_, name)| {
            !keys(node.schema).any(|key| key == name) || !is_hidden(walk, side, &property_at(&node.at, name))
        });
        listed.map(|(index, name)| (name.to_owned(), node.at.child("required").index(index))).collect()
    };
    let (base, head) = (names(walk, Side::Base, &nodes.base), names(walk, Side::Head, &nodes.head));
    let is_missing = |names: &[(String, Pointer)], name: &str| {
        !names.iter().any(|(known, _)| known == name) && !is_flagged(name)
    };
    for (name, at) in head.iter().filter(|(name, _)| is_missing(&base, name)) {
        let place = Place { at: (None, Some(at.clone())), member: Some(name.clone()) };
        let words = [format!("{name} not required"), format!("{name} required")];
        walk.differ(nodes, Rule::PropertyBecameRequired, place, words);
    }
    for (name, at) in base.iter().filter(|(name, _)| is_missing(&head, name)) {
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
