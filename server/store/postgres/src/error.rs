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
        sqlx::Error::Database(error) => meaning_of(&error.code().unwrap_or_default()),
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => Meaning::Lost,
        _ => Meaning::Wrong,
    }
}

fn meaning_of(code: &str) -> Meaning {
    let row = CODES.iter().find(|(prefix, _)| code.starts_with(prefix));
    row.map_or(Meaning::Wrong, |(_, meaning)| *meaning)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_mean_what_postgresql_documents() {
        for (what, code, expected) in [
            ("serialization_failure", "40001", Meaning::Conflict),
            ("deadlock_detected", "40P01", Meaning::Conflict),
            ("query_canceled", "57014", Meaning::Stopped),
            ("lock_not_available", "55P03", Meaning::Busy),
            ("disk_full", "53100", Meaning::Busy),
            ("out_of_memory", "53200", Meaning::Busy),
            ("too_many_connections", "53300", Meaning::Busy),
            ("io_error", "58030", Meaning::Busy),
            ("read_only_sql_transaction", "25006", Meaning::Lost),
            ("idle_in_transaction_session_timeout", "25P03", Meaning::Lost),
            ("admin_shutdown", "57P01", Meaning::Lost),
            ("crash_shutdown", "57P02", Meaning::Lost),
            ("cannot_connect_now", "57P03", Meaning::Lost),
            ("connection_failure", "08006", Meaning::Lost),
            ("invalid_password", "28P01", Meaning::Lost),
            ("invalid_catalog_name", "3D000", Meaning::Lost),
            ("check_violation", "23514", Meaning::Wrong),
            ("undefined_table", "42P01", Meaning::Wrong),
            ("statement_completion_unknown", "40003", Meaning::Wrong),
            ("", "", Meaning::Wrong),
        ] {
            assert_eq!(meaning_of(code), expected, "{what}");
        }
    }

    #[test]
    fn a_broken_connection_is_unavailable_and_what_must_not_happen_is_internal() {
        let broken = || sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into());
        assert!(matches!(StoreError::from(Failure::from(broken())), StoreError::Unavailable(_)));
        let odd = sqlx::Error::RowNotFound;
        assert!(matches!(StoreError::from(Failure::from(odd)), StoreError::Internal(_)));
        let refused = StoreError::from(Failure::from(Rejection::SkuTaken));
        assert!(matches!(refused, StoreError::Rejected { rejection: Rejection::SkuTaken, replayed: false }));
    }
}
