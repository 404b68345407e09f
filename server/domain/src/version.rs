//! The version of a thing, which its `ETag` shows and `If-Match` names.

use serde::{Deserialize, Serialize};

use crate::Rejection;

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

    /// The version after the next change.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Refuses the change of a thing in this version unless the caller saw it, or does not care (`None`).
    ///
    /// # Errors
    /// [`Rejection::VersionMismatch`] if it is none of the expected ones.
    pub fn require(self, expected: Option<&[Self]>) -> Result<(), Rejection> {
        match expected {
            Some(versions) if !versions.contains(&self) => Err(Rejection::VersionMismatch),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_needs_the_version_that_was_seen_or_none() {
        let [first, second, third] = [1, 2, 3].map(Version::from_number);
        for (expected, allowed) in [
            (None, true),
            (Some(vec![second]), true),
            (Some(vec![first, second]), true),
            (Some(vec![]), false),
            (Some(vec![first, third]), false),
        ] {
            let outcome = second.require(expected.as_deref());
            assert_eq!(
                outcome,
                if allowed { Ok(()) } else { Err(Rejection::VersionMismatch) },
                "{expected:?}"
            );
        }
        assert_eq!(Version::FIRST.next(), second);
    }
}
