//! Passwords in SQL: changed only as what was verified.

use orderly_domain::{StoreError, Timestamp, account::PasswordHash, id::UserId};
use sqlx::{Connection, PgConnection};

use super::require;
use crate::{attempt::end_transaction, column::At, error::Attempt, session};

pub(crate) async fn password_of(conn: &mut PgConnection, id: UserId) -> Attempt<PasswordHash> {
    let found = sqlx::query_scalar!(
        r#"SELECT password_hash AS "password_hash!" FROM accounts WHERE id = $1 AND deleted_at IS NULL"#,
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(PasswordHash(found.ok_or(StoreError::NotFound)?))
}

/// Two statements: the second sees the sessions of logins that the first had to wait for.
pub(crate) async fn change_password(
    conn: &mut PgConnection,
    id: UserId,
    verified: Option<&PasswordHash>,
    password: &PasswordHash,
    at: Timestamp,
) -> Attempt<bool> {
    let mut transaction = conn.begin().await?;
    let outcome = set_password(&mut transaction, id, verified, password, at).await;
    end_transaction(transaction, outcome).await
}

async fn set_password(
    conn: &mut PgConnection,
    id: UserId,
    verified: Option<&PasswordHash>,
    password: &PasswordHash,
    at: Timestamp,
) -> Attempt<bool> {
    let changed = sqlx::query!(
        "UPDATE accounts SET password_hash = $3, updated_at = $4
         WHERE id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR password_hash = $2)",
        id.uuid(),
        verified.map(|verified| verified.0.as_str()),
        password.0,
        At(at),
    )
    .execute(&mut *conn)
    .await?;
    if changed.rows_affected() == 0 {
        require(conn, id).await?;
        return Ok(false);
    }
    session::revoke_all(conn, id, at).await?;
    Ok(true)
}
