//! The event log: what happened, appended in the transaction in which it happens.

use orderly_domain::{Result, Timestamp};
use rusqlite::Connection;
use uuid::Uuid;

use crate::checked::execute;

/// Appends an event about `subject`, of a kind such as `order.placed`; the payload is JSON.
pub(crate) fn append(
    conn: &Connection,
    kind: &str,
    subject: Uuid,
    payload: &str,
    at: Timestamp,
) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO events (kind, subject_id, payload, created_at) VALUES (?1, ?2, ?3, ?4)",
        kind,
        subject,
        payload,
        at.micros(),
    )?;
    Ok(())
}
