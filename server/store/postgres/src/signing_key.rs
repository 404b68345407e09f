//! Signing keys in SQL.

use orderly_domain::{
    Timestamp,
    signing_key::{KeyRotation, SigningKey},
};
use sqlx::{Connection, PgConnection};

use crate::{
    attempt::end_transaction,
    column::At,
    error::{Attempt, internal},
};

struct SigningKeyRow {
    kid: String,
    seed: Vec<u8>,
    created_at: Timestamp,
}

/// A seed in the database has another length than Ed25519's 32 bytes.
#[derive(Debug, thiserror::Error)]
#[error("the seed of the signing key {0} has not 32 bytes")]
struct SeedLength(String);

fn key(row: SigningKeyRow) -> Attempt<SigningKey> {
    let seed = row.seed.try_into().map_err(|_| internal(SeedLength(row.kid.clone())))?;
    Ok(SigningKey { kid: row.kid, seed, created_at: row.created_at })
}

pub(crate) async fn list(conn: &mut PgConnection) -> Attempt<Vec<SigningKey>> {
    sqlx::query_as!(
        SigningKeyRow,
        r#"SELECT kid, seed, created_at FROM signing_keys ORDER BY created_at DESC, kid COLLATE "C""#,
    )
    .fetch_all(conn)
    .await?
    .into_iter()
    .map(key)
    .collect()
}

/// The lock lets servers that do this at once go one after the other, and everybody read.
pub(crate) async fn rotate(conn: &mut PgConnection, rotation: &KeyRotation) -> Attempt<Vec<SigningKey>> {
    let mut transaction = conn.begin().await?;
    let outcome = step(&mut transaction, rotation).await;
    end_transaction(transaction, outcome).await
}

async fn step(conn: &mut PgConnection, rotation: &KeyRotation) -> Attempt<Vec<SigningKey>> {
    let KeyRotation { candidate, unless_newer_than, superseded_before } = rotation;
    sqlx::query!("LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE").execute(&mut *conn).await?;
    sqlx::query!(
        "INSERT INTO signing_keys (kid, seed, created_at)
         SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM signing_keys WHERE created_at > $4)",
        candidate.kid,
        &candidate.seed[..],
        At(candidate.created_at),
        At(*unless_newer_than),
    )
    .execute(&mut *conn)
    .await?;
    // If any newer key was made before that moment, so was the next newer one.
    sqlx::query!(
        "DELETE FROM signing_keys WHERE EXISTS (
             SELECT FROM signing_keys AS newer
             WHERE newer.created_at > signing_keys.created_at AND newer.created_at < $1
         )",
        At(*superseded_before),
    )
    .execute(&mut *conn)
    .await?;
    list(conn).await
}
