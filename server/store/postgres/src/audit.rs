//! The audit trail in SQL.

use orderly_domain::{
    Position, Timestamp,
    audit::{AuditEntry, AuditFilter},
    id::{AuditEntryId, UserId},
};
use serde::Serialize;
use serde_json::Value;
use sqlx::{
    PgConnection,
    types::{
        Json,
        chrono::{DateTime, Utc},
    },
};
use uuid::Uuid;

use crate::error::Attempt;

struct AuditRow {
    id: Uuid,
    created_at: Timestamp,
    actor_id: Uuid,
    action: String,
    subject: String,
    request_id: String,
    details: Value,
}

impl From<AuditRow> for AuditEntry {
    fn from(row: AuditRow) -> Self {
        Self {
            id: AuditEntryId::from_uuid(row.id),
            at: row.created_at,
            actor: UserId::from_uuid(row.actor_id),
            action: row.action,
            subject: row.subject,
            request_id: row.request_id,
            details: row.details,
        }
    }
}

/// An entry as one parameter of the statement that it is stored with, from which the statement makes a row:
/// `jsonb_populate_record(NULL::audit_entries, $1)`. That of no entry has no id. Its columns are named, so that a server
/// survives ones that a newer schema adds.
#[derive(Serialize)]
pub(crate) struct Entry<'a> {
    id: Uuid,
    created_at: DateTime<Utc>,
    actor_id: Uuid,
    action: &'a str,
    subject: &'a str,
    request_id: &'a str,
    details: &'a Value,
}

/// The parameter for an entry, NULL if there is none.
pub(crate) fn parameter(entry: Option<&AuditEntry>) -> Option<Json<Entry<'_>>> {
    entry.map(|entry| {
        Json(Entry {
            id: entry.id.uuid(),
            created_at: entry.at.into(),
            actor_id: entry.actor.uuid(),
            action: &entry.action,
            subject: &entry.subject,
            request_id: &entry.request_id,
            details: &entry.details,
        })
    })
}

/// Stores an entry, if there is one, for what takes several statements.
pub(crate) async fn append(conn: &mut PgConnection, entry: Option<&AuditEntry>) -> Attempt<()> {
    if entry.is_some() {
        sqlx::query!(
            "INSERT INTO audit_entries (id, created_at, actor_id, action, subject, request_id, details)
             SELECT id, created_at, actor_id, action, subject, request_id, details
             FROM jsonb_populate_record(NULL::audit_entries, $1)",
            parameter(entry) as _,
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// One statement for each index: of a thing, of a person, of an operation, and all.
pub(crate) async fn list(conn: &mut PgConnection, filter: &AuditFilter) -> Attempt<Vec<AuditEntry>> {
    let before = Position::before(filter.after.as_ref());
    let (actor, limit) = (filter.actor.map(UserId::uuid), i64::from(filter.limit));
    let rows = match (&filter.subject, actor, &filter.action) {
        (Some(subject), actor, action) => {
            sqlx::query_as!(
                AuditRow,
                "SELECT id, created_at, actor_id, action, subject, request_id, details FROM audit_entries
                 WHERE subject = $1 AND id < $2 AND ($3::uuid IS NULL OR actor_id = $3)
                     AND ($4::text IS NULL OR action = $4)
                 ORDER BY id DESC LIMIT $5",
                subject,
                before,
                actor,
                action.as_deref(),
                limit,
            )
            .fetch_all(conn)
            .await?
        }
        (None, Some(actor), action) => {
            sqlx::query_as!(
                AuditRow,
                "SELECT id, created_at, actor_id, action, subject, request_id, details FROM audit_entries
                 WHERE actor_id = $1 AND id < $2 AND ($3::text IS NULL OR action = $3) ORDER BY id DESC LIMIT $4",
                actor,
                before,
                action.as_deref(),
                limit,
            )
            .fetch_all(conn)
            .await?
        }
        (None, None, Some(action)) => {
            sqlx::query_as!(
                AuditRow,
                "SELECT id, created_at, actor_id, action, subject, request_id, details FROM audit_entries
                 WHERE action = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                action,
                before,
                limit,
            )
            .fetch_all(conn)
            .await?
        }
        (None, None, None) => {
            sqlx::query_as!(
                AuditRow,
                "SELECT id, created_at, actor_id, action, subject, request_id, details FROM audit_entries
                 WHERE id < $1 ORDER BY id DESC LIMIT $2",
                before,
                limit,
            )
            .fetch_all(conn)
            .await?
        }
    };
    Ok(rows.into_iter().map(AuditEntry::from).collect())
}
