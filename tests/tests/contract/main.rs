//! The contract suite: scenarios against the real server, in which every request and every answer is held to the
//! document; and after them the table of what was exercised, with nothing missing.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

mod accounts;
mod audit;
mod catalogue;
mod engine;
mod errors;
mod examples;
mod exceptions;
mod faults;
mod limits;
mod notes;
mod orders;
mod paging;
mod repeating;
mod scenario;
mod sdk;
mod sessions;
mod suite;
mod sweeps;
mod tokens;

use std::process::ExitCode;

use libtest_mimic::Arguments;
use orderly_tests::engines::Engine;
use orderly_throwaway_postgres::tell_what_is_missing;

use self::{scenario::Scenario, suite::Suite};

/// Every scenario, by subject.
const SUBJECTS: [(&str, &[Scenario]); 15] = [
    ("accounts", accounts::SCENARIOS),
    ("sessions", sessions::SCENARIOS),
    ("tokens", tokens::SCENARIOS),
    ("catalogue", catalogue::SCENARIOS),
    ("orders", orders::SCENARIOS),
    ("notes", notes::SCENARIOS),
    ("audit", audit::SCENARIOS),
    ("paging", paging::SCENARIOS),
    ("repeating", repeating::SCENARIOS),
    ("errors", errors::SCENARIOS),
    ("sweeps", sweeps::SCENARIOS),
    ("faults", faults::SCENARIOS),
    ("limits", limits::SCENARIOS),
    ("sdk", sdk::SCENARIOS),
    ("examples", examples::SCENARIOS),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let suite = Suite::new();
    let scenarios = Engine::ALL.into_iter().flat_map(|engine| {
        let scenarios = SUBJECTS
            .iter()
            .flat_map(|(subject, scenarios)| scenarios.iter().map(move |scenario| (subject, scenario)));
        let suite = &suite;
        scenarios.map(move |(subject, scenario)| suite.trial(engine, subject, *scenario))
    });
    // The contract engine comes first, because it takes longest.
    let trials = Engine::ALL.into_iter().map(|engine| engine::trial(&suite, engine)).chain(scenarios);
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    let whole = !arguments.list && conclusion.num_filtered_out == 0;
    let ran = Engine::ALL.into_iter().filter(|engine| !engine.is_missing());
    // Each engine's table is printed, also when the first has a gap.
    let gaps = ran.filter(|&engine| whole && !suite.covers_the_document(engine)).count();
    let covered = gaps == 0;
    tell_what_is_missing(&conclusion);
    if covered && !conclusion.has_failed() { ExitCode::SUCCESS } else { ExitCode::from(101) }
}
