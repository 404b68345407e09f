//! Objects with the members they need, with all, with each one more or less, and with such as nobody knows.

use serde_json::{Map, Value, json};

use super::Candidate;
use crate::{
    case::Keyword,
    value::{
        build::{Builder, MAX_ITEMS},
        rule::Demand,
        shape::Shape,
    },
};

/// A member that no document has.
const UNEXPECTED: &str = "unexpectedMember";

/// Members that are tried one by one, at most.
const MAX_SINGLE: usize = 200;

pub(super) fn candidates(builder: &mut Builder<'_, '_>, shape: &Shape) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut add = |members: Option<Map<String, Value>>, about: Option<Keyword>, note: String| {
        found.extend(members.map(|members| Candidate::new(Value::Object(members), about, note)));
    };
    let required = shape.required();
    let least = builder.object(shape, &[], None);
    let names: Vec<&str> = shape.members.iter().map(|(name, _)| name.as_str()).collect();
    let optional: Vec<&str> = names.iter().copied().filter(|name| !required.contains(name)).collect();

    add(least.clone(), None, "required members only".to_owned());
    let full = builder.object(shape, &names, None);
    add(full.clone(), None, "all members".to_owned());
    for name in optional.iter().take(MAX_SINGLE) {
        add(builder.object(shape, &[name], None), None, format!("with the optional member {name}"));
    }
    sizes(builder, shape, &mut add);
    let Some(base) = least.or_else(|| full.clone()) else { return found };

    // Where one member less is too few, all but one are tried.
    let (fewest, _) = shape.bounds(Keyword::MinProperties, Keyword::MaxProperties);
    let rich = if base.len() as u64 > fewest { &base } else { full.as_ref().unwrap_or(&base) };
    for name in required.iter().take(MAX_SINGLE) {
        let mut members = rich.clone();
        members.remove(*name);
        found.push(about(members, name, Keyword::Required, format!("without the member {name}")));
    }
    for (name, node) in &shape.hidden {
        if let (Some(value), true) = (builder.value(node), shape.has(Keyword::ReadOnly)) {
            let mut members = base.clone();
            members.insert(name.clone(), value);
            found.push(about(members, name, Keyword::ReadOnly, format!("with the read-only member {name}")));
        }
    }
    if shape.is_open {
        let value = match &shape.other {
            Some(node) => builder.value(node),
            None => Some(json!("unexpected")),
        };
        if let Some(value) = value {
            let mut members = base.clone();
            members.insert(UNEXPECTED.to_owned(), value);
            let note = "with an unexpected member".to_owned();
            found.push(about(members, UNEXPECTED, Keyword::AdditionalProperties, note));
        }
    }
    for rule in &shape.rules {
        if let Demand::Tag(name, _) = &rule.demand {
            let mut members = base.clone();
            members.insert(name.clone(), json!("no-such-tag"));
            found.push(about(
                members,
                name,
                Keyword::Discriminator,
                format!("with a {name} that no branch has"),
            ));
        }
    }
    found
}

fn about(members: Map<String, Value>, name: &str, keyword: Keyword, note: String) -> Candidate {
    Candidate::new(Value::Object(members), Some(keyword), note).at_member(name)
}

/// Objects with as many members as the bounds allow, and one more or less.
fn sizes(
    builder: &mut Builder<'_, '_>,
    shape: &Shape,
    add: &mut impl FnMut(Option<Map<String, Value>>, Option<Keyword>, String),
) {
    let (min, max) = shape.bounds(Keyword::MinProperties, Keyword::MaxProperties);
    let mut sizes = Vec::new();
    if shape.has(Keyword::MinProperties) {
        let keyword = Keyword::MinProperties;
        sizes.extend([
            (Some(min), keyword, "the fewest members"),
            (min.checked_sub(1), keyword, "one member too few"),
        ]);
    }
    if let Some(max) = max {
        let keyword = Keyword::MaxProperties;
        sizes.extend([
            (Some(max), keyword, "the most members"),
            (max.checked_add(1), keyword, "one member too many"),
        ]);
    }
    for (size, keyword, note) in sizes {
        let size = size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size <= MAX_ITEMS);
        if let Some(size) = size {
            add(builder.object_of_size(shape, size), Some(keyword), note.to_owned());
        }
    }
}
