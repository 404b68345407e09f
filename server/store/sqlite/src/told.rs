//! What was done, with its JSON text: the event log and the answer that is kept for a repeated key say the same.

use orderly_domain::Result;
use serde::Serialize;

use crate::error::internal;

/// Something that was done, and how it is told.
pub(crate) struct Told<T> {
    /// What was done.
    pub(crate) value: T,
    /// It as JSON.
    pub(crate) text: String,
}

impl<T: Serialize> Told<T> {
    /// Writes it as JSON, once.
    pub(crate) fn of(value: T) -> Result<Self> {
        let text = serde_json::to_string(&value).map_err(internal)?;
        Ok(Self { value, text })
    }
}
