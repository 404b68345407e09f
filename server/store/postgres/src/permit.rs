//! Permits in SQL: how much of each window is used.

use orderly_domain::permit::{PermitGrant, PermitRequest};
use sqlx::PgConnection;

use crate::{
    column::At,
    error::{Attempt, internal},
};

/// One statement: servers that ask at once wait for each other's row and count on from there.
pub(crate) async fn take(conn: &mut PgConnection, request: &PermitRequest) -> Attempt<PermitGrant> {
    let PermitRequest { policy, subject, window, window_ends, limit, wanted } = request;
    let taken = sqlx::query!(
        "INSERT INTO permit_windows AS permits (policy, subject, began_at, ends_at, used, granted)
         VALUES ($1, $2, $3, $4, least($5::bigint, $6), least($5, $6))
         ON CONFLICT ON CONSTRAINT permit_windows_pkey DO UPDATE
         SET used = permits.used + greatest(least($5, $6 - permits.used), 0),
             granted = greatest(least($5, $6 - permits.used), 0)
         RETURNING used, granted",
        policy,
        subject,
        At(*window),
        At(*window_ends),
        i64::from(*wanted),
        i64::from(*limit),
    )
    .fetch_one(conn)
    .await?;
    Ok(PermitGrant {
        granted: u32::try_from(taken.granted).map_err(internal)?,
        used: u32::try_from(taken.used).map_err(internal)?,
    })
}
