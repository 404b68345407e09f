//! A write on its way through the writer's thread.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};

use orderly_domain::{Deadline, Result};
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::error::internal;

/// A write: run in a batch's transaction, then answered once.
pub(super) trait Job: Send {
    /// Whether there is still a use in running it.
    fn is_wanted(&self) -> bool;
    /// Runs it, and says whether it succeeded. Only the last run counts: what an earlier one did was rolled back.
    fn run(&mut self, conn: &Connection) -> bool;
    /// Gives the outcome of the last run if that is on disk, and otherwise why it is not.
    fn answer(self: Box<Self>, committed: Result<()>);
}

/// The job that `work` is.
pub(super) struct Write<T, Work> {
    work: Work,
    outcome: Option<Result<T>>,
    deadline: Option<Deadline>,
    reply: oneshot::Sender<Result<T>>,
}

/// A job left its work undone.
#[derive(Debug, thiserror::Error)]
enum JobError {
    #[error("a write panicked: {0}")]
    Panicked(String),
    #[error("a write was not run")]
    NotRun,
}

impl<T, Work> Write<T, Work> {
    /// The job, under the deadline of the running task, and the channel for its answer.
    pub(super) fn new(work: Work) -> (Self, oneshot::Receiver<Result<T>>) {
        let (reply, answer) = oneshot::channel();
        (Self { work, outcome: None, deadline: Deadline::current(), reply }, answer)
    }
}

impl<T: Send, Work: FnMut(&Connection) -> Result<T> + Send> Job for Write<T, Work> {
    fn is_wanted(&self) -> bool {
        !self.reply.is_closed() && !self.deadline.is_some_and(Deadline::has_passed)
    }

    fn run(&mut self, conn: &Connection) -> bool {
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.work)(conn)))
            .unwrap_or_else(|panic| Err(internal(JobError::Panicked(message(panic.as_ref())))));
        self.outcome.insert(outcome).is_ok()
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let Self { outcome, reply, .. } = *self;
        let answer = committed.and_then(|()| outcome.unwrap_or_else(|| Err(internal(JobError::NotRun))));
        // Nobody may be waiting any more.
        let _ = reply.send(answer);
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}
