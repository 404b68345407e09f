//! The audit trail: who changed what in the shop's administration, written with the change itself.

use crate::{
    Position, Timestamp,
    id::{AuditEntryId, UserId},
};

/// One administrative change. It is stored in the transaction of its effect, or neither is.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// The id.
    pub id: AuditEntryId,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: UserId,
    /// What was done, as the document names the operation.
    pub action: String,
    /// The id of what it was done to, as clients see it.
    pub subject: String,
    /// The request that asked for it.
    pub request_id: String,
    /// What changed, as a JSON object without secrets and personal data.
    pub details: serde_json::Value,
}

/// Which entries a list shows, newest first.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Only what this account did.
    pub actor: Option<UserId>,
    /// Only what was done to the thing with this id.
    pub subject: Option<String>,
    /// Only what was done by this operation.
    pub action: Option<String>,
    /// Only what comes after this.
    pub after: Option<Position>,
    /// At most so many.
    pub limit: u32,
}
