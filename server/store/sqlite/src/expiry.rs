//! What is of no use any more, in SQL.

use orderly_domain::{Result, Timestamp, idempotency::KEPT};
use rusqlite::Connection;

use crate::{
    checked::{execute, fetch, row},
    error::internal,
};

row! {
    struct AnswerRow { id: i64, created_at: i64 }
}

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
    let answers = remove_answers(conn, at.before(KEPT), limit)?;
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

/// The answers lie in the order in which they were given: of the first, those go that are old enough.
fn remove_answers(conn: &Connection, until: Timestamp, limit: u32) -> Result<usize> {
    let first = fetch!(
        conn,
        AnswerRow,
        r#"SELECT id AS "id!", created_at FROM idempotency_records WHERE id > 0 ORDER BY id LIMIT ?1"#,
        limit,
    )?;
    let old = first.iter().filter(|answer| answer.created_at <= until.micros());
    let Some(last) = old.map(|answer| answer.id).max() else { return Ok(0) };
    execute!(
        conn,
        "DELETE FROM idempotency_records WHERE id <= ?1 AND created_at <= ?2",
        last,
        until.micros(),
    )
}
