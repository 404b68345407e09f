//! What is of no use any more, in SQL: each kind has an index by when that is.

use orderly_domain::{Result, Timestamp, idempotency::KEPT};
use rusqlite::Connection;

use crate::{checked::execute, error::internal};

/// Removes at most `limit` of each kind, so that nobody waits long for the writer; how many it were.
pub(crate) fn remove(conn: &Connection, at: Timestamp, limit: u32) -> Result<u64> {
    let tokens = execute!(
        conn,
        "DELETE FROM refresh_tokens WHERE hash IN (
             SELECT hash FROM refresh_tokens WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2
         )",
        at.micros(),
        limit,
    )?;
    let answers = execute!(
        conn,
        "DELETE FROM idempotency_records WHERE (user_id, operation, key) IN (
             SELECT user_id, operation, key FROM idempotency_records WHERE created_at <= ?1
             ORDER BY created_at LIMIT ?2
         )",
        at.before(KEPT).micros(),
        limit,
    )?;
    let windows = execute!(
        conn,
        "DELETE FROM permit_windows WHERE (policy, subject, began_at) IN (
             SELECT policy, subject, began_at FROM permit_windows WHERE ends_at <= ?1 ORDER BY ends_at LIMIT ?2
         )",
        at.micros(),
        limit,
    )?;
    u64::try_from(tokens + answers + windows).map_err(internal)
}
