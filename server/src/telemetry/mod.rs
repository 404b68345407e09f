//! What is told of the running server: logs, metrics and traces. None of it is global but the logs' subscriber:
//! whoever has something to tell is given a [`Telemetry`].

mod json_line;
pub mod logs;
pub mod metrics;
pub mod traces;

use std::error::Error;

use self::metrics::{Kind, Readings};
pub use self::{logs::Logs, metrics::Metrics, traces::Traces};

/// Where a server's parts put what they have to tell.
#[derive(Debug, Clone, Default)]
pub struct Telemetry {
    /// Counts and times, for whoever asks.
    pub metrics: Metrics,
    /// Spans, for the configured collector.
    pub traces: Option<Traces>,
}

impl Telemetry {
    /// What is told of this process, with what it and its logs say of themselves.
    pub fn of_this_process(logs: &Logs) -> Self {
        let metrics = Metrics::of_this_process();
        metrics.read(Readings::one(
            "orderly_log_lines_dropped",
            "Log lines that were dropped because they were not written fast enough",
            Kind::Counter,
            logs.dropped(),
        ));
        Self { metrics, traces: None }
    }
}

/// An error and everything that caused it, in one line.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}
