//! Jobs that are committed together.
//!
//! A refusal comes before anything is changed, so most failures leave nothing to undo, and the rest of the batch goes
//! on. A savepoint for each job would cost each a copy of every page that it touches. Instead, when a job fails half
//! done, the batch is rolled back and its jobs are run again, each in a transaction of its own.

use std::{
    slice,
    sync::{Arc, atomic::Ordering},
};

use orderly_domain::StoreError;
use rusqlite::Connection;

use super::{Counts, job::Job};
use crate::{
    error::{internal, unavailable},
    transaction::control,
};

/// Why a transaction was not committed; nothing of it has happened.
enum NotCommitted {
    /// A job failed after it had changed something.
    HalfDone,
    /// The database failed.
    Lost(StoreError),
}

/// What the jobs of such a transaction are told.
#[derive(Debug, thiserror::Error)]
enum BatchError {
    #[error("the database rolled the transaction back")]
    RolledBack,
    #[error("the transaction was lost")]
    Lost(#[source] Arc<StoreError>),
}

impl From<StoreError> for NotCommitted {
    fn from(error: StoreError) -> Self {
        Self::Lost(error)
    }
}

/// Runs, commits and answers the jobs.
pub(super) fn work_off(conn: &Connection, jobs: &mut Vec<Box<dyn Job>>, counts: &Counts) {
    match commit_counted(conn, jobs, counts) {
        Err(NotCommitted::HalfDone) if jobs.len() > 1 => {
            for mut job in jobs.drain(..) {
                let committed = commit_counted(conn, slice::from_mut(&mut job), counts);
                answer_all([job], committed);
            }
        }
        committed => answer_all(jobs.drain(..), committed),
    }
}

fn answer_all(jobs: impl IntoIterator<Item = Box<dyn Job>>, committed: Result<(), NotCommitted>) {
    let lost = match committed {
        // A job that failed half done was alone in its transaction: its own error is its answer.
        Ok(()) | Err(NotCommitted::HalfDone) => None,
        Err(NotCommitted::Lost(error)) => Some(Arc::new(error)),
    };
    for job in jobs {
        job.answer(lost.as_ref().map_or(Ok(()), |error| Err(lose(Arc::clone(error)))));
    }
}

fn commit_counted(conn: &Connection, jobs: &mut [Box<dyn Job>], counts: &Counts) -> Result<(), NotCommitted> {
    commit(conn, jobs)?;
    counts.batches.fetch_add(1, Ordering::Relaxed);
    counts.jobs.fetch_add(jobs.len() as u64, Ordering::Relaxed);
    Ok(())
}

/// Runs the jobs in one transaction.
fn commit(conn: &Connection, jobs: &mut [Box<dyn Job>]) -> Result<(), NotCommitted> {
    control(conn, "BEGIN IMMEDIATE")?;
    for job in jobs {
        let changes = conn.total_changes();
        let succeeded = job.run(conn);
        // A full disk, an I/O error or a lack of memory ends the transaction
        // (sqlite.org/lang_transaction.html, section 3): what ran before is gone, what is still to run must not.
        if conn.is_autocommit() {
            return Err(unavailable(BatchError::RolledBack).into());
        }
        if !succeeded && conn.total_changes() != changes {
            control(conn, "ROLLBACK")?;
            return Err(NotCommitted::HalfDone);
        }
    }
    let committed = control(conn, "COMMIT");
    if committed.is_err() && !conn.is_autocommit() {
        control(conn, "ROLLBACK")?;
    }
    Ok(committed?)
}

/// The same failure for each job of a batch.
fn lose(error: Arc<StoreError>) -> StoreError {
    match *error {
        StoreError::Unavailable(_) => unavailable(BatchError::Lost(error)),
        _ => internal(BatchError::Lost(error)),
    }
}

#[cfg(test)]
mod tests;
