//! Compares how two schemas are put together: `allOf`, `anyOf`, `oneOf`, `not` and the tag of a union.

use orderly_document::Pointer;
use serde_json::{Map, Value};

use super::Side;
use super::keywords::{brief, differ, is_annotation};
use super::rule::SchemaRule as Rule;
use super::walk::{Nodes, Part, Place, Walk};

pub(super) fn compare(walk: &mut Walk<'_>, nodes: &Nodes<'_>) {
    for (keyword, part) in
        [("allOf", Part::Conjunct), ("anyOf", Part::Alternative), ("oneOf", Part::Exclusive)]
    {
        match (list(nodes.base.schema, keyword), list(nodes.head.schema, keyword)) {
            (Some(base), Some(head)) => branches(walk, nodes, (keyword, part), base, head),
            (None, None) => {}
            _ => differ(walk, nodes, Rule::CompositionChanged, keyword),
        }
    }
    match (nodes.base.schema.get("not"), nodes.head.schema.get("not")) {
        (Some(base), Some(head)) if bare(base) != bare(head) => {
            differ(walk, nodes, Rule::NotChanged, "not");
        }
        (Some(_), Some(_)) => {
            walk.part(nodes, nodes.base.at.child("not"), nodes.head.at.child("not"), Part::Exclusive);
        }
        (None, None) => {}
        _ => differ(walk, nodes, Rule::NotChanged, "not"),
    }
    if nodes.base.schema.get("discriminator") != nodes.head.schema.get("discriminator") {
        differ(walk, nodes, Rule::DiscriminatorChanged, "discriminator");
    }
}

fn list<'a>(schema: &'a Map<String, Value>, keyword: &str) -> Option<&'a Vec<Value>> {
    schema.get(keyword).and_then(Value::as_array)
}

/// Pairs the branches: those that are the same component, those that are written alike, those of the same shape, and
/// what is left in its order.
fn branches(
    walk: &mut Walk<'_>,
    nodes: &Nodes<'_>,
    (keyword, part): (&str, Part),
    base: &[Value],
    head: &[Value],
) {
    let (base_at, head_at) = (nodes.base.at.child(keyword), nodes.head.at.child(keyword));
    let mut left: Vec<usize> = (0..base.len()).collect();
    let mut right: Vec<usize> = (0..head.len()).collect();
    let place = |walk: &Walk<'_>, side, at: &Pointer, index| walk.property_place(side, &at.index(index));
    let is_same_component = |walk: &Walk<'_>, b: usize, h: usize| {
        let (b_is, h_is) = (base[b].get("$ref").is_some(), head[h].get("$ref").is_some());
        b_is && h_is && place(walk, Side::Base, &base_at, b) == place(walk, Side::Head, &head_at, h)
    };
    let mut pairs = Vec::new();
    let mut pair = |matches: &dyn Fn(usize, usize) -> bool| {
        left.retain(|b| match right.iter().position(|h| matches(*b, *h)) {
            Some(index) => {
                pairs.push((*b, right.remove(index)));
                false
            }
            None => true,
        });
    };
    pair(&|b, h| is_same_component(walk, b, h));
    pair(&|b, h| bare(&base[b]) == bare(&head[h]));
    pair(&|b, h| base[b].get("$ref").is_none() && shape(&base[b]) == shape(&head[h]));
    // A component that changed its name is likelier a branch that went and one that came.
    pair(&|b, h| base[b].get("$ref").is_none() != head[h].get("$ref").is_none());
    for (b, h) in pairs {
        walk.part(nodes, base_at.index(b), head_at.index(h), part);
    }
    let (added, removed) = match part {
        Part::Conjunct => (Rule::AllOfBranchAdded, Rule::AllOfBranchRemoved),
        Part::Alternative | Part::Exclusive => (Rule::UnionBranchAdded, Rule::UnionBranchRemoved),
    };
    for b in left {
        let name = name(&base[b], keyword);
        let at = Place { at: (Some(base_at.index(b)), None), member: None };
        walk.differ(nodes, removed, at, [name.clone(), format!("no {name}")]);
    }
    for h in right {
        let name = name(&head[h], keyword);
        let at = Place { at: (None, Some(head_at.index(h))), member: None };
        walk.differ(nodes, added, at, [format!("no {name}"), name]);
    }
}

/// What a branch is called: its component, or what it says.
fn name(branch: &Value, keyword: &str) -> String {
    let component =
        branch.get("$ref").and_then(Value::as_str).and_then(|reference| reference.rsplit('/').next());
    let name = component.map_or_else(|| brief(branch), |name| Some(name.to_owned()));
    let name = name.or_else(|| branch.get("type").and_then(Value::as_str).map(str::to_owned));
    name.map_or_else(|| format!("a schema in {keyword}"), |name| format!("{name} in {keyword}"))
}

/// What branches that became one another have in common: type and members.
fn shape(branch: &Value) -> (Option<&Value>, Option<Vec<&String>>) {
    let members = branch.get("properties").and_then(Value::as_object);
    (branch.get("type"), members.map(|members| members.keys().take(1).collect()))
}

/// A schema without what says nothing about a value.
fn bare(schema: &Value) -> Value {
    match schema {
        Value::Object(schema) => {
            let kept = schema.iter().filter(|(keyword, _)| !is_annotation(keyword) || is_direction(keyword));
            kept.map(|(keyword, inner)| {
                let inner = match (keyword.as_str(), inner) {
                    ("properties", Value::Object(members)) => {
                        members.iter().map(|(name, member)| (name.clone(), bare(member))).collect()
                    }
                    ("enum", _) => inner.clone(),
                    _ => bare(inner),
                };
                (keyword.clone(), inner)
            })
            .collect()
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        other => other.clone(),
    }
}

fn is_direction(keyword: &str) -> bool {
    matches!(keyword, "readOnly" | "writeOnly")
}
