//! Logs: structured lines as text or JSON, at the configured level, written by a thread of their own.
//!
//! Whoever logs only queues the line: a terminal or a pipe that nobody reads must not hold up requests. When the queue
//! is full, lines are dropped and counted.

use std::io::{self, BufWriter};

use tracing::Subscriber;
use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{
    EnvFilter, fmt, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt, util::TryInitError,
};

use super::{fields::Fields, line::Line};
use crate::config::Log;

/// So many lines wait at most; a line is some 300 bytes.
const QUEUE: usize = 16_384;

/// The running writer of the logs. Dropped, it writes what is queued, for at most a second.
#[derive(Debug)]
pub struct Logs {
    dropped: ErrorCounter,
    _writer: WorkerGuard,
}

/// Sends this process's logs to standard error from now on.
///
/// # Errors
/// When the process already has a subscriber.
pub fn init(log: &Log) -> Result<Logs, TryInitError> {
    // The thread writes what has queued up before it flushes: many lines share a system call.
    let (queue, writer) = NonBlockingBuilder::default()
        .buffered_lines_limit(QUEUE)
        .thread_name("log-writer")
        .finish(BufWriter::with_capacity(64 * 1024, io::stderr()));
    let dropped = queue.error_counter();
    subscriber(log, queue).try_init()?;
    Ok(Logs { dropped, _writer: writer })
}

impl Logs {
    /// How many lines were dropped because the queue was full.
    pub fn dropped(&self) -> impl Fn() -> u64 + Send + Sync + 'static {
        let dropped = self.dropped.clone();
        move || dropped.dropped_lines() as u64
    }
}

/// A subscriber that writes to `writer`. A line of a request carries what identifies the request.
pub fn subscriber<W>(log: &Log, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    // The configuration has checked the filter: what is not understood can only be skipped.
    let filter = EnvFilter::builder().parse_lossy(&log.level);
    let lines =
        fmt::layer().fmt_fields(Fields(log.format)).event_format(Line(log.format)).with_writer(writer);
    Box::new(tracing_subscriber::registry().with(filter).with(lines))
}
