//! The connections that read: the idle ones are borrowed, and what takes too long is stopped.
//!
//! A read runs on the caller's thread: most take a few microseconds, less than handing them to another thread would.
//! A search, which may have to look at every row, runs on a thread that may wait.

use std::{
    os::raw::c_int,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::available_parallelism,
};

use crossbeam_queue::ArrayQueue;
use orderly_domain::{Deadline, Result, StoreError};
use rusqlite::Connection;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{connection::open_reader, error::internal};

/// So many connections stay open while nobody reads.
const IDLE: usize = 64;

/// After so many steps of SQLite's machine somebody asks whether the statement is to go on: each tenth of a millisecond
/// or so, which the steps between do not notice.
const STEPS: c_int = 10_000;

/// Readers of the database in one file.
pub(crate) struct Readers {
    path: PathBuf,
    idle: ArrayQueue<Connection>,
    open: AtomicUsize,
    /// More searches at once than there are cores make each other slower, and the rest of the server too.
    searches: Arc<Semaphore>,
}

/// A borrowed connection. It goes back when the read has ended, however that was.
struct Reader<'a> {
    readers: &'a Readers,
    conn: Option<Connection>,
}

/// Says that nobody waits any more once it is dropped.
#[derive(Default)]
struct Waiting(Arc<AtomicBool>);

impl Readers {
    pub(crate) fn new(path: &Path) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self {
            path: path.to_owned(),
            idle: ArrayQueue::new(IDLE),
            open: AtomicUsize::new(0),
            searches: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Connections that are open, and those of them that nobody uses.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.open.load(Ordering::Relaxed), self.idle.len())
    }

    /// Runs `work` on a connection that cannot write, until the deadline of the running task.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        match Deadline::current() {
            None => self.borrow()?.run(work),
            Some(deadline) if deadline.has_passed() => Err(StoreError::DeadlineExceeded),
            Some(deadline) => self.borrow()?.run_until(move || deadline.has_passed(), work),
        }
    }

    /// Runs `work` beside the async threads, until the deadline of the running task or until nobody waits for it.
    pub(crate) async fn search<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let slot = Arc::clone(&self.searches).acquire_owned().await.expect("the semaphore is never closed");
        let deadline = Deadline::current();
        let waiting = Waiting::default();
        let left = Arc::clone(&waiting.0);
        let stop = move || left.load(Ordering::Relaxed) || deadline.is_some_and(Deadline::has_passed);
        let readers = Arc::clone(self);
        let search = spawn_blocking(move || {
            // The slot is free when the work has really ended.
            let _slot = slot;
            if stop() { Err(StoreError::DeadlineExceeded) } else { readers.borrow()?.run_until(stop, work) }
        });
        search.await.map_err(internal)?
    }

    fn borrow(&self) -> Result<Reader<'_>> {
        let conn = match self.idle.pop() {
            Some(conn) => conn,
            None => {
                let conn = open_reader(&self.path)?;
                self.open.fetch_add(1, Ordering::Relaxed);
                conn
            }
        };
        Ok(Reader { readers: self, conn: Some(conn) })
    }
}

impl Reader<'_> {
    fn run<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        work(self.conn.as_ref().expect("taken only when the reader is dropped"))
    }

    /// Runs `work` and interrupts its statement as soon as `stop` says so, which is `DeadlineExceeded`.
    fn run_until<T>(
        &self,
        stop: impl Fn() -> bool + Send + 'static,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        self.run(|conn| {
            conn.progress_handler(STEPS, Some(stop)).map_err(internal)?;
            work(conn)
        })
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        let disarmed = conn.progress_handler(0, None::<fn() -> bool>);
        // One whose work broke off inside of a transaction would see the past for ever. If enough are idle already,
        // this one is closed, too.
        if disarmed.is_err() || !conn.is_autocommit() || self.readers.idle.push(conn).is_err() {
            self.readers.open.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
