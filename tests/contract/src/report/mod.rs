//! What a run has found, and how it is told.

mod curl;

use std::time::Duration;

pub use self::curl::curl;
use crate::{
    check::Finding,
    coverage::Coverage,
    exchange::{Exchange, Sent},
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
}
