//! Idempotency records: the first answer to a key, stored with its effect and given again.
//!
//! A statement that does something for a key looks for the key's answer first, does nothing if there is one, and stores
//! its own answer otherwise: one round trip for whoever comes first. Whatever else happens (a repetition, a refusal,
//! another request with the key at the same time) takes further statements.

use orderly_domain::{
    Rejection, StoreError,
    idempotency::{Idempotency, KEPT, Once},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::{
    column::At,
    error::{Attempt, Failure, internal, unavailable},
};

/// How often others may be in the way of one request, each in another way than the last.
const ROUNDS: usize = 8;

/// What a request with a key was answered: a refusal is an answer too.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer<T> {
    /// It was done.
    Done(T),
    /// A rule refused it.
    Refused(Rejection),
}

/// A key as the columns of a statement, all NULL if a request has none.
#[derive(Default)]
pub(crate) struct Columns<'a> {
    pub(crate) user_id: Option<Uuid>,
    pub(crate) operation: Option<&'a str>,
    pub(crate) key: Option<&'a str>,
    pub(crate) fingerprint: Option<&'a [u8]>,
    pub(crate) at: Option<At>,
    /// When an answer had to be given to count still.
    pub(crate) kept_from: Option<At>,
}

impl<'a> Columns<'a> {
    pub(crate) fn of(key: Option<&'a Idempotency>) -> Self {
        key.map_or_else(Self::default, |key| Self {
            user_id: Some(key.user_id.uuid()),
            operation: Some(key.operation),
            key: Some(&key.key),
            fingerprint: Some(&key.fingerprint.0),
            at: Some(At(key.at)),
            kept_from: Some(At(key.at.before(KEPT))),
        })
    }
}

/// Something that is done once for a key.
pub(crate) trait Command {
    /// What comes of it.
    type Done: DeserializeOwned + Send;

    /// Does it and stores its answer, in one statement. `None` if it did nothing: the key has an answer, or a rule
    /// refuses.
    fn effect(&self, conn: &mut PgConnection) -> impl Future<Output = Attempt<Option<Self::Done>>> + Send;

    /// Says which rule refuses it, or `Ok` if there is none any more.
    fn refusal(&self, conn: &mut PgConnection) -> impl Future<Output = Attempt<()>> + Send;
}

/// Does `command` once for the key, and gives the stored answer from then on.
pub(crate) async fn once<C: Command + Sync>(
    conn: &mut PgConnection,
    key: Option<&Idempotency>,
    command: C,
) -> Attempt<Once<C::Done>> {
    for _ in 0..ROUNDS {
        let refused = match command.effect(conn).await {
            Ok(Some(value)) => return Ok(Once { value, replayed: false }),
            Ok(None) => None,
            Err(failure) if failure.is_answered() => None,
            // By a constraint.
            Err(Failure::Outcome(StoreError::Rejected { rejection, .. })) => Some(rejection),
            Err(failure) => return Err(failure),
        };
        if let Some(key) = key
            && let Some(value) = answer(conn, key).await?
        {
            return Ok(Once { value, replayed: true });
        }
        let refused = match refused {
            Some(rejection) => rejection,
            None => match command.refusal(conn).await {
                Err(Failure::Outcome(StoreError::Rejected { rejection, .. })) => rejection,
                Err(failure) => return Err(failure),
                // The reason is gone, or an answer is in the way that is too old to be given again.
                Ok(()) => {
                    if let Some(key) = key {
                        forget_old(conn, key).await?;
                    }
                    continue;
                }
            },
        };
        let stored = match key {
            Some(key) => store_refusal(conn, key, &refused).await?,
            None => true,
        };
        if stored {
            return Err(refused.into());
        }
    }
    Err(unavailable("other requests were in the way each time").into())
}

/// The answer that was given for the key.
///
/// # Errors
/// If it was a refusal, or the key was used with another request.
async fn answer<T: DeserializeOwned>(conn: &mut PgConnection, key: &Idempotency) -> Attempt<Option<T>> {
    let found = sqlx::query!(
        "SELECT fingerprint, answer::text AS \"answer!\" FROM idempotency_records
         WHERE user_id = $1 AND operation = $2 AND key = $3 AND created_at > $4",
        key.user_id.uuid(),
        key.operation,
        key.key,
        At(key.at.before(KEPT)),
    )
    .fetch_optional(conn)
    .await?;
    let Some(found) = found else { return Ok(None) };
    if found.fingerprint != key.fingerprint.0 {
        return Err(Rejection::IdempotencyKeyReused.into());
    }
    match serde_json::from_str(&found.answer).map_err(internal)? {
        Answer::Done(value) => Ok(Some(value)),
        Answer::Refused(rejection) => Err(StoreError::Rejected { rejection, replayed: true }.into()),
    }
}

/// Stores a refusal as the key's answer, unless there is one that counts; whether it did.
async fn store_refusal(conn: &mut PgConnection, key: &Idempotency, refused: &Rejection) -> Attempt<bool> {
    let stored = sqlx::query!(
        "INSERT INTO idempotency_records AS record (user_id, operation, key, fingerprint, answer, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT ON CONSTRAINT idempotency_records_pkey DO UPDATE
         SET fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at
         WHERE record.created_at <= $7",
        key.user_id.uuid(),
        key.operation,
        key.key,
        &key.fingerprint.0[..],
        Json(Answer::<()>::Refused(refused.clone())) as _,
        At(key.at),
        At(key.at.before(KEPT)),
    )
    .execute(conn)
    .await?;
    Ok(stored.rows_affected() > 0)
}

async fn forget_old(conn: &mut PgConnection, key: &Idempotency) -> Attempt<()> {
    sqlx::query!(
        "DELETE FROM idempotency_records WHERE user_id = $1 AND operation = $2 AND key = $3 AND created_at <= $4",
        key.user_id.uuid(),
        key.operation,
        key.key,
        At(key.at.before(KEPT)),
    )
    .execute(conn)
    .await?;
    Ok(())
}
