//! Accounts in SQL.

use orderly_domain::{
    Position, StoreError, Timestamp,
    account::{Account, AccountFilter, Email, NewAccount, PasswordHash, ProfileChange, Role},
    audit::AuditEntry,
    id::UserId,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    audit,
    column::{At, is_text},
    error::Attempt,
};

mod administrators;
mod delete;
mod password;

pub(crate) use administrators::{change_role, create_first_administrator};
pub(crate) use delete::delete;
pub(crate) use password::{change_password, password_of};

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
         INSERT INTO audit_entries (id, created_at, actor_id, action, subject, request_id, details)
         SELECT id, created_at, actor_id, action, subject, request_id, details
         FROM jsonb_populate_record(NULL::audit_entries, $10) WHERE id IS NOT NULL",
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

/// Without a role, the living are those with an address: said otherwise, PostgreSQL may walk the index of the roles, which
/// has the living alone, and sort.
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
                   WHERE email IS NOT NULL AND id < $1 AND strpos(search, $2) > 0 ORDER BY id DESC LIMIT $3"#,
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
