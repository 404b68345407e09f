//! API keys in SQL.

use orderly_domain::{
    Position, Result, StoreError, Timestamp,
    api_key::{ApiKey, ApiKeyFilter, NewApiKey, PresentedApiKey},
    id::{ApiKeyId, UserId},
    session::SecretHash,
};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    account,
    checked::{execute, fetch, fetch_one, row},
    error::internal,
};

row! {
    struct ApiKeyRow {
        id: Uuid,
        user_id: Uuid,
        name: String,
        scopes: String,
        expires_at: Option<i64>,
        created_at: i64,
    }
}

impl TryFrom<ApiKeyRow> for ApiKey {
    type Error = StoreError;

    fn try_from(row: ApiKeyRow) -> Result<Self> {
        Ok(Self {
            id: ApiKeyId::from_uuid(row.id),
            user_id: UserId::from_uuid(row.user_id),
            name: row.name,
            scopes: serde_json::from_str(&row.scopes).map_err(internal)?,
            expires_at: row.expires_at.map(Timestamp::from_micros),
            created_at: Timestamp::from_micros(row.created_at),
        })
    }
}

pub(crate) fn create(conn: &Connection, NewApiKey { key, hash }: &NewApiKey) -> Result<()> {
    account::require(conn, key.user_id)?;
    execute!(
        conn,
        "INSERT INTO api_keys (id, user_id, name, hash, scopes, expires_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        key.id.uuid(),
        key.user_id.uuid(),
        key.name,
        &hash[..],
        serde_json::to_string(&key.scopes).map_err(internal)?,
        key.expires_at.map(Timestamp::micros),
        key.created_at.micros(),
    )?;
    Ok(())
}

pub(crate) fn list(conn: &Connection, filter: &ApiKeyFilter) -> Result<Vec<ApiKey>> {
    fetch!(
        conn,
        ApiKeyRow,
        "SELECT id, user_id, name, scopes, expires_at, created_at FROM api_keys
         WHERE user_id = ?1 AND id < ?2 AND revoked_at IS NULL ORDER BY id DESC LIMIT ?3",
        filter.user_id.uuid(),
        Position::before(filter.after.as_ref()),
        filter.limit,
    )?
    .into_iter()
    .map(ApiKey::try_from)
    .collect()
}

pub(crate) fn revoke(conn: &Connection, owner: UserId, id: ApiKeyId, at: Timestamp) -> Result<()> {
    let found = execute!(
        conn,
        "UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?3) WHERE id = ?1 AND user_id = ?2",
        id.uuid(),
        owner.uuid(),
        at.micros(),
    )?;
    if found == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

pub(crate) fn by_secret(
    conn: &Connection,
    hash: &SecretHash,
    at: Timestamp,
) -> Result<Option<PresentedApiKey>> {
    let found = fetch_one!(
        conn,
        ApiKeyRow,
        "SELECT id, user_id, name, scopes, expires_at, created_at FROM api_keys
         WHERE hash = ?1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?2)",
        &hash[..],
        at.micros(),
    )?;
    let Some(row) = found else { return Ok(None) };
    let key = ApiKey::try_from(row)?;
    match account::get(conn, key.user_id) {
        Ok(owner) => Ok(Some(PresentedApiKey { key, owner })),
        // Deleted between the two statements.
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Forgets every key of an account.
pub(crate) fn remove_all(conn: &Connection, user_id: UserId) -> Result<()> {
    execute!(conn, "DELETE FROM api_keys WHERE user_id = ?1", user_id.uuid())?;
    Ok(())
}
