//! Notes: each account sees and changes its own, and nobody else's.

use orderly_domain::{
    Page, Position, SortKey, Storage, Timestamp, Version,
    api_key::Scope,
    id::{NoteId, OrderId},
    idempotency::Once,
    note::{Note, NoteChange, NoteFilter},
};
use serde::Serialize;

use super::{Listing, Precondition, Principal, Result, ServiceError, Services, idempotency};

/// A note as it is to be.
#[derive(Debug, Clone, Serialize)]
pub struct WriteNote {
    /// The note in a few words.
    pub title: String,
    /// Its text.
    pub body: String,
    /// The own order that it is about.
    pub order_id: Option<OrderId>,
}

impl<S: Storage> Services<S> {
    /// A page of the principal's notes, newest first.
    ///
    /// # Errors
    /// `Forbidden`, `InvalidCursor`.
    pub async fn list_notes(
        &self,
        principal: &Principal,
        order_id: Option<OrderId>,
        listing: Listing,
    ) -> Result<Page<Note>> {
        principal.require(Scope::NotesRead)?;
        let filters = ("notes", principal.account, order_id);
        let after = listing.after(&filters)?;
        let filter = NoteFilter { user_id: principal.account, order_id, after, limit: listing.rows() };
        let rows = self.store.notes(filter).await?;
        Ok(Page::of(rows, listing.limit, &filters, |note| Position { key: SortKey::Id, id: note.id.uuid() }))
    }

    /// Writes a note.
    ///
    /// # Errors
    /// `Forbidden`, `Unauthenticated` if the account was deleted, `UnknownOrder`, `IdempotencyKeyReused`,
    /// `IdempotencyInFlight`.
    pub async fn create_note(
        &self,
        principal: &Principal,
        write: WriteNote,
        key: Option<String>,
    ) -> Result<Once<Note>> {
        principal.require(Scope::NotesWrite)?;
        let now = Timestamp::now();
        let once = key.map(|key| idempotency::record(principal, "create_note", key, &write, now));
        let WriteNote { title, body, order_id } = write;
        let note = Note {
            id: NoteId::new(),
            user_id: principal.account,
            title,
            body,
            order_id,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        };
        self.store.create_note(note, once).await.map_err(ServiceError::deleted)
    }

    /// A note of the principal.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`.
    pub async fn note(&self, principal: &Principal, id: NoteId) -> Result<Note> {
        principal.require(Scope::NotesRead)?;
        self.store.note(principal.account, id).await.map_err(ServiceError::missing("note"))
    }

    /// Sets all fields of a note.
    ///
    /// # Errors
    /// As [`change_note`](Self::change_note).
    pub async fn replace_note(
        &self,
        principal: &Principal,
        id: NoteId,
        precondition: Precondition,
        write: WriteNote,
    ) -> Result<Note> {
        let WriteNote { title, body, order_id } = write;
        let change = NoteChange { title: Some(title), body: Some(body), order_id: Some(order_id) };
        self.change_note(principal, id, precondition, change).await
    }

    /// Changes some fields of a note.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `VersionMismatch`, `UnknownOrder`.
    pub async fn change_note(
        &self,
        principal: &Principal,
        id: NoteId,
        precondition: Precondition,
        change: NoteChange,
    ) -> Result<Note> {
        principal.require(Scope::NotesWrite)?;
        self.store
            .change_note(principal.account, id, precondition.versions(), change, Timestamp::now())
            .await
            .map_err(ServiceError::missing("note"))
    }

    /// Deletes a note; doing it again changes nothing.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound` if the principal never had it.
    pub async fn delete_note(&self, principal: &Principal, id: NoteId) -> Result<()> {
        principal.require(Scope::NotesWrite)?;
        self.store
            .delete_note(principal.account, id, Timestamp::now())
            .await
            .map_err(ServiceError::missing("note"))
    }
}
