//! A run: every case of a document, sent to a server in order, checked, and told without repetition.

mod drive;
mod error;
mod login;
mod plan;
mod select;
mod tally;

use std::{sync::Arc, time::Instant};

use self::{drive::Drive, plan::Plan, tally::Tally};
pub use self::{error::RunError, login::Login, select::select};
use crate::{
    check::Contract,
    report::{Report, Stage},
    state::{self, Pool, Session},
    target::Target,
};

/// What is run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Decides everything that is random.
    pub seed: u64,
    /// How many random cases there are, over all operations; the walks over several operations are in proportion.
    pub cases: usize,
    /// How many requests are under way at once.
    pub jobs: usize,
    /// Only these operations: ids, `tag:NAME`, or patterns with `*`. All, if there is none.
    pub operations: Vec<String>,
    /// Only the case of this name, such as `list_products/random/17`.
    pub case: Option<String>,
    /// The run ends when there are so many findings.
    pub max_findings: Option<usize>,
    /// Gets a new credential when the server no longer takes the old one.
    pub login: Option<Arc<dyn Login>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            cases: 15_000,
            jobs: 16,
            operations: Vec::new(),
            case: None,
            max_findings: None,
            login: None,
        }
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

/// Runs everything that a document says against a server: what is needed is made first, then come the document's
/// examples, every rule of it kept and broken, random values, operations in a row, and the probes that need several
/// exchanges.
///
/// # Errors
/// A server that does not answer, or an operation that does not exist.
pub async fn run(
    contract: &Contract,
    target: &Target,
    settings: &Settings,
    progress: &mut dyn Progress,
) -> Result<Report, RunError> {
    let operations = select(contract.document(), &settings.operations)?;
    let pool = Pool::new(contract.document());
    let tally = Tally::new(contract, target, settings);
    let session = Session { contract, target, pool: &pool, witness: &tally, seed: settings.seed };
    let plan = Plan { document: contract.document(), operations: &operations, pool: &pool, settings };
    drive::reach(target).await?;

    let mut stages = Stages { tally: &tally, progress, done: Vec::new() };
    let clock = stages.begin("setup", None);
    state::setup(&session).await;
    stages.end("setup", clock);
    let drive = Drive { session, tally: &tally, settings };
    for phase in plan::PHASES {
        let name = phase.name();
        let clock = stages.begin(name, plan.count(phase));
        drive.cases(plan.cases(phase), stages.progress).await;
        stages.end(name, clock);
    }
    if settings.case.is_none() {
        let clock = stages.begin("stateful", Some(drive.count_of_walks()));
        drive.walks(stages.progress).await;
        stages.end("stateful", clock);
        let probes = plan.probes(&session);
        let clock = stages.begin("probes", Some(probes.len()));
        drive.probes(probes, stages.progress).await;
        stages.end("probes", clock);
    }
    let stages = stages.done;
    Ok(tally.report(stages))
}

/// The stages of a run as they go by.
struct Stages<'r> {
    tally: &'r Tally<'r>,
    progress: &'r mut dyn Progress,
    done: Vec<Stage>,
}

/// What the counters said when a stage began.
struct Clock {
    begun: Instant,
    cases: usize,
    exchanges: usize,
    findings: usize,
}

impl Stages<'_> {
    fn begin(&mut self, name: &'static str, cases: Option<usize>) -> Clock {
        self.progress.begins(name, cases);
        let (cases, exchanges) = self.tally.counts();
        Clock { begun: Instant::now(), cases, exchanges, findings: self.tally.findings() }
    }

    fn end(&mut self, name: &'static str, clock: Clock) {
        let (cases, exchanges) = self.tally.counts();
        let stage = Stage {
            name,
            cases: cases - clock.cases,
            exchanges: exchanges - clock.exchanges,
            findings: self.tally.findings() - clock.findings,
            took: clock.begun.elapsed(),
        };
        self.progress.ends(&stage);
        self.done.push(stage);
    }
}
