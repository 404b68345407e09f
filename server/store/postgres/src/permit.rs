//! Permits in SQL: how much of each window is used.

use orderly_domain::permit::{PermitGrant, PermitRequest};
use sqlx::PgConnection;

use crate::{
    column::At,
    error::{Attempt, internal},
};

/// Counts what was wanted, also beyond the limit: what was there before tells how much of it is granted, so that one
/// statement does, and servers that ask at once count one after the other.
pub(crate) async fn take(conn: &mut PgConnection, request: &PermitRequest) -> Attempt<PermitGrant> {
    let PermitRequest { policy, subject, window, window_ends, limit, wanted } = request;
    let wanted_in_all = sqlx::query_scalar!(
        "INSERT INTO permit_windows AS permits (policy, subject, began_at, ends_at, used) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT ON CONSTRAINT permit_windows_pkey DO UPDATE SET used = permits.used + excluded.used
         RETURNING used",
        policy,
        subject,
        At(*window),
        At(*window_ends),
        i64::from(*wanted),
    )
    .fetch_one(conn)
    .await?;
    let before = (wanted_in_all - i64::from(*wanted)).min(i64::from(*limit));
    let used = wanted_in_all.min(i64::from(*limit));
    Ok(PermitGrant {
        granted: u32::try_from(used - before).map_err(internal)?,
        used: u32::try_from(used).map_err(internal)?,
    })
}
