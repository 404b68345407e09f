//! Accounts in SQL.

use orderly_domain::{
    Position, Rejection, StoreError, Timestamp,
    account::{Account, AccountFilter, Email, NewAccount, PasswordHash, ProfileChange, Role},
    audit::AuditEntry,
    id::UserId,
};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::{attempt::end_transaction, audit, column::At, error::Attempt, session};

pub(crate) struct AccountRow {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) phone: Option<String>,
    pub(crate) role: Role,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            id: UserId::from_uuid(row.id),
            email: row.email.into(),
            name: row.name,
            phone: row.phone,
            role: row.role,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

pub(crate) async fn create(
    conn: &mut PgConnection,
    NewAccount { account, password }: &NewAccount,
    audit: Option<&AuditEntry>,
) -> Attempt<()> {
    sqlx::query!(
        "WITH created AS (
             INSERT INTO accounts (id, email, name, phone, password_hash, role, search, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7 || E'\\n' || $2, $8, $9)
         )
         INSERT INTO audit_entries
         SELECT * FROM jsonb_populate_record(NULL::audit_entries, $10) AS entry WHERE entry.id IS NOT NULL",
        account.id.uuid(),
        account.email.as_str(),
        account.name,
        account.phone.as_deref(),
        password.0,
        account.role.as_str(),
        account.name.to_lowercase(),
        At(account.created_at),
        At(account.updated_at),
        audit::parameter(audit) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

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

pub(crate) async fn get(conn: &mut PgConnection, id: UserId) -> Attempt<Account> {
    let found = sqlx::query_as!(
        AccountRow,
        r#"SELECT id, email AS "email!", name AS "name!", phone, role, created_at, updated_at
           FROM accounts WHERE id = $1 AND deleted_at IS NULL"#,
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.ok_or(StoreError::NotFound)?.into())
}

/// Whether the account lives: nothing is stored for a deleted one.
pub(crate) async fn require(conn: &mut PgConnection, id: UserId) -> Attempt<()> {
    sqlx::query_scalar!("SELECT id FROM accounts WHERE id = $1 AND deleted_at IS NULL", id.uuid())
        .fetch_optional(conn)
        .await?
        .ok_or(StoreError::NotFound)?;
    Ok(())
}

pub(crate) async fn by_email(
    conn: &mut PgConnection,
    email: &Email,
) -> Attempt<Option<(Account, PasswordHash)>> {
    if !is_text(email.as_str()) {
        return Ok(None);
    }
    let found = sqlx::query!(
        r#"SELECT id, email AS "email!", name AS "name!", phone, role, created_at, updated_at,
               password_hash AS "password_hash!"
           FROM accounts WHERE email = $1"#,
        email.as_str(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|row| {
        let account = AccountRow {
            id: row.id,
            email: row.email,
            name: row.name,
            phone: row.phone,
            role: row.role.into(),
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        };
        (account.into(), PasswordHash(row.password_hash))
    }))
}

pub(crate) async fn password_of(conn: &mut PgConnection, id: UserId) -> Attempt<PasswordHash> {
    let found = sqlx::query_scalar!(
        r#"SELECT password_hash AS "password_hash!" FROM accounts WHERE id = $1 AND deleted_at IS NULL"#,
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(PasswordHash(found.ok_or(StoreError::NotFound)?))
}

pub(crate) async fn list(conn: &mut PgConnection, filter: &AccountFilter) -> Attempt<Vec<Account>> {
    let before = Position::before(filter.after.as_ref());
    let text = filter.text.as_deref().unwrap_or_default().to_lowercase();
    if !is_text(&text) {
        return Ok(Vec::new());
    }
    let limit = i64::from(filter.limit);
    let rows = match filter.role {
        None => {
            sqlx::query_as!(
                AccountRow,
                r#"SELECT id, email AS "email!", name AS "name!", phone, role, created_at, updated_at FROM accounts
                   WHERE deleted_at IS NULL AND id < $1 AND strpos(search, $2) > 0 ORDER BY id DESC LIMIT $3"#,
                before,
                text,
                limit,
            )
            .fetch_all(conn)
            .await?
        }
        Some(role) => {
            sqlx::query_as!(
                AccountRow,
                r#"SELECT id, email AS "email!", name AS "name!", phone, role, created_at, updated_at FROM accounts
                   WHERE deleted_at IS NULL AND role = $4 AND id < $1 AND strpos(search, $2) > 0
                   ORDER BY id DESC LIMIT $3"#,
                before,
                text,
                limit,
                role.as_str(),
            )
            .fetch_all(conn)
            .await?
        }
    };
    Ok(rows.into_iter().map(Account::from).collect())
}

/// Whether PostgreSQL can hold this text: it knows every character but U+0000. One that it cannot hold is nowhere found.
pub(crate) fn is_text(text: &str) -> bool {
    !text.contains('\0')
}

pub(crate) async fn change_profile(
    conn: &mut PgConnection,
    id: UserId,
    change: &ProfileChange,
    at: Timestamp,
) -> Attempt<Account> {
    let changed = sqlx::query_as!(
        AccountRow,
        r#"UPDATE accounts SET
               name = coalesce($2, name),
               search = coalesce($3 || E'\n' || email, search),
               phone = CASE WHEN $4 THEN $5 ELSE phone END,
               updated_at = $6
           WHERE id = $1 AND deleted_at IS NULL
           RETURNING id, email AS "email!", name AS "name!", phone, role, created_at, updated_at"#,
        id.uuid(),
        change.name.as_deref(),
        change.name.as_deref().map(str::to_lowercase),
        change.phone.is_some(),
        change.phone.as_ref().and_then(Option::as_deref),
        At(at),
    )
    .fetch_optional(conn)
    .await?;
    Ok(changed.ok_or(StoreError::NotFound)?.into())
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
               INSERT INTO audit_entries
               SELECT entry.* FROM changed, jsonb_populate_record(NULL::audit_entries, $4) AS entry
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
