//! Signing keys in SQL.

use orderly_domain::{Result, StoreError, Timestamp, signing_key::SigningKey};
use rusqlite::Connection;

use crate::{
    checked::{execute, fetch, row},
    error::internal,
};

row! {
    struct SigningKeyRow { kid: String, seed: Vec<u8>, created_at: i64 }
}

/// A seed in the database has another length than Ed25519's 32 bytes.
#[derive(Debug, thiserror::Error)]
#[error("the seed of the signing key {0} has not 32 bytes")]
struct SeedLength(String);

impl TryFrom<SigningKeyRow> for SigningKey {
    type Error = StoreError;

    fn try_from(row: SigningKeyRow) -> Result<Self> {
        let seed = row.seed.try_into().map_err(|_| internal(SeedLength(row.kid.clone())))?;
        Ok(Self { kid: row.kid, seed, created_at: Timestamp::from_micros(row.created_at) })
    }
}

pub(crate) fn list(conn: &Connection) -> Result<Vec<SigningKey>> {
    fetch!(
        conn,
        SigningKeyRow,
        r#"SELECT kid, seed AS "seed: Vec<u8>", created_at FROM signing_keys ORDER BY created_at DESC, kid"#,
    )?
    .into_iter()
    .map(SigningKey::try_from)
    .collect()
}

pub(crate) fn first(conn: &Connection, candidate: SigningKey) -> Result<SigningKey> {
    if let Some(newest) = list(conn)?.into_iter().next() {
        return Ok(newest);
    }
    execute!(
        conn,
        "INSERT INTO signing_keys (kid, seed, created_at) VALUES (?1, ?2, ?3)",
        candidate.kid,
        &candidate.seed[..],
        candidate.created_at.micros(),
    )?;
    Ok(candidate)
}
