//! Why a rule cannot be kept or broken, where that can be told from the document.

use std::collections::{BTreeMap, BTreeSet};

use orderly_api_runtime::is_supported_pattern;
use orderly_document::Pointer;
use serde_json::Value;

use super::{
    Impossible,
    build::{Builder, MAX_ITEMS},
    choice::Choice,
    keep::keeps,
    pattern::MAX_LENGTH,
    pool,
    read::Reader,
    rule::{Demand, Rule, is_checked, whole},
    shape::Shape,
    trial, walk,
    walk::Spot,
};
use crate::case::{Keyword, Polarity};

/// The rules of a schema and of what it leads to, in the order in which they are met.
pub(super) fn keywords(reader: Reader<'_>, schema: &Pointer) -> Vec<(Pointer, Keyword)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for spot in walk::spots(reader, &reader.node(schema)) {
        let shapes = reader.alternatives(&spot.node);
        for rule in &shapes[spot.alternative].rules {
            if seen.insert((rule.place.clone(), rule.keyword)) {
                found.push((rule.place.clone(), rule.keyword));
            }
        }
    }
    found
}

/// The rules that no trial keeps or none breaks, as far as there is a reason for it.
pub(super) fn impossible(reader: Reader<'_>, schema: &Pointer) -> Vec<Impossible> {
    let root = reader.node(schema);
    let mut done: BTreeSet<(Pointer, Keyword, Polarity)> = BTreeSet::new();
    for trial in trial::trials(reader, schema).iter() {
        done.insert((trial.place.clone(), trial.keyword, trial.polarity));
        if trial.polarity == Polarity::Kept {
            let kept = keeps(reader, &root, &trial.whole);
            done.extend(kept.into_iter().map(|(place, keyword)| (place, keyword, Polarity::Kept)));
        }
    }
    let mut found = BTreeMap::new();
    for spot in walk::spots(reader, &root) {
        let shapes = reader.alternatives(&spot.node);
        let shape = &shapes[spot.alternative];
        for rule in &shape.rules {
            for polarity in [Polarity::Kept, Polarity::Broken] {
                let key = (rule.place.clone(), rule.keyword, polarity);
                if done.contains(&key) || found.contains_key(&key) {
                    continue;
                }
                let reason = match polarity {
                    Polarity::Kept => unkept(shape, rule),
                    Polarity::Broken => unbreakable(reader, shape, rule)
                        .or_else(|| shadowed(reader, schema, &spot, shape, rule)),
                };
                if let Some(reason) = reason {
                    found.insert(key, reason);
                }
            }
        }
    }
    let impossible = |((place, keyword, polarity), reason)| Impossible { place, keyword, polarity, reason };
    found.into_iter().map(impossible).collect()
}

fn unkept(shape: &Shape, rule: &Rule) -> Option<String> {
    match &rule.demand {
        Demand::MinLength(min) if *min > MAX_LENGTH as u64 => {
            Some(format!("texts of more than {MAX_LENGTH} characters are not made"))
        }
        Demand::MinItems(min) | Demand::MinProperties(min) if *min > MAX_ITEMS as u64 => {
            Some(format!("more than {MAX_ITEMS} items or members are not made"))
        }
        Demand::Elsewhere if rule.keyword == Keyword::Nullable => {
            let is_listed =
                |rule: &Rule| matches!(&rule.demand, Demand::Enum(values) if !values.contains(&Value::Null));
            shape.rules.iter().any(is_listed).then(|| "the enum does not list null".to_owned())
        }
        _ => None,
    }
}

/// Why no value at all breaks it.
fn unbreakable(reader: Reader<'_>, shape: &Shape, rule: &Rule) -> Option<String> {
    let nothing = "nothing is less than none";
    let reason = match &rule.demand {
        Demand::Elsewhere if rule.keyword == Keyword::Nullable => {
            "it allows null, and what is allowed cannot be broken"
        }
        Demand::Open(_) if !reader.document.source().get(&rule.place).is_some_and(Value::is_object) => {
            "it allows every member, and what is allowed cannot be broken"
        }
        Demand::MinLength(0) | Demand::MinItems(0) | Demand::MinProperties(0) => nothing,
        Demand::MaxLength(max) if *max >= MAX_LENGTH as u64 => {
            return Some(format!("texts of more than {MAX_LENGTH} characters are not made"));
        }
        Demand::MaxItems(max) | Demand::MaxProperties(max) if *max >= MAX_ITEMS as u64 => {
            return Some(format!("more than {MAX_ITEMS} items or members are not made"));
        }
        Demand::Minimum(min) if whole(min).is_some_and(|min| min <= i64::MIN.into()) => {
            "JSON's readers hold no smaller integer"
        }
        Demand::Maximum(max) if whole(max).is_some_and(|max| max >= u64::MAX.into()) => {
            "JSON's readers hold no greater integer"
        }
        Demand::Format(name) if !is_checked(name) => {
            return Some(format!("nothing says what the format `{name}` refuses"));
        }
        Demand::Pattern(expression) if !is_supported_pattern(expression.source()) => {
            "the pattern cannot be read"
        }
        Demand::Absent(_) if shape.other.is_some() => {
            "the object is open: a server may take the member and ignore it"
        }
        _ => return None,
    };
    Some(reason.to_owned())
}

/// What else is broken, or what allows the value, whenever this rule is broken.
fn shadowed(reader: Reader<'_>, schema: &Pointer, spot: &Spot, shape: &Shape, rule: &Rule) -> Option<String> {
    let mut builder = Builder::new(reader, Choice::First);
    // What is broken beside it, each time.
    let mut beside: Vec<BTreeSet<Keyword>> = Vec::new();
    for candidate in pool::candidates(&mut builder, shape) {
        let broken = shape.breaks(&candidate.value);
        if !broken.iter().any(|one| one.place == rule.place && one.keyword == rule.keyword) {
            continue;
        }
        let others: BTreeSet<Keyword> =
            broken.iter().filter(|one| one.demand != rule.demand).map(|one| one.keyword).collect();
        if others.is_empty() {
            let whole = builder.plant(&spot.steps, candidate.value)?;
            let violations = reader.document.try_violations(schema, reader.direction, &whole).ok()?;
            // Otherwise it can be broken, only not alone in the whole value.
            return violations
                .is_empty()
                .then(|| "what breaks it is then allowed by another branch".to_owned());
        }
        beside.push(others);
    }
    let mut named: Vec<Keyword> = beside.iter().flatten().copied().collect();
    // One that is always there says enough.
    let constant = named.iter().copied().find(|keyword| beside.iter().all(|others| others.contains(keyword)));
    named.sort_unstable();
    named.dedup();
    let named: Vec<String> = constant
        .map_or(named, |keyword| vec![keyword])
        .iter()
        .map(|keyword| format!("`{keyword}`"))
        .collect();
    (!named.is_empty()).then(|| format!("what breaks it breaks {} as well", named.join(" or ")))
}
