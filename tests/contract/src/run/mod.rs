//! A run: every case of a document, sent to a server in order, checked, and told without repetition.

mod drive;
mod error;
mod login;
mod plan;
mod select;
mod tally;

use std::{
    future::{self, Future},
    pin::pin,
    sync::Arc,
    time::Instant,
};

use futures_util::future::{Either, select as select_biased};

use self::{drive::Drive, plan::Plan, tally::Tally};
pub use self::{error::RunError, login::Login, select::select};
use crate::{
    check::Contract,
    report::{Report, Stage},
    state::{self, Pool, Session},
    target::Target,
};

/// The stage that makes what operations need.
const SETUP: &str = "setup";

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
    /// Only the case, the walk or the probe of this name, such as `list_products/random/17`.
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
/// A server that does not answer, or an operation or a case that does not exist.
pub async fn run(
    contract: &Contract,
    target: &Target,
    settings: &Settings,
    progress: &mut dyn Progress,
) -> Result<Report, RunError> {
    run_until(contract, target, settings, progress, future::pending()).await
}

/// The same, which ends at once when `stop` says why; what was found until then is in the report.
///
/// # Errors
/// As [`run`] has them.
pub async fn run_until(
    contract: &Contract,
    target: &Target,
    settings: &Settings,
    progress: &mut dyn Progress,
    stop: impl Future<Output = String>,
) -> Result<Report, RunError> {
    let operations = select(contract.document(), &settings.operations)?;
    let pool = Pool::new(contract.document());
    let tally = Tally::new(contract, target, settings);
    let session = Session { contract, target, pool: &pool, witness: &tally, seed: settings.seed };
    let plan = Plan { document: contract.document(), operations: &operations, pool: &pool, settings };
    drive::reach(target).await?;

    let mut stages = Stages { tally: &tally, progress, done: Vec::new(), current: None };
    let all = go(&mut stages, Drive { session, tally: &tally, settings }, plan);
    if let Either::Left((reason, _)) = select_biased(pin!(stop), pin!(all)).await {
        tally.stop(reason);
    }
    stages.end();
    let stages = stages.done;
    let is_nothing = stages.iter().all(|stage| stage.name == SETUP || stage.cases == 0);
    if let Some(only) = settings.case.as_ref().filter(|_| is_nothing && !tally.is_over()) {
        return Err(RunError::NoCase { wanted: only.clone() });
    }
    let asked = match settings.operations.is_empty() {
        true => Vec::new(),
        false => operations.iter().map(|operation| operation.id.clone()).collect(),
    };
    Ok(tally.report(stages, asked))
}

/// Stage after stage.
async fn go<'r>(stages: &mut Stages<'_>, drive: Drive<'r>, plan: Plan<'r>) {
    stages.begin(SETUP, None);
    state::setup(&drive.session).await;
    for phase in plan::PHASES {
        stages.begin(phase.name(), plan.count(phase));
        drive.cases(plan.cases(phase), stages.progress).await;
    }
    let walks = plan.walks();
    stages.begin("stateful", Some(walks.len()));
    drive.walks(walks, stages.progress).await;
    let probes = plan.probes(&drive.session);
    stages.begin("probes", Some(probes.len()));
    drive.probes(probes, stages.progress).await;
}

/// The stages of a run as they go by.
struct Stages<'r> {
    tally: &'r Tally<'r>,
    progress: &'r mut dyn Progress,
    done: Vec<Stage>,
    current: Option<Clock>,
}

/// What the counters said when a stage began.
struct Clock {
    name: &'static str,
    begun: Instant,
    cases: usize,
    exchanges: usize,
    findings: usize,
}

impl Stages<'_> {
    /// The next stage begins; the one before is over.
    fn begin(&mut self, name: &'static str, cases: Option<usize>) {
        self.end();
        self.progress.begins(name, cases);
        let (cases, exchanges) = self.tally.counts();
        let findings = self.tally.findings();
        self.current = Some(Clock { name, begun: Instant::now(), cases, exchanges, findings });
    }

    fn end(&mut self) {
        let Some(clock) = self.current.take() else { return };
        let (cases, exchanges) = self.tally.counts();
        let stage = Stage {
            name: clock.name,
            cases: cases - clock.cases,
            exchanges: exchanges - clock.exchanges,
            findings: self.tally.findings() - clock.findings,
            took: clock.begun.elapsed(),
        };
        self.progress.ends(&stage);
        self.done.push(stage);
    }
}
