//! What is worth a try where a shape is wanted: values at, near and beyond every bound. Whether they keep or break what,
//! the rules say afterwards.

pub(super) mod number;
pub(super) mod text;

mod list;
mod object;

use serde_json::{Map, Value, json};

use super::{build::Builder, kind::Kinds, rule::Demand, shape::Shape};
use crate::case::Keyword;

/// A value to try.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) value: Value,
    /// Where in it the tried thing is: a JSON pointer.
    pub(super) at: String,
    /// The keyword that it was made for.
    pub(super) about: Option<Keyword>,
    pub(super) note: String,
}

impl Candidate {
    fn new(value: Value, about: Option<Keyword>, note: String) -> Self {
        Self { value, at: String::new(), about, note }
    }

    /// The candidate, about one member.
    fn at_member(self, name: &str) -> Self {
        Self { at: format!("/{}", name.replace('~', "~0").replace('/', "~1")), ..self }
    }
}

/// Everything to try for a shape.
pub(super) fn candidates(builder: &mut Builder<'_, '_>, shape: &Shape) -> Vec<Candidate> {
    let mut found = Vec::new();
    // A schema that says no type was mostly meant to have one.
    let kinds = if shape.has(Keyword::Type) { shape.kinds } else { shape.likely_kind() };
    // One that breaks its own schema is a mistake of the document's, which its server makes as well.
    for value in shape.examples.iter().filter(|value| shape.holds(value)) {
        found.push(Candidate::new(value.clone(), None, "the document's example or default".to_owned()));
    }
    for rule in &shape.rules {
        if let Demand::Enum(values) = &rule.demand {
            let one = |value: &Value| {
                Candidate::new(value.clone(), Some(Keyword::Enum), format!("the value {value}"))
            };
            found.extend(values.iter().map(one));
        }
    }
    if kinds.meets(Kinds::BOOLEAN) {
        found.extend([true, false].map(|value| Candidate::new(value.into(), None, value.to_string())));
    }
    if kinds.meets(Kinds::WHOLE | Kinds::FRACTION) {
        found.extend(number::candidates(shape));
    }
    if kinds.meets(Kinds::TEXT) {
        found.extend(text::candidates(shape));
    }
    if kinds.meets(Kinds::LIST) {
        found.extend(list::candidates(builder, shape));
    }
    if kinds.meets(Kinds::OBJECT) {
        found.extend(object::candidates(builder, shape));
    }
    if shape.has(Keyword::Type) {
        found.extend(others(kinds));
    }
    found
}

/// A value of each kind but these; null is tried by itself.
pub(super) fn others(kinds: Kinds) -> Vec<Candidate> {
    let others = [
        (Kinds::TEXT, json!("text"), "a text"),
        (Kinds::WHOLE, json!(1), "a number"),
        (Kinds::FRACTION, json!(1.5), "a fraction"),
        (Kinds::BOOLEAN, json!(true), "true"),
        (Kinds::LIST, json!([]), "a list"),
        (Kinds::OBJECT, Value::Object(Map::new()), "an object"),
    ];
    let wrong = others.into_iter().filter(|(kind, _, _)| !kinds.meets(*kind));
    wrong
        .map(|(_, value, name)| Candidate::new(value, Some(Keyword::Type), format!("{name} instead")))
        .collect()
}
