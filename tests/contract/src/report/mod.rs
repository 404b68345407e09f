//! What a run has found, and how it is told.

mod curl;
mod json;
mod junit;
mod text;

use std::{collections::BTreeSet, time::Duration};

pub use self::curl::curl;
use crate::{
    check::Finding,
    coverage::Coverage,
    exchange::{Exchange, Sent},
    target::PLACEHOLDER,
};

/// What came of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// What repeats the run.
    pub seed: u64,
    /// The address of the server, which the path of an exchange is appended to.
    pub base_url: String,
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

/// The variables that stand for credentials in a report, with what they are the credential of.
fn credentials(report: &Report) -> BTreeSet<(String, String)> {
    let begins = format!("${{{PLACEHOLDER}");
    let texts = report.findings.iter().flat_map(|reported| {
        let sent = reported.story.iter().map(|exchange| &exchange.sent).chain(&reported.unanswered);
        sent.map(|sent| curl(&report.base_url, sent))
    });
    let mut found = BTreeSet::new();
    for text in texts {
        let names = text.split(&begins).skip(1).filter_map(|rest| rest.split('}').next());
        found.extend(names.map(|name| {
            let option = name.to_ascii_lowercase();
            (
                format!("{PLACEHOLDER}{name}"),
                option.replacen("other_", "other:", 1).replacen("expired_", "expired:", 1),
            )
        }));
    }
    found
}
