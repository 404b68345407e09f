//! What is told of the running server: logs, metrics and traces. None of it is global but the logs' subscriber:
//! whoever has something to tell is given a [`Telemetry`].

mod fields;
mod line;
pub mod logs;
pub mod metrics;
pub mod traces;

use std::error::Error;

pub use self::{logs::Logs, metrics::Metrics, traces::Traces};
use self::{
    metrics::{Kind, Readings},
    traces::TracesError,
};
use crate::config;

/// Where a server's parts put what they have to tell.
#[derive(Debug, Clone, Default)]
pub struct Telemetry {
    /// Counts and times, for whoever asks.
    pub metrics: Metrics,
    /// Spans, for the configured collector.
    pub traces: Option<Traces>,
}

impl Telemetry {
    /// What is told of this process, with what its logs say of themselves.
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

    /// The same with spans, if a collector is configured. Has to be called on the runtime that serves.
    ///
    /// # Errors
    /// If the way to the collector cannot be made; an absent collector is no error.
    pub fn with_traces(self, config: &config::Traces) -> Result<Self, TracesError> {
        let collector = config.otlp_endpoint.as_ref();
        let traces =
            collector.map(|at| Traces::start(at.url().as_str(), config.sample_ratio(), &self.metrics));
        Ok(Self { traces: traces.transpose()?, ..self })
    }

    /// Sends the spans that are left, for a few seconds at most.
    pub async fn stop(self) {
        if let Some(traces) = self.traces {
            traces.stop().await;
        }
    }
}

/// An error and everything that caused it, in one line. Some libraries tell the cause themselves: once is enough.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let told = cause.to_string();
        if !text.ends_with(&told) {
            text = format!("{text}: {told}");
        }
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum Failed {
        #[error("the file cannot be read")]
        Quiet(#[source] io::Error),
        #[error("the file cannot be read: {0}")]
        Talkative(#[source] io::Error),
    }

    #[test]
    fn each_cause_is_told_once() {
        let gone = || io::Error::other("it is gone");
        for error in [Failed::Quiet(gone()), Failed::Talkative(gone())] {
            assert_eq!(chain(&error), "the file cannot be read: it is gone");
        }
    }
}
