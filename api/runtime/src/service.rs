//! What every implementation of a generated interface shares: its errors and its authentication.

use std::{fmt, future::Future};

use poem::Request;

use crate::failure::Failure;

/// What all tags of one interface share. Each generated trait demands it.
pub trait Service: Send + Sync + 'static {
    /// Whom credentials speak for.
    type Principal: Send + 'static;
    /// What an operation may fail with by `?`; it is sent as a problem, and only with a status that
    /// the operation declares.
    type Error: Into<Failure> + Send + 'static;

    /// Turns the presented credentials, one for each scheme of an alternative that the document
    /// offers, into a principal that has all of `scopes`. `request` is what they came with; its body is elsewhere.
    ///
    /// # Errors
    /// Whatever says that the credentials are not good (401) or not enough (403).
    fn authenticate(
        &self,
        request: &Request,
        credentials: Vec<Credential>,
        scopes: &'static [&'static str],
    ) -> impl Future<Output = Result<Self::Principal, Self::Error>> + Send;
}

/// A secret that a caller presented. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// The scheme's name in the document's `components.securitySchemes`.
    pub scheme: &'static str,
    /// The token, the key, or `user:password` of HTTP Basic.
    pub secret: String,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}
