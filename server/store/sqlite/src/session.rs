//! Refresh tokens in SQL.

use orderly_domain::{
    Result, Timestamp,
    account::PasswordHash,
    id::{SessionId, UserId},
    session::{NewRefreshToken, Rotated, Rotation, SecretHash},
};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    account,
    checked::{execute, fetch_one, row},
};

row! {
    struct TokenRow {
        session_id: Uuid,
        user_id: Uuid,
        expires_at: i64,
        spent_at: Option<i64>,
        revoked_at: Option<i64>,
    }
}

pub(crate) fn start(
    conn: &Connection,
    token: &NewRefreshToken,
    verified: Option<&PasswordHash>,
) -> Result<bool> {
    let current = account::is_current(conn, token.user_id, verified)?;
    if current {
        insert(conn, token)?;
    }
    Ok(current)
}

fn insert(conn: &Connection, token: &NewRefreshToken) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO refresh_tokens (hash, session_id, user_id, issued_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        &token.hash[..],
        token.session_id.uuid(),
        token.user_id.uuid(),
        token.issued_at.micros(),
        token.expires_at.micros(),
    )?;
    Ok(())
}

fn find(conn: &Connection, hash: &SecretHash) -> Result<Option<TokenRow>> {
    fetch_one!(
        conn,
        TokenRow,
        "SELECT session_id, user_id, expires_at, spent_at, revoked_at FROM refresh_tokens WHERE hash = ?1",
        &hash[..],
    )
}

/// A spent token that comes back was copied, by a thief or from one: nobody can tell whose the next token is, so the
/// whole session ends (RFC 9700, section 4.14.2).
pub(crate) fn rotate(conn: &Connection, rotation: &Rotation) -> Result<Rotated> {
    let Some(token) = find(conn, &rotation.old)?.filter(|token| token.revoked_at.is_none()) else {
        return Ok(Rotated::Unknown);
    };
    let (user_id, session_id) = (UserId::from_uuid(token.user_id), SessionId::from_uuid(token.session_id));
    if token.spent_at.is_some() {
        revoke_family(conn, session_id, rotation.at)?;
        return Ok(Rotated::Reused { user_id, session_id });
    }
    if token.expires_at <= rotation.at.micros() {
        return Ok(Rotated::Unknown);
    }
    // Deleting an account removes its tokens, so this one's account lives.
    let account = account::get(conn, user_id)?;
    execute!(
        conn,
        "UPDATE refresh_tokens SET spent_at = ?2 WHERE hash = ?1",
        &rotation.old[..],
        rotation.at.micros(),
    )?;
    let next = NewRefreshToken {
        hash: rotation.new,
        session_id,
        user_id,
        issued_at: rotation.at,
        expires_at: rotation.expires_at,
    };
    insert(conn, &next)?;
    Ok(Rotated::Renewed { account, session_id })
}

pub(crate) fn revoke(conn: &Connection, token: &SecretHash, at: Timestamp) -> Result<()> {
    match find(conn, token)? {
        Some(token) => revoke_family(conn, SessionId::from_uuid(token.session_id), at),
        None => Ok(()),
    }
}

fn revoke_family(conn: &Connection, session_id: SessionId, at: Timestamp) -> Result<()> {
    execute!(
        conn,
        "UPDATE refresh_tokens SET revoked_at = ?2 WHERE session_id = ?1 AND revoked_at IS NULL",
        session_id.uuid(),
        at.micros(),
    )?;
    Ok(())
}

/// Revokes every session of an account.
pub(crate) fn revoke_all(conn: &Connection, user_id: UserId, at: Timestamp) -> Result<()> {
    execute!(
        conn,
        "UPDATE refresh_tokens SET revoked_at = ?2 WHERE user_id = ?1 AND revoked_at IS NULL",
        user_id.uuid(),
        at.micros(),
    )?;
    Ok(())
}

/// Forgets every session of an account.
pub(crate) fn remove_all(conn: &Connection, user_id: UserId) -> Result<()> {
    execute!(conn, "DELETE FROM refresh_tokens WHERE user_id = ?1", user_id.uuid())?;
    Ok(())
}
