//! Idempotency records: the first answer to a key, stored with its effect and given again.

use orderly_domain::{
    Rejection, Result, StoreError,
    idempotency::{Idempotency, KEPT, Once},
};
use rusqlite::Connection;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    checked::{execute, fetch_one, row},
    error::internal,
    savepoint::in_savepoint,
};

row! {
    struct RecordRow { fingerprint: Vec<u8>, answer: String }
}

/// What a request with a key was answered: a refusal is an answer too.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer<T> {
    /// It was done.
    Done(T),
    /// A rule refused it.
    Refused(Rejection),
}

/// Does `effect` if the key is new, and gives the stored answer otherwise.
///
/// Record and effect are one transaction. A refusal undoes the effect and is recorded; any other failure leaves no
/// record, because trying again may succeed. Hence the answer to a refused request is `Ok` here and becomes an error
/// in [`settle`], once the record is on disk.
pub(crate) fn once<T: Serialize + DeserializeOwned>(
    conn: &Connection,
    key: Option<&Idempotency>,
    effect: impl FnOnce(&Connection) -> Result<T>,
) -> Result<Once<Answer<T>>> {
    let Some(key) = key else {
        return effect(conn).map(|value| Once { value: Answer::Done(value), replayed: false });
    };
    if let Some(record) = find(conn, key)? {
        return replay(&record, key);
    }
    let value = match in_savepoint(conn, "effect", effect) {
        Ok(value) => Answer::Done(value),
        Err(StoreError::Rejected { rejection, .. }) => Answer::Refused(rejection),
        Err(error) => return Err(error),
    };
    store(conn, key, &serde_json::to_string(&value).map_err(internal)?)?;
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

fn replay<T: DeserializeOwned>(record: &RecordRow, key: &Idempotency) -> Result<Once<Answer<T>>> {
    if record.fingerprint != key.fingerprint.0 {
        return Err(Rejection::IdempotencyKeyReused.into());
    }
    let value = serde_json::from_str(&record.answer).map_err(internal)?;
    Ok(Once { value, replayed: true })
}

fn find(conn: &Connection, key: &Idempotency) -> Result<Option<RecordRow>> {
    fetch_one!(
        conn,
        RecordRow,
        r#"SELECT fingerprint AS "fingerprint: Vec<u8>", answer FROM idempotency_records
           WHERE user_id = ?1 AND operation = ?2 AND key = ?3 AND created_at > ?4"#,
        key.user_id.uuid(),
        key.operation,
        key.key,
        key.at.before(KEPT).micros(),
    )
}

fn store(conn: &Connection, key: &Idempotency, answer: &str) -> Result<()> {
    // A record that is too old to be given again may still be there.
    execute!(
        conn,
        "INSERT INTO idempotency_records (user_id, operation, key, fingerprint, answer, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (user_id, operation, key) DO UPDATE
         SET fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at",
        key.user_id.uuid(),
        key.operation,
        key.key,
        &key.fingerprint.0[..],
        answer,
        key.at.micros(),
    )?;
    Ok(())
}
