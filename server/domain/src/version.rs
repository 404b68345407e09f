//! The version of a thing, which its `ETag` shows and `If-Match` names.

use serde::{Deserialize, Serialize};

/// Counts the changes of a thing, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(i64);

impl Version {
    /// The version of what has just been created.
    pub const FIRST: Self = Self(1);

    /// The version with this number, as a database keeps it.
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// The number, as a database keeps it.
    pub const fn number(self) -> i64 {
        self.0
    }
}
