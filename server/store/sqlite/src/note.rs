//! Notes in SQL.

use orderly_domain::{
    Position, Rejection, Result, StoreError, Timestamp, Version,
    id::{NoteId, OrderId, UserId},
    note::{Note, NoteChange, NoteFilter},
};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    account,
    checked::{execute, fetch, fetch_one, row, scalar},
};

row! {
    struct NoteRow {
        id: Uuid,
        user_id: Uuid,
        title: String,
        body: String,
        order_id: Option<Uuid>,
        version: i64,
        created_at: i64,
        updated_at: i64,
    }
}

impl From<NoteRow> for Note {
    fn from(row: NoteRow) -> Self {
        Self {
            id: NoteId::from_uuid(row.id),
            user_id: UserId::from_uuid(row.user_id),
            title: row.title,
            body: row.body,
            order_id: row.order_id.map(OrderId::from_uuid),
            version: Version::from_number(row.version),
            created_at: Timestamp::from_micros(row.created_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        }
    }
}

/// A note may refer to its author's orders only.
fn require_own_order(conn: &Connection, owner: UserId, order: Option<OrderId>) -> Result<()> {
    let Some(order) = order else { return Ok(()) };
    scalar!(conn, i64, "SELECT 1 FROM orders WHERE id = ?1 AND user_id = ?2", order.uuid(), owner.uuid())?
        .map(drop)
        .ok_or_else(|| Rejection::UnknownOrder.into())
}

pub(crate) fn create(conn: &Connection, note: &Note) -> Result<()> {
    account::require(conn, note.user_id)?;
    require_own_order(conn, note.user_id, note.order_id)?;
    execute!(
        conn,
        "INSERT INTO notes (id, user_id, title, body, order_id, version, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        note.id.uuid(),
        note.user_id.uuid(),
        note.title,
        note.body,
        note.order_id.map(OrderId::uuid),
        note.version.number(),
        note.created_at.micros(),
        note.updated_at.micros(),
    )?;
    Ok(())
}

pub(crate) fn get(conn: &Connection, owner: UserId, id: NoteId) -> Result<Note> {
    fetch_one!(
        conn,
        NoteRow,
        r#"SELECT id, user_id, title AS "title!", body AS "body!", order_id, version, created_at, updated_at FROM notes
           WHERE id = ?1 AND user_id = ?2 AND deleted_at IS NULL"#,
        id.uuid(),
        owner.uuid(),
    )?
    .map(Note::from)
    .ok_or(StoreError::NotFound)
}

pub(crate) fn list(conn: &Connection, filter: &NoteFilter) -> Result<Vec<Note>> {
    let rows = fetch!(
        conn,
        NoteRow,
        r#"SELECT id, user_id, title AS "title!", body AS "body!", order_id, version, created_at, updated_at FROM notes
           WHERE user_id = ?1 AND id < ?2 AND deleted_at IS NULL AND (?3 IS NULL OR order_id = ?3)
           ORDER BY id DESC LIMIT ?4"#,
        filter.user_id.uuid(),
        Position::before(filter.after.as_ref()),
        filter.order_id.map(OrderId::uuid),
        filter.limit,
    )?;
    Ok(rows.into_iter().map(Note::from).collect())
}

pub(crate) fn change(
    conn: &Connection,
    owner: UserId,
    id: NoteId,
    expected: Option<&[Version]>,
    change: &NoteChange,
    at: Timestamp,
) -> Result<Note> {
    let mut note = get(conn, owner, id)?;
    note.version.require(expected)?;
    if let Some(title) = &change.title {
        note.title.clone_from(title);
    }
    if let Some(body) = &change.body {
        note.body.clone_from(body);
    }
    if let Some(order_id) = change.order_id {
        require_own_order(conn, owner, order_id)?;
        note.order_id = order_id;
    }
    note.version = note.version.next();
    note.updated_at = at;
    execute!(
        conn,
        "UPDATE notes SET title = ?2, body = ?3, order_id = ?4, version = ?5, updated_at = ?6 WHERE id = ?1",
        id.uuid(),
        note.title,
        note.body,
        note.order_id.map(OrderId::uuid),
        note.version.number(),
        at.micros(),
    )?;
    Ok(note)
}

pub(crate) fn delete(conn: &Connection, owner: UserId, id: NoteId, at: Timestamp) -> Result<()> {
    let found = execute!(
        conn,
        "UPDATE notes SET title = NULL, body = NULL, updated_at = coalesce(deleted_at, ?3),
             deleted_at = coalesce(deleted_at, ?3)
         WHERE id = ?1 AND user_id = ?2",
        id.uuid(),
        owner.uuid(),
        at.micros(),
    )?;
    if found == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Forgets every note of an account.
pub(crate) fn remove_all(conn: &Connection, user_id: UserId) -> Result<()> {
    execute!(conn, "DELETE FROM notes WHERE user_id = ?1", user_id.uuid())?;
    Ok(())
}
