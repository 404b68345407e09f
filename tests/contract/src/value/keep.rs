//! Which rules a valid value puts to use: those of the members that it has, and of the branches that it takes.

use std::{collections::BTreeSet, sync::Arc};

use orderly_document::Pointer;
use serde_json::Value;

use super::{
    read::Reader,
    shape::{Node, Shape},
};
use crate::case::Keyword;

/// Items of a list that are looked at: what the others put to use is mostly the same.
const MAX_ITEMS: usize = 8;

/// How far down a branch is told from the others.
const LOOK_AHEAD: usize = 2;

/// The rules that a valid value keeps.
pub(super) fn keeps(reader: Reader<'_>, node: &Node, value: &Value) -> BTreeSet<(Pointer, Keyword)> {
    let mut found = BTreeSet::new();
    collect(reader, node, value, &mut found);
    found
}

fn collect(reader: Reader<'_>, node: &Node, value: &Value, found: &mut BTreeSet<(Pointer, Keyword)>) {
    if node.0.is_empty() {
        return;
    }
    let shapes = reader.alternatives(node);
    let taken = shapes.iter().find(|shape| looks_right(reader, shape, value, LOOK_AHEAD));
    let Some(shape) = taken else {
        // Null beside a union.
        let base = reader.base(node);
        let nullable = base.rules.into_iter().filter(|rule| rule.keyword == Keyword::Nullable);
        found.extend(nullable.filter(|_| value.is_null()).map(|rule| (rule.place, rule.keyword)));
        return;
    };
    for rule in &shape.rules {
        let is_used = rule.keyword != Keyword::Nullable || value.is_null();
        if is_used && rule.demand.holds(value) == Some(true) {
            found.insert((rule.place.clone(), rule.keyword));
        }
    }
    for (inner, value) in inside(shape, value) {
        collect(reader, &inner, value, found);
    }
}

fn looks_right(reader: Reader<'_>, shape: &Shape, value: &Value, depth: usize) -> bool {
    let fits = |(inner, value): (Node, &Value)| {
        let shapes: Arc<[Shape]> = reader.alternatives(&inner);
        shapes.iter().any(|shape| looks_right(reader, shape, value, depth - 1)) || value.is_null()
    };
    shape.holds(value) && (depth == 0 || inside(shape, value).all(fits))
}

fn inside<'v>(shape: &Shape, value: &'v Value) -> impl Iterator<Item = (Node, &'v Value)> {
    let members = value.as_object().into_iter().flatten();
    let members = members.filter_map(|(name, value)| Some((shape.member(name)?.clone(), value)));
    let items = value.as_array().into_iter().flatten().take(MAX_ITEMS);
    members.chain(items.map(|item| (shape.items.clone(), item)))
}
