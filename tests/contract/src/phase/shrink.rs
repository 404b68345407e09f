//! Simpler cases with the same intent, for one that has failed.

use orderly_api_runtime::Direction;
use serde_json::Value;

use super::holds;
use crate::{
    case::{Case, Parts, PayloadContent},
    document::{Document, Operation},
    request::content,
    value::Values,
};

/// How many simpler values of one part are tried.
const VALUES: usize = 64;

/// Simpler cases than this one, the simplest first: without a part, or with a part that is simpler. Each has the same
/// intent and is what it claims to be.
pub fn shrink<'a>(
    document: &'a Document,
    operation: &'a Operation,
    case: &'a Case,
) -> impl Iterator<Item = Case> + 'a {
    let parts = &case.parts;
    let without_argument = (0..parts.arguments.len()).map(move |index| {
        let mut parts = parts.clone();
        parts.arguments.remove(index);
        parts
    });
    let without_body = parts.body.iter().map(move |_| Parts { body: None, ..parts.clone() });
    let simpler_arguments = (0..parts.arguments.len()).flat_map(move |index| {
        let argument = &parts.arguments[index];
        let declared = operation.parameter(argument.location, &argument.name);
        let values = declared.map(|parameter| Values::new(document, &parameter.schema, Direction::Request));
        simpler(values, &argument.value).into_iter().map(move |value| {
            let mut parts = parts.clone();
            parts.arguments[index].value = value;
            parts
        })
    });
    let simpler_bodies = parts.body.iter().flat_map(move |payload| {
        let values = content(operation, &payload.media_type)
            .map(|content| Values::new(document, &content.schema(), Direction::Request));
        let found = match &payload.content {
            PayloadContent::Value(value) => simpler(values, value),
            PayloadContent::Bytes(_) => Vec::new(),
        };
        found.into_iter().map(move |value| {
            let mut parts = parts.clone();
            if let Some(payload) = &mut parts.body {
                payload.content = PayloadContent::Value(value);
            }
            parts
        })
    });
    without_argument
        .chain(without_body)
        .chain(simpler_bodies)
        .chain(simpler_arguments)
        .map(move |parts| Case { parts, ..case.clone() })
        .filter(move |case| holds(document, operation, case))
}

fn simpler(values: Option<Values<'_>>, value: &Value) -> Vec<Value> {
    values.map(|values| values.shrink(value).take(VALUES).collect()).unwrap_or_default()
}
