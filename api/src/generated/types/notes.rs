//! Types of `notes`.

use orderly_api_runtime as runtime;
use super::{Note, OrderId};

/// A note as it is to be.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NoteWrite {
    /// The note in a few words.
    pub title: NoteTitle,
    /// The note's text.
    pub body: NoteBody,
    /// Id of an order.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_id: Option<OrderId>,
}

runtime::object!(NoteWrite);

runtime::string! {
    /// The note in a few words.
    pub struct NoteTitle { min_length: 1, max_length: 200, pattern: r"\S" }
}

runtime::string! {
    /// The note's text.
    pub struct NoteBody { max_length: 10000 }
}

/// The fields of the note to change.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
#[validate(schema(function = "note_patch_has_enough_properties"))]
pub struct NotePatch {
    /// The note in a few words.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub title: Option<NoteTitle>,
    /// The note's text.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub body: Option<NoteBody>,
    /// The order that the note is about; null removes the reference.
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub order_id: runtime::Patch<NotePatchOrderId>,
}

runtime::object!(NotePatch);

/// Counts the properties that are there.
fn note_patch_has_enough_properties(
    value: &NotePatch,
) -> Result<(), validator::ValidationError> {
    runtime::property_count(
        &[value.title.is_some(), value.body.is_some(), !value.order_id.is_absent()],
        1,
        None,
    )
}

runtime::string! {
    /// The order that the note is about; null removes the reference.
    pub struct NotePatchOrderId { pattern: "^ord_[0-7][0-9a-hjkmnp-tv-z]{25}$" }
}

/// A page of notes.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct NotePage {
    /// `items`.
    pub items: Vec<Note>,
    /// The next page's `cursor`; absent on the last page.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub next_cursor: Option<String>,
}

runtime::object!(NotePage);
