//! An answer's body is as its schema says.

use orderly_api_runtime::{At, Direction, Violation};
use orderly_document::Pointer;
use serde_json::Value;

use super::{Check, Contract, Report, conventions::PROBLEM, excerpt, place, undeclared};
use crate::{
    document::{Answer, Content},
    exchange::Exchange,
    value::is_contradiction,
};

impl Contract {
    pub(super) fn check_json(
        &self,
        answer: &Answer,
        content: &Content,
        exchange: &Exchange,
        report: &mut Report,
    ) {
        let value: Value = match serde_json::from_slice(&exchange.received.body) {
            Ok(value) => value,
            Err(error) => {
                let found = format!("{error} in {}", excerpt(&exchange.received.body));
                return report.add(Check::Body, &content.place, "JSON", found);
            }
        };
        self.check_value(&content.schema(), &value, report);
        if content.media_type == PROBLEM {
            self.check_problem(&answer.place, &value, exchange, report);
            self.check_described_code(answer, &value, report);
        }
    }

    /// A body's value is as its schema says, and, where the document tells everything, has nothing besides.
    pub(super) fn check_value(&self, schema: &Pointer, value: &Value, report: &mut Report) {
        let source = self.document.source();
        if source.get(schema).is_none() {
            return;
        }
        for violation in self.document.violations(schema, Direction::Response, value) {
            let at = pointer(&violation);
            let seen = value.pointer(at);
            if seen.is_some_and(|seen| is_beyond_the_engine(seen, &violation)) {
                continue;
            }
            let found = seen.map_or_else(|| "none".to_owned(), |seen| excerpt(seen.to_string().as_bytes()));
            let place = place::of_violation(source, schema, at, &violation.code);
            let schemas = [Some(schema.clone()), place.parent()];
            if schemas.iter().flatten().any(|schema| self.cannot_be_kept(schema)) {
                continue;
            }
            report.add(Check::Body, &place, in_words(at, &violation), found);
        }
        if self.conventions.closed {
            for member in undeclared::members(source, schema, value) {
                let found = excerpt(value.pointer(&member).unwrap_or(&Value::Null).to_string().as_bytes());
                report.add(
                    Check::Body,
                    schema,
                    format!("no `{}`, which is not declared", general(&member)),
                    found,
                );
            }
        }
    }
}

impl Contract {
    /// Whether no server could do what a schema says: that is told of the document, and not of the server.
    pub(super) fn cannot_be_kept(&self, schema: &Pointer) -> bool {
        is_contradiction(&self.document, schema, Direction::Response)
    }
}

/// Where in the value.
pub(super) fn pointer(violation: &Violation) -> &str {
    match &violation.at {
        At::Pointer(pointer) => pointer,
        At::Parameter { .. } => "",
    }
}

/// What a body should have been like.
fn in_words(at: &str, violation: &Violation) -> String {
    let what = if at.is_empty() { "the body".to_owned() } else { format!("`{}`", general(at)) };
    match &*violation.code {
        "additional_properties" => format!("no {what}, which is not allowed"),
        "required" => format!("{what}, which is required"),
        _ => format!("{what}, which {}", violation.detail),
    }
}

/// A pointer without the numbers of items, so that the same mistake in each of them is one.
fn general(pointer: &str) -> String {
    let token = |token: &str| match token.bytes().all(|byte| byte.is_ascii_digit()) && !token.is_empty() {
        true => "*".to_owned(),
        false => token.to_owned(),
    };
    pointer.split('/').map(token).collect::<Vec<_>>().join("/")
}

/// The runtime reads integers as `i64`, and JSON's numbers beyond as floating point; a document that sets no bound allows
/// more than that.
fn is_beyond_the_engine(seen: &Value, violation: &Violation) -> bool {
    const WIDEST: f64 = i64::MAX as f64;
    let is_wide = seen.as_i64().is_none() && seen.as_f64().is_some_and(|number| number.abs() >= WIDEST);
    let is_bound = [i64::MAX.to_string(), i64::MIN.to_string()]
        .iter()
        .any(|bound| violation.detail.ends_with(bound.as_str()));
    is_wide && (is_bound || violation.code == "type")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_numbers_of_items_are_left_out() {
        for (pointer, expected) in [("", ""), ("/items/17/id", "/items/*/id"), ("/a1/b", "/a1/b"), ("/", "/")]
        {
            assert_eq!(general(pointer), expected);
        }
    }

    #[test]
    fn a_number_that_the_runtime_cannot_hold_is_not_held_to_its_width() {
        let widest = Violation::in_body("", "maximum", format!("must be at most {}", i64::MAX));
        let narrow = Violation::in_body("", "maximum", "must be at most 9");
        let kind = Violation::in_body("", "type", "must be of type integer");
        assert!(is_beyond_the_engine(&json!(u64::MAX), &widest));
        assert!(is_beyond_the_engine(&json!(1e30), &kind));
        assert!(!is_beyond_the_engine(&json!(u64::MAX), &narrow));
        assert!(!is_beyond_the_engine(&json!(10), &widest));
        assert!(!is_beyond_the_engine(&json!(1.5), &kind));
    }
}
