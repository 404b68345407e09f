//! Logs: structured lines as text or JSON, at the configured level.

use std::error::Error;

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{Log, LogFormat};

/// Sends this process's logs to standard error from now on.
///
/// # Errors
/// When the process already has a subscriber.
pub fn init(log: &Log) -> Result<(), tracing_subscriber::util::TryInitError> {
    subscriber(log, std::io::stderr).try_init()
}

/// A subscriber that writes to `writer`. A line in JSON carries the fields of its request's span once, in `span`.
pub fn subscriber<W>(log: &Log, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    // The configuration has checked the filter: what is not understood can only be skipped.
    let registry = tracing_subscriber::registry().with(EnvFilter::builder().parse_lossy(&log.level));
    match log.format {
        LogFormat::Text => Box::new(registry.with(fmt::layer().with_writer(writer).with_ansi(false))),
        LogFormat::Json => {
            let json = fmt::layer().json().flatten_event(true).with_current_span(true).with_span_list(false);
            Box::new(registry.with(json.with_writer(writer)))
        }
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
