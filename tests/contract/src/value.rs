//! Values from a schema: such as it allows, and such as break one rule of it at one place.

use fastrand::Rng;
use orderly_api_runtime::Direction;
use orderly_document::Pointer;
use serde_json::{Value, json};

use crate::{
    case::{Keyword, Polarity},
    document::Document,
};

/// The values of one schema, in one direction.
#[derive(Debug, Clone)]
pub struct Values<'d> {
    document: &'d Document,
    schema: Pointer,
    direction: Direction,
}

/// A value with the rule that it was made for.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// The value.
    pub value: Value,
    /// The rule that it keeps or breaks.
    pub keyword: Keyword,
    /// Where in the value: a JSON pointer, which may lead to a member that is missing.
    pub at: String,
    /// Where the document says it.
    pub place: Pointer,
    /// What is tried, in a few words: `one below the minimum`.
    pub note: String,
}

/// A rule that no value keeps, or none breaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Impossible {
    /// Where the keyword stands.
    pub place: Pointer,
    /// The keyword.
    pub keyword: Keyword,
    /// What cannot be done to it.
    pub polarity: Polarity,
    /// Why.
    pub reason: String,
}

impl<'d> Values<'d> {
    /// The values of the schema that stands at `schema`, which may be a reference.
    pub fn new(document: &'d Document, schema: &Pointer, direction: Direction) -> Self {
        Self { document, schema: schema.clone(), direction }
    }

    /// The smallest natural value: examples and defaults first, no member that may be missing. `None` if there is none
    /// or none was found.
    pub fn sample(&self) -> Option<Value> {
        let schema = self.document.source().resolve(&self.schema).ok()?.value;
        let candidates = ["example", "default"].into_iter().filter_map(|key| schema.get(key).cloned());
        candidates.chain([json!("text"), json!(1), json!(true), json!([]), json!({})]).find(|value| {
            let violations = self.document.try_violations(&self.schema, self.direction, value);
            violations.is_ok_and(|violations| violations.is_empty())
        })
    }

    /// Valid values: at, near and inside each bound, each value of an enum, with required members alone and with all.
    pub fn kept(&self) -> Vec<Labelled> {
        let place = self.schema.child("type");
        let sample = self.sample().map(|value| Labelled {
            value,
            keyword: Keyword::Type,
            at: String::new(),
            place,
            note: "a value".to_owned(),
        });
        sample.into_iter().collect()
    }

    /// Invalid values, each of which breaks one rule at one place.
    pub fn broken(&self) -> Vec<Labelled> {
        Vec::new()
    }

    /// A valid value at random.
    pub fn random(&self, _rng: &mut Rng) -> Option<Value> {
        self.sample()
    }

    /// An invalid value at random, which breaks one rule at one place.
    pub fn random_broken(&self, rng: &mut Rng) -> Option<Labelled> {
        rng.choice(self.broken())
    }

    /// The rules that a valid value puts to use and keeps: those of the members it has, and of the branches it takes.
    pub fn keeps(&self, _value: &Value) -> Vec<(Pointer, Keyword)> {
        Vec::new()
    }

    /// Values that are simpler than this one and break the same rules, or none if it breaks none; the simplest first.
    pub fn shrink(&self, _value: &Value) -> impl Iterator<Item = Value> {
        std::iter::empty()
    }
}

/// Every rule that the schema at `schema` holds, and the schemas it leads to.
pub fn keywords(_document: &Document, _schema: &Pointer, _direction: Direction) -> Vec<(Pointer, Keyword)> {
    Vec::new()
}

/// The rules among [`keywords`] that cannot be kept, or not be broken, each with its reason.
pub fn impossible(_document: &Document, _schema: &Pointer, _direction: Direction) -> Vec<Impossible> {
    Vec::new()
}
