//! Holds an exchange to the document: what was accepted, what was answered, and what lies outside the document.

mod answer;
mod outside;
mod problem;
mod request;
mod undeclared;
mod value;

use std::fmt;

use orderly_document::Pointer;

use super::{document::Document, exchange::Exchange, route::Match};

/// How the document's author speaks of errors.
#[derive(Debug, Clone, Copy)]
pub struct Conventions {
    /// Where the schema stands of `application/problem+json` (RFC 9457), also of answers to what the document does not know. Its
    /// member `code` is a string with an `enum`.
    pub problem: &'static str,
    /// The `code` of a problem that means: the request breaks the document.
    pub invalid: &'static str,
    /// The `code` for a path that the document does not know.
    pub unknown_path: &'static str,
    /// The `code` for a method that the path does not have.
    pub unknown_method: &'static str,
    /// The header with the request's id, which a problem has as its member `request_id`.
    pub request_id: &'static str,
}

/// Something in which an exchange and the document differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where the document says it.
    pub place: Pointer,
    /// What it says.
    pub expected: String,
    /// What was seen.
    pub found: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {} ({})", self.expected, self.found, self.place)
    }
}

/// A document that exchanges can be held to.
#[derive(Debug)]
pub struct Contract {
    document: Document,
    conventions: Conventions,
}

impl Contract {
    /// A contract over a document.
    pub fn new(document: Document, conventions: Conventions) -> Self {
        Self { document, conventions }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Everything in which the exchange and the document differ.
    pub fn check(&self, exchange: &Exchange) -> Vec<Finding> {
        let mut report = Report::default();
        self.check_common_headers(exchange, &mut report);
        match self.document.find(&exchange.sent.method, &exchange.sent.path) {
            Match::Operation(operation, path) => {
                self.check_request(operation, &path, exchange, &mut report);
                self.check_answer(operation, exchange, &mut report);
            }
            Match::OtherMethods(methods) => self.check_other_method(&methods, exchange, &mut report),
            Match::Nothing => self.check_unknown_path(exchange, &mut report),
        }
        report.findings
    }
}

/// The findings so far.
#[derive(Debug, Default)]
struct Report {
    findings: Vec<Finding>,
}

impl Report {
    fn add(&mut self, place: &Pointer, expected: impl Into<String>, found: impl Into<String>) {
        self.findings.push(Finding { place: place.clone(), expected: expected.into(), found: found.into() });
    }
}
