//! What is of no use any more, in SQL: each kind has an index by when that is.

use orderly_domain::{Timestamp, idempotency::KEPT};
use sqlx::PgConnection;

use crate::{
    column::At,
    error::{Attempt, internal},
};

/// Removes at most `limit` of each kind; how many it were. What somebody is using is left for the next time, and servers
/// that do this at once remove different rows.
pub(crate) async fn remove(conn: &mut PgConnection, at: Timestamp, limit: u32) -> Attempt<u64> {
    let removed = sqlx::query_scalar!(
        r#"WITH tokens AS (
               DELETE FROM refresh_tokens WHERE hash = ANY (ARRAY(
                   SELECT hash FROM refresh_tokens WHERE expires_at <= $1
                   ORDER BY expires_at LIMIT $3 FOR UPDATE SKIP LOCKED
               ))
               RETURNING 1
           ), answers AS (
               DELETE FROM idempotency_records WHERE ctid = ANY (ARRAY(
                   SELECT ctid FROM idempotency_records WHERE created_at <= $2
                   ORDER BY created_at LIMIT $3 FOR UPDATE SKIP LOCKED
               ))
               RETURNING 1
           ), windows AS (
               DELETE FROM permit_windows WHERE ctid = ANY (ARRAY(
                   SELECT ctid FROM permit_windows WHERE ends_at <= $1
                   ORDER BY ends_at LIMIT $3 FOR UPDATE SKIP LOCKED
               ))
               RETURNING 1
           )
           SELECT (SELECT count(*) FROM tokens) + (SELECT count(*) FROM answers) + (SELECT count(*) FROM windows)
               AS "removed!""#,
        At(at),
        At(at.before(KEPT)),
        i64::from(limit),
    )
    .fetch_one(conn)
    .await?;
    Ok(u64::try_from(removed).map_err(internal)?)
}
