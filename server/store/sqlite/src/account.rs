//! Accounts in SQL.

use orderly_domain::{
    Position, Rejection, Result, StoreError, Timestamp,
    account::{Account, AccountFilter, Email, NewAccount, PasswordHash, ProfileChange, Role},
    id::UserId,
};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    api_key,
    checked::{execute, fetch, fetch_one, row, scalar},
    error::internal,
    note, session,
};

row! {
    struct AccountRow {
        id: Uuid,
        email: String,
        name: String,
        phone: Option<String>,
        role: String,
        created_at: i64,
        updated_at: i64,
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self> {
        Ok(Self {
            id: UserId::from_uuid(row.id),
            email: row.email.into(),
            name: row.name,
            phone: row.phone,
            role: row.role.parse().map_err(internal)?,
            created_at: Timestamp::from_micros(row.created_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        })
    }
}

/// What a search for accounts looks at.
fn search(name: &str, email: &Email) -> String {
    format!("{name}\n{}", email.as_str()).to_lowercase()
}

pub(crate) fn create(conn: &Connection, NewAccount { account, password }: &NewAccount) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO accounts (id, email, name, phone, password_hash, role, search, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        account.id.uuid(),
        account.email.as_str(),
        account.name,
        account.phone,
        password.0,
        account.role.as_str(),
        search(&account.name, &account.email),
        account.created_at.micros(),
        account.updated_at.micros(),
    )?;
    Ok(())
}

pub(crate) fn create_first_administrator(conn: &Connection, new: &NewAccount) -> Result<bool> {
    let first = administrators_besides(conn, new.account.id)? == 0;
    if first {
        create(conn, new)?;
    }
    Ok(first)
}

pub(crate) fn get(conn: &Connection, id: UserId) -> Result<Account> {
    fetch_one!(
        conn,
        AccountRow,
        r#"SELECT id, email AS "email!", name AS "name!", phone, role, created_at, updated_at
           FROM accounts WHERE id = ?1 AND deleted_at IS NULL"#,
        id.uuid(),
    )?
    .ok_or(StoreError::NotFound)?
    .try_into()
}

/// Whether the account lives: nothing is stored for a deleted one.
pub(crate) fn require(conn: &Connection, id: UserId) -> Result<()> {
    scalar!(conn, i64, "SELECT 1 FROM accounts WHERE id = ?1 AND deleted_at IS NULL", id.uuid())?
        .map(drop)
        .ok_or(StoreError::NotFound)
}

pub(crate) fn by_email(conn: &Connection, email: &Email) -> Result<Option<(Account, PasswordHash)>> {
    let found = fetch_one!(
        conn,
        AccountRow,
        r#"SELECT id, email AS "email!", name AS "name!", phone, role, created_at, updated_at
           FROM accounts WHERE email = ?1"#,
        email.as_str(),
    )?;
    let Some(row) = found else { return Ok(None) };
    let account = Account::try_from(row)?;
    match password_of(conn, account.id) {
        Ok(password) => Ok(Some((account, password))),
        // Deleted between the two statements.
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

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

pub(crate) fn list(conn: &Connection, filter: &AccountFilter) -> Result<Vec<Account>> {
    let before = Position::before(filter.after.as_ref());
    let text = filter.text.as_deref().unwrap_or_default().to_lowercase();
    let rows = match filter.role {
        None => fetch!(
            conn,
            AccountRow,
            r#"SELECT id, email AS "email!", name AS "name!", phone, role, created_at, updated_at FROM accounts
               WHERE deleted_at IS NULL AND id < ?1 AND instr(search, ?2) > 0 ORDER BY id DESC LIMIT ?3"#,
            before,
            text,
            filter.limit,
        ),
        Some(role) => fetch!(
            conn,
            AccountRow,
            r#"SELECT id, email AS "email!", name AS "name!", phone, role, created_at, updated_at FROM accounts
               WHERE deleted_at IS NULL AND role = ?4 AND id < ?1 AND instr(search, ?2) > 0
               ORDER BY id DESC LIMIT ?3"#,
            before,
            text,
            filter.limit,
            role.as_str(),
        ),
    };
    rows?.into_iter().map(Account::try_from).collect()
}

pub(crate) fn change_profile(
    conn: &Connection,
    id: UserId,
    change: &ProfileChange,
    at: Timestamp,
) -> Result<Account> {
    let mut account = get(conn, id)?;
    if let Some(name) = &change.name {
        account.name.clone_from(name);
    }
    if let Some(phone) = &change.phone {
        account.phone.clone_from(phone);
    }
    account.updated_at = at;
    execute!(
        conn,
        "UPDATE accounts SET name = ?2, phone = ?3, search = ?4, updated_at = ?5 WHERE id = ?1",
        id.uuid(),
        account.name,
        account.phone,
        search(&account.name, &account.email),
        at.micros(),
    )?;
    Ok(account)
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

fn require_another_administrator(conn: &Connection, id: UserId) -> Result<()> {
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
