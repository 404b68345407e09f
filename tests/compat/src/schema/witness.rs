//! Looks for the value that shows a break: one that the sender may send and the receiver refuses.
//!
//! It is made where the schemas differ, and then put into whole values, level by level. At each level the validators say
//! whether it still shows the same; what they do not confirm is no witness.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use orderly_api_runtime::{At, Violation};
use orderly_document::Pointer;
use serde_json::{Map, Value};

use super::Direction;
use super::pattern::{Patterns, Relation};
use super::rule::SchemaRule;
use super::version::Version;
use super::walk::{Level, Site, Step, escape};

/// Both versions in their parts.
pub(super) struct Exchange<'v, 'd> {
    pub(super) sender: &'v Version<'d>,
    pub(super) receiver: &'v Version<'d>,
    pub(super) direction: Direction,
    pub(super) patterns: &'v Patterns,
    pub(super) known: &'v Witnesses,
}

/// Witnesses that were found. Schemas that many others contain would be asked again for each of them.
#[derive(Default)]
pub(super) struct Witnesses(RefCell<HashMap<Asked, Rc<Vec<Value>>>>);

/// A difference, the level to which its witnesses were carried, and the way that they have come.
type Asked = (SchemaRule, [Pointer; 4], Direction, String);

impl Witnesses {
    fn of(&self, asked: Asked, find: impl FnOnce() -> Vec<Value>) -> Rc<Vec<Value>> {
        if let Some(known) = self.0.borrow().get(&asked) {
            return Rc::clone(known);
        }
        let found = Rc::new(find());
        self.0.borrow_mut().insert(asked, Rc::clone(&found));
        found
    }
}

/// Witnesses of a site that are carried upwards, at most: the next one is tried where the first one does not fit.
const MAX_CARRIED: usize = 4;

/// Values of a part of a schema that are put together with values of the whole, at most.
const MAX_PARTS: usize = 40;

/// Characters of a text that is made to show a bound, at most.
const MAX_LENGTH: usize = 10_000;

/// Containers that a witness is put into, at most.
const MAX_CONTAINERS: usize = 60;

impl Exchange<'_, '_> {
    /// Where the sender's and the receiver's schemas of a level stand.
    pub(super) fn at<'l>(&self, level: &'l Level) -> (&'l Pointer, &'l Pointer) {
        match self.direction {
            Direction::Request => (&level.base, &level.head),
            Direction::Response => (&level.head, &level.base),
        }
    }

    /// A whole value that shows what a difference breaks.
    pub(super) fn witness(&self, site: &Site) -> Option<Value> {
        let mut way = site.member.clone().unwrap_or_default();
        let asked = |level: &Level, way: &str| {
            let (base, head) = site.places.clone();
            (site.rule, [base, head, level.base.clone(), level.head.clone()], self.direction, way.to_owned())
        };
        let mut found = self.known.of(asked(&site.level, &way), || self.local(site));
        let mut level = Rc::clone(&site.level);
        while let Some((above, step)) =
            level.above.as_ref().map(|(above, step)| (Rc::clone(above), step.clone()))
        {
            way = format!("{step}/{way}");
            found = self.known.of(asked(&above, &way), || self.lifted(&above, &step, &found));
            if found.is_empty() {
                return None;
            }
            level = above;
        }
        found.first().cloned()
    }

    /// A whole value that the receiver refuses, whatever for.
    pub(super) fn any(&self, level: &Level) -> Option<Value> {
        let candidates = self.candidates(level);
        self.confirmed(level, candidates, |_| true).into_iter().next()
    }

    fn candidates(&self, level: &Level) -> Vec<Value> {
        let (sent, taken) = self.at(level);
        let (sender, receiver) =
            (self.sender.values(sent, self.direction), self.receiver.values(taken, self.direction));
        sender
            .kept
            .iter()
            .chain(&receiver.broken)
            .chain(&receiver.kept)
            .chain(&sender.broken)
            .cloned()
            .collect()
    }

    /// Values of the level itself that show the difference, the plainest first.
    fn local(&self, site: &Site) -> Vec<Value> {
        let found = self.confirmed(&site.level, self.plain(site), |violation| site.is_to_blame(violation));
        if !found.is_empty() {
            return found;
        }
        let mut candidates = self.candidates(&site.level);
        candidates.extend(self.said(site));
        let (sent, taken) = match self.direction {
            Direction::Request => (&site.base, &site.head),
            Direction::Response => (&site.head, &site.base),
        };
        if (&site.base, &site.head) != (&site.level.base, &site.level.head) {
            let (sender, receiver) =
                (self.sender.values(sent, self.direction), self.receiver.values(taken, self.direction));
            let parts: Vec<_> = sender.kept.iter().chain(&receiver.broken).take(MAX_PARTS).cloned().collect();
            let (whole, _) = self.at(&site.level);
            let wholes = self.sender.values(whole, self.direction);
            let objects = wholes.kept.iter().filter_map(Value::as_object).take(MAX_CARRIED);
            let merged = objects.flat_map(|whole| parts.iter().filter_map(|part| merged(whole, part)));
            candidates.extend(merged.collect::<Vec<_>>());
            candidates.extend(parts);
        }
        self.confirmed(&site.level, candidates, |violation| site.is_to_blame(violation))
    }

    /// Values that are quickly made: a sample of each side, with the member that it is about and without.
    fn plain(&self, site: &Site) -> Vec<Value> {
        let (sent, taken) = self.at(&site.level);
        let samples = [self.sender.sample(sent, self.direction), self.receiver.sample(taken, self.direction)];
        let mut found: Vec<Value> = samples.iter().filter_map(|sample| (**sample).clone()).collect();
        let Some(name) = &site.member else { return found };
        let (sent, taken) = match self.direction {
            Direction::Request => (&site.base, &site.head),
            Direction::Response => (&site.head, &site.base),
        };
        let members = [(self.sender, sent), (self.receiver, taken)].map(|(version, at)| {
            let at = at.child("properties").child(name);
            version.source.get(&at).and_then(|_| (*version.sample(&at, self.direction)).clone())
        });
        let objects: Vec<Map<String, Value>> = found.iter().filter_map(Value::as_object).cloned().collect();
        for object in objects {
            let mut without = object.clone();
            without.shift_remove(name);
            found.push(Value::Object(without));
            for member in members.iter().flatten() {
                let mut with = object.clone();
                with.insert(name.clone(), member.clone());
                found.push(Value::Object(with));
            }
        }
        found
    }

    /// Values that the differing keywords themselves name.
    fn said(&self, site: &Site) -> Vec<Value> {
        let (sent, taken) = match self.direction {
            Direction::Request => (&site.base, &site.head),
            Direction::Response => (&site.head, &site.base),
        };
        let said =
            |version: &Version<'_>, at: &Pointer, keyword| version.source.get(&at.child(keyword)).cloned();
        if site.rule == SchemaRule::NotChanged {
            let excluded = [(self.sender, sent), (self.receiver, taken)];
            let excluded = excluded.map(|(version, at)| version.values(&at.child("not"), self.direction));
            return excluded.iter().flat_map(|made| made.kept.iter().chain(&made.broken)).cloned().collect();
        }
        if matches!(
            site.rule,
            SchemaRule::LowerBoundRaised
                | SchemaRule::LowerBoundLowered
                | SchemaRule::UpperBoundRaised
                | SchemaRule::UpperBoundLowered
        ) {
            // Texts of an unknown format are not made at every length.
            let sides = [(self.sender, sent), (self.receiver, taken)];
            let bounds = sides.into_iter().flat_map(|(version, at)| {
                ["minLength", "maxLength"]
                    .map(|keyword| usize::try_from(said(version, at, keyword)?.as_u64()?).ok())
            });
            let bounds = bounds.flatten().filter(|bound| *bound < MAX_LENGTH);
            let lengths = bounds.flat_map(|bound| [bound.saturating_sub(1), bound, bound + 1]);
            let texts = lengths.map(|length| "text".chars().cycle().take(length).collect());
            return texts.map(Value::String).collect();
        }
        if site.rule != SchemaRule::PatternChanged {
            let listed =
                [(self.sender, sent), (self.receiver, taken)].map(|(version, at)| said(version, at, "enum"));
            return listed
                .into_iter()
                .flatten()
                .filter_map(|list| list.as_array().cloned())
                .flatten()
                .collect();
        }
        let Some(Value::String(outer)) = said(self.receiver, taken, "pattern") else { return Vec::new() };
        let inner = match said(self.sender, sent, "pattern") {
            Some(Value::String(inner)) => inner,
            _ => {
                let bound = |keyword| said(self.sender, sent, keyword).and_then(|bound| bound.as_u64());
                let (least, most) = (bound("minLength").unwrap_or(0), bound("maxLength"));
                format!("^[\\s\\S]{{{least},{}}}$", most.map(|most| most.to_string()).unwrap_or_default())
            }
        };
        match self.patterns.relation(&inner, &outer) {
            Relation::Not(text) => vec![Value::String(text)],
            Relation::Included | Relation::Unknown => Vec::new(),
        }
    }

    /// Whole values of a level with a witness put where the step leads.
    fn lifted(&self, level: &Level, step: &Step, witnesses: &[Value]) -> Vec<Value> {
        let (sent, _) = self.at(level);
        let sample = self.sender.sample(sent, self.direction);
        let empty = match step {
            Step::Item => Value::Array(Vec::new()),
            Step::Member(_) | Step::Further => Value::Object(Map::new()),
        };
        let plain: Vec<&Value> = sample.iter().chain([&empty]).collect();
        let found = self.within(level, step, witnesses, &plain);
        if !found.is_empty() {
            return found;
        }
        let values = self.sender.values(sent, self.direction);
        let containers: Vec<&Value> = values.kept.iter().take(MAX_CONTAINERS).collect();
        self.within(level, step, witnesses, &containers)
    }

    /// Whole values of a level that some containers make with a witness in them.
    fn within(&self, level: &Level, step: &Step, witnesses: &[Value], containers: &[&Value]) -> Vec<Value> {
        let candidates = witnesses.iter().flat_map(|witness| {
            containers.iter().filter_map(|container| put(container, step, witness)).collect::<Vec<_>>()
        });
        let below = match step {
            Step::Member(name) => Some(escape(name)),
            Step::Further | Step::Item => None,
        };
        self.confirmed(level, candidates.collect(), |violation| {
            let mut tokens = pointer(violation).split('/').skip(1);
            let first = tokens.next();
            // A union tells its mistakes where it stands.
            first.is_none() || below.is_none() || first == below.as_deref()
        })
    }

    /// The candidates that are sent and refused for a reason that counts, the plainest first.
    fn confirmed(
        &self,
        level: &Level,
        mut candidates: Vec<Value>,
        counts: impl Fn(&Violation) -> bool,
    ) -> Vec<Value> {
        candidates.sort_by_cached_key(|value| value.to_string().len());
        candidates.dedup();
        let (sent, taken) = self.at(level);
        let mut confirmed: Vec<(usize, Value)> = Vec::new();
        for value in candidates {
            let refusals = self.receiver.refusals(taken, self.direction, &value);
            if !refusals.iter().any(&counts) || !self.sender.sends(sent, self.direction, &value) {
                continue;
            }
            let is_plain = refusals.len() == 1;
            confirmed.push((refusals.len(), value));
            if is_plain && confirmed.len() >= MAX_CARRIED {
                break;
            }
        }
        confirmed.sort_by_key(|(refusals, _)| *refusals);
        confirmed.into_iter().take(MAX_CARRIED).map(|(_, value)| value).collect()
    }
}

impl Site {
    /// Whether a refusal comes from this difference, as far as its place and its code tell.
    fn is_to_blame(&self, violation: &Violation) -> bool {
        let at = pointer(violation);
        let is_here = match &self.member {
            Some(name) => {
                let member = format!("/{}", escape(name));
                at == member || at.starts_with(&format!("{member}/"))
            }
            None => {
                at.is_empty() || self.rule.codes().is_empty() || violation.code == "additional_properties"
            }
        };
        let codes = self.rule.codes();
        // What is required is told by a difference of its own, where it is not the flag that makes it.
        let is_flag = matches!(self.rule, SchemaRule::ReadOnlyChanged | SchemaRule::WriteOnlyChanged);
        let has_code = codes.contains(&violation.code.as_ref())
            || codes.is_empty() && (self.member.is_none() || is_flag || violation.code != "required");
        is_here && has_code || self.is_in_union
    }
}

fn pointer(violation: &Violation) -> &str {
    match &violation.at {
        At::Pointer(pointer) => pointer,
        At::Parameter { .. } => "",
    }
}

/// A whole with the members of a part.
fn merged(whole: &Map<String, Value>, part: &Value) -> Option<Value> {
    let mut whole = whole.clone();
    whole.extend(part.as_object()?.clone());
    Some(Value::Object(whole))
}

/// A container with a value where a step leads.
fn put(container: &Value, step: &Step, value: &Value) -> Option<Value> {
    let mut container = container.clone();
    match (step, &mut container) {
        (Step::Member(name), Value::Object(members)) => {
            members.insert(name.clone(), value.clone());
        }
        (Step::Further, Value::Object(members)) => {
            members.insert("further".to_owned(), value.clone());
        }
        (Step::Item, Value::Array(items)) => match items.first_mut() {
            Some(first) => *first = value.clone(),
            None => items.push(value.clone()),
        },
        _ => return None,
    }
    Some(container)
}
