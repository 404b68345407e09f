//! What the database has to do and has done, for whoever watches the server.

use std::sync::atomic::Ordering::Relaxed;

use crate::{Sqlite, writer};

/// The state of the queue and the connections. Counters only grow; they begin at 0 when the database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Writes that wait for their turn.
    pub writes_waiting: usize,
    /// So many can wait; one more is sent away.
    pub writes_waiting_limit: usize,
    /// Transactions that were committed; each takes along the writes that have come together.
    pub batches: u64,
    /// Writes that were part of them.
    pub writes: u64,
    /// Writes that were not begun, because they came to their turn too late or nobody waited for them any more.
    pub writes_dropped: u64,
    /// Connections for reading that are open.
    pub readers_open: usize,
    /// Those of them that nobody uses.
    pub readers_idle: usize,
}

impl Sqlite {
    /// The figures of this moment. They cost a few loads; each is right by itself, not all of one instant.
    pub fn figures(&self) -> Figures {
        let counts = self.inner.writer.counts();
        let (readers_open, readers_idle) = self.inner.readers.counts();
        Figures {
            writes_waiting: counts.queued.load(Relaxed),
            writes_waiting_limit: writer::QUEUE,
            batches: counts.batches.load(Relaxed),
            writes: counts.jobs.load(Relaxed),
            writes_dropped: counts.dropped.load(Relaxed),
            readers_open,
            readers_idle,
        }
    }
}
