//! Notes in SQL.

use orderly_domain::{
    Position, Rejection, StoreError, Timestamp, Version,
    id::{NoteId, OrderId, UserId},
    idempotency::{Idempotency, Once},
    note::{Note, NoteChange, NoteFilter},
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::{
    account,
    column::At,
    error::{Attempt, unavailable},
    idempotency::{self, Answer, Columns, Command},
};

/// How often a change is tried that others change the note before.
const ROUNDS: usize = 8;

struct NoteRow {
    id: Uuid,
    user_id: Uuid,
    title: String,
    body: String,
    order_id: Option<Uuid>,
    version: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
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
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// A note may refer to its author's orders only.
async fn require_own_order(conn: &mut PgConnection, owner: UserId, order: Option<OrderId>) -> Attempt<()> {
    let Some(order) = order else { return Ok(()) };
    sqlx::query_scalar!("SELECT id FROM orders WHERE id = $1 AND user_id = $2", order.uuid(), owner.uuid())
        .fetch_optional(conn)
        .await?
        .ok_or(Rejection::UnknownOrder)?;
    Ok(())
}

pub(crate) async fn create(
    conn: &mut PgConnection,
    note: &Note,
    key: Option<&Idempotency>,
) -> Attempt<Once<Note>> {
    idempotency::once(conn, key, Writing { note, key }).await
}

struct Writing<'a> {
    note: &'a Note,
    key: Option<&'a Idempotency>,
}

impl Command for Writing<'_> {
    type Done = Note;

    async fn effect(&self, conn: &mut PgConnection) -> Attempt<Option<Note>> {
        let (note, key) = (self.note, Columns::of(self.key));
        let inserted = sqlx::query_scalar!(
            "WITH author AS MATERIALIZED (
                 SELECT id FROM accounts WHERE id = $2 AND deleted_at IS NULL FOR KEY SHARE
             ), created AS (
                 INSERT INTO notes (id, user_id, title, body, order_id, version, created_at, updated_at)
                 SELECT $1, author.id, $3, $4, $5, $6, $7, $8 FROM author
                 WHERE ($5::uuid IS NULL OR EXISTS (SELECT FROM orders WHERE id = $5 AND user_id = $2))
                     AND NOT EXISTS (
                         SELECT FROM idempotency_records
                         WHERE user_id = $9 AND operation = $10 AND key = $11 AND created_at > $12
                     )
                 RETURNING id
             ), answered AS (
                 INSERT INTO idempotency_records (user_id, operation, key, fingerprint, answer, created_at)
                 SELECT $9, $10, $11, $13, $14, $15 FROM created WHERE $9 IS NOT NULL
             )
             SELECT id FROM created",
            note.id.uuid(),
            note.user_id.uuid(),
            note.title,
            note.body,
            note.order_id.map(OrderId::uuid),
            note.version.number(),
            At(note.created_at),
            At(note.updated_at),
            key.user_id,
            key.operation,
            key.key,
            key.kept_from,
            key.fingerprint,
            key.user_id.map(|_| Json(Answer::Done(note))) as _,
            key.at,
        )
        .fetch_optional(conn)
        .await?;
        Ok(inserted.map(|_| note.clone()))
    }

    async fn refusal(&self, conn: &mut PgConnection) -> Attempt<()> {
        account::require(conn, self.note.user_id).await?;
        require_own_order(conn, self.note.user_id, self.note.order_id).await
    }
}

pub(crate) async fn get(conn: &mut PgConnection, owner: UserId, id: NoteId) -> Attempt<Note> {
    let found = sqlx::query_as!(
        NoteRow,
        r#"SELECT id, user_id, title AS "title!", body AS "body!", order_id, version, created_at, updated_at FROM notes
           WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL"#,
        id.uuid(),
        owner.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.ok_or(StoreError::NotFound)?.into())
}

pub(crate) async fn list(conn: &mut PgConnection, filter: &NoteFilter) -> Attempt<Vec<Note>> {
    let rows = sqlx::query_as!(
        NoteRow,
        r#"SELECT id, user_id, title AS "title!", body AS "body!", order_id, version, created_at, updated_at FROM notes
           WHERE user_id = $1 AND id < $2 AND deleted_at IS NULL AND ($3::uuid IS NULL OR order_id = $3)
           ORDER BY id DESC LIMIT $4"#,
        filter.user_id.uuid(),
        Position::before(filter.after.as_ref()),
        filter.order_id.map(OrderId::uuid),
        i64::from(filter.limit),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Note::from).collect())
}

pub(crate) async fn change(
    conn: &mut PgConnection,
    owner: UserId,
    id: NoteId,
    expected: Option<&[Version]>,
    change: &NoteChange,
    at: Timestamp,
) -> Attempt<Note> {
    for _ in 0..ROUNDS {
        if let Some(note) = update(conn, owner, id, expected, change, at).await? {
            return Ok(note);
        }
        get(conn, owner, id).await?.version.require(expected)?;
        require_own_order(conn, owner, change.order_id.flatten()).await?;
    }
    Err(unavailable("others change the note").into())
}

/// Changes the note if nothing forbids it.
async fn update(
    conn: &mut PgConnection,
    owner: UserId,
    id: NoteId,
    expected: Option<&[Version]>,
    change: &NoteChange,
    at: Timestamp,
) -> Attempt<Option<Note>> {
    let expected: Option<Vec<_>> =
        expected.map(|versions| versions.iter().map(|version| version.number()).collect());
    let changed = sqlx::query_as!(
        NoteRow,
        r#"UPDATE notes SET
               title = coalesce($3, title),
               body = coalesce($4, body),
               order_id = CASE WHEN $5 THEN $6 ELSE order_id END,
               version = version + 1,
               updated_at = $7
           WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL AND ($8::bigint[] IS NULL OR version = ANY ($8))
               AND ($6::uuid IS NULL OR EXISTS (SELECT FROM orders WHERE orders.id = $6 AND orders.user_id = $2))
           RETURNING id, user_id, title AS "title!", body AS "body!", order_id, version, created_at, updated_at"#,
        id.uuid(),
        owner.uuid(),
        change.title.as_deref(),
        change.body.as_deref(),
        change.order_id.is_some(),
        change.order_id.flatten().map(OrderId::uuid),
        At(at),
        expected.as_deref(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(changed.map(Note::from))
}

pub(crate) async fn delete(conn: &mut PgConnection, owner: UserId, id: NoteId, at: Timestamp) -> Attempt<()> {
    let found = sqlx::query!(
        "UPDATE notes SET title = NULL, body = NULL, updated_at = coalesce(deleted_at, $3),
             deleted_at = coalesce(deleted_at, $3)
         WHERE id = $1 AND user_id = $2",
        id.uuid(),
        owner.uuid(),
        At(at),
    )
    .execute(conn)
    .await?;
    if found.rows_affected() == 0 { Err(StoreError::NotFound.into()) } else { Ok(()) }
}
