//! Holds an exchange to the document: what was accepted, what was answered, and what lies outside the document.

mod answer;
mod body;
mod conventions;
mod echo;
mod headers;
mod kind;
mod leak;
mod outside;
mod place;
mod problem;
mod refusal;
mod request;
mod status;
mod undeclared;

use std::fmt;

use http::{Method, StatusCode};
use orderly_document::Pointer;

pub use self::{conventions::Conventions, kind::Check, refusal::Outcome};
use super::{
    case::{Case, Intent},
    document::{Document, Operation},
    exchange::Exchange,
    route::Match,
};

/// Something in which an exchange and the document differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// Where the document says it.
    pub place: Pointer,
    /// What it says. The same for every exchange that differs in the same way.
    pub expected: String,
    /// What was seen.
    pub found: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { check, place, expected, found } = self;
        write!(f, "{check}: expected {expected}, found {found} ({place})")
    }
}

/// A document that exchanges can be held to.
#[derive(Debug)]
pub struct Contract {
    document: Document,
    conventions: Conventions,
    words: echo::Words,
}

impl Contract {
    /// A contract over a document.
    pub fn new(document: Document, conventions: Conventions) -> Self {
        let words = echo::Words::of(&document);
        Self { document, conventions, words }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What holds besides the document.
    pub fn conventions(&self) -> &Conventions {
        &self.conventions
    }

    /// Every `code` that the document's problems may have.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.conventions.codes(&self.document)
    }

    /// Everything in which the exchange and the document differ. A declared failure of the server is none: what the
    /// exchange went through is not known.
    pub fn check(&self, exchange: &Exchange) -> Vec<Finding> {
        self.examine(exchange, None)
    }

    /// Everything in which the exchange and what is expected of its case differ: also that bad input is refused and good
    /// input is not, and that the server did not fail.
    pub fn check_case(&self, exchange: &Exchange, case: &Case) -> Vec<Finding> {
        let mut findings = self.examine(exchange, Some(case));
        if !findings.iter().any(|finding| finding.check == Check::NoServerError) {
            findings.extend(self.check_no_server_error(exchange));
        }
        findings
    }

    /// Whether the server failed, where nothing was done to make it fail. An answer that says for how long it is not able
    /// is no failure if it is declared: 501, 503 and 504 (RFC 9110, section 15.6).
    pub fn check_no_server_error(&self, exchange: &Exchange) -> Option<Finding> {
        let Exchange { sent, received, .. } = exchange;
        let Match::Operation(operation, _) = self.document.find(&sent.method, &sent.path) else {
            return None;
        };
        if self.is_without_head(operation, exchange) {
            return None;
        }
        let declared = operation.answer(received.status).is_some();
        let excused =
            [StatusCode::NOT_IMPLEMENTED, StatusCode::SERVICE_UNAVAILABLE, StatusCode::GATEWAY_TIMEOUT];
        let failed = received.status.is_server_error() && !(declared && excused.contains(&received.status));
        let place = operation.place.child("responses");
        failed.then(|| status::server_error(place, exchange))
    }

    /// Whether a server that does not have HEAD says so, which the document does not promise either.
    fn is_without_head(&self, operation: &Operation, exchange: &Exchange) -> bool {
        let is_unasked = exchange.sent.method == Method::HEAD && operation.method == Method::GET;
        let says_so = [StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_IMPLEMENTED];
        is_unasked && says_so.contains(&exchange.received.status) && !self.conventions.closed
    }

    fn examine(&self, exchange: &Exchange, case: Option<&Case>) -> Vec<Finding> {
        let mut report = Report::default();
        self.check_common_headers(exchange, &mut report);
        match self.document.find(&exchange.sent.method, &exchange.sent.path) {
            Match::Operation(operation, _) if self.is_without_head(operation, exchange) => {}
            Match::Operation(operation, _) => {
                // What is sent may belong to another operation than was meant: `/users/me` is no `/users/{id}`.
                let intent = case.filter(|case| case.operation == operation.id).map(|case| &case.intent);
                match intent {
                    Some(intent) => self.check_intent(operation, intent, exchange, &mut report),
                    None => self.check_request(operation, exchange, &mut report),
                }
                let is_valid = || match intent {
                    Some(intent) => *intent == Intent::Valid,
                    None => self.is_valid(operation, &exchange.sent),
                };
                self.check_credentials(operation, exchange, &mut report);
                self.check_answer(operation, exchange, is_valid, &mut report);
            }
            Match::OtherMethods(methods) => self.check_other_method(&methods, exchange, &mut report),
            Match::Nothing => self.check_unknown_path(exchange, &mut report),
        }
        leak::check(&exchange.sent, &exchange.received, &mut report);
        self.check_echo(exchange, case.map(|case| &case.intent), &mut report);
        report.findings
    }
}

/// The findings so far.
#[derive(Debug, Default)]
struct Report {
    findings: Vec<Finding>,
}

impl Report {
    fn add(&mut self, check: Check, place: &Pointer, expected: impl Into<String>, found: impl Into<String>) {
        let (expected, found) = (expected.into(), found.into());
        self.findings.push(Finding { check, place: place.clone(), expected, found });
    }
}

/// So much of a text that a person looks at it.
const EXCERPT: usize = 200;

/// The beginning of what was seen.
fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}
