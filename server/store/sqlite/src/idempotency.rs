//! Idempotency records: the first answer to a key, stored with its effect and given again.

use orderly_domain::{
    Rejection, Result, StoreError,
    idempotency::{Idempotency, KEPT, Once},
};
use rusqlite::Connection;
use serde::de::DeserializeOwned;

use crate::{
    checked::{execute, fetch_one, row},
    error::internal,
    told::Told,
};

row! {
    struct RecordRow {
        id: i64,
        fingerprint: Vec<u8>,
        answer: Option<String>,
        refusal: Option<String>,
        created_at: i64,
    }
}

/// What a request with a key was answered: a refusal is an answer too.
pub(crate) enum Answer<T> {
    /// It was done.
    Done(T),
    /// A rule refused it.
    Refused(Rejection),
}

/// An effect must refuse before it changes anything, because its refusal is recorded in the same transaction.
#[derive(Debug, thiserror::Error)]
#[error("a rule refused what had been begun: {0}")]
struct RefusedTooLate(Rejection);

/// Does `effect` if the key is new, and gives the stored answer otherwise.
///
/// Record and effect are one transaction. A refusal is recorded; any other failure leaves no record, because trying
/// again may succeed. Hence the answer to a refused request is `Ok` here and becomes an error in [`settle`], once the
/// record is on disk.
pub(crate) fn once<T: DeserializeOwned>(
    conn: &Connection,
    key: Option<&Idempotency>,
    effect: impl FnOnce(&Connection) -> Result<Told<T>>,
) -> Result<Once<Answer<T>>> {
    let Some(key) = key else {
        return effect(conn).map(|done| Once { value: Answer::Done(done.value), replayed: false });
    };
    match find(conn, key)? {
        // It is not to be given again; it may still be there.
        Some(record) if record.created_at <= key.at.before(KEPT).micros() => remove(conn, &record)?,
        Some(record) => return replay(record, key),
        None => {}
    }
    let changes = conn.total_changes();
    let value = match effect(conn) {
        Ok(Told { value, text }) => {
            store(conn, key, Some(&text), None)?;
            Answer::Done(value)
        }
        Err(StoreError::Rejected { rejection, .. }) => {
            if conn.total_changes() != changes {
                return Err(internal(RefusedTooLate(rejection)));
            }
            store(conn, key, None, Some(&serde_json::to_string(&rejection).map_err(internal)?))?;
            Answer::Refused(rejection)
        }
        Err(error) => return Err(error),
    };
    Ok(Once { value, replayed: false })
}

/// The answer as the contract gives it.
pub(crate) fn settle<T>(once: Once<Answer<T>>) -> Result<Once<T>> {
    let Once { value, replayed } = once;
    match value {
        Answer::Done(value) => Ok(Once { value, replayed }),
        Answer::Refused(rejection) => Err(StoreError::Rejected { rejection, replayed }),
    }
}

fn replay<T: DeserializeOwned>(record: RecordRow, key: &Idempotency) -> Result<Once<Answer<T>>> {
    if record.fingerprint != key.fingerprint.0 {
        return Err(Rejection::IdempotencyKeyReused.into());
    }
    let read = || match (&record.answer, &record.refusal) {
        (Some(answer), _) => serde_json::from_str(answer).map(Answer::Done),
        (None, refusal) => serde_json::from_str(refusal.as_deref().unwrap_or_default()).map(Answer::Refused),
    };
    Ok(Once { value: read().map_err(internal)?, replayed: true })
}

fn find(conn: &Connection, key: &Idempotency) -> Result<Option<RecordRow>> {
    fetch_one!(
        conn,
        RecordRow,
        r#"SELECT id AS "id!", fingerprint AS "fingerprint: Vec<u8>", answer, refusal, created_at
           FROM idempotency_records WHERE user_id = ?1 AND operation = ?2 AND key = ?3"#,
        key.user_id.uuid(),
        key.operation,
        key.key,
    )
}

fn remove(conn: &Connection, record: &RecordRow) -> Result<()> {
    execute!(conn, "DELETE FROM idempotency_records WHERE id = ?1", record.id)?;
    Ok(())
}

fn store(conn: &Connection, key: &Idempotency, answer: Option<&str>, refusal: Option<&str>) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO idempotency_records (user_id, operation, key, fingerprint, answer, refusal, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        key.user_id.uuid(),
        key.operation,
        key.key,
        &key.fingerprint.0[..],
        answer,
        refusal,
        key.at.micros(),
    )?;
    Ok(())
}
