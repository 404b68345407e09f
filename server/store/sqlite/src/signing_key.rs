//! Signing keys in SQL.

use orderly_domain::{
    Result, StoreError, Timestamp,
    signing_key::{KeyRotation, SigningKey},
};
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

pub(crate) fn rotate(conn: &Connection, rotation: &KeyRotation) -> Result<Vec<SigningKey>> {
    let KeyRotation { candidate, unless_newer_than, superseded_before } = rotation;
    execute!(
        conn,
        "INSERT INTO signing_keys (kid, seed, created_at)
         SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM signing_keys WHERE created_at > ?4)",
        candidate.kid,
        &candidate.seed[..],
        candidate.created_at.micros(),
        unless_newer_than.micros(),
    )?;
    // If any newer key was made before that moment, so was the next newer one.
    execute!(
        conn,
        "DELETE FROM signing_keys WHERE EXISTS (
             SELECT 1 FROM signing_keys AS newer
             WHERE newer.created_at > signing_keys.created_at AND newer.created_at < ?1
         )",
        superseded_before.micros(),
    )?;
    list(conn)
}
