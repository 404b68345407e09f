//! The one writer: a thread that commits whatever has queued up as one transaction.
//!
//! SQLite lets one connection write at a time, and a durable commit waits for the disk. Whoever waits meanwhile shares
//! the next commit: up to [`BATCH`] jobs are answered once their common transaction is on disk. What nobody waits for
//! any more, or what comes to its turn after its deadline, is not begun. What was begun is not interrupted: all
//! statements of a write are short, and SQLite would roll back the whole batch (sqlite.org/c3ref/interrupt.html).

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
};

use orderly_domain::{Result, StoreError};
use rusqlite::Connection;
use tokio::sync::oneshot;

use self::job::{Job, Write};
use crate::error::unavailable;

mod batch;
mod job;

/// So many jobs share a commit at most; beyond that, a batch's latency grows and the disk's share is small already.
const BATCH: usize = 64;

/// So many jobs wait at most; whoever comes then is sent away and may come again.
pub(crate) const QUEUE: usize = 1024;

/// Hands jobs to the thread. Dropping it waits until the queue is worked off.
pub(crate) struct Writer {
    jobs: Option<SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
    counts: Arc<Counts>,
}

/// What the writer has to do and has done.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Jobs that wait for their turn.
    pub(crate) queued: AtomicUsize,
    /// Transactions that were committed.
    pub(crate) batches: AtomicU64,
    /// Jobs that were part of them.
    pub(crate) jobs: AtomicU64,
    /// Jobs that were not begun, because they came to their turn too late or nobody waited for them.
    pub(crate) dropped: AtomicU64,
}

/// Why a write was not taken, or not answered.
#[derive(Debug, thiserror::Error)]
enum WriterError {
    #[error("{QUEUE} writes are waiting already")]
    QueueFull,
    #[error("the writer has ended")]
    Ended,
}

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(conn: Connection) -> io::Result<Self> {
        let (jobs, queue) = sync_channel(QUEUE);
        let counts = Arc::new(Counts::default());
        let counted = Arc::clone(&counts);
        let thread = thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || serve(&conn, &queue, &counted))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), counts })
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Runs `work` in a transaction; the answer comes once it is on disk. If nobody waits for it any more when its turn
    /// comes, it is not done. It is run again if what it did had to be undone because of another job.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let answer = self.enqueue(work)?;
        answer.await.map_err(|_| unavailable(WriterError::Ended))?
    }

    /// Puts `work` into the queue; its answer comes through the channel.
    fn enqueue<T: Send + 'static>(
        &self,
        work: impl FnMut(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T>>> {
        let (job, answer) = Write::new(work);
        let jobs = self.jobs.as_ref().expect("taken only when the writer is dropped");
        self.counts.queued.fetch_add(1, Ordering::Relaxed);
        jobs.try_send(Box::new(job)).map_err(|error| {
            self.counts.queued.fetch_sub(1, Ordering::Relaxed);
            match error {
                TrySendError::Full(_) => unavailable(WriterError::QueueFull),
                TrySendError::Disconnected(_) => unavailable(WriterError::Ended),
            }
        })?;
        Ok(answer)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // The thread works off the queue and ends when nobody can send any more.
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the SQLite writer panicked");
        }
    }
}

/// Works off the queue until the last sender is gone, and leaves a short log behind.
fn serve(conn: &Connection, queue: &Receiver<Box<dyn Job>>, counts: &Counts) {
    let mut jobs = Vec::with_capacity(BATCH);
    while let Ok(first) = queue.recv() {
        for job in std::iter::once(first).chain(queue.try_iter()) {
            counts.queued.fetch_sub(1, Ordering::Relaxed);
            if job.is_wanted() {
                jobs.push(job);
            } else {
                counts.dropped.fetch_add(1, Ordering::Relaxed);
                job.answer(Err(StoreError::DeadlineExceeded));
            }
            if jobs.len() == BATCH {
                break;
            }
        }
        if !jobs.is_empty() {
            batch::work_off(conn, &mut jobs, counts);
        }
    }
    // Readers may be left that hold the log's beginning; then SQLite goes on with it at the next start.
    if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the write-ahead log was left as it is");
    }
}

#[cfg(test)]
mod tests;
