//! Defaults: which of them the generated code can stand in for an absent value.

use serde_json::Value;

use super::node::Node;
use super::schema::{Builder, Use};
use super::shape::{self, Shape};
use super::types::{Rules, Scalar};

/// The default, if it is a value of its own schema and simple enough to be written in Rust.
pub(crate) fn checked(
    builder: &mut Builder<'_>,
    node: &Node<'_>,
    used: &Use,
    value: &Value,
) -> Option<Value> {
    if value.is_null() && used.nullable {
        return None;
    }
    if fits(node, value) {
        return Some(value.clone());
    }
    let at = node.document.ignored(&node.pointer.child("default"), "the default is not applied");
    builder
        .diagnostics
        .push(at.hint("a default has to fulfil its own schema, and be a scalar or a list of scalars"));
    None
}

/// Whether a value is one of a scalar, an enum, or a list of those.
fn fits(node: &Node<'_>, value: &Value) -> bool {
    let Ok(node) = node.follow() else { return false };
    match shape::of(&node) {
        Ok(Shape::Same(keyword, index)) => {
            node.items_of(keyword).nth(index).is_some_and(|member| fits_plainly(&member, value))
        }
        Ok(Shape::List(bounds)) => match (value.as_array(), node.get("items")) {
            (Some(values), Some(items)) => {
                let count = values.len() as u64;
                let distinct = || (1..values.len()).all(|index| !values[..index].contains(&values[index]));
                bounds.min.is_none_or(|min| count >= min)
                    && bounds.max.is_none_or(|max| count <= max)
                    && (!bounds.unique || distinct())
                    && values.iter().all(|value| fits_plainly(&items, value))
            }
            _ => false,
        },
        _ => fits_plainly(&node, value),
    }
}

/// Whether a value is one of a scalar or an enum.
fn fits_plainly(node: &Node<'_>, value: &Value) -> bool {
    let Ok(node) = node.follow() else { return false };
    match shape::of(&node) {
        Ok(Shape::Scalar(scalar)) => scalar_fits(scalar, &Rules::default(), value),
        Ok(Shape::Newtype(scalar, rules)) => scalar_fits(scalar, &rules, value),
        Ok(Shape::StringEnum) => value.is_string() && is_listed(&node, value),
        Ok(Shape::IntegerEnum) => value.is_i64() && is_listed(&node, value),
        _ => false,
    }
}

/// Whether an enum has the value.
fn is_listed(node: &Node<'_>, value: &Value) -> bool {
    node.items_of("enum").any(|item| item.value == value)
}

fn scalar_fits(scalar: Scalar, rules: &Rules, value: &Value) -> bool {
    match (scalar, value) {
        (Scalar::Bool, Value::Bool(_)) => true,
        (Scalar::I32, Value::Number(number)) => {
            number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()) && in_range(rules, value)
        }
        (Scalar::I64, Value::Number(number)) => number.is_i64() && in_range(rules, value),
        (Scalar::F32 | Scalar::F64, Value::Number(_)) => in_range(rules, value),
        (Scalar::String, Value::String(text)) => text_fits(rules, text),
        _ => false,
    }
}

fn in_range(rules: &Rules, value: &Value) -> bool {
    let Some(value) = value.as_f64() else { return false };
    let above =
        rules.minimum.as_ref().and_then(|bound| bound.value.as_f64().map(|end| (end, bound.exclusive)));
    let below =
        rules.maximum.as_ref().and_then(|bound| bound.value.as_f64().map(|end| (end, bound.exclusive)));
    above.is_none_or(|(end, exclusive)| value > end || (!exclusive && value == end))
        && below.is_none_or(|(end, exclusive)| value < end || (!exclusive && value == end))
        && rules
            .multiple_of
            .as_ref()
            .and_then(serde_json::Number::as_f64)
            .is_none_or(|step| value % step == 0.0)
}

fn text_fits(rules: &Rules, text: &str) -> bool {
    let length = text.chars().count() as u64;
    let matches = |pattern: &String| regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text));
    rules.min_length.is_none_or(|min| length >= min)
        && rules.max_length.is_none_or(|max| length <= max)
        && rules.pattern.as_ref().is_none_or(matches)
        && rules.format.is_none()
}
