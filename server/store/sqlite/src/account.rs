//! Accounts in SQL: who has one, and as whom.

use orderly_domain::{
    Position, Result, StoreError, Timestamp,
    account::{Account, AccountFilter, Email, NewAccount, PasswordHash, ProfileChange},
    id::UserId,
};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    checked::{execute, fetch, fetch_one, row, scalar},
    error::internal,
};

mod administrators;
mod delete;
mod password;

pub(crate) use administrators::{change_role, create_first_administrator};
pub(crate) use delete::delete;
pub(crate) use password::{change_password, is_current, password_of};

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
