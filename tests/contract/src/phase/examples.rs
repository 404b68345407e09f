//! The document's own examples, as requests.

use bytes::Bytes;
use orderly_api_runtime::Direction;
use orderly_document::Pointer;
use serde_json::Value;

use super::{
    Known,
    base::{Base, argument},
    holds,
};
use crate::{
    case::{Case, Intent, Parts, Payload, PayloadContent, Phase},
    document::{Document, Example, Operation, Parameter, Writing},
    request::Medium,
};

/// A case for every valid example of the operation's parameters and bodies.
pub fn examples(document: &Document, operation: &Operation, known: &dyn Known) -> Vec<Case> {
    let Some(base) = Base::new(document, operation) else { return Vec::new() };
    let mut cases = Vec::new();
    let mut add = |title: String, parts: Parts| {
        let touches = base.touches(&parts);
        let operation = operation.id.clone();
        cases.push(Case { operation, phase: Phase::Examples, title, parts, intent: Intent::Valid, touches });
    };
    for parameter in &operation.parameters {
        for example in valid(document, parameter_examples(document, parameter), &parameter.schema) {
            let mut parts = base.parts(known);
            parts.arguments.retain(|known| !parameter.is(known.location, &known.name));
            parts.arguments.push(argument(parameter, example.value.clone()));
            add(title(&parameter.name, &example), parts);
        }
    }
    for body in &base.bodies {
        let schema = body.content.schema();
        for example in valid(document, document.examples(&body.content.place, &schema), &schema) {
            let content = match (Medium::of(&body.media_type).is_from_schema(), example.value) {
                (false, Value::String(text)) => {
                    PayloadContent::Bytes(Bytes::copy_from_slice(text.as_bytes()))
                }
                (false, _) => continue,
                (true, value) => {
                    let mut value = value.clone();
                    known.fill(document, operation, &body.content.media_type, &mut value);
                    PayloadContent::Value(value)
                }
            };
            let mut parts = base.parts(known);
            parts.body = Some(Payload { media_type: body.media_type.clone(), content });
            add(title(&body.media_type, &example), parts);
        }
    }
    cases.retain(|case| holds(document, operation, case));
    cases
}

/// The examples of a parameter, also of one that is written as a body.
pub(super) fn parameter_examples<'d>(document: &'d Document, parameter: &Parameter) -> Vec<Example<'d>> {
    let place = match &parameter.writing {
        Writing::Content(_) => parameter.schema.parent().unwrap_or_default(),
        Writing::Styled { .. } => parameter.place.clone(),
    };
    document.examples(&place, &parameter.schema)
}

fn valid<'d>(
    document: &'d Document,
    examples: Vec<Example<'d>>,
    schema: &Pointer,
) -> impl Iterator<Item = Example<'d>> {
    let is_valid =
        |example: &Example<'_>| document.violations(schema, Direction::Request, example.value).is_empty();
    examples.into_iter().filter(is_valid)
}

fn title(of: &str, example: &Example<'_>) -> String {
    match example.name.as_str() {
        "" => format!("{of}: the example"),
        name => format!("{of}: the example `{name}`"),
    }
}
