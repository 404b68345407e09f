//! Which part of a list is asked for.

use orderly_domain::{Cursor, Position};
use serde::Serialize;

use super::Result;

/// Which part of a list is asked for.
#[derive(Debug, Clone)]
pub struct Listing {
    /// How many items at most; at least one.
    pub limit: u32,
    /// Where to begin, as the page before said it.
    pub cursor: Option<String>,
}

impl Listing {
    /// The place to begin after, if the cursor was made with the same filters.
    pub(super) fn after(&self, filters: &impl Serialize) -> Result<Option<Position>> {
        let Some(text) = &self.cursor else { return Ok(None) };
        let cursor: Cursor = text.parse()?;
        Ok(Some(cursor.position(filters)?))
    }

    /// One row more than the page has tells whether there is another page.
    pub(super) fn rows(&self) -> u32 {
        self.limit.saturating_add(1)
    }
}
