//! What is wrong with a document by itself, and shows only when it is held to its own schemas.

use orderly_api_runtime::{At, Direction, Violation};
use orderly_document::{Diagnostic, Pointer};

use super::examples::parameter_examples;
use crate::{
    document::{Document, Example},
    value::{Values, is_contradiction},
};

/// What is wrong with the document's examples: those that their own schema forbids, in requests and in answers.
pub fn example_remarks(document: &Document) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    let mut hold = |examples: Vec<Example<'_>>, schema: &Pointer, direction| {
        for example in examples {
            for violation in document.violations(schema, direction, example.value) {
                let message =
                    format!("the example breaks its own schema: {violation}", violation = said(&violation));
                remarks.push(document.source().warning(&example.place, message));
            }
        }
    };
    for operation in document.operations() {
        for parameter in &operation.parameters {
            hold(parameter_examples(document, parameter), &parameter.schema, Direction::Request);
        }
        for content in operation.body.iter().flat_map(|body| &body.content) {
            if content.is_json() {
                let examples = document.examples(&content.place, &content.schema());
                hold(examples, &content.schema(), Direction::Request);
            }
        }
        for content in operation.answers.values().flat_map(|answer| &answer.content) {
            if content.is_json() {
                let examples = document.examples(&content.place, &content.schema());
                hold(examples, &content.schema(), Direction::Response);
            }
        }
    }
    remarks.sort();
    remarks.dedup();
    remarks
}

/// The schemas that no value fulfils: nothing valid can be sent for them, and answers are not held to them.
pub fn contradiction_remarks(document: &Document) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    let mut look = |schema: &Pointer, direction: Direction| {
        if document.source().get(schema).is_none()
            || Values::new(document, schema, direction).sample().is_some()
        {
            return;
        }
        let is_certain = is_contradiction(document, schema, direction);
        let message = match (direction, is_certain) {
            (Direction::Request, true) => "no value fulfils this schema, so that nothing valid can be sent",
            (Direction::Request, false) => {
                "no value was found that fulfils this schema: nothing valid is sent"
            }
            (Direction::Response, true) => "no value fulfils this schema: answers are not held to it",
            (Direction::Response, false) => return,
        };
        remarks.push(document.source().warning(schema, message.to_owned()));
    };
    for operation in document.operations() {
        for parameter in &operation.parameters {
            look(&parameter.schema, Direction::Request);
        }
        for content in operation.body.iter().flat_map(|body| &body.content) {
            look(&content.schema(), Direction::Request);
        }
        for answer in operation.answers.values() {
            answer.headers.iter().for_each(|header| look(&header.schema, Direction::Response));
            let json = answer.content.iter().filter(|content| content.is_json());
            json.for_each(|content| look(&content.schema(), Direction::Response));
        }
    }
    remarks.sort();
    remarks.dedup();
    remarks
}

/// A violation as a clause, with the place in the value.
fn said(violation: &Violation) -> String {
    match &violation.at {
        At::Pointer(at) if !at.is_empty() => format!("{at} {}", violation.detail),
        _ => violation.detail.clone(),
    }
}
