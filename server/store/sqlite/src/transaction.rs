//! Statements that are no queries: those that begin and end a transaction.

use orderly_domain::Result;
use rusqlite::Connection;

use crate::error::store_error;

/// Runs a statement that takes nothing and gives nothing.
pub(crate) fn control(conn: &Connection, sql: &str) -> Result<()> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(drop).map_err(store_error)
}
