//! Every value that is worth a try for a schema: whole values, each confirmed by the document to keep everything, or to
//! break one rule at one place.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use orderly_api_runtime::{At, Violation};
use orderly_document::Pointer;
use serde_json::Value;

use super::{
    build::{Builder, Step},
    choice::Choice,
    kind::Kinds,
    pool::{self, Candidate},
    read::Reader,
    rule::{Demand, Rule},
    shape::Shape,
    walk::{self, Spot},
};
use crate::case::{Keyword, Polarity};

/// Values that break one rule at one place, at most; of wrong types, one each.
const MAX_BROKEN: usize = 3;
const MAX_WRONG_TYPES: usize = 7;

/// Values that keep everything and are about one keyword at one place, at most. All values of an `enum` are tried.
const MAX_KEPT: usize = 6;

/// A value that was tried.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    /// The way to what is tried, and what it is: so it can be put into another value.
    pub(super) steps: Vec<Step>,
    pub(super) leaf: Value,
    pub(super) whole: Value,
    pub(super) polarity: Polarity,
    pub(super) keyword: Keyword,
    pub(super) place: Pointer,
    pub(super) at: String,
    pub(super) note: String,
}

/// All trials of a schema, found once.
pub(super) fn trials(reader: Reader<'_>, schema: &Pointer) -> Arc<[Trial]> {
    let place = reader.end(schema);
    reader.cache().trials(&place, || {
        // What cannot be checked is not tried.
        if reader.document.try_violations(&place, reader.direction, &Value::Null).is_err() {
            return Arc::from([]);
        }
        let mut search = Search {
            reader,
            schema: place.clone(),
            found: Vec::new(),
            seen: BTreeSet::new(),
            counts: HashMap::new(),
        };
        let spots = walk::spots(reader, &reader.node(&place));
        for spot in &spots {
            search.visit(spot);
        }
        for spot in &spots {
            search.indirectly(spot);
        }
        search.found.into()
    })
}

/// Whether violations say that one rule is broken at one place, and nothing else anywhere.
pub(super) fn is_single(violations: &[Violation], keyword: Keyword, at: &str) -> bool {
    let union_only = ["one_of", "any_of", "not"];
    let is_union = matches!(keyword, Keyword::AnyOf | Keyword::OneOf | Keyword::Not | Keyword::Discriminator);
    let is_expected = |violation: &Violation| {
        let At::Pointer(pointer) = &violation.at else { return false };
        let code = &*violation.code;
        if is_within(pointer, at) && is_union {
            return true;
        }
        // A union above is all that is said where no branch is meant more than the others.
        (pointer == at && (codes(keyword).contains(&code) || union_only.contains(&code)))
            || (is_within(at, pointer) && union_only.contains(&code))
    };
    !violations.is_empty() && violations.iter().all(is_expected)
}

fn is_within(pointer: &str, outer: &str) -> bool {
    pointer.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What the validator calls the breaking of a keyword.
fn codes(keyword: Keyword) -> &'static [&'static str] {
    match keyword {
        // A value of another type is none of the allowed ones either.
        Keyword::Type | Keyword::Nullable => &["type", "enum"],
        Keyword::Enum => &["enum"],
        Keyword::Format => &["format", "minimum", "maximum"],
        Keyword::Pattern => &["pattern"],
        Keyword::MinLength => &["min_length"],
        Keyword::MaxLength => &["max_length"],
        Keyword::Minimum | Keyword::ExclusiveMinimum => &["minimum", "exclusive_minimum"],
        Keyword::Maximum | Keyword::ExclusiveMaximum => &["maximum", "exclusive_maximum"],
        Keyword::MultipleOf => &["multiple_of"],
        Keyword::MinItems => &["min_items"],
        Keyword::MaxItems => &["max_items"],
        Keyword::UniqueItems => &["unique_items"],
        Keyword::MinProperties => &["min_properties"],
        Keyword::MaxProperties => &["max_properties"],
        Keyword::Required => &["required"],
        Keyword::AdditionalProperties | Keyword::ReadOnly => &["additional_properties"],
        Keyword::AllOf | Keyword::AnyOf | Keyword::OneOf | Keyword::Not | Keyword::Discriminator => &[],
    }
}

struct Search<'d> {
    reader: Reader<'d>,
    schema: Pointer,
    found: Vec<Trial>,
    /// Valid values that were found already, as text.
    seen: BTreeSet<String>,
    /// How often a rule was tried at a place.
    counts: HashMap<(Pointer, Keyword, String, Polarity), usize>,
}

impl Search<'_> {
    fn visit(&mut self, spot: &Spot) {
        let shapes = self.reader.alternatives(&spot.node);
        let shape = &shapes[spot.alternative];
        let mut builder = Builder::new(self.reader, Choice::First);
        let candidates = pool::candidates(&mut builder, shape);
        for candidate in candidates.iter().filter(|candidate| shape.holds(&candidate.value)) {
            self.keep(spot, kept_rule(shape, candidate), candidate.clone());
        }
        // What was made to break a rule comes first.
        let (meant, others): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|candidate| candidate.about.is_some());
        for candidate in meant.into_iter().chain(others) {
            for rule in single(&shape.breaks(&candidate.value)) {
                self.break_rule(spot, rule, candidate.clone());
            }
        }
        if spot.alternative == 0 {
            self.null(spot, &shapes);
            self.unions(spot, &shapes);
        }
    }

    fn null(&mut self, spot: &Spot, shapes: &[Shape]) {
        let base = self.reader.base(&spot.node);
        let rules = || base.rules.iter().chain(shapes.iter().flat_map(|shape| &shape.rules));
        let null = |note: &str| Candidate {
            value: Value::Null,
            at: String::new(),
            about: Some(Keyword::Nullable),
            note: note.to_owned(),
        };
        for rule in rules().filter(|rule| rule.keyword == Keyword::Nullable) {
            self.keep(spot, Some(rule), null("null"));
        }
        for rule in base.rules.iter().filter(|rule| rule.keyword == Keyword::Type) {
            self.break_rule(spot, rule, null("null, which is not allowed"));
        }
    }

    /// Values of no branch, of several, and such as must not be.
    fn unions(&mut self, spot: &Spot, shapes: &[Shape]) {
        let base = self.reader.base(&spot.node);
        let candidate = |value: Value, note: &str| Candidate {
            value,
            at: String::new(),
            about: None,
            note: note.to_owned(),
        };
        let mut builder = Builder::new(self.reader, Choice::First);
        for union in shapes.first().into_iter().flat_map(|shape| &shape.unions) {
            let rule = Rule { keyword: union.keyword, place: union.place.clone(), demand: Demand::Elsewhere };
            for other in pool::others(Kinds::NONE) {
                if base.holds(&other.value) {
                    self.break_rule(spot, &rule, candidate(other.value, "of no branch"));
                }
            }
            if union.keyword != Keyword::OneOf {
                continue;
            }
            let pairs = (1..union.branches.len()).map(|index| (index - 1, index)).take(4);
            for (one, other) in pairs {
                let both = spot.node.and([one, other].map(|index| self.reader.end(&union.branches[index])));
                for shape in self.reader.alternatives(&both).iter().take(4) {
                    if let Some(value) = builder.loosely(shape) {
                        self.break_rule(spot, &rule, candidate(value, "of several branches"));
                    }
                }
            }
        }
        for not in &base.nots {
            let rule = Rule { keyword: Keyword::Not, place: not.clone(), demand: Demand::Elsewhere };
            let both = spot.node.and([self.reader.end(not)]);
            for shape in self.reader.alternatives(&both).iter().take(4) {
                if let Some(value) = builder.loosely(shape) {
                    self.break_rule(spot, &rule, candidate(value, "what must not be"));
                }
            }
        }
    }

    /// What demands nothing by itself is broken where what it refers to is.
    fn indirectly(&mut self, spot: &Spot) {
        let shapes = self.reader.alternatives(&spot.node);
        let at = spot.at();
        for rule in &shapes[spot.alternative].rules {
            let places = match rule.keyword {
                Keyword::AllOf => self.branches(&rule.place),
                Keyword::AdditionalProperties if matches!(rule.demand, Demand::Open(_)) => {
                    vec![self.reader.end(&rule.place)]
                }
                _ => continue,
            };
            let key = (rule.place.clone(), rule.keyword, at.clone(), Polarity::Broken);
            if self.counts.contains_key(&key) {
                continue;
            }
            let is_below = |place: &Pointer| places.iter().any(|outer| is_within(place, outer));
            let broken = self.found.iter().find(|trial| {
                trial.polarity == Polarity::Broken && is_within(&trial.at, &at) && is_below(&trial.place)
            });
            if let Some(broken) = broken.cloned() {
                self.counts.insert(key, 1);
                self.found.push(Trial { keyword: rule.keyword, place: rule.place.clone(), ..broken });
            }
        }
    }

    fn branches(&self, place: &Pointer) -> Vec<Pointer> {
        let count = self.reader.document.source().get(place).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).map(|index| self.reader.end(&place.index(index))).collect()
    }

    fn keep(&mut self, spot: &Spot, rule: Option<&Rule>, candidate: Candidate) {
        let (keyword, place) = match rule {
            Some(rule) => (rule.keyword, rule.place.clone()),
            // Nothing is demanded here.
            None => (Keyword::Type, spot.node.0.first().cloned().unwrap_or_default()),
        };
        let key = (place.clone(), keyword, spot.at(), Polarity::Kept);
        let count = self.counts.get(&key).copied().unwrap_or_default();
        if count >= MAX_KEPT && keyword != Keyword::Enum {
            return;
        }
        let Some((whole, violations)) = self.whole(spot, &candidate.value) else { return };
        if violations.is_empty() && self.seen.insert(whole.to_string()) {
            self.counts.insert(key, count + 1);
            self.push(spot, (keyword, place), Polarity::Kept, candidate, whole);
        }
    }

    fn break_rule(&mut self, spot: &Spot, rule: &Rule, candidate: Candidate) {
        let at = spot.at() + &candidate.at;
        let key = (rule.place.clone(), rule.keyword, at.clone(), Polarity::Broken);
        let count = self.counts.get(&key).copied().unwrap_or_default();
        if count >= if rule.keyword == Keyword::Type { MAX_WRONG_TYPES } else { MAX_BROKEN } {
            return;
        }
        let Some((whole, violations)) = self.whole(spot, &candidate.value) else { return };
        if is_single(&violations, rule.keyword, &at) {
            self.counts.insert(key, count + 1);
            self.push(spot, (rule.keyword, rule.place.clone()), Polarity::Broken, candidate, whole);
        }
    }

    fn whole(&self, spot: &Spot, leaf: &Value) -> Option<(Value, Vec<Violation>)> {
        let whole = Builder::new(self.reader, Choice::First).plant(&spot.steps, leaf.clone())?;
        let violations =
            self.reader.document.try_violations(&self.schema, self.reader.direction, &whole).ok()?;
        Some((whole, violations))
    }

    fn push(
        &mut self,
        spot: &Spot,
        (keyword, place): (Keyword, Pointer),
        polarity: Polarity,
        candidate: Candidate,
        whole: Value,
    ) {
        let at = spot.at() + &candidate.at;
        let steps = spot.steps.clone();
        let (leaf, note) = (candidate.value, candidate.note);
        self.found.push(Trial { steps, leaf, whole, polarity, keyword, place, at, note });
    }
}

/// The rule that is broken, if it is one: said twice, as bases and their extensions do, or with another one that no value
/// can keep meanwhile.
fn single<'s>(broken: &[&'s Rule]) -> Vec<&'s Rule> {
    match broken {
        [] => Vec::new(),
        [first, rest @ ..] if rest.iter().all(|rule| rule.demand == first.demand) => broken.to_vec(),
        several => [(Keyword::Type, Keyword::Enum), (Keyword::Required, Keyword::Discriminator)]
            .into_iter()
            .filter(|(one, other)| several.iter().all(|rule| [one, other].contains(&&rule.keyword)))
            .flat_map(|(one, _)| several.iter().copied().filter(move |rule| rule.keyword == one))
            .collect(),
    }
}

/// The rule that a valid candidate is about: the one it was made for, or else the type.
fn kept_rule<'s>(shape: &'s Shape, candidate: &Candidate) -> Option<&'s Rule> {
    let of = |keyword| shape.rules.iter().find(|rule| rule.keyword == keyword);
    candidate.about.and_then(of).or_else(|| of(Keyword::Type)).or_else(|| shape.rules.first())
}
