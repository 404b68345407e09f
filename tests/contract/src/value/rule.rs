//! One keyword of a schema: what it demands of a value, without looking into the value's parts.

use std::{cmp::Ordering, collections::BTreeSet, sync::Arc};

use orderly_api_runtime::{format, keyword::MultipleOf};
use orderly_document::Pointer;
use serde_json::{Number, Value};

use super::{kind::Kinds, pattern::Expression};
use crate::case::Keyword;

/// A keyword with the place where it stands.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) keyword: Keyword,
    pub(super) place: Pointer,
    pub(super) demand: Demand,
}

/// What a keyword demands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Demand {
    Type(Kinds),
    Enum(Vec<Value>),
    Format(String),
    Pattern(Arc<Expression>),
    MinLength(u64),
    MaxLength(u64),
    Minimum(Number),
    Maximum(Number),
    /// `exclusiveMinimum` or `exclusiveMaximum`: the bound itself is out.
    Differs(Number),
    MultipleOf(Number),
    MinItems(u64),
    MaxItems(u64),
    Unique,
    MinProperties(u64),
    MaxProperties(u64),
    Required(String),
    /// No members but these.
    Closed(BTreeSet<String>),
    /// Members besides these may be there.
    Open(BTreeSet<String>),
    /// This member is not for this direction.
    Absent(String),
    /// The tag that selects a branch.
    Tag(String, Vec<String>),
    /// It demands nothing of its own here: what it refers to does.
    Elsewhere,
}

impl Demand {
    /// Whether a value meets the demand; `None` if it is about other values.
    pub(super) fn holds(&self, value: &Value) -> Option<bool> {
        match self {
            Self::Type(kinds) => return Some(kinds.meets(Kinds::of(value))),
            Self::Enum(values) => return Some(values.contains(value)),
            Self::Elsewhere => return Some(true),
            _ => {}
        }
        match value {
            Value::String(text) => self.holds_for_text(text),
            Value::Number(number) => self.holds_for_number(number),
            Value::Array(items) => match self {
                Self::MinItems(min) => Some(items.len() as u64 >= *min),
                Self::MaxItems(max) => Some(items.len() as u64 <= *max),
                Self::Unique => Some(is_unique(items)),
                _ => None,
            },
            Value::Object(members) => match self {
                Self::MinProperties(min) => Some(members.len() as u64 >= *min),
                Self::MaxProperties(max) => Some(members.len() as u64 <= *max),
                Self::Required(name) => Some(members.contains_key(name)),
                Self::Closed(known) => Some(members.keys().all(|name| known.contains(name))),
                Self::Open(known) => members.keys().any(|name| !known.contains(name)).then_some(true),
                Self::Absent(name) => Some(!members.contains_key(name)),
                Self::Tag(name, values) => {
                    let tag = members.get(name).and_then(Value::as_str);
                    Some(tag.is_some_and(|tag| values.iter().any(|value| value == tag)))
                }
                _ => None,
            },
            Value::Null | Value::Bool(_) => None,
        }
    }

    fn holds_for_text(&self, text: &str) -> Option<bool> {
        match self {
            Self::MinLength(min) => Some(text.chars().count() as u64 >= *min),
            Self::MaxLength(max) => Some(text.chars().count() as u64 <= *max),
            Self::Pattern(expression) => Some(expression.is_match(text)),
            Self::Format(name) => Some(format::check(name, text)),
            _ => None,
        }
    }

    fn holds_for_number(&self, number: &Number) -> Option<bool> {
        match self {
            Self::Minimum(min) => Some(compare(number, min) != Ordering::Less),
            Self::Maximum(max) => Some(compare(number, max) != Ordering::Greater),
            Self::Differs(limit) => Some(compare(number, limit) != Ordering::Equal),
            Self::MultipleOf(divisor) => Some(is_multiple(number, divisor)),
            Self::Format(name) => match name.as_str() {
                "int32" => Some(number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())),
                "int64" => Some(number.is_i64()),
                // Nothing is known against it.
                _ => Some(true),
            },
            _ => None,
        }
    }
}

/// Whether a format says something that can be checked.
pub(super) fn is_checked(name: &str) -> bool {
    format::ASSERTED.contains(&name) || matches!(name, "int32" | "int64")
}

/// Numbers by their size, exact between integers.
pub(super) fn compare(one: &Number, other: &Number) -> Ordering {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => float(one).total_cmp(&float(other)),
    }
}

/// The number as an integer, if it is written as one.
pub(super) fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

pub(super) fn float(number: &Number) -> f64 {
    number.as_f64().unwrap_or_default()
}

/// As the validator has it: exact between integers, with a tolerance for decimal fractions.
fn is_multiple(number: &Number, divisor: &Number) -> bool {
    match (number.as_i64(), divisor.as_i64()) {
        (Some(number), Some(divisor)) => MultipleOf::is_multiple_of(&number, divisor),
        _ => MultipleOf::is_multiple_of(&float(number), float(divisor)),
    }
}

fn is_unique(items: &[Value]) -> bool {
    items.iter().enumerate().all(|(index, item)| !items[..index].contains(item))
}
