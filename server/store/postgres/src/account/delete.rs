//! Deletes accounts: the row stays, the person goes.

use orderly_domain::{Rejection, StoreError, Timestamp, account::Role, audit::AuditEntry, id::UserId};
use sqlx::{Connection, PgConnection};

use crate::{attempt::end_transaction, audit, column::At, error::Attempt};

/// The row stays for the orders' sake. The rest goes for good, also the answers that are kept for repeated keys.
///
/// The lock comes in a statement of its own, so that the next ones see what those stored who had the account before:
/// whoever stores something for an account locks it too, and finds it deleted afterwards.
pub(crate) async fn delete(
    conn: &mut PgConnection,
    id: UserId,
    at: Timestamp,
    audit: Option<&AuditEntry>,
) -> Attempt<()> {
    let mut transaction = conn.begin().await?;
    let outcome = forget(&mut transaction, id, at, audit).await;
    end_transaction(transaction, outcome).await
}

async fn forget(
    conn: &mut PgConnection,
    id: UserId,
    at: Timestamp,
    audit: Option<&AuditEntry>,
) -> Attempt<()> {
    let administrators = sqlx::query_scalar!(
        "SELECT id FROM accounts
         WHERE role = 'administrator' AND deleted_at IS NULL
             AND EXISTS (SELECT FROM accounts WHERE id = $1 AND role = 'administrator')
         ORDER BY id FOR NO KEY UPDATE",
        id.uuid(),
    )
    .fetch_all(&mut *conn)
    .await?;
    let account = sqlx::query!(
        "SELECT role, deleted_at IS NOT NULL AS deleted FROM accounts WHERE id = $1 FOR UPDATE",
        id.uuid(),
    )
    .fetch_optional(&mut *conn)
    .await?
    .ok_or(StoreError::NotFound)?;
    if account.deleted == Some(true) {
        return Ok(());
    }
    if Role::from(account.role) == Role::Administrator
        && administrators.iter().all(|other| *other == id.uuid())
    {
        return Err(Rejection::LastAdministrator.into());
    }
    sqlx::query!(
        "WITH notes AS (DELETE FROM notes WHERE user_id = $1),
             tokens AS (DELETE FROM refresh_tokens WHERE user_id = $1),
             keys AS (DELETE FROM api_keys WHERE user_id = $1),
             answers AS (DELETE FROM idempotency_records WHERE user_id = $1)
         UPDATE accounts SET email = NULL, name = NULL, phone = NULL, password_hash = NULL, search = NULL,
             updated_at = $2, deleted_at = $2
         WHERE id = $1",
        id.uuid(),
        At(at),
    )
    .execute(&mut *conn)
    .await?;
    audit::append(conn, audit).await
}
