//! How a method of the contract is tried: within its deadline, and again where that cannot do harm.

use std::{marker::PhantomData, pin::Pin, time::Duration};

use orderly_domain::{Deadline, Result, StoreError};
use sqlx::{PgConnection, Postgres, Transaction};

use crate::{
    error::{Attempt, Failure, Meaning},
    pool::{Lease, Pool},
};

/// How often something is tried that concurrent transactions are in the way of.
const TRIES: u32 = 8;
/// The longest pause before the second try; it doubles with each further one.
const PAUSE: Duration = Duration::from_millis(4);
/// How long a statement that was cancelled has for its answer.
const GRACE: Duration = Duration::from_secs(1);

/// What may be done again after the connection was lost, when nobody knows whether the database did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Nothing: it changes something.
    Never,
    /// It reads, or is kept from happening twice by its idempotency key.
    Harmless,
}

/// The connection for one try of some work; `'a` is the life of what the work borrows, which is longer.
pub(crate) struct Try<'c, 'a: 'c>(pub(crate) &'c mut PgConnection, PhantomData<&'a ()>);

/// One try, boxed: a closure that gives a future of its own type cannot say that the future is `Send`.
pub(crate) type Trying<'c, T> = Pin<Box<dyn Future<Output = Attempt<T>> + Send + 'c>>;

impl Pool {
    /// Does `work` on a connection. What concurrent transactions got in the way of is tried again, after a pause by
    /// chance so that they do not meet again; what met a dead connection is tried once more on a new one.
    pub(crate) async fn attempt<'a, T>(
        &self,
        repeat: Repeat,
        work: impl for<'c> Fn(Try<'c, 'a>) -> Trying<'c, T> + Sync,
    ) -> Result<T> {
        let mut tries = 1;
        let mut lost_before = repeat == Repeat::Never;
        loop {
            let failure = match self.once(&work).await {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            };
            match failure.meaning() {
                Some(Meaning::Conflict) if tries < TRIES => {
                    let longest = PAUSE * 2_u32.pow(tries);
                    tokio::time::sleep(longest.mul_f64(fastrand::f64())).await;
                    tries += 1;
                }
                Some(Meaning::Lost) if !lost_before => lost_before = true,
                _ => return Err(failure.into()),
            }
        }
    }

    async fn once<'a, T>(&self, work: &(impl for<'c> Fn(Try<'c, 'a>) -> Trying<'c, T> + Sync)) -> Attempt<T> {
        let Some(deadline) = Deadline::current() else {
            let mut lease = self.take().await?;
            let outcome = work(Try(lease.work(), PhantomData)).await;
            return end(lease, outcome);
        };
        let moment = deadline.moment().into();
        let late = |_| Failure::from(StoreError::DeadlineExceeded);
        let mut lease = tokio::time::timeout_at(moment, self.take()).await.map_err(late)??;
        // What is late is not begun: a time limit lets its work begin first.
        if deadline.has_passed() {
            return Err(StoreError::DeadlineExceeded.into());
        }
        let cancel = lease.cancel();
        let mut working = work(Try(lease.work(), PhantomData));
        let outcome = match tokio::time::timeout_at(moment, &mut working).await {
            Ok(outcome) => outcome,
            // It may have come through in the last moment: the database's answer says what holds. Dropped without one,
            // the lease sees to it that the connection is cleared.
            Err(_) => {
                let told = async {
                    // If it cannot be told, the limits of the connection end the statement.
                    let _ = cancel.await;
                    working.as_mut().await
                };
                tokio::time::timeout(GRACE, told).await.map_err(late)?
            }
        };
        drop(working);
        end(lease, outcome.map_err(|failure| in_time(failure, deadline)))
    }
}

/// A lock that was waited for until after the deadline: the connection's limit on locks came before the cancellation.
fn in_time(failure: Failure, deadline: Deadline) -> Failure {
    match failure.meaning() {
        Some(Meaning::Busy) if deadline.has_passed() => StoreError::DeadlineExceeded.into(),
        _ => failure,
    }
}

/// Gives the connection back, or closes it if it is dead.
fn end<T>(lease: Lease, outcome: Attempt<T>) -> Attempt<T> {
    match &outcome {
        Err(failure) if failure.meaning() == Some(Meaning::Lost) => lease.lost(),
        _ => lease.done(),
    }
    outcome
}

/// Ends a transaction by what came of it: all of it happens, or nothing.
pub(crate) async fn end_transaction<T>(
    transaction: Transaction<'_, Postgres>,
    outcome: Attempt<T>,
) -> Attempt<T> {
    match outcome {
        Ok(value) => {
            transaction.commit().await?;
            Ok(value)
        }
        Err(failure) => {
            // Waited for, so that its locks are gone. If it fails the connection is dead, and that ends it as well.
            let _ = transaction.rollback().await;
            Err(failure)
        }
    }
}
