//! Beginning and ending transactions.

use orderly_domain::Result;
use rusqlite::Connection;

use crate::error::store_error;

/// Runs the statements of `work` on one snapshot. Each statement by itself would take and give back a lock that other
/// processes see, which costs as much as reading a row does.
pub(crate) fn snapshot<T>(conn: &Connection, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    control(conn, "BEGIN")?;
    let outcome = work(conn);
    control(conn, "COMMIT")?;
    outcome
}

/// Runs a statement that takes nothing and gives nothing.
pub(crate) fn control(conn: &Connection, sql: &str) -> Result<()> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(drop).map_err(store_error)
}
