//! Values from a schema: such as it allows, and such as break one rule of it at one place.
//!
//! A schema is read as shapes: references followed, `allOf` merged, one branch of each union taken. From a
//! shape's rules come values at, near and beyond every bound; the rules sort them into those that keep everything and
//! those that break one rule, they are put into a whole value, and the document's own validator has the last word.

mod build;
mod cache;
mod choice;
mod contradiction;
mod format;
mod keep;
mod kind;
mod pattern;
mod pool;
mod read;
mod reason;
mod rule;
mod shape;
mod shrink;
mod trial;
mod walk;

use fastrand::Rng;
use orderly_api_runtime::{Direction, Violation};
use orderly_document::Pointer;
use serde_json::Value;

pub(crate) use self::cache::Cache;
use self::{
    build::Builder,
    choice::Choice,
    read::Reader,
    trial::{Trial, is_single},
};
use crate::{
    case::{Keyword, Polarity},
    document::Document,
};

/// Values at random that are made before one is valid, at most.
const MAX_TRIES: usize = 8;

/// The values of one schema, in one direction. What is found out about the schema stays with the document: this is cheap
/// to make again.
#[derive(Debug, Clone)]
pub struct Values<'d> {
    reader: Reader<'d>,
    schema: Pointer,
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
    /// The values of the schema that stands at `schema`, which may be a reference. Where no schema stands, or one that
    /// contradicts itself, there are none.
    pub fn new(document: &'d Document, schema: &Pointer, direction: Direction) -> Self {
        let reader = Reader { document, direction };
        Self { reader, schema: reader.end(schema) }
    }

    /// The smallest natural value: examples and defaults first, no member that may be missing. `None` if there is none
    /// or none was found.
    pub fn sample(&self) -> Option<Value> {
        let value = Builder::new(self.reader, Choice::First).value(&self.reader.node(&self.schema));
        value.filter(|value| self.is_valid(value)).or_else(|| {
            let trials = self.trials(Polarity::Kept).map(|trial| trial.whole.clone());
            trials.min_by_key(|value| value.to_string().len())
        })
    }

    /// Valid values: at, near and inside each bound, each value of an enum, with required members alone and with all.
    /// No value comes twice; one that was made for one rule mostly keeps many ([`keeps`](Self::keeps)).
    pub fn kept(&self) -> Vec<Labelled> {
        self.trials(Polarity::Kept).map(|trial| trial.labelled()).collect()
    }

    /// Invalid values, each of which breaks one rule at one place.
    pub fn broken(&self) -> Vec<Labelled> {
        self.trials(Polarity::Broken).map(|trial| trial.labelled()).collect()
    }

    /// A valid value at random.
    pub fn random(&self, rng: &mut Rng) -> Option<Value> {
        let node = self.reader.node(&self.schema);
        for _ in 0..MAX_TRIES {
            if let Some(value) = Builder::new(self.reader, Choice::Any(rng)).value(&node)
                && self.is_valid(&value)
            {
                return Some(value);
            }
        }
        self.sample()
    }

    /// An invalid value at random, which breaks one rule at one place.
    pub fn random_broken(&self, rng: &mut Rng) -> Option<Labelled> {
        let trials = trial::trials(self.reader, &self.schema);
        let broken: Vec<&Trial> = trials.iter().filter(|trial| trial.polarity == Polarity::Broken).collect();
        let trial = *rng.choice(&broken)?;
        // The mistake within another value, if it is still the only one there.
        let whole = Builder::new(self.reader, Choice::Any(rng)).plant(&trial.steps, trial.leaf.clone());
        let whole = whole.filter(|value| {
            self.violations(value).is_some_and(|found| is_single(&found, trial.keyword, &trial.at))
        });
        let labelled = trial.labelled();
        Some(match whole {
            Some(value) => Labelled { value, ..labelled },
            None => labelled,
        })
    }

    /// The rules that a valid value puts to use and keeps: those of the members it has, and of the branches it takes.
    pub fn keeps(&self, value: &Value) -> Vec<(Pointer, Keyword)> {
        keep::keeps(self.reader, &self.reader.node(&self.schema), value).into_iter().collect()
    }

    /// Values that are simpler than this one and break the same rules, or none if it breaks none; the simplest first.
    pub fn shrink<'v>(&'v self, value: &Value) -> impl Iterator<Item = Value> + use<'v, 'd> {
        let broken = self.codes(value);
        shrink::simpler(value)
            .into_iter()
            .filter(move |simpler| broken.is_some() && self.codes(simpler) == broken)
    }

    fn trials(&self, polarity: Polarity) -> impl Iterator<Item = Trial> {
        let trials = trial::trials(self.reader, &self.schema);
        let of_polarity: Vec<Trial> =
            trials.iter().filter(|trial| trial.polarity == polarity).cloned().collect();
        of_polarity.into_iter()
    }

    fn violations(&self, value: &Value) -> Option<Vec<Violation>> {
        self.reader.document.try_violations(&self.schema, self.reader.direction, value).ok()
    }

    fn is_valid(&self, value: &Value) -> bool {
        self.violations(value).is_some_and(|violations| violations.is_empty())
    }

    /// What a value breaks, by the validator's names.
    fn codes(&self, value: &Value) -> Option<Vec<String>> {
        let mut codes: Vec<String> =
            self.violations(value)?.into_iter().map(|violation| violation.code.into_owned()).collect();
        codes.sort_unstable();
        codes.dedup();
        Some(codes)
    }
}

impl Trial {
    fn labelled(&self) -> Labelled {
        let Self { whole, keyword, place, at, note, .. } = self.clone();
        Labelled { value: whole, keyword, at, place, note }
    }
}

/// Whether the schema at `schema` contradicts itself, so that no value fulfils it. Where the search for one has its limits,
/// it does not say so.
pub fn is_contradiction(document: &Document, schema: &Pointer, direction: Direction) -> bool {
    let reader = Reader { document, direction };
    contradiction::is_certain(reader, &reader.end(schema))
}

/// Every rule that the schema at `schema` holds, and the schemas it leads to.
pub fn keywords(document: &Document, schema: &Pointer, direction: Direction) -> Vec<(Pointer, Keyword)> {
    reason::keywords(Reader { document, direction }, schema)
}

/// The rules among [`keywords`] that cannot be kept, or not be broken, each with its reason.
pub fn impossible(document: &Document, schema: &Pointer, direction: Direction) -> Vec<Impossible> {
    reason::impossible(Reader { document, direction }, schema)
}
