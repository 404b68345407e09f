//! Runs scenarios, each in a shop of its own, and holds what they exchanged to the document.

use std::{
    fmt::Write as _,
    fs, io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use libtest_mimic::{Failed, Trial};
use orderly_tests::{
    contract::{Contract, Conventions, Coverage, Document, Exchange},
    shop::{self, Shop},
};

use crate::{exceptions::EXCEPTIONS, scenario::Scenario};

/// A scenario that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// What is sent with this word in it must not come back in a problem.
pub(crate) const CANARY: &str = "canary";

const CONVENTIONS: Conventions = Conventions {
    problem: "#/components/schemas/Problem",
    invalid: "validation_failed",
    unknown_path: "route_not_found",
    unknown_method: "method_not_allowed",
    request_id: "X-Request-ID",
};

/// What all scenarios share: the contract, and what was covered of it.
#[derive(Clone)]
pub(crate) struct Suite {
    shared: Arc<Shared>,
}

struct Shared {
    contract: Contract,
    coverage: Mutex<Coverage>,
    runtime: tokio::runtime::Runtime,
}

impl Suite {
    pub(crate) fn new() -> Self {
        let document = serde_json::from_str(orderly_api::DOCUMENT_JSON).unwrap();
        let contract = Contract::new(Document::new(document).unwrap(), CONVENTIONS);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { shared: Arc::new(Shared { contract, coverage: Mutex::default(), runtime }) }
    }

    /// A scenario as a test.
    pub(crate) fn trial(&self, subject: &str, scenario: Scenario) -> Trial {
        let suite = self.clone();
        let name = format!("{subject}::{}", scenario.name);
        Trial::test(name, move || suite.shared.runtime.block_on(suite.run(scenario)))
    }

    async fn run(&self, scenario: Scenario) -> Result<(), Failed> {
        let shop = Shop::open().await;
        let ran = tokio::time::timeout(LIMIT, (scenario.run)(&shop)).await;
        let mut mistakes = String::new();
        for exchange in shop.log().take() {
            for mistake in self.mistakes(&exchange) {
                writeln!(mistakes, "{exchange}: {mistake}")?;
            }
            self.shared
                .coverage
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .count(self.document(), &exchange);
        }
        ran.map_err(|_| format!("not over after {LIMIT:?}"))?;
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes.into()) }
    }

    fn mistakes(&self, exchange: &Exchange) -> Vec<String> {
        let mut mistakes: Vec<String> =
            self.shared.contract.check(exchange).iter().map(ToString::to_string).collect();
        let body = String::from_utf8_lossy(&exchange.received.body);
        // The path is the problem's `instance`.
        let leaks = exchange.received.status.as_u16() >= 400
            && body.to_ascii_lowercase().contains(CANARY)
            && !exchange.sent.path.contains(CANARY);
        if leaks {
            mistakes.push(format!("the problem says what was sent: {body}"));
        }
        mistakes
    }

    /// Prints the table of what was exercised, keeps it in `target/contract/coverage.md`, and says what is missing.
    pub(crate) fn covers_the_document(&self) -> bool {
        let coverage = self.shared.coverage.lock().unwrap_or_else(PoisonError::into_inner);
        let table = coverage.table(self.document(), EXCEPTIONS).to_string();
        println!("{table}");
        if let Err(error) = keep(&table) {
            eprintln!("the table could not be kept: {error}");
        }
        let gaps = coverage.gaps(self.document(), EXCEPTIONS, &[shop::RAW, shop::SDK]);
        for gap in &gaps {
            eprintln!("coverage: {gap}");
        }
        gaps.is_empty()
    }

    fn document(&self) -> &Document {
        self.shared.contract.document()
    }
}

fn keep(table: &str) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("contract");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("coverage.md"), table)
}
