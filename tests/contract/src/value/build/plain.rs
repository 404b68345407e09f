//! The plainest values: examples and defaults, the first of an enum, the least of everything else.

use orderly_document::Pointer;
use serde_json::Value;

use super::Builder;
use crate::{
    case::Keyword,
    value::{
        kind::Kinds,
        pool::{self, number, text},
        read::Reader,
        rule::Demand,
        shape::{Node, Shape},
    },
};

impl Builder<'_, '_> {
    /// The plainest value of a node.
    pub(super) fn plain(&mut self, node: &Node) -> Option<Value> {
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
        if let Some(apart) = self.apart(shape).filter(|apart| shape.holds(apart) && self.fits(shape, apart)) {
            return Some(apart);
        }
        let has_to_differ = shape.unions.iter().any(|union| union.keyword == Keyword::OneOf);
        match shape.nots.is_empty() && !has_to_differ {
            true => None,
            false => pool::candidates(self, shape)
                .into_iter()
                .map(|candidate| candidate.value)
                .find(|value| shape.holds(value) && self.fits(shape, value)),
        }
    }

    /// A value of this kind that may break rules which cannot all be kept.
    pub(super) fn of_kind(&mut self, shape: &Shape, kind: Kinds) -> Option<Value> {
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
    pub(in crate::value) fn loosely(&mut self, shape: &Shape) -> Option<Value> {
        enumerated(shape).next().or_else(|| self.of_kind(shape, shape.likely_kind()))
    }

    /// Whether a value keeps what its rules alone do not say: that it is in no other branch, and fulfils no `not`.
    fn fits(&self, shape: &Shape, value: &Value) -> bool {
        let unions = shape.unions.iter().filter(|union| union.keyword == Keyword::OneOf);
        let places = unions.map(|union| &union.place).chain(&shape.nots);
        let schemas: Vec<Pointer> = places.filter_map(|place| place.parent()).collect();
        self.fits_all(&schemas, value)
    }

    pub(super) fn fits_all(&self, schemas: &[Pointer], value: &Value) -> bool {
        let Reader { document, direction } = self.reader;
        schemas.iter().all(|schema| {
            if self.reader.schema(schema).is_none() {
                return false;
            }
            let violations = document.try_violations(schema, direction, value);
            violations.is_ok_and(|violations| violations.is_empty())
        })
    }
}

/// The values that an `enum` leaves.
pub(super) fn enumerated(shape: &Shape) -> impl Iterator<Item = Value> {
    listed(shape).iter().filter(|value| shape.holds(value)).cloned()
}

/// The values that the first `enum` lists; none if there is none.
pub(super) fn listed(shape: &Shape) -> &[Value] {
    let mut lists = shape.rules.iter().filter_map(|rule| match &rule.demand {
        Demand::Enum(values) => Some(values.as_slice()),
        _ => None,
    });
    lists.next().unwrap_or_default()
}
