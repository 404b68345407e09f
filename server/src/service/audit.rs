//! The audit trail: what administrators changed is written down with the change, and administrators read it.

use std::fmt::Display;

use orderly_domain::{
    Page, Position, SortKey, Storage, Timestamp,
    audit::{AuditEntry, AuditFilter},
    id::{AuditEntryId, UserId},
};
use serde_json::Value;

use super::{Listing, Principal, Result, Services};

/// What is written down, by the names of the document's operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    CreateUser,
    ChangeRole,
    DeleteUser,
    CreateProduct,
    UpdateProduct,
    ArchiveProduct,
    AdjustStock,
    /// Only of somebody else's order.
    CancelOrder,
}

impl Action {
    const fn as_str(self) -> &'static str {
        match self {
            Self::CreateUser => "create_user",
            Self::ChangeRole => "change_role",
            Self::DeleteUser => "delete_user",
            Self::CreateProduct => "create_product",
            Self::UpdateProduct => "update_product",
            Self::ArchiveProduct => "archive_product",
            Self::AdjustStock => "adjust_stock",
            Self::CancelOrder => "cancel_order",
        }
    }
}

impl Principal {
    /// The entry about something that the principal does at `at` to the thing with the id `subject`. `details` are a
    /// JSON object: neither secrets nor personal data, which would outlive the account.
    pub(super) fn audit(
        &self,
        action: Action,
        subject: impl Display,
        at: Timestamp,
        details: Value,
    ) -> Option<AuditEntry> {
        Some(AuditEntry {
            id: AuditEntryId::new(),
            at,
            actor: self.account,
            action: action.as_str().to_owned(),
            subject: subject.to_string(),
            request_id: self.request_id.to_string(),
            details,
        })
    }
}

/// Which entries to list.
#[derive(Debug, Clone)]
pub struct ListAuditEntries {
    /// Only what this account did.
    pub actor: Option<UserId>,
    /// Only what was done to the thing with this id.
    pub subject: Option<String>,
    /// Only what was done by this operation.
    pub action: Option<String>,
    /// Which page.
    pub listing: Listing,
}

impl<S: Storage> Services<S> {
    /// A page of the audit trail, newest first.
    ///
    /// # Errors
    /// `Forbidden` for customers, `InvalidCursor`.
    pub async fn list_audit_entries(
        &self,
        principal: &Principal,
        list: ListAuditEntries,
    ) -> Result<Page<AuditEntry>> {
        principal.require_administrator()?;
        let ListAuditEntries { actor, subject, action, listing } = list;
        let filters = ("audit_entries", actor, &subject, &action);
        let after = listing.after(&filters)?;
        let limit = listing.rows();
        let filter = AuditFilter { actor, subject: subject.clone(), action: action.clone(), after, limit };
        let rows = self.store.audit_entries(filter).await?;
        Ok(Page::of(rows, listing.limit, &filters, |entry| Position {
            key: SortKey::Id,
            id: entry.id.uuid(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_operations_of_the_document_that_change_something() {
        for action in [
            Action::CreateUser,
            Action::ChangeRole,
            Action::DeleteUser,
            Action::CreateProduct,
            Action::UpdateProduct,
            Action::ArchiveProduct,
            Action::AdjustStock,
            Action::CancelOrder,
        ] {
            let operation = orderly_api::OPERATIONS.iter().find(|known| known.id == action.as_str());
            assert!(operation.is_some_and(|known| known.method != "GET"), "{action:?}");
        }
    }
}
