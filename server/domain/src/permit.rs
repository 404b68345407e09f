//! Permits: what is left of a rate limit that all servers on one database share.

use crate::Timestamp;

/// A wish for permits of one window of time. A server asks for a handful and hands them out by itself, so that most
/// requests touch no database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermitRequest {
    /// The name of the limit.
    pub policy: String,
    /// Whom it is kept for, such as an account.
    pub subject: String,
    /// When the window began; all servers have to count the same windows.
    pub window: Timestamp,
    /// When the window ends; afterwards its count is of no use.
    pub window_ends: Timestamp,
    /// So many permits a window has.
    pub limit: u32,
    /// So many are wanted.
    pub wanted: u32,
}

/// The permits that were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PermitGrant {
    /// So many of those that were wanted: never more of a window than its limit, over all servers.
    pub granted: u32,
    /// So many of the window are given now, with these.
    pub used: u32,
}
