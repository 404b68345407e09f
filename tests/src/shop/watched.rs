//! Holds a shop to the document from the inside as well: its own contract watch looks at every answer, and a shop that
//! broke the document fails its test at the end.

use std::{
    thread,
    time::{Duration, Instant},
};

use orderly_server::{config::Config, telemetry::Telemetry};

/// Checking what is left in the queue takes less.
const PATIENCE: Duration = Duration::from_secs(10);

/// The watch of one shop. When it is dropped, the test fails if an answer broke the document.
#[derive(Debug, Default)]
pub(super) struct Watched(Telemetry);

impl Watched {
    /// Has every answer watched.
    pub(super) fn configure(&self, config: &mut Config) -> &Telemetry {
        config.contract_watch.sample_per_mille = 1000;
        &self.0
    }

    /// What the watch has found, once it has looked at everything.
    fn violations(&self) -> Vec<String> {
        let begun = Instant::now();
        let mut text = self.0.metrics.text();
        while !text.contains("orderly_contract_waiting 0\n") && begun.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(2));
            text = self.0.metrics.text();
        }
        let found = text.lines().filter(|line| line.starts_with("orderly_contract_violations_total{"));
        found.map(str::to_owned).collect()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // A test that fails already says why.
        if !thread::panicking() {
            let violations = self.violations();
            assert!(violations.is_empty(), "answers broke the document; the log says how: {violations:#?}");
        }
    }
}
