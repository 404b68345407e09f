//! API keys in SQL.

use orderly_domain::{
    Position, StoreError, Timestamp,
    api_key::{ApiKey, ApiKeyFilter, NewApiKey, PresentedApiKey, Scope},
    id::{ApiKeyId, UserId},
    session::SecretHash,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    account::AccountRow,
    column::At,
    error::{Attempt, internal},
};

struct ApiKeyRow {
    id: Uuid,
    user_id: Uuid,
    name: String,
    scopes: Vec<String>,
    expires_at: Option<At>,
    created_at: Timestamp,
}

fn key(row: ApiKeyRow) -> Attempt<ApiKey> {
    let scopes = row.scopes.iter().map(|scope| scope.parse()).collect::<Result<_, _>>().map_err(internal)?;
    Ok(ApiKey {
        id: ApiKeyId::from_uuid(row.id),
        user_id: UserId::from_uuid(row.user_id),
        name: row.name,
        scopes,
        expires_at: row.expires_at.map(Timestamp::from),
        created_at: row.created_at,
    })
}

pub(crate) async fn create(conn: &mut PgConnection, NewApiKey { key, hash }: &NewApiKey) -> Attempt<()> {
    let scopes: Vec<_> = key.scopes.iter().map(|scope| Scope::as_str(*scope)).collect();
    let created = sqlx::query!(
        "WITH owner AS MATERIALIZED (
             SELECT id FROM accounts WHERE id = $2 AND deleted_at IS NULL FOR KEY SHARE
         )
         INSERT INTO api_keys (id, user_id, name, hash, scopes, expires_at, created_at)
         SELECT $1, owner.id, $3, $4, $5, $6, $7 FROM owner",
        key.id.uuid(),
        key.user_id.uuid(),
        key.name,
        &hash[..],
        &scopes as _,
        key.expires_at.map(At),
        At(key.created_at),
    )
    .execute(conn)
    .await?;
    if created.rows_affected() == 0 { Err(StoreError::NotFound.into()) } else { Ok(()) }
}

pub(crate) async fn list(conn: &mut PgConnection, filter: &ApiKeyFilter) -> Attempt<Vec<ApiKey>> {
    sqlx::query_as!(
        ApiKeyRow,
        "SELECT id, user_id, name, scopes, expires_at, created_at FROM api_keys
         WHERE user_id = $1 AND id < $2 AND revoked_at IS NULL ORDER BY id DESC LIMIT $3",
        filter.user_id.uuid(),
        Position::before(filter.after.as_ref()),
        i64::from(filter.limit),
    )
    .fetch_all(conn)
    .await?
    .into_iter()
    .map(key)
    .collect()
}

pub(crate) async fn revoke(
    conn: &mut PgConnection,
    owner: UserId,
    id: ApiKeyId,
    at: Timestamp,
) -> Attempt<()> {
    let found = sqlx::query!(
        "UPDATE api_keys SET revoked_at = coalesce(revoked_at, $3) WHERE id = $1 AND user_id = $2",
        id.uuid(),
        owner.uuid(),
        At(at),
    )
    .execute(conn)
    .await?;
    if found.rows_affected() == 0 { Err(StoreError::NotFound.into()) } else { Ok(()) }
}

pub(crate) async fn by_secret(
    conn: &mut PgConnection,
    hash: &SecretHash,
    at: Timestamp,
) -> Attempt<Option<PresentedApiKey>> {
    let found = sqlx::query!(
        r#"SELECT key.id, key.name, key.scopes, key.expires_at, key.created_at, account.id AS user_id,
               account.email AS "email!", account.name AS "user_name!", account.phone, account.role,
               account.created_at AS user_created_at, account.updated_at AS user_updated_at
           FROM api_keys AS key JOIN accounts AS account ON account.id = key.user_id AND account.deleted_at IS NULL
           WHERE key.hash = $1 AND key.revoked_at IS NULL AND (key.expires_at IS NULL OR key.expires_at > $2)"#,
        &hash[..],
        At(at),
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = found else { return Ok(None) };
    let owner = AccountRow {
        id: row.user_id,
        email: row.email,
        name: row.user_name,
        phone: row.phone,
        role: row.role.into(),
        created_at: row.user_created_at.into(),
        updated_at: row.user_updated_at.into(),
    };
    let key = key(ApiKeyRow {
        id: row.id,
        user_id: row.user_id,
        name: row.name,
        scopes: row.scopes,
        expires_at: row.expires_at,
        created_at: row.created_at.into(),
    })?;
    Ok(Some(PresentedApiKey { key, owner: owner.into() }))
}
