//! Runs scenarios, each in a shop of its own, and holds what they exchanged to the document.

use std::{
    collections::BTreeMap,
    fs,
    future::Future,
    io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use libtest_mimic::{Failed, Trial};
use orderly_contract::{
    Contract, Coverage, Document,
    coverage::{Exceptions, page},
    report::Report,
};
use orderly_tests::{
    conformance,
    engines::Engine,
    shop::{self, Shop},
};

use crate::{
    exceptions::{EXCEPTIONS, UNRECORDED_CODES},
    scenario::Scenario,
};

/// So many of a hundred sides of the document's rules for requests have to be seen: each kept by a request that was
/// accepted, and broken by one that was refused.
const RULES: f64 = 95.0;

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
        Trial::test(name, move || suite.block_on(suite.run(engine, scenario)))
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

    /// Runs what a trial does.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.shared.runtime.block_on(future)
    }

    /// Adds what was exercised on an engine.
    pub(crate) fn add(&self, engine: Engine, coverage: Coverage) {
        self.coverage().entry(engine).or_default().merge(coverage);
    }

    /// Prints what was exercised on an engine, keeps it in `target/contract` as `coverage-<engine>.md` and as a page, and
    /// says what is missing.
    pub(crate) fn covers_the_document(&self, engine: Engine) -> bool {
        let coverage = self.coverage().entry(engine).or_default().clone();
        let exceptions = Exceptions { answers: EXCEPTIONS, ..Exceptions::default() };
        let survey = coverage.survey(self.document(), &exceptions);
        let table = survey.table().to_string();
        println!("{}\n{table}", engine.name());
        let mut gaps = coverage.gaps(self.document(), EXCEPTIONS, &[shop::RAW, shop::SDK]);
        let codes = self.shared.contract.codes().filter(|code| !UNRECORDED_CODES.contains(code));
        gaps.extend(coverage.missing_codes(codes));
        if survey.rules().percent() < RULES {
            gaps.extend(survey.missing_rules());
        }
        for gap in &gaps {
            eprintln!("coverage on {}: {gap}", engine.name());
        }
        let page = page(self.document(), &Report { coverage, ..Report::default() }, &exceptions);
        for (form, text) in [("md", table), ("html", page)] {
            if let Err(error) = keep(engine, form, &text) {
                eprintln!("the coverage could not be kept: {error}");
            }
        }
        gaps.is_empty()
    }

    fn coverage(&self) -> MutexGuard<'_, BTreeMap<Engine, Coverage>> {
        self.shared.coverage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn contract(&self) -> &Contract {
        &self.shared.contract
    }

    pub(crate) fn document(&self) -> &Document {
        self.shared.contract.document()
    }
}

fn keep(engine: Engine, form: &str, text: &str) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("contract");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("coverage-{}.{form}", engine.name())), text)
}
