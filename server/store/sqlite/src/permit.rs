//! Permits in SQL: how much of each window is used.

use orderly_domain::{
    Result,
    permit::{PermitGrant, PermitRequest},
};
use rusqlite::Connection;

use crate::{
    checked::{execute, scalar},
    error::internal,
};

pub(crate) fn take(conn: &Connection, request: &PermitRequest) -> Result<PermitGrant> {
    let used = scalar!(
        conn,
        i64,
        "SELECT used FROM permit_windows WHERE policy = ?1 AND subject = ?2 AND began_at = ?3",
        request.policy,
        request.subject,
        request.window.micros(),
    )?;
    let used = u32::try_from(used.unwrap_or_default()).map_err(internal)?;
    let granted = request.wanted.min(request.limit.saturating_sub(used));
    if granted > 0 {
        execute!(
            conn,
            "INSERT INTO permit_windows (policy, subject, began_at, ends_at, used) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (policy, subject, began_at) DO UPDATE SET used = used + excluded.used",
            request.policy,
            request.subject,
            request.window.micros(),
            request.window_ends.micros(),
            granted,
        )?;
    }
    Ok(PermitGrant { granted, used: used + granted })
}
