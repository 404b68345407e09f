//! What a run has found, and how it is told.

mod curl;
mod json;
mod junit;
mod legend;
mod story;
mod text;

use std::time::Duration;

pub use self::curl::curl;
pub(crate) use self::{legend::legend, story::told};
use crate::{
    check::Finding,
    coverage::{Coverage, Exceptions, Survey},
    document::Document,
    exchange::{Exchange, Sent},
};

/// What came of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// What repeats the run.
    pub seed: u64,
    /// The address of the server, which the path of an exchange is appended to.
    pub base_url: String,
    /// The operations that were asked for; none if all were.
    pub operations: Vec<String>,
    /// What was found, each once.
    pub findings: Vec<Reported>,
    /// What was seen of the document.
    pub coverage: Coverage,
    /// What was done, in order.
    pub stages: Vec<Stage>,
    /// Why the run ended before its end, if it did.
    pub stopped: Option<String>,
}

/// A finding with what led to it.
#[derive(Debug, Clone)]
pub struct Reported {
    /// What differs.
    pub finding: Finding,
    /// The operation; empty if it belongs to none.
    pub operation: String,
    /// What was tried.
    pub title: String,
    /// The case, by which it is repeated: `list_products/random/17`.
    pub case: String,
    /// What was exchanged; the last is what was judged.
    pub story: Vec<Exchange>,
    /// The request that got no answer, if that is the finding.
    pub unanswered: Option<Sent>,
    /// How often it was seen.
    pub times: usize,
}

/// A part of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name.
    pub name: &'static str,
    /// How many cases it had.
    pub cases: usize,
    /// How many exchanges they took.
    pub exchanges: usize,
    /// How many findings were new.
    pub findings: usize,
    /// How long it took.
    pub took: Duration,
}

impl Report {
    /// Why a run says less than it seems to, if it does: not one request has succeeded.
    pub fn doubt(&self, document: &Document) -> Option<String> {
        let asked = |id: &str| self.operations.is_empty() || self.operations.iter().any(|asked| asked == id);
        let can_succeed = document.operations().iter().filter(|one| asked(&one.id)).any(|operation| {
            operation.answers.keys().any(|status| status.starts_with(['2', '3']) || status == "default")
        });
        (self.coverage.nothing_succeeded() && can_succeed).then(|| {
            format!(
                "no request has succeeded at {}: is it the right address, with the path that the document's paths begin \
                 with, and are the credentials right?",
                self.base_url
            )
        })
    }

    /// What was seen of the operations that were asked for.
    pub fn survey<'d>(&self, document: &'d Document, exceptions: &Exceptions<'_>) -> Survey<'d> {
        let mut survey = self.coverage.survey(document, exceptions);
        if !self.operations.is_empty() {
            survey.operations.retain(|one| self.operations.contains(&one.operation.id));
        }
        survey
    }
}

impl Reported {
    /// A finding that was seen once, at the end of `story`.
    pub fn new(finding: Finding, operation: &str, title: impl Into<String>, story: Vec<Exchange>) -> Self {
        Self {
            finding,
            operation: operation.to_owned(),
            title: title.into(),
            case: String::new(),
            story,
            unanswered: None,
            times: 1,
        }
    }

    /// The same as the finding of a case.
    #[must_use]
    pub fn of_case(mut self, case: String) -> Self {
        self.case = case;
        self
    }

    /// Whether another finding says the same.
    pub(crate) fn is_same(&self, other: &Finding) -> bool {
        let Finding { check, place, expected, .. } = &self.finding;
        (check, place, expected) == (&other.check, &other.place, &other.expected)
    }

    /// How much a person has to read: the lower, the better it explains the finding.
    pub(crate) fn effort(&self) -> usize {
        let effort = |sent: &Sent| {
            let query = sent.query.as_ref().map_or(0, String::len);
            sent.path.len() + query + sent.body.len() + 30 * sent.headers.len()
        };
        let story: usize = self.story.iter().map(|exchange| 200 + effort(&exchange.sent)).sum();
        story + self.unanswered.as_ref().map_or(0, effort)
    }
}
