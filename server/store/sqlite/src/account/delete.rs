//! Deletes accounts: the row stays, the person goes.

use orderly_domain::{Result, StoreError, Timestamp, account::Role, id::UserId};
use rusqlite::Connection;

use super::{administrators::require_another_administrator, get};
use crate::{
    api_key,
    checked::{execute, scalar},
    note, session,
};

/// The row stays for the orders' sake. The rest goes for good, also the answers that are kept for repeated keys.
/// False if it was deleted before.
pub(crate) fn delete(conn: &Connection, id: UserId, at: Timestamp) -> Result<bool> {
    match get(conn, id) {
        Ok(account) if account.role == Role::Administrator => require_another_administrator(conn, id)?,
        Ok(_) => {}
        Err(StoreError::NotFound) if was(conn, id)? => return Ok(false),
        Err(error) => return Err(error),
    }
    note::remove_all(conn, id)?;
    session::remove_all(conn, id)?;
    api_key::remove_all(conn, id)?;
    execute!(conn, "DELETE FROM idempotency_records WHERE user_id = ?1", id.uuid())?;
    execute!(
        conn,
        "UPDATE accounts SET email = NULL, name = NULL, phone = NULL, password_hash = NULL, search = NULL,
             updated_at = ?2, deleted_at = ?2
         WHERE id = ?1",
        id.uuid(),
        at.micros(),
    )?;
    Ok(true)
}

fn was(conn: &Connection, id: UserId) -> Result<bool> {
    Ok(scalar!(conn, i64, "SELECT 1 FROM accounts WHERE id = ?1", id.uuid())?.is_some())
}
