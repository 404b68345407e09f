//! The contract suite: scenarios against the real server, in which every request and every answer is held to the
//! document; and after them the table of what was exercised, with nothing missing.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

mod accounts;
mod audit;
mod catalogue;
mod errors;
mod exceptions;
mod faults;
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

use self::{scenario::Scenario, suite::Suite};

/// Every scenario, by subject.
const SUBJECTS: [(&str, &[Scenario]); 13] = [
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
    ("sdk", sdk::SCENARIOS),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let suite = Suite::new();
    let trials = SUBJECTS
        .iter()
        .flat_map(|(subject, scenarios)| scenarios.iter().map(|scenario| suite.trial(subject, *scenario)));
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    let whole = !arguments.list && conclusion.num_filtered_out == 0 && conclusion.num_ignored == 0;
    let covered = !whole || suite.covers_the_document();
    if covered && !conclusion.has_failed() { ExitCode::SUCCESS } else { ExitCode::from(101) }
}
