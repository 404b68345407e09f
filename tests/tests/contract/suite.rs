//! Runs scenarios, each in a shop of its own, and holds what they exchanged to the document.

use std::{
    collections::BTreeMap,
    fs, io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use libtest_mimic::{Failed, Trial};
use orderly_contract::{Contract, Coverage, Document, coverage::Exceptions};
use orderly_tests::{
    conformance,
    engines::Engine,
    shop::{self, Shop},
};

use crate::{
    exceptions::{EXCEPTIONS, UNRECORDED_CODES},
    scenario::Scenario,
};

/// A scenario that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// What all scenarios share: the contract, and what was covered of it.
#[derive(Clone)]
pub(crate) struct Suite {
    shared: Arc<Shared>,
}

struct Shared {
    contract: Contract,
    coverage: Mutex<BTreeMap<Engine, Coverage>>,
    runtime: tokio::runtime::Runtime,
}

impl Suite {
    pub(crate) fn new() -> Self {
        let contract = conformance::contract();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { shared: Arc::new(Shared { contract, coverage: Mutex::default(), runtime }) }
    }

    /// A scenario as a test on an engine.
    pub(crate) fn trial(&self, engine: Engine, subject: &str, scenario: Scenario) -> Trial {
        let suite = self.clone();
        let name = format!("{}::{subject}::{}", engine.name(), scenario.name);
        Trial::test(name, move || suite.shared.runtime.block_on(suite.run(engine, scenario)))
            .with_ignored_flag(engine.is_missing())
    }

    async fn run(&self, engine: Engine, scenario: Scenario) -> Result<(), Failed> {
        let shop = Shop::open(engine).await;
        let ran = tokio::time::timeout(LIMIT, (scenario.run)(&shop)).await;
        let mut mistakes = Vec::new();
        for exchange in shop.log().take() {
            mistakes.extend(conformance::mistakes(&self.shared.contract, &exchange));
            self.coverage().entry(engine).or_default().count(self.document(), &exchange);
        }
        ran.map_err(|_| format!("not over after {LIMIT:?}"))?;
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes.join("\n").into()) }
    }

    /// Prints the table of what was exercised on an engine, keeps it in `target/contract/coverage-<engine>.md`, and says
    /// what is missing.
    pub(crate) fn covers_the_document(&self, engine: Engine) -> bool {
        let mut coverage = self.coverage();
        let coverage = coverage.entry(engine).or_default();
        let survey = coverage.survey(self.document(), &Exceptions { answers: EXCEPTIONS, sites: &[] });
        let table = survey.table().to_string();
        println!("{}\n{table}", engine.name());
        if let Err(error) = keep(engine, &table) {
            eprintln!("the table could not be kept: {error}");
        }
        let mut gaps = coverage.gaps(self.document(), EXCEPTIONS, &[shop::RAW, shop::SDK]);
        let codes = self.shared.contract.codes().filter(|code| !UNRECORDED_CODES.contains(code));
        gaps.extend(coverage.missing_codes(codes));
        for gap in &gaps {
            eprintln!("coverage on {}: {gap}", engine.name());
        }
        gaps.is_empty()
    }

    fn coverage(&self) -> MutexGuard<'_, BTreeMap<Engine, Coverage>> {
        self.shared.coverage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn document(&self) -> &Document {
        self.shared.contract.document()
    }
}

fn keep(engine: Engine, table: &str) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("contract");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("coverage-{}.md", engine.name())), table)
}
