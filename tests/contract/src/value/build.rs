//! Whole values: the plainest that a node allows, or any, and such that have a given value at a given place.

mod apart;
mod plain;
mod random;

use serde_json::{Map, Value};

use self::plain::enumerated;
use super::{
    choice::Choice,
    read::Reader,
    rule::Demand,
    shape::{Node, Shape},
};
use crate::case::Keyword;

/// Items of a list and members of an object, at most.
pub(super) const MAX_ITEMS: usize = 1_000;

/// Values within a list, at most, counting what is within them.
const MAX_SIZE: usize = 20_000;

/// How deep values at random nest before they become plain.
const MAX_DEPTH: usize = 6;

/// A way from a value to one within it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) node: Node,
    /// Which of the node's alternatives is taken.
    pub(super) alternative: usize,
    pub(super) hop: Hop,
}

/// One level deeper.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Hop {
    Member(String),
    /// The first item.
    Item,
}

/// Makes values.
pub(super) struct Builder<'d, 'r> {
    reader: Reader<'d>,
    choice: Choice<'r>,
    /// What is being made, so that a schema that needs itself is noticed.
    stack: Vec<Node>,
    /// How many builders stand around this one.
    nesting: usize,
}

impl<'d, 'r> Builder<'d, 'r> {
    pub(super) fn new(reader: Reader<'d>, choice: Choice<'r>) -> Self {
        Self { reader, choice, stack: Vec::new(), nesting: 0 }
    }

    /// A value of a node, as the choice wants it.
    pub(super) fn value(&mut self, node: &Node) -> Option<Value> {
        if matches!(self.choice, Choice::First) {
            return self.plain(node);
        }
        if self.stack.len() > MAX_DEPTH || self.stack.contains(node) {
            return self.plainly().plain(node);
        }
        self.stack.push(node.clone());
        let value = self.random(node);
        self.stack.pop();
        value
    }

    /// A builder for what is to be plain within this one's values.
    fn plainly(&self) -> Builder<'d, 'static> {
        Builder { reader: self.reader, choice: Choice::First, stack: Vec::new(), nesting: self.nesting }
    }

    /// The value with this one at the end of the steps.
    pub(super) fn plant(&mut self, steps: &[Step], leaf: Value) -> Option<Value> {
        steps.iter().rev().try_fold(leaf, |inner, step| {
            let shapes = self.reader.alternatives(&step.node);
            let shape = shapes.get(step.alternative)?;
            match &step.hop {
                Hop::Member(name) => self.object(shape, &[], Some((name, inner))).map(Value::Object),
                Hop::Item => {
                    let (min, _) = shape.bounds(Keyword::MinItems, Keyword::MaxItems);
                    let size = usize::try_from(min).ok()?.max(1);
                    self.list(shape, size, Some(inner)).map(Value::Array)
                }
            }
        })
    }

    /// A list of this many items, of which the first may be given.
    pub(super) fn list(&mut self, shape: &Shape, size: usize, first: Option<Value>) -> Option<Vec<Value>> {
        let mut items: Vec<Value> = first.into_iter().take(size).collect();
        if items.len() == size {
            return Some(items);
        }
        if size > MAX_ITEMS {
            return None;
        }
        let item = self.value(&shape.items)?;
        if weight(&item).saturating_mul(size) > MAX_SIZE {
            return None;
        }
        if shape.has(Keyword::UniqueItems) {
            self.distinct(&shape.items, item, size, &mut items)?;
        } else {
            while items.len() < size {
                let next = if matches!(self.choice, Choice::First) {
                    item.clone()
                } else {
                    self.value(&shape.items)?
                };
                items.push(next);
            }
        }
        Some(items)
    }

    /// Fills a list up with items that are not in it.
    fn distinct(&mut self, node: &Node, item: Value, size: usize, items: &mut Vec<Value>) -> Option<()> {
        // The same every time: what is plain must not change from run to run.
        let mut rng = fastrand::Rng::with_seed(size as u64);
        let mut others = Builder::new(self.reader, Choice::Any(&mut rng));
        others.nesting = self.nesting + 1;
        if others.nesting > MAX_DEPTH {
            return None;
        }
        let tries = 8 * size + 20;
        let shapes = self.reader.alternatives(node);
        let mut candidates = [item].into_iter().chain(shapes.iter().flat_map(enumerated).take(tries));
        for _ in 0..tries {
            if items.len() >= size {
                break;
            }
            let next = candidates.next().or_else(|| others.value(node))?;
            if !items.contains(&next) {
                items.push(next);
            }
        }
        (items.len() == size).then_some(())
    }

    /// An object with the members that it needs and these, of which one may be given.
    pub(super) fn object(
        &mut self,
        shape: &Shape,
        more: &[&str],
        given: Option<(&str, Value)>,
    ) -> Option<Map<String, Value>> {
        let required = shape.required();
        let (given_name, mut given) = given.map_or((None, None), |(name, value)| (Some(name), Some(value)));
        let mut members = Map::new();
        // In the order of the document.
        let known = shape.members.iter().map(|(name, _)| name.as_str());
        let known: Vec<&str> = known.chain(required.iter().copied()).chain(given_name).collect();
        for name in known {
            let is_required = required.contains(&name);
            if members.contains_key(name)
                || !(is_required || more.contains(&name) || given_name == Some(name))
            {
                continue;
            }
            let value = match given_name == Some(name) {
                true => given.take(),
                false => self.member(shape, name),
            };
            match value {
                Some(value) => {
                    members.insert(name.to_owned(), value);
                }
                None if is_required => return None,
                // It leads back to itself, or has no value at all.
                None => {}
            }
        }
        let (min, _) = shape.bounds(Keyword::MinProperties, Keyword::MaxProperties);
        self.fill_up(shape, usize::try_from(min).ok()?, &mut members)?;
        Some(members)
    }

    /// An object of exactly so many members, which may lack some that it needs if there have to be fewer.
    pub(super) fn object_of_size(&mut self, shape: &Shape, size: usize) -> Option<Map<String, Value>> {
        let mut members = self.object(shape, &[], None)?;
        if members.len() > size {
            let required = shape.required();
            let spare: Vec<String> =
                members.keys().filter(|name| !required.contains(&name.as_str())).cloned().collect();
            for name in spare.iter().rev().take(members.len() - size) {
                members.remove(name);
            }
        }
        self.fill_up(shape, size, &mut members)?;
        (members.len() == size).then_some(members)
    }

    fn fill_up(&mut self, shape: &Shape, size: usize, members: &mut Map<String, Value>) -> Option<()> {
        for (name, node) in &shape.members {
            if members.len() >= size {
                return Some(());
            }
            if !members.contains_key(name)
                && let Some(value) = self.value(node)
            {
                members.insert(name.clone(), value);
            }
        }
        if members.len() < size && size <= MAX_ITEMS {
            let other = self.value(shape.other.as_ref()?)?;
            for index in 1.. {
                if members.len() >= size {
                    break;
                }
                members.entry(format!("member{index}")).or_insert_with(|| other.clone());
            }
        }
        (members.len() >= size).then_some(())
    }

    fn member(&mut self, shape: &Shape, name: &str) -> Option<Value> {
        let tag = shape.rules.iter().find_map(|rule| match &rule.demand {
            Demand::Tag(tag, values) if tag == name => values.first(),
            _ => None,
        });
        match tag {
            Some(tag) => Some(Value::String(tag.clone())),
            None => self.value(shape.member(name)?),
        }
    }
}

/// How many values a value consists of.
fn weight(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(weight).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(weight).sum::<usize>(),
        Value::String(text) => 1 + text.len() / 16,
        _ => 1,
    }
}
