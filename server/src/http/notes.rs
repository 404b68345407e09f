//! Notes over HTTP.

use orderly_api::{
    CreateNoteRequest, CreateNoteResponse, DeleteNoteRequest, DeleteNoteResponse, GetNoteRequest,
    GetNoteResponse, IdempotencyKey, ListNotesRequest, ListNotesResponse, NotesApi, ReplaceNoteRequest,
    ReplaceNoteResponse, UpdateNoteRequest, UpdateNoteResponse,
};
use orderly_domain::Storage;

use super::{
    Handlers,
    conditional::{entity_tag, is_known, precondition},
    mapping::{IntoApi, IntoDomain, listing, replayed},
};
use crate::service::{Principal, Result};

impl<S: Storage> NotesApi for Handlers<S> {
    async fn list_notes(&self, principal: Principal, request: ListNotesRequest) -> Result<ListNotesResponse> {
        let order_id = request.order_id.map(IntoDomain::into_domain);
        let listing = listing(request.limit, request.cursor);
        let page = self.services.list_notes(&principal, order_id, listing).await?;
        Ok(ListNotesResponse::Ok { body: page.into_api() })
    }

    async fn create_note(
        &self,
        principal: Principal,
        request: CreateNoteRequest,
    ) -> Result<CreateNoteResponse> {
        let key = request.idempotency_key.map(IdempotencyKey::into_inner);
        let created = self.services.create_note(&principal, request.body.into_domain(), key).await?;
        Ok(CreateNoteResponse::Created {
            location: format!("/v1/notes/{}", created.value.id),
            etag: entity_tag(created.value.version),
            idempotent_replayed: replayed(created.replayed),
            body: created.value.into_api(),
        })
    }

    async fn get_note(&self, principal: Principal, request: GetNoteRequest) -> Result<GetNoteResponse> {
        let note = self.services.note(&principal, request.note_id.into_domain()).await?;
        let etag = entity_tag(note.version);
        if is_known(request.if_none_match.as_deref(), note.version) {
            return Ok(GetNoteResponse::NotModified { etag });
        }
        Ok(GetNoteResponse::Ok { etag, body: note.into_api() })
    }

    async fn replace_note(
        &self,
        principal: Principal,
        request: ReplaceNoteRequest,
    ) -> Result<ReplaceNoteResponse> {
        let id = request.note_id.into_domain();
        let precondition = precondition(request.if_match.as_deref());
        let note =
            self.services.replace_note(&principal, id, precondition, request.body.into_domain()).await?;
        Ok(ReplaceNoteResponse::Ok { etag: entity_tag(note.version), body: note.into_api() })
    }

    async fn update_note(
        &self,
        principal: Principal,
        request: UpdateNoteRequest,
    ) -> Result<UpdateNoteResponse> {
        let id = request.note_id.into_domain();
        let precondition = precondition(request.if_match.as_deref());
        let note =
            self.services.change_note(&principal, id, precondition, request.body.into_domain()).await?;
        Ok(UpdateNoteResponse::Ok { etag: entity_tag(note.version), body: note.into_api() })
    }

    async fn delete_note(
        &self,
        principal: Principal,
        request: DeleteNoteRequest,
    ) -> Result<DeleteNoteResponse> {
        self.services.delete_note(&principal, request.note_id.into_domain()).await?;
        Ok(DeleteNoteResponse::NoContent)
    }
}
