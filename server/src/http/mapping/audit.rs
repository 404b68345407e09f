//! The audit trail between the document and the shop.

use std::collections::BTreeMap;

use orderly_api as api;
use orderly_domain::{Page, audit::AuditEntry};
use serde_json::Value;

use super::{IntoApi, page};

impl IntoApi for AuditEntry {
    type Api = api::AuditEntry;

    fn into_api(self) -> api::AuditEntry {
        let details = match self.details {
            Value::Object(details) => details.into_iter().collect(),
            _ => BTreeMap::new(),
        };
        api::AuditEntry {
            id: self.id.into_api(),
            created_at: self.at.into_api(),
            actor_id: self.actor.into_api(),
            action: self.action,
            subject_id: self.subject,
            request_id: self.request_id,
            details,
        }
    }
}

impl IntoApi for Page<AuditEntry> {
    type Api = api::AuditEntryPage;

    fn into_api(self) -> api::AuditEntryPage {
        let (items, next_cursor) = page(self);
        api::AuditEntryPage { items, next_cursor }
    }
}
