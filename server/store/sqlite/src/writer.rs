//! The one writer: a thread that commits whatever has queued up as one transaction.
//!
//! SQLite lets one connection write at a time, and a durable commit waits for the disk. Whoever waits meanwhile shares
//! the next commit: up to [`BATCH`] jobs, each in its own savepoint, are answered once their common transaction is on
//! disk.

use std::{
    any::Any,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
};

use orderly_domain::{Result, StoreError};
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{
    error::{internal, unavailable},
    savepoint::{control, in_savepoint},
};

/// So many jobs share a commit at most; beyond that, a batch's latency grows and the disk's share is small already.
const BATCH: usize = 64;

/// So many jobs wait at most; whoever comes then is sent away and may come again.
const QUEUE: usize = 1024;

/// Hands jobs to the thread. Dropping it waits until the queue is worked off.
pub(crate) struct Writer {
    jobs: Option<SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

/// A write on its way through the thread: run once in a batch's transaction, then answered once.
trait Job: Send {
    fn run(&mut self, conn: &Connection);
    fn answer(self: Box<Self>, committed: Result<()>);
}

struct Write<T, Work> {
    work: Option<Work>,
    outcome: Option<Result<T>>,
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
        let thread =
            thread::Builder::new().name("sqlite-writer".into()).spawn(move || serve(&conn, &queue))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs `work` in a transaction; the answer comes once it is on disk. It is done also if nobody waits for it.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Write { work: Some(work), outcome: None, reply });
        let jobs = self.jobs.as_ref().expect("taken only when the writer is dropped");
        jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => unavailable(WriteError::QueueFull),
            TrySendError::Disconnected(_) => unavailable(WriteError::Ended),
        })?;
        answer.await.map_err(|_| unavailable(WriteError::Ended))?
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

/// Works off the queue until the last sender is gone.
fn serve(conn: &Connection, queue: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = queue.recv() {
        let mut jobs: Vec<_> = std::iter::once(first).chain(queue.try_iter()).take(BATCH).collect();
        let lost = commit_together(conn, &mut jobs).err().map(Arc::new);
        for job in jobs {
            job.answer(lost.as_ref().map_or(Ok(()), |error| Err(lose(Arc::clone(error)))));
        }
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
