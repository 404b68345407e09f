//! Administrators in SQL: there is a first one, and always one left.

use orderly_domain::{
    Rejection, Result, Timestamp,
    account::{Account, NewAccount, Role},
    id::UserId,
};
use rusqlite::Connection;

use super::{create, get};
use crate::checked::{execute, scalar};

pub(crate) fn create_first_administrator(conn: &Connection, new: &NewAccount) -> Result<bool> {
    let first = administrators_besides(conn, new.account.id)? == 0;
    if first {
        create(conn, new)?;
    }
    Ok(first)
}

pub(crate) fn change_role(conn: &Connection, id: UserId, role: Role, at: Timestamp) -> Result<Account> {
    let account = get(conn, id)?;
    if account.role == Role::Administrator && role != Role::Administrator {
        require_another_administrator(conn, id)?;
    }
    execute!(
        conn,
        "UPDATE accounts SET role = ?2, updated_at = ?3 WHERE id = ?1",
        id.uuid(),
        role.as_str(),
        at.micros(),
    )?;
    Ok(Account { role, updated_at: at, ..account })
}

pub(super) fn require_another_administrator(conn: &Connection, id: UserId) -> Result<()> {
    if administrators_besides(conn, id)? == 0 { Err(Rejection::LastAdministrator.into()) } else { Ok(()) }
}

fn administrators_besides(conn: &Connection, id: UserId) -> Result<i64> {
    let count = scalar!(
        conn,
        i64,
        "SELECT count(*) FROM accounts WHERE role = 'administrator' AND deleted_at IS NULL AND id <> ?1",
        id.uuid(),
    )?;
    Ok(count.unwrap_or_default())
}
