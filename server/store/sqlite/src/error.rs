//! What SQLite's failures mean to the shop: one table of constraints, and one of codes.

use std::error::Error;

use orderly_domain::{Rejection, StoreError};
use rusqlite::{
    ErrorCode,
    ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE},
};

/// Constraints that concurrent requests can run into, by how SQLite's message ends, and what they mean.
///
/// Whatever is not here is looked at before it is written, and its constraint is the second line of defence.
const CONSTRAINTS: &[(&str, Rejection)] =
    &[("accounts.email", Rejection::EmailTaken), ("products.sku", Rejection::SkuTaken)];

/// The domain's name for a failure of SQLite.
pub(crate) fn store_error(error: rusqlite::Error) -> StoreError {
    if let Some(rejection) = rejection(&error) {
        return rejection.into();
    }
    match error.sqlite_error_code() {
        // Only readers are interrupted, and only for this.
        Some(ErrorCode::OperationInterrupted) => StoreError::DeadlineExceeded,
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::DiskFull
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory
            | ErrorCode::SystemIoFailure,
        ) => unavailable(error),
        _ => internal(error),
    }
}

fn rejection(error: &rusqlite::Error) -> Option<Rejection> {
    let rusqlite::Error::SqliteFailure(failure, Some(message)) = error else { return None };
    if ![SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY].contains(&failure.extended_code) {
        return None;
    }
    CONSTRAINTS.iter().find(|(suffix, _)| message.ends_with(suffix)).map(|(_, rejection)| rejection.clone())
}

/// The database cannot do this now; it may later.
pub(crate) fn unavailable(error: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
    StoreError::Unavailable(error.into())
}

/// The database holds or says what it must not.
pub(crate) fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
    StoreError::Internal(error.into())
}
