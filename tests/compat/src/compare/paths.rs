//! Paths and operations: which are gone, which are new, and which go by another name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Walk, quoted};
use crate::api::{self, Operation};
use crate::node::Node;
use crate::rules::Rule;
use crate::schema::{Direction, Side};

impl<'d> Walk<'d> {
    /// Pairs the operations of both documents, by method and path, and compares each pair.
    pub(super) fn paths(&mut self) {
        let (base, head) = (api::operations(self.base), api::operations(self.head));
        let mut used = BTreeSet::new();
        let mut gone = Vec::new();
        for old in &base {
            match partner(old, &head, &used) {
                Some(index) => {
                    used.insert(index);
                    self.operation(old, &head[index]);
                }
                None => gone.push(old),
            }
        }
        self.removed(&gone, &base, &head);
        for (_, new) in head.iter().enumerate().filter(|(index, _)| !used.contains(index)) {
            self.operation = Some(new.name());
            let what = format!("{} is new", new.name());
            self.tell(Rule::OperationAdded, None, Some(new.node.at.clone()), what);
            self.shadowed(new, &base);
            self.operation = None;
        }
    }

    /// A path whose operations are all gone without notice is told as one change.
    fn removed(&mut self, gone: &[&Operation<'d>], base: &[Operation<'d>], head: &[Operation<'d>]) {
        for old in gone {
            let verdict = self.removal(old);
            let mut siblings = base.iter().filter(|other| other.path == old.path);
            let is_whole_path = !head.iter().any(|new| api::shape(new.path) == api::shape(old.path))
                && siblings.all(|sibling| self.removal(sibling) == Rule::OperationRemoved);
            self.operation = Some(old.name());
            if is_whole_path {
                let what = format!("`{}` is gone", old.path);
                self.tell(Rule::PathRemoved, Some(old.item.at.clone()), None, what);
            } else {
                let until = self.sunset_of(old).map(|day| format!(", promised until {day}"));
                let what = format!("{} is gone{}", old.name(), until.unwrap_or_default());
                self.tell(verdict, Some(old.node.at.clone()), None, what);
            }
            self.operation = None;
        }
    }

    /// What generated SDKs and documentation call an operation.
    pub(super) fn identity(&mut self, base: &Operation<'d>, head: &Operation<'d>) {
        let names = api::placeholders(base.path).zip(api::placeholders(head.path));
        for (old, new) in names.filter(|(old, new)| old != new) {
            let places = (Some(base.item.at.clone()), Some(head.item.at.clone()));
            let what = format!("path parameter `{old}` is called `{new}`");
            self.tell(Rule::PathParameterRenamed, places.0, places.1, what);
        }
        match (base.node.text("operationId"), head.node.text("operationId")) {
            (Some(old), Some(new)) if old != new => {
                let what = format!("`{old}` is called `{new}`");
                self.both(Rule::OperationIdChanged, &base.node, &head.node, "operationId", what);
            }
            (Some(old), None) => {
                let what = format!("`{old}` has no `operationId` any more");
                self.both(Rule::OperationIdRemoved, &base.node, &head.node, "operationId", what);
            }
            _ => {}
        }
        let (old, new) = (tags(&base.node), tags(&head.node));
        if old != new {
            let what = format!("tags: {}; were: {}", named(&new), named(&old));
            self.both(Rule::TagsChanged, &base.node, &head.node, "tags", what);
        }
    }

    /// A new path that is more concrete than one with parameters takes its calls from it.
    fn shadowed(&mut self, new: &Operation<'d>, base: &[Operation<'d>]) {
        for old in base.iter().filter(|old| old.method == new.method) {
            let Some(taken) = taken(old.path, new.path) else { continue };
            let parameters = old.parameters();
            let is_allowed = taken.iter().all(|(name, text)| {
                let parameter =
                    parameters.iter().find(|known| known.location == "path" && known.name == *name);
                let schema = parameter.and_then(|parameter| parameter.node.get("schema"));
                schema.is_none_or(|schema| self.is_value(&schema, text))
            });
            if is_allowed {
                let values: Vec<_> =
                    taken.iter().map(|(name, text)| format!("`{name}` = `{text}`")).collect();
                let what = format!("takes calls from `{}` with {}", old.path, values.join(", "));
                let places = (Some(old.node.at.clone()), Some(new.node.at.clone()));
                self.tell(Rule::OperationShadowed, places.0, places.1, what);
            }
        }
    }

    /// Whether the schema of a path parameter allows a text, as it stands or as a number.
    fn is_value(&self, schema: &Node<'d>, text: &str) -> bool {
        let number = text.parse::<i64>().ok().map(Value::from);
        [Some(json!(text)), number]
            .into_iter()
            .flatten()
            .any(|value| self.schemas.allows(Side::Base, &schema.at, Direction::Request, &value))
    }
}

/// The same operation in the newer document: the same path, or one that differs only in the names of parameters.
fn partner(old: &Operation<'_>, head: &[Operation<'_>], used: &BTreeSet<usize>) -> Option<usize> {
    let find = |same: &dyn Fn(&Operation<'_>) -> bool| {
        let mut head = head.iter().enumerate();
        head.position(|(index, new)| !used.contains(&index) && new.method == old.method && same(new))
    };
    let shape = api::shape(old.path);
    find(&|new| new.path == old.path).or_else(|| find(&|new| api::shape(new.path) == shape))
}

/// The values with which `template` leads to the same path as a more concrete one.
fn taken<'p>(template: &'p str, concrete: &'p str) -> Option<Vec<(&'p str, &'p str)>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), concrete.split('/').collect());
    if old.len() != new.len() {
        return None;
    }
    let mut taken = Vec::new();
    for (old, new) in old.into_iter().zip(new) {
        let name = old.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        match name {
            Some(_) if new.contains('{') => {}
            Some(name) => taken.push((name, new)),
            None if old == new => {}
            None => return None,
        }
    }
    (!taken.is_empty()).then_some(taken)
}

fn tags<'d>(operation: &Node<'d>) -> BTreeSet<&'d str> {
    let tags = operation.value.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).collect()
}

fn named(names: &BTreeSet<&str>) -> String {
    if names.is_empty() { "none".to_owned() } else { quoted(names.iter().copied()) }
}
