//! Servers that have drifted from their document, one test each: the engine has to find the drift, by a check that
//! should. The misses that are known are named, and one that is found after all fails.

use std::{
    process::ExitCode,
    sync::{Arc, LazyLock},
    time::Duration,
};

use libtest_mimic::{Arguments, Failed, Trial};
use orderly_contract::{
    Contract, Document,
    run::{self, Settings},
    target::{self, Target},
};
use orderly_tests::{
    conformance,
    drift::{Drift, DriftedServer, SUBJECTS},
    engines::Engine,
    shop::Shop,
};

/// What is found out about the document's schemas serves every run.
static CONTRACT: LazyLock<Contract> = LazyLock::new(conformance::contract);

/// Drifts that the engine does not find, and why.
const MISSES: [(&str, &str); 0] = [];

/// At least so many of a hundred drifts have to be found.
const WANTED_PER_CENT: usize = 95;

/// Random cases of a run, besides all others.
const RANDOM_CASES: usize = 20;

/// Operations on whose paths methods are tried that nobody declared.
const OUTSIDE: [&str; 3] = ["get_me", "get_product", "list_orders"];

/// A run that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(300);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let runtime = Arc::new(
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads can be started"),
    );
    let all = SUBJECTS.iter().flat_map(|(subject, drifts)| drifts.iter().map(move |drift| (subject, drift)));
    let mut trials: Vec<Trial> = all
        .map(|(subject, drift)| {
            let runtime = runtime.clone();
            Trial::test(format!("{subject}::{}", drift.name), move || runtime.block_on(is_found(drift)))
        })
        .collect();
    trials.push(Trial::test("enough_is_found", enough_is_found));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The list itself: no name twice, and few enough misses.
fn enough_is_found() -> Result<(), Failed> {
    let mut names: Vec<&str> =
        SUBJECTS.iter().flat_map(|(_, drifts)| drifts.iter().map(|drift| drift.name)).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    if names.len() != count {
        return Err("a drift is there twice".into());
    }
    for (name, _) in MISSES {
        if !names.contains(&name) {
            return Err(format!("{name} is called a miss, and is no drift").into());
        }
    }
    let found = 100 * (count - MISSES.len());
    if found < WANTED_PER_CENT * count {
        return Err(format!("{} of {count} drifts are found", count - MISSES.len()).into());
    }
    Ok(())
}

async fn is_found(drift: &'static Drift) -> Result<(), Failed> {
    let is_right = |(check, operation): &(&str, String)| {
        let here = operation == drift.seen_at || drift.operation.is_empty();
        here && drift.found_by.iter().any(|wanted| wanted.name() == *check)
    };
    let mut found = Vec::new();
    // Most are found in a run of their own operation; what takes its neighbours to be seen is found in a longer one.
    for operations in runs(drift) {
        let run = tokio::time::timeout(LIMIT, findings(drift, operations)).await;
        found.extend(run.map_err(|_| "not over in time")??);
        if found.iter().any(is_right) {
            break;
        }
    }
    let by_the_right_one = found.iter().any(is_right);
    let miss = MISSES.iter().find(|(name, _)| *name == drift.name);
    match (by_the_right_one, miss) {
        (true, None) | (false, Some(_)) => Ok(()),
        (true, Some((_, why))) => {
            Err(format!("it is found, though it is called a miss because {why}").into())
        }
        (false, None) => {
            let wanted: Vec<&str> = drift.found_by.iter().map(|check| check.name()).collect();
            Err(format!("wanted {wanted:?} at `{}`, found {found:#?}", drift.seen_at).into())
        }
    }
}

/// The operations of each run in which a drift may be found.
fn runs(drift: &Drift) -> Vec<Vec<String>> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let Some(operation) = CONTRACT.document().operation(drift.operation) else {
        // What lies outside of all operations is tried on the paths of a few.
        return vec![owned(&OUTSIDE)];
    };
    vec![owned(&[drift.operation]), vec![format!("tag:{}", operation.tag)]]
}

/// What the engine finds at a drifted server in a run of some operations: the check and the operation of each finding.
async fn findings(drift: &Drift, operations: Vec<String>) -> Result<Vec<(&'static str, String)>, Failed> {
    let shop = Shop::open(Engine::Sqlite).await;
    let identities = shop.identities(CONTRACT.document()).await;
    let document: Arc<Document> = Arc::new(conformance::document());
    let administrator = shop.administrator.authorization().parse()?;
    let server = DriftedServer::start(*drift, document, shop.server_address(), administrator).await?;
    let settings = target::Settings { identities, ..target::Settings::default() };
    let target = Target::new(&format!("http://{}", server.address()), settings)?;
    let settings = Settings { cases: RANDOM_CASES, operations, ..Settings::default() };
    let report = run::run(&CONTRACT, &target, &settings, &mut ()).await?;
    let findings = report.findings.into_iter();
    Ok(findings.map(|reported| (reported.finding.check.name(), reported.operation)).collect())
}
