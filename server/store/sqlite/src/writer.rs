//! The one writer: a thread that commits whatever has queued up as one transaction.
//!
//! SQLite lets one connection write at a time, and a durable commit waits for the disk. Whoever waits meanwhile shares
//! the next commit: up to [`BATCH`] jobs, each in its own savepoint, are answered once their common transaction is on
//! disk. What nobody waits for any more, or what comes to its turn after its deadline, is not begun. What was begun is not
//! interrupted: all statements of a write are short, and SQLite would roll back the whole batch
//! (sqlite.org/c3ref/interrupt.html).

use std::{
    any::Any,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
};

use orderly_domain::{Deadline, Result, StoreError};
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{
    error::{internal, unavailable},
    savepoint::{control, in_savepoint},
};

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

/// A write on its way through the thread: run once in a batch's transaction, then answered once.
trait Job: Send {
    /// Whether there is still a use in running it.
    fn is_wanted(&self) -> bool;
    fn run(&mut self, conn: &Connection);
    fn answer(self: Box<Self>, committed: Result<()>);
}

struct Write<T, Work> {
    work: Option<Work>,
    outcome: Option<Result<T>>,
    deadline: Option<Deadline>,
    reply: oneshot::Sender<Result<T>>,
}

/// Why a write is not on disk although nothing is wrong with it.
#[derive(Debug, thiserror::Error)]
enum WriteError {
    #[error("{QUEUE} writes are waiting already")]
    QueueFull,
    #[error("the writer has ended")]
    Ended,
    #[error("the database rolled the transaction back")]
    RolledBack,
    #[error("the transaction was lost")]
    Lost(#[source] Arc<StoreError>),
    #[error("a write panicked: {0}")]
    Panicked(String),
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
    /// comes, it is not done.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let answer = self.enqueue(work)?;
        answer.await.map_err(|_| unavailable(WriteError::Ended))?
    }

    /// Puts `work` into the queue; its answer comes through the channel.
    fn enqueue<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T>>> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Write { work: Some(work), outcome: None, deadline: Deadline::current(), reply });
        let jobs = self.jobs.as_ref().expect("taken only when the writer is dropped");
        self.counts.queued.fetch_add(1, Ordering::Relaxed);
        jobs.try_send(job).map_err(|error| {
            self.counts.queued.fetch_sub(1, Ordering::Relaxed);
            match error {
                TrySendError::Full(_) => unavailable(WriteError::QueueFull),
                TrySendError::Disconnected(_) => unavailable(WriteError::Ended),
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

impl<T: Send, Work: FnOnce(&Connection) -> Result<T> + Send> Job for Write<T, Work> {
    fn is_wanted(&self) -> bool {
        !self.reply.is_closed() && !self.deadline.is_some_and(Deadline::has_passed)
    }

    fn run(&mut self, conn: &Connection) {
        if let Some(work) = self.work.take() {
            let caught = |conn: &Connection| {
                catch_unwind(AssertUnwindSafe(|| work(conn)))
                    .unwrap_or_else(|panic| Err(internal(WriteError::Panicked(message(panic.as_ref())))))
            };
            self.outcome = Some(in_savepoint(conn, "job", caught));
        }
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let Self { outcome, reply, .. } = *self;
        let outcome = outcome.unwrap_or_else(|| Err(unavailable(WriteError::RolledBack)));
        // Nobody may be waiting any more.
        let _ = reply.send(committed.and(outcome));
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
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
            work_off(conn, &mut jobs, counts);
        }
    }
    // Readers may be left that hold the log's beginning; then SQLite goes on with it at the next start.
    if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the write-ahead log was left as it is");
    }
}

fn work_off(conn: &Connection, jobs: &mut Vec<Box<dyn Job>>, counts: &Counts) {
    let lost = commit_together(conn, jobs).err().map(Arc::new);
    if lost.is_none() {
        counts.batches.fetch_add(1, Ordering::Relaxed);
        counts.jobs.fetch_add(jobs.len() as u64, Ordering::Relaxed);
    }
    for job in jobs.drain(..) {
        job.answer(lost.as_ref().map_or(Ok(()), |error| Err(lose(Arc::clone(error)))));
    }
}

/// Runs the jobs in one transaction. If that fails, none of them has happened.
fn commit_together(conn: &Connection, jobs: &mut [Box<dyn Job>]) -> Result<()> {
    control(conn, "BEGIN IMMEDIATE")?;
    for job in jobs {
        job.run(conn);
        // A full disk, an I/O error or a lack of memory ends the transaction, savepoints and all
        // (sqlite.org/lang_transaction.html, section 3): what ran before is gone, what is still to run must not.
        if conn.is_autocommit() {
            return Err(unavailable(WriteError::RolledBack));
        }
    }
    let committed = control(conn, "COMMIT");
    if committed.is_err() && !conn.is_autocommit() {
        control(conn, "ROLLBACK")?;
    }
    committed
}

/// The same failure for each job of a batch.
fn lose(error: Arc<StoreError>) -> StoreError {
    match *error {
        StoreError::Unavailable(_) => unavailable(WriteError::Lost(error)),
        _ => internal(WriteError::Lost(error)),
    }
}

#[cfg(test)]
mod tests;
