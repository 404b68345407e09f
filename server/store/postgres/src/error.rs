//! What PostgreSQL's failures mean to the shop: one table of constraints, and one of codes.

use std::error::Error;

use orderly_domain::{Rejection, StoreError};

/// Why an attempt did not succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It has an outcome, which is the caller's: a rule refuses it, or there is no such thing.
    Outcome(StoreError),
    /// The database failed.
    Database(sqlx::Error),
}

/// What came of one attempt.
pub(crate) type Attempt<T> = Result<T, Failure>;

/// What a failure of the database means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Concurrent transactions were in each other's way: this one is undone and may be tried again at once.
    Conflict,
    /// The connection is of no use any more.
    Lost,
    /// The database cannot do it now; the connection is fine.
    Busy,
    /// The statement was stopped, by a time limit or because somebody asked for it.
    Stopped,
    /// What must not happen.
    Wrong,
}

/// Constraints that concurrent requests can run into, and what they mean.
///
/// Whatever is not here is looked at before it is written, and its constraint is the second line of defence.
const CONSTRAINTS: &[(&str, Rejection)] =
    &[("accounts_email", Rejection::EmailTaken), ("products_sku", Rejection::SkuTaken)];

/// The constraint that keeps one answer for each idempotency key.
const ANSWERS: &str = "idempotency_records_pkey";

/// SQLSTATE codes and classes (PostgreSQL's documentation, appendix A); the first that a code begins with counts.
const CODES: &[(&str, Meaning)] = &[
    ("40001", Meaning::Conflict),
    ("40P01", Meaning::Conflict),
    ("57014", Meaning::Stopped),
    ("55P03", Meaning::Busy),
    // Insufficient resources: too many connections, no memory, a full disk.
    ("53", Meaning::Busy),
    // A system error outside of PostgreSQL, such as one of its disks.
    ("58", Meaning::Busy),
    // The server became a standby: the address may lead to the new primary by now.
    ("25006", Meaning::Lost),
    // Shutting down, crashed, starting up; the connection broke; it was refused.
    ("57P", Meaning::Lost),
    ("25P03", Meaning::Lost),
    ("08", Meaning::Lost),
    ("28", Meaning::Lost),
    ("3D", Meaning::Lost),
];

/// What this failure of the database means.
pub(crate) fn meaning(error: &sqlx::Error) -> Meaning {
    match error {
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            CODES
                .iter()
                .find(|(prefix, _)| code.starts_with(prefix))
                .map_or(Meaning::Wrong, |(_, meaning)| *meaning)
        }
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => Meaning::Lost,
        _ => Meaning::Wrong,
    }
}

impl Failure {
    /// Whether there is an answer for the idempotency key already, which another request is storing or has stored.
    pub(crate) fn is_answered(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.constraint() == Some(ANSWERS))
    }

    /// What it means, if the database failed.
    pub(crate) fn meaning(&self) -> Option<Meaning> {
        match self {
            Self::Database(error) => Some(meaning(error)),
            Self::Outcome(_) => None,
        }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        let constraint = error.as_database_error().and_then(|error| error.constraint());
        match CONSTRAINTS.iter().find(|(name, _)| constraint == Some(name)) {
            Some((_, rejection)) => Self::Outcome(rejection.clone().into()),
            None => Self::Database(error),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Outcome(error)
    }
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self::Outcome(rejection.into())
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Outcome(outcome) => outcome,
            Failure::Database(error) => match meaning(&error) {
                Meaning::Conflict | Meaning::Lost | Meaning::Busy => unavailable(error),
                Meaning::Stopped => Self::DeadlineExceeded,
                Meaning::Wrong => internal(error),
            },
        }
    }
}

/// The database cannot do this now; it may later.
pub(crate) fn unavailable(error: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
    StoreError::Unavailable(error.into())
}

/// The database holds or says what it must not.
pub(crate) fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
    StoreError::Internal(error.into())
}
