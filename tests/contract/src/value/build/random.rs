//! Values at random, which mostly keep every rule: whoever asks for one holds it to the schema.

use serde_json::Value;

use super::{Builder, plain::listed};
use crate::{
    case::Keyword,
    value::{
        choice::Choice,
        kind::Kinds,
        pool::{number, text},
        shape::{Node, Shape},
    },
};

impl Builder<'_, '_> {
    pub(super) fn random(&mut self, node: &Node) -> Option<Value> {
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
        let listed = listed(shape);
        // Whether all of a long list are allowed is not asked for one of them.
        let (before, after) = listed.split_at(self.choice.below(listed.len()));
        if let Some(value) = after.iter().chain(before).find(|value| shape.holds(value)) {
            return Some(value.clone());
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
