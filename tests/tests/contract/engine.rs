//! The engine itself, on a shop of its own: what the document says is tried rule by rule, at random, in a row and by
//! probes. The scenarios show what a document cannot say; this shows that nothing it does say was forgotten.

use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use orderly_contract::{
    report::{self, Report},
    run,
    target::{Settings, Target},
};
use orderly_tests::{engines::Engine, shop::Shop};

use crate::suite::Suite;

/// A run that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(300);

/// So many random cases: enough that each operation has some. `cargo xtask contract` has twenty thousand.
const RANDOM_CASES: usize = 100;

/// The run as a test.
pub(crate) fn trial(suite: &Suite, engine: Engine) -> Trial {
    let suite = suite.clone();
    let name = format!("{}::engine::everything_that_the_document_says_holds", engine.name());
    Trial::test(name, move || suite.block_on(run(&suite, engine))).with_ignored_flag(engine.is_missing())
}

async fn run(suite: &Suite, engine: Engine) -> Result<(), Failed> {
    let shop = Shop::open(engine).await;
    let identities = shop.identities(suite.document()).await;
    let base_url = format!("http://{}", shop.server_address());
    let settings = Settings { identities, time_limit: LIMIT, ..Settings::default() };
    let target = Target::new(&base_url, settings)?;
    let settings = run::Settings { cases: RANDOM_CASES, jobs: 4, ..run::Settings::default() };
    let mut silent = ();
    let ran = run::run(suite.contract(), &target, &settings, &mut silent);
    let report =
        tokio::time::timeout(LIMIT, ran).await.map_err(|_| format!("not over after {LIMIT:?}"))??;
    let findings = in_words(&report);
    suite.add(engine, report.coverage);
    if findings.is_empty() { Ok(()) } else { Err(findings.into()) }
}

/// Every finding with the commands that show it again.
fn in_words(report: &Report) -> String {
    let stopped = report.stopped.iter().map(|why| format!("the run ended early: {why}\n"));
    let findings = report.findings.iter().map(|found| {
        let story = found.story.iter().map(|exchange| &exchange.sent).chain(&found.unanswered);
        let commands = story.map(|sent| format!("  {}\n", report::curl(&report.base_url, sent)));
        let commands: String = commands.collect();
        format!("{} ({}, {} times): {}\n{commands}", found.operation, found.title, found.times, found.finding)
    });
    stopped.chain(findings).collect()
}
