//! What a change expects of the version that it replaces.

use orderly_domain::Version;

use super::{Result, ServiceError};

/// The versions that a change may be based on (RFC 9110, section 13.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Precondition {
    /// The client said nothing.
    Unstated,
    /// Whichever version there is.
    Any,
    /// One of these; with none in it, nothing matches.
    OneOf(Vec<Version>),
}

impl Precondition {
    /// The expected versions for the store, where `None` is any.
    pub(super) fn versions(self) -> Option<Vec<Version>> {
        match self {
            Self::Unstated | Self::Any => None,
            Self::OneOf(versions) => Some(versions),
        }
    }

    /// As [`versions`](Self::versions), for what must not be changed blindly.
    pub(super) fn required(self) -> Result<Option<Vec<Version>>> {
        if self == Self::Unstated { Err(ServiceError::PreconditionRequired) } else { Ok(self.versions()) }
    }
}
