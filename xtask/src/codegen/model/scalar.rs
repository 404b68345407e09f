//! Strings, numbers and booleans: which Rust type holds them and what rules they must fulfil.

use serde_json::{Number, Value};

use super::node::Node;
use super::shape::Shape;
use super::types::{Bound, Format, Rules, Scalar};
use orderly_document::Diagnostic;

/// Judges a schema whose `type` is a scalar's.
///
/// # Errors
/// A refusal of bounds that are no numbers.
pub(crate) fn of(node: &Node<'_>) -> Result<Shape, Diagnostic> {
    let (inner, rules) = match node.text("type") {
        Some("boolean") => (Scalar::Bool, Rules::default()),
        Some("integer") => integer(node)?,
        Some("number") => number(node)?,
        _ => match string(node) {
            Some(string) => string,
            None => return Ok(Shape::Checked),
        },
    };
    Ok(if rules.is_empty() { Shape::Scalar(inner) } else { Shape::Newtype(inner, rules) })
}

/// A string; `None` if its pattern is one that only the schema validator understands.
fn string(node: &Node<'_>) -> Option<(Scalar, Rules)> {
    let pattern = node.text("pattern").filter(|pattern| !pattern.is_empty());
    if pattern.is_some_and(|pattern| regex::Regex::new(pattern).is_err()) {
        return None;
    }
    let mut rules = Rules {
        min_length: node.count("minLength").filter(|min| *min > 0),
        max_length: node.count("maxLength"),
        pattern: pattern.map(str::to_owned),
        ..Rules::default()
    };
    let free = rules.is_empty();
    match node.text("format") {
        Some("date-time") if free => return Some((Scalar::DateTime, rules)),
        Some("date") if free => return Some((Scalar::Date, rules)),
        Some("uuid") if free => return Some((Scalar::Uuid, rules)),
        Some(name) => rules.format = format(name),
        None => {}
    }
    Some((Scalar::String, rules))
}

/// A format that is checked; all others are remarks to the reader.
fn format(name: &str) -> Option<Format> {
    Some(match name {
        "email" => Format::Email,
        "uri" => Format::Uri,
        "uri-reference" => Format::UriReference,
        "hostname" => Format::Hostname,
        "ipv4" => Format::Ipv4,
        "ipv6" => Format::Ipv6,
        "time" => Format::Time,
        "password" => Format::Password,
        "date-time" => Format::DateTime,
        "date" => Format::Date,
        "uuid" => Format::Uuid,
        _ => return None,
    })
}

fn integer(node: &Node<'_>) -> Result<(Scalar, Rules), Diagnostic> {
    let mut rules = ranges(node)?;
    let inner = match node.text("format") {
        Some("int32") => Scalar::I32,
        _ => Scalar::I64,
    };
    for (bound, round) in
        [(&mut rules.minimum, f64::ceil as fn(f64) -> f64), (&mut rules.maximum, f64::floor)]
    {
        *bound = bound.take().and_then(|bound| whole(&bound, round, inner));
    }
    rules.multiple_of = rules.multiple_of.filter(|step| step.as_i64() != Some(1));
    Ok((inner, rules))
}

/// The bound as an integer that the type can hold; `None` where the type itself is the tighter bound.
fn whole(bound: &Bound, round: fn(f64) -> f64, inner: Scalar) -> Option<Bound> {
    let integer = match bound.value.as_i64() {
        Some(integer) => integer,
        None => {
            let rounded = round(bound.value.as_f64()?);
            if !(-9.2e18..9.2e18).contains(&rounded) {
                return None;
            }
            rounded as i64
        }
    };
    let fractional = bound.value.as_f64().is_some_and(|value| value.fract() != 0.0);
    if inner == Scalar::I32 && i32::try_from(integer).is_err() {
        return None;
    }
    Some(Bound { value: Number::from(integer), exclusive: bound.exclusive && !fractional })
}

/// Rules are checked on what was sent, which a `f32` would already have rounded.
fn number(node: &Node<'_>) -> Result<(Scalar, Rules), Diagnostic> {
    let rules = ranges(node)?;
    let single = node.text("format") == Some("float") && rules.is_empty();
    Ok((if single { Scalar::F32 } else { Scalar::F64 }, rules))
}

/// `minimum`, `maximum` and `multipleOf`.
fn ranges(node: &Node<'_>) -> Result<Rules, Diagnostic> {
    let number = |key: &str| match node.get(key) {
        None => Ok(None),
        Some(found) => match found.value {
            Value::Number(number) => Ok(Some(number.clone())),
            _ => Err(found.refused(format!("`{key}` has to be a number"))),
        },
    };
    let bound = |key: &str, exclusive: &str| {
        let exclusive = node.flag(exclusive);
        number(key).map(|value| value.map(|value| Bound { value, exclusive }))
    };
    Ok(Rules {
        minimum: bound("minimum", "exclusiveMinimum")?,
        maximum: bound("maximum", "exclusiveMaximum")?,
        multiple_of: number("multipleOf")?.filter(|step| step.as_f64().is_some_and(|step| step > 0.0)),
        ..Rules::default()
    })
}
