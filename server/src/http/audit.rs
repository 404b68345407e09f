//! The audit trail over HTTP.

use orderly_api::{AuditApi, ListAuditEntriesRequest, ListAuditEntriesResponse};
use orderly_domain::Storage;

use super::{
    Handlers,
    mapping::{IntoApi, IntoDomain, listing},
};
use crate::service::{ListAuditEntries, Principal, Result};

impl<S: Storage> AuditApi for Handlers<S> {
    async fn list_audit_entries(
        &self,
        principal: Principal,
        request: ListAuditEntriesRequest,
    ) -> Result<ListAuditEntriesResponse> {
        let list = ListAuditEntries {
            actor: request.actor_id.map(IntoDomain::into_domain),
            subject: request.subject_id.map(String::from),
            action: request.action.map(String::from),
            listing: listing(request.limit, request.cursor),
        };
        let page = self.services.list_audit_entries(&principal, list).await?;
        Ok(ListAuditEntriesResponse::Ok { body: page.into_api() })
    }
}
