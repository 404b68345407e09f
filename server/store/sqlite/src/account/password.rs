//! Passwords in SQL: changed only as what was verified.

use orderly_domain::{Result, StoreError, Timestamp, account::PasswordHash, id::UserId};
use rusqlite::Connection;

use crate::{
    checked::{execute, scalar},
    session,
};

pub(crate) fn password_of(conn: &Connection, id: UserId) -> Result<PasswordHash> {
    scalar!(
        conn,
        String,
        r#"SELECT password_hash AS "password_hash!" FROM accounts WHERE id = ?1 AND deleted_at IS NULL"#,
        id.uuid(),
    )?
    .map(PasswordHash)
    .ok_or(StoreError::NotFound)
}

/// Whether the password still is the one that was verified, if one was. Hashing takes so long that another change may
/// have been made since; each hash has its own salt, so equal hashes are the same setting of a password.
pub(crate) fn is_current(conn: &Connection, id: UserId, verified: Option<&PasswordHash>) -> Result<bool> {
    let current = password_of(conn, id)?;
    Ok(verified.is_none_or(|verified| *verified == current))
}

pub(crate) fn change_password(
    conn: &Connection,
    id: UserId,
    verified: Option<&PasswordHash>,
    password: &PasswordHash,
    at: Timestamp,
) -> Result<bool> {
    if !is_current(conn, id, verified)? {
        return Ok(false);
    }
    execute!(
        conn,
        "UPDATE accounts SET password_hash = ?2, updated_at = ?3 WHERE id = ?1",
        id.uuid(),
        password.0,
        at.micros(),
    )?;
    session::revoke_all(conn, id, at)?;
    Ok(true)
}
