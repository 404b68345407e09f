//! Everything in which a request breaks the document.

use orderly_api_runtime::{Direction, Violation};
use orderly_document::Pointer;
use serde_json::Value;

use super::{
    body::{self, Medium},
    content,
    read::{self, Reading, Wire},
    shape::{Kind, Shape},
};
use crate::{
    case::{Keyword, Rule},
    document::{Document, Operation, Parameter, Requirement},
    exchange::Sent,
};

/// One thing that a request does and the document does not allow.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// What is broken. Whether every server has to mind, [`Rule::is_certain`] says.
    pub rule: Rule,
    /// Where the document says it: the parameter, the body or its schema.
    pub place: Pointer,
    /// What it says.
    pub expected: String,
    /// What was sent.
    pub found: String,
}

/// Everything in which a request of the operation breaks the document, credentials aside.
pub fn mistakes(document: &Document, operation: &Operation, sent: &Sent) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let wire = Wire::new(operation, sent);
    for name in wire.undeclared(document, operation) {
        let credential =
            operation.security.iter().flatten().any(|one| *one == Requirement::Query(name.to_owned()));
        if !credential {
            mistakes.push(Mistake {
                rule: Rule::Undeclared,
                place: operation.place.child("parameters"),
                expected: "declared query parameters only".to_owned(),
                found: format!("`{name}`"),
            });
        }
    }
    for parameter in &operation.parameters {
        parameter_mistakes(document, operation, parameter, &wire, &mut mistakes);
    }
    body_mistakes(document, operation, sent, &mut mistakes);
    mistakes
}

fn parameter_mistakes(
    document: &Document,
    operation: &Operation,
    parameter: &Parameter,
    wire: &Wire<'_>,
    mistakes: &mut Vec<Mistake>,
) {
    let Parameter { name, place, schema, .. } = parameter;
    let mut add = |rule, expected: String, found: &str| {
        mistakes.push(Mistake { rule, place: place.clone(), expected, found: found.to_owned() });
    };
    match read::parameter(document, operation, parameter, wire) {
        // A list or an object without members leaves no trace in some styles.
        Reading::Absent if parameter.required && leaves_a_trace(document, parameter) => {
            add(Rule::Required, format!("`{name}`"), "none");
        }
        Reading::Absent => {}
        Reading::Wrong(Rule::Repeated) => add(Rule::Repeated, format!("one `{name}`"), "several"),
        Reading::Wrong(rule) => add(rule, format!("`{name}` in its style"), "another notation"),
        Reading::Value(value) => {
            for violation in document.violations(schema, Direction::Request, &value) {
                mistakes.push(Mistake {
                    rule: rule(&violation),
                    place: schema.clone(),
                    expected: format!("`{name}` that {}", violation.detail),
                    found: value.to_string(),
                });
            }
        }
    }
}

/// Whether a parameter that is there can be told from one that is not.
fn leaves_a_trace(document: &Document, parameter: &Parameter) -> bool {
    let empty = match Shape::of(document, &parameter.schema).kind() {
        Kind::Scalar => return true,
        Kind::List => Value::Array(Vec::new()),
        Kind::Object => Value::Object(serde_json::Map::new()),
    };
    !document.violations(&parameter.schema, Direction::Request, &empty).is_empty()
}

fn body_mistakes(document: &Document, operation: &Operation, sent: &Sent, mistakes: &mut Vec<Mistake>) {
    let Some(body) = &operation.body else { return };
    let mut add = |rule, place: &Pointer, expected: &str, found: String| {
        mistakes.push(Mistake { rule, place: place.clone(), expected: expected.to_owned(), found });
    };
    let Some(media_type) = sent.media_type() else {
        return match sent.body.is_empty() {
            true if body.required => {
                add(Rule::Required, &body.place, "a body with a media type", "none".to_owned())
            }
            true => {}
            false => add(Rule::Unlabelled, &body.place, "a body with a media type", "none".to_owned()),
        };
    };
    let Some(content) = content(operation, &media_type) else {
        return add(Rule::MediaType, &body.place, "a declared media type", media_type);
    };
    let schema = content.schema();
    let medium = Medium::of(&media_type);
    // What is in a file, its schema does not say; and a text is held to a schema of texts only.
    let is_text = || Shape::of(document, &schema).kind() == Kind::Scalar;
    if matches!(medium, Medium::Xml | Medium::Binary) || (medium == Medium::Text && !is_text()) {
        return;
    }
    match body::read(document, operation, sent) {
        Err(rule) => add(rule, &content.place, "a body of its media type", "something else".to_owned()),
        Ok(None) => {}
        Ok(Some(value)) => {
            for violation in document.violations(&schema, Direction::Request, &value) {
                let found = format!("{violation:?}");
                add(rule(&violation), &schema, "a request's body as declared", found);
            }
        }
    }
}

/// The rule that a violation is of. Its code is the keyword in snake case.
fn rule(violation: &Violation) -> Rule {
    let is = |keyword: &&Keyword| {
        let code = violation.code.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
        code.eq(keyword.name().bytes().map(|byte| byte.to_ascii_lowercase()))
    };
    Rule::Keyword(Keyword::ALL.iter().find(is).copied().unwrap_or(Keyword::Type))
}
