//! Notes: what an account writes down for itself, maybe about an order.

use serde::{Deserialize, Serialize};

use crate::{
    Position, Timestamp, Version,
    id::{NoteId, OrderId, UserId},
};

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The id.
    pub id: NoteId,
    /// Whose it is.
    pub user_id: UserId,
    /// The note in a few words.
    pub title: String,
    /// Its text.
    pub body: String,
    /// The order that it is about, one of the author's own.
    pub order_id: Option<OrderId>,
    /// Counts the changes.
    pub version: Version,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// A change of a note; `None` leaves a field as it is. Replacing a note sets all three.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteChange {
    /// The new title.
    pub title: Option<String>,
    /// The new text.
    pub body: Option<String>,
    /// The new order, or `Some(None)` for none.
    pub order_id: Option<Option<OrderId>>,
}

/// Which of an account's notes a list shows, newest first.
#[derive(Debug, Clone)]
pub struct NoteFilter {
    /// Whose.
    pub user_id: UserId,
    /// Only notes about this order.
    pub order_id: Option<OrderId>,
    /// Only what comes after this.
    pub after: Option<Position>,
    /// At most so many.
    pub limit: u32,
}
