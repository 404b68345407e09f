//! Savepoints: a part of a transaction that can be undone without the rest.

use orderly_domain::Result;
use rusqlite::Connection;

use crate::error::store_error;

/// Runs `work`; what it did is undone if it fails.
///
/// Savepoints that can be open at the same time need different names, or undoing the outer would undo the inner.
pub(crate) fn in_savepoint<T>(
    conn: &Connection,
    name: &'static str,
    work: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    control(conn, &format!("SAVEPOINT {name}"))?;
    let outcome = work(conn);
    if conn.is_autocommit() {
        // The whole transaction is gone, and this savepoint with it; whoever began the transaction looks at that.
        return outcome;
    }
    let undone = if outcome.is_err() { control(conn, &format!("ROLLBACK TO {name}")) } else { Ok(()) };
    if let Err(error) = undone.and_then(|()| control(conn, &format!("RELEASE {name}"))) {
        // Half a piece of work must not be committed with the rest: give all of it up.
        control(conn, "ROLLBACK")?;
        return Err(error);
    }
    outcome
}

/// Runs a statement that begins or ends a transaction or a part of one.
pub(crate) fn control(conn: &Connection, sql: &str) -> Result<()> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(drop).map_err(store_error)
}
