//! What a use case can fail with, whoever asked and over whichever protocol.

use std::{error::Error, time::Duration};

use orderly_domain::{StoreError, page::InvalidCursor};

use crate::rate::Refused;

/// The outcome of a use case.
pub type Result<T> = std::result::Result<T, ServiceError>;

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The store refused it or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no such thing, or it belongs to somebody else.
    #[error("there is no such {what}")]
    NotFound {
        /// The noun, such as "order".
        what: &'static str,
    },
    /// The credential is wrong, expired, revoked or that of a deleted account.
    #[error("the credential does not work")]
    Unauthenticated,
    /// The credential is good, but not for this.
    #[error("forbidden: {reason}")]
    Forbidden {
        /// What would be needed, as a sentence for the client.
        reason: &'static str,
    },
    /// The address or the password is wrong; which of them is not said.
    #[error("wrong e-mail address or password")]
    InvalidCredentials,
    /// The refresh token is unknown, spent, revoked or expired.
    #[error("the refresh token does not work")]
    InvalidRefreshToken,
    /// The current password is wrong, so that it is not changed.
    #[error("the current password is wrong")]
    WrongPassword,
    /// The API key would expire before it is made.
    #[error("it would have expired already")]
    AlreadyExpired,
    /// The cursor was made by another list or with other filters.
    #[error(transparent)]
    InvalidCursor(#[from] InvalidCursor),
    /// The change has to name the version that it is based on.
    #[error("the version that is changed has to be named")]
    PreconditionRequired,
    /// Lines of an order name products that do not exist.
    #[error("unknown products in {} lines", lines.len())]
    UnknownProducts {
        /// Those lines, counted from 0 as they were sent.
        lines: Vec<usize>,
        /// Whether this is the answer of an earlier request with the same idempotency key.
        replayed: bool,
    },
    /// Lines of an order name products that are archived.
    #[error("products not for sale in {} lines", lines.len())]
    ProductsNotForSale {
        /// Those lines, counted from 0 as they were sent.
        lines: Vec<usize>,
        /// Whether this is the answer of an earlier request with the same idempotency key.
        replayed: bool,
    },
    /// The caller has asked too often in this minute.
    #[error("too many requests in this minute")]
    RateLimited {
        /// After this time it is worth another try.
        retry_after: Duration,
    },
    /// So much is being worked on that more would only wait.
    #[error("there is too much to do already")]
    Overloaded,
    /// Something that must not happen, such as a stored password hash that is none.
    #[error("{context}")]
    Internal {
        /// What was being done.
        context: &'static str,
        /// Why it failed.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

impl ServiceError {
    /// Says what was not found, when that is what the store says.
    pub(super) fn missing(what: &'static str) -> impl Fn(StoreError) -> Self {
        move |error| match error {
            StoreError::NotFound => Self::NotFound { what },
            other => Self::Store(other),
        }
    }

    /// Says of the principal's own account that it is gone: an access token outlives its account by some minutes, and
    /// then speaks for nobody.
    pub(super) fn deleted(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::Unauthenticated,
            other => Self::Store(other),
        }
    }

    /// Wraps what must not happen.
    pub(super) fn internal<E: Into<Box<dyn Error + Send + Sync>>>(
        context: &'static str,
    ) -> impl Fn(E) -> Self {
        move |source| Self::Internal { context, source: source.into() }
    }
}

impl From<Refused> for ServiceError {
    fn from(refused: Refused) -> Self {
        Self::RateLimited { retry_after: refused.retry_after() }
    }
}
