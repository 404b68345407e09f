//! Refresh tokens in SQL.

use orderly_domain::{
    Timestamp,
    account::PasswordHash,
    id::{SessionId, UserId},
    session::{NewRefreshToken, Rotated, Rotation, SecretHash},
};
use sqlx::{Connection, PgConnection};

use crate::{
    account::{self, AccountRow},
    attempt::end_transaction,
    column::At,
    error::Attempt,
};

/// The lock waits for a change of the password that is being made, and then the password is another.
pub(crate) async fn start(
    conn: &mut PgConnection,
    token: &NewRefreshToken,
    verified: Option<&PasswordHash>,
) -> Attempt<bool> {
    let started = sqlx::query!(
        "WITH owner AS MATERIALIZED (
             SELECT id FROM accounts
             WHERE id = $3 AND deleted_at IS NULL AND ($6::text IS NULL OR password_hash = $6) FOR SHARE
         )
         INSERT INTO refresh_tokens (hash, session_id, user_id, issued_at, expires_at)
         SELECT $1, $2, id, $4, $5 FROM owner",
        &token.hash[..],
        token.session_id.uuid(),
        token.user_id.uuid(),
        At(token.issued_at),
        At(token.expires_at),
        verified.map(|verified| verified.0.as_str()),
    )
    .execute(&mut *conn)
    .await?;
    if started.rows_affected() == 0 {
        account::require(conn, token.user_id).await?;
        return Ok(false);
    }
    Ok(true)
}

/// A spent token that comes back was copied, by a thief or from one: nobody can tell whose the next token is, so the
/// whole session ends (RFC 9700, section 4.14.2).
pub(crate) async fn rotate(conn: &mut PgConnection, rotation: &Rotation) -> Attempt<Rotated> {
    let presented = sqlx::query!(
        r#"WITH presented AS MATERIALIZED (
               SELECT hash, session_id, user_id, spent_at, expires_at FROM refresh_tokens
               WHERE hash = $1 AND revoked_at IS NULL FOR NO KEY UPDATE
           ), spent AS (
               UPDATE refresh_tokens token SET spent_at = $3 FROM presented
               WHERE token.hash = presented.hash AND presented.spent_at IS NULL AND presented.expires_at > $3
               RETURNING token.session_id, token.user_id
           ), renewed AS (
               INSERT INTO refresh_tokens (hash, session_id, user_id, issued_at, expires_at)
               SELECT $2, session_id, user_id, $3, $4 FROM spent
           )
           SELECT presented.session_id, presented.spent_at IS NOT NULL AS "reused!",
               presented.spent_at IS NULL AND presented.expires_at <= $3 AS "expired!",
               account.id, account.email AS "email!", account.name AS "name!", account.phone,
               account.role AS "role: crate::column::RoleName", account.created_at, account.updated_at
           FROM presented JOIN accounts account ON account.id = presented.user_id AND account.deleted_at IS NULL"#,
        &rotation.old[..],
        &rotation.new[..],
        At(rotation.at),
        At(rotation.expires_at),
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = presented else { return Ok(Rotated::Unknown) };
    let session_id = SessionId::from_uuid(row.session_id);
    if row.reused {
        // Of many that bring it back at once, the first revokes the session, and the others find it revoked.
        let revoked = revoke_family(conn, session_id, rotation.at).await?;
        let user_id = UserId::from_uuid(row.id);
        return Ok(if revoked { Rotated::Reused { user_id, session_id } } else { Rotated::Unknown });
    }
    if row.expired {
        return Ok(Rotated::Unknown);
    }
    let account = AccountRow {
        id: row.id,
        email: row.email,
        name: row.name,
        phone: row.phone,
        role: row.role.into(),
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
    };
    Ok(Rotated::Renewed { account: account.into(), session_id })
}

pub(crate) async fn revoke(conn: &mut PgConnection, token: &SecretHash, at: Timestamp) -> Attempt<()> {
    let session = sqlx::query_scalar!("SELECT session_id FROM refresh_tokens WHERE hash = $1", &token[..])
        .fetch_optional(&mut *conn)
        .await?;
    if let Some(session) = session {
        revoke_family(conn, SessionId::from_uuid(session), at).await?;
    }
    Ok(())
}

/// Revokes all tokens of a session; whether there was one to revoke.
///
/// A statement does not see the token that another request is putting in the place of one that it revokes, but waits for
/// it. The next statement sees it, until there is none left.
async fn revoke_family(conn: &mut PgConnection, session_id: SessionId, at: Timestamp) -> Attempt<bool> {
    let mut transaction = conn.begin().await?;
    let outcome = revoke_until_none(&mut transaction, session_id, at).await;
    end_transaction(transaction, outcome).await
}

async fn revoke_until_none(conn: &mut PgConnection, session_id: SessionId, at: Timestamp) -> Attempt<bool> {
    let mut revoked = false;
    while sqlx::query!(
        "UPDATE refresh_tokens SET revoked_at = $2 WHERE session_id = $1 AND revoked_at IS NULL",
        session_id.uuid(),
        At(at),
    )
    .execute(&mut *conn)
    .await?
    .rows_affected()
        > 0
    {
        revoked = true;
    }
    Ok(revoked)
}

/// Revokes every session of an account, as part of a transaction.
pub(crate) async fn revoke_all(conn: &mut PgConnection, user_id: UserId, at: Timestamp) -> Attempt<()> {
    while sqlx::query!(
        "UPDATE refresh_tokens SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL",
        user_id.uuid(),
        At(at),
    )
    .execute(&mut *conn)
    .await?
    .rows_affected()
        > 0
    {}
    Ok(())
}
