//! Whole values: the plainest that a node allows, or any, and such that have a given value at a given place.

use orderly_document::Pointer;
use serde_json::{Map, Value};

use super::{
    choice::Choice,
    kind::Kinds,
    pool::{number, text},
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
        let allowed = self.reader.alternatives(node).iter().flat_map(enumerated).collect::<Vec<_>>();
        let mut candidates = [item].into_iter().chain(allowed);
        for _ in 0..8 * size + 20 {
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

    /// The plainest value of a node.
    fn plain(&mut self, node: &Node) -> Option<Value> {
        let cache = self.reader.cache();
        if let Some(known) = cache.sample(node) {
            return known;
        }
        // The least value of a schema holds none of the same schema: it would be less.
        if self.stack.contains(node) {
            return None;
        }
        self.stack.push(node.clone());
        let value = self.plainest(node);
        self.stack.pop();
        // What fails within a circle may work outside of it.
        if value.is_some() || self.stack.is_empty() {
            cache.keep_sample(node, &value);
        }
        value
    }

    fn plainest(&mut self, node: &Node) -> Option<Value> {
        let shapes = self.reader.alternatives(node);
        let found = shapes.iter().find_map(|shape| self.plainest_of(shape));
        found.or_else(|| Some(Value::Null).filter(|null| self.fits_all(&node.0, null)))
    }

    fn plainest_of(&mut self, shape: &Shape) -> Option<Value> {
        let own = shape.examples.iter().find(|value| {
            let is_deep = value.is_array() || value.is_object();
            shape.holds(value)
                && if is_deep { self.fits_all(&shape.parts, value) } else { self.fits(shape, value) }
        });
        let allowed = || enumerated(shape).find(|value| !value.is_null() && self.fits(shape, value));
        if let Some(value) = own.cloned().or_else(allowed) {
            return Some(value);
        }
        let value = self.of_kind(shape, shape.likely_kind()).filter(|value| shape.holds(value));
        if let Some(value) = value
            && self.fits(shape, &value)
        {
            return Some(value);
        }
        // Where the least is not enough to tell branches apart, all is.
        let names: Vec<&str> = shape.members.iter().map(|(name, _)| name.as_str()).collect();
        let full = self.object(shape, &names, None).map(Value::Object);
        if let Some(full) = full.filter(|full| shape.holds(full) && self.fits(shape, full)) {
            return Some(full);
        }
        match shape.nots.is_empty() {
            true => None,
            false => super::pool::candidates(self, shape)
                .into_iter()
                .map(|candidate| candidate.value)
                .find(|value| shape.holds(value) && self.fits(shape, value)),
        }
    }

    /// A value of this kind that may break rules which cannot all be kept.
    fn of_kind(&mut self, shape: &Shape, kind: Kinds) -> Option<Value> {
        match kind {
            Kinds::TEXT => text::plain(shape),
            Kinds::WHOLE | Kinds::FRACTION => number::plain(shape),
            Kinds::BOOLEAN => [true, false].map(Value::Bool).into_iter().find(|value| shape.holds(value)),
            Kinds::LIST => {
                let (min, _) = shape.bounds(Keyword::MinItems, Keyword::MaxItems);
                self.list(shape, usize::try_from(min).ok()?, None).map(Value::Array)
            }
            Kinds::OBJECT => self.object(shape, &[], None).map(Value::Object),
            _ => Some(Value::Null),
        }
    }

    /// A value of a shape whose branches need not exclude each other: for trying to break a union.
    pub(super) fn loosely(&mut self, shape: &Shape) -> Option<Value> {
        enumerated(shape).next().or_else(|| self.of_kind(shape, shape.likely_kind()))
    }

    /// Whether a value keeps what its rules alone do not say: that it is in no other branch, and fulfils no `not`.
    fn fits(&self, shape: &Shape, value: &Value) -> bool {
        let unions = shape.unions.iter().filter(|union| union.keyword == Keyword::OneOf);
        let places = unions.map(|union| &union.place).chain(&shape.nots);
        let schemas: Vec<Pointer> = places.filter_map(|place| place.parent()).collect();
        self.fits_all(&schemas, value)
    }

    fn fits_all(&self, schemas: &[Pointer], value: &Value) -> bool {
        let Reader { document, direction } = self.reader;
        schemas.iter().all(|schema| {
            if self.reader.schema(schema).is_none() {
                return false;
            }
            let violations = document.try_violations(schema, direction, value);
            violations.is_ok_and(|violations| violations.is_empty())
        })
    }

    fn random(&mut self, node: &Node) -> Option<Value> {
        let shapes = self.reader.alternatives(node);
        let start = self.choice.below(shapes.len());
        (0..shapes.len()).find_map(|index| self.random_of(&shapes[(start + index) % shapes.len()]))
    }

    fn random_of(&mut self, shape: &Shape) -> Option<Value> {
        if shape.has(Keyword::Type) && shape.kinds.meets(Kinds::NULL) && self.choice.percent(10) {
            return Some(Value::Null).filter(|null| shape.holds(null));
        }
        let scalars: Vec<&Value> = shape
            .examples
            .iter()
            .filter(|value| !value.is_object() && !value.is_array() && shape.holds(value))
            .collect();
        if !scalars.is_empty() && self.choice.percent(20) {
            return Some(scalars[self.choice.below(scalars.len())].clone());
        }
        let allowed: Vec<Value> = enumerated(shape).collect();
        if !allowed.is_empty() {
            return Some(allowed[self.choice.below(allowed.len())].clone());
        }
        let kind = shape.likely_kind();
        let value = match (kind, &mut self.choice) {
            (Kinds::TEXT, Choice::Any(rng)) => (0..4).find_map(|_| text::random(shape, rng)),
            (Kinds::WHOLE | Kinds::FRACTION, Choice::Any(rng)) => number::random(shape, rng),
            (Kinds::BOOLEAN, Choice::Any(rng)) => Some(Value::Bool(rng.bool())),
            (Kinds::LIST, _) => self.random_list(shape),
            (Kinds::OBJECT, _) => self.random_object(shape),
            _ => None,
        };
        value
            .filter(|value| shape.holds(value))
            .or_else(|| self.plainly().of_kind(shape, kind).filter(|value| shape.holds(value)))
    }

    fn random_list(&mut self, shape: &Shape) -> Option<Value> {
        let (min, max) = shape.bounds(Keyword::MinItems, Keyword::MaxItems);
        let most = max.unwrap_or(u64::MAX).min(min.saturating_add(4));
        let most = usize::try_from(most).ok()?;
        let min = usize::try_from(min).ok()?;
        let size = min + self.choice.below(most.checked_sub(min)? + 1);
        let list = self.list(shape, size, None).or_else(|| self.list(shape, min, None));
        list.map(Value::Array)
    }

    fn random_object(&mut self, shape: &Shape) -> Option<Value> {
        let (_, max) = shape.bounds(Keyword::MinProperties, Keyword::MaxProperties);
        let most = usize::try_from(max.unwrap_or(40)).ok()?.min(40);
        // The deeper, the fewer; with many members few of them.
        let likely = match (self.stack.len(), shape.members.len()) {
            (0..=2, 0..=12) => 50,
            (0..=2, _) => 25,
            (3..=4, _) => 15,
            _ => 0,
        };
        let names = shape.members.iter().map(|(name, _)| name.as_str());
        let more: Vec<&str> = names.filter(|_| self.choice.percent(likely)).take(most).collect();
        let mut members = self.object(shape, &more, None).or_else(|| self.object(shape, &[], None))?;
        if let (true, Some(other)) = (shape.is_open && members.len() < most, &shape.other)
            && self.choice.percent(30)
            && let Some(value) = self.value(other)
        {
            members.insert("another".to_owned(), value);
        }
        Some(Value::Object(members))
    }
}

/// The values that an `enum` leaves.
fn enumerated(shape: &Shape) -> impl Iterator<Item = Value> {
    let lists = shape.rules.iter().filter_map(|rule| match &rule.demand {
        Demand::Enum(values) => Some(values),
        _ => None,
    });
    lists.take(1).flatten().filter(|value| shape.holds(value)).cloned()
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
