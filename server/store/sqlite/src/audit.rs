//! The audit trail in SQL.

use orderly_domain::{
    Position, Result, StoreError, Timestamp,
    audit::{AuditEntry, AuditFilter},
    id::{AuditEntryId, UserId},
};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    checked::{execute, fetch, row},
    error::internal,
};

row! {
    struct AuditRow {
        id: Uuid,
        created_at: i64,
        actor_id: Uuid,
        action: String,
        subject: String,
        request_id: String,
        details: String,
    }
}

impl TryFrom<AuditRow> for AuditEntry {
    type Error = StoreError;

    fn try_from(row: AuditRow) -> Result<Self> {
        Ok(Self {
            id: AuditEntryId::from_uuid(row.id),
            at: Timestamp::from_micros(row.created_at),
            actor: UserId::from_uuid(row.actor_id),
            action: row.action,
            subject: row.subject,
            request_id: row.request_id,
            details: serde_json::from_str(&row.details).map_err(internal)?,
        })
    }
}

/// Does `effect` and writes it down: both are part of one transaction.
pub(crate) fn audited<T>(
    conn: &Connection,
    entry: Option<&AuditEntry>,
    effect: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    let value = effect(conn)?;
    append(conn, entry)?;
    Ok(value)
}

/// Writes down what was done, if it is to be.
pub(crate) fn append(conn: &Connection, entry: Option<&AuditEntry>) -> Result<()> {
    let Some(entry) = entry else { return Ok(()) };
    execute!(
        conn,
        "INSERT INTO audit_entries (id, created_at, actor_id, action, subject, request_id, details)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        entry.id.uuid(),
        entry.at.micros(),
        entry.actor.uuid(),
        entry.action,
        entry.subject,
        entry.request_id,
        entry.details.to_string(),
    )?;
    Ok(())
}

/// One statement for each index: of a thing, of a person, of an operation, and all.
pub(crate) fn list(conn: &Connection, filter: &AuditFilter) -> Result<Vec<AuditEntry>> {
    let before = Position::before(filter.after.as_ref());
    let actor = filter.actor.map(UserId::uuid);
    let rows = match (&filter.subject, actor, &filter.action) {
        (Some(subject), actor, action) => fetch!(
            conn,
            AuditRow,
            "SELECT id, created_at, actor_id, action, subject, request_id, details FROM audit_entries
             WHERE subject = ?1 AND id < ?2 AND (?3 IS NULL OR actor_id = ?3) AND (?4 IS NULL OR action = ?4)
             ORDER BY id DESC LIMIT ?5",
            subject,
            before,
            actor,
            action,
            filter.limit,
        ),
        (None, Some(actor), action) => fetch!(
            conn,
            AuditRow,
            "SELECT id, created_at, actor_id, action, subject, request_id, details FROM audit_entries
             WHERE actor_id = ?1 AND id < ?2 AND (?3 IS NULL OR action = ?3) ORDER BY id DESC LIMIT ?4",
            actor,
            before,
            action,
            filter.limit,
        ),
        (None, None, Some(action)) => fetch!(
            conn,
            AuditRow,
            "SELECT id, created_at, actor_id, action, subject, request_id, details FROM audit_entries
             WHERE action = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
            action,
            before,
            filter.limit,
        ),
        (None, None, None) => fetch!(
            conn,
            AuditRow,
            "SELECT id, created_at, actor_id, action, subject, request_id, details FROM audit_entries
             WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
            before,
            filter.limit,
        ),
    };
    rows?.into_iter().map(AuditEntry::try_from).collect()
}
