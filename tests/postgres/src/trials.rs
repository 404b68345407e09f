//! Tests that need PostgreSQL: run where it is installed, required where `ORDERLY_TEST_POSTGRES=required`, and otherwise
//! counted as ignored, loudly. What did not run is never green.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Conclusion, Trial};

use crate::{Installation, NotInstalled};

/// Set to `required` where a missing PostgreSQL has to fail the tests.
const VARIABLE: &str = "ORDERLY_TEST_POSTGRES";

/// Why tests that need PostgreSQL cannot run here; `None` if they can or have to.
pub fn missing() -> Option<NotInstalled> {
    let required = std::env::var(VARIABLE).is_ok_and(|value| value == "required");
    if required { None } else { Installation::find().err() }
}

/// A test that needs PostgreSQL, with a runtime of its own.
pub fn trial<F>(name: impl Into<String>, test: impl FnOnce() -> F + Send + 'static) -> Trial
where
    F: Future<Output = ()>,
{
    let run = move || {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(4).enable_all().build().expect("threads can be started");
        runtime.block_on(test());
        Ok(())
    };
    Trial::test(name, run).with_ignored_flag(missing().is_some())
}

/// Runs the tests of a program as `cargo test` runs others, and says when those that need PostgreSQL did not run.
pub fn run(trials: Vec<Trial>) -> ExitCode {
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials);
    tell_what_is_missing(&conclusion);
    conclusion.exit_code()
}

/// Says on standard error that tests did not run for want of a PostgreSQL, if that is so.
pub fn tell_what_is_missing(conclusion: &Conclusion) {
    if let Some(missing) = missing() {
        let tests = conclusion.num_ignored;
        eprintln!(
            "NOT RUN: {tests} tests on PostgreSQL. {missing}. {VARIABLE}=required makes this a failure."
        );
    }
}
