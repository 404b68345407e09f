//! Administrators in SQL: there is a first one, and always one left.

use orderly_domain::{
    Rejection, Timestamp,
    account::{Account, NewAccount, Role},
    audit::AuditEntry,
    id::UserId,
};
use sqlx::{Connection, PgConnection};

use super::{AccountRow, create, require};
use crate::{attempt::end_transaction, audit, column::At, error::Attempt};

/// The lock lets servers that start at once go one after the other. Where there is an administrator none is needed.
pub(crate) async fn create_first_administrator(conn: &mut PgConnection, new: &NewAccount) -> Attempt<bool> {
    if has_administrator(conn).await? {
        return Ok(false);
    }
    let mut transaction = conn.begin().await?;
    let outcome = create_if_first(&mut transaction, new).await;
    end_transaction(transaction, outcome).await
}

async fn create_if_first(conn: &mut PgConnection, new: &NewAccount) -> Attempt<bool> {
    sqlx::query!("LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE").execute(&mut *conn).await?;
    let first = !has_administrator(conn).await?;
    if first {
        create(conn, new, None).await?;
    }
    Ok(first)
}

async fn has_administrator(conn: &mut PgConnection) -> Attempt<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM accounts WHERE role = 'administrator' AND deleted_at IS NULL) AS "found!""#,
    );
    Ok(found.fetch_one(conn).await?)
}

/// Whoever stops being an administrator locks all of them, in the order of their ids: two that leave at once go one
/// after the other, and the second sees that the first is gone.
pub(crate) async fn change_role(
    conn: &mut PgConnection,
    id: UserId,
    role: Role,
    at: Timestamp,
    audit: Option<&AuditEntry>,
) -> Attempt<Account> {
    let changed = sqlx::query_as!(
        AccountRow,
        r#"WITH administrator AS MATERIALIZED (
               SELECT id FROM accounts
               WHERE role = 'administrator' AND deleted_at IS NULL AND $2 <> 'administrator'
               ORDER BY id FOR NO KEY UPDATE
           ), changed AS (
               UPDATE accounts SET role = $2, updated_at = $3
               WHERE id = $1 AND deleted_at IS NULL AND (
                   $2 = 'administrator'
                   OR (SELECT count(*) FROM administrator WHERE id <> $1) > 0
                   OR role <> 'administrator'
               )
               RETURNING id, email, name, phone, role, created_at, updated_at
           ), audited AS (
               INSERT INTO audit_entries (id, created_at, actor_id, action, subject, request_id, details)
               SELECT entry.id, entry.created_at, entry.actor_id, entry.action, entry.subject, entry.request_id,
                   entry.details
               FROM changed, jsonb_populate_record(NULL::audit_entries, $4) AS entry
               WHERE entry.id IS NOT NULL
           )
           SELECT id, email AS "email!", name AS "name!", phone, role AS "role: crate::column::RoleName",
               created_at, updated_at
           FROM changed"#,
        id.uuid(),
        role.as_str(),
        At(at),
        audit::parameter(audit) as _,
    )
    .fetch_optional(&mut *conn)
    .await?;
    match changed {
        Some(row) => Ok(row.into()),
        None => {
            require(conn, id).await?;
            Err(Rejection::LastAdministrator.into())
        }
    }
}
