//! What an answer says beside its body.

use http::HeaderMap;

use crate::{CallError, Error, Problem, ResponseValue};

/// What an answer says beside its body. Calls give it by `send()`.
pub trait ResponseExt {
    /// The version of what was answered, to send as `If-Match` or `If-None-Match`.
    fn etag(&self) -> Option<&str>;

    /// Where what was created is.
    fn location(&self) -> Option<&str>;

    /// What finds the request in the server's log.
    fn request_id(&self) -> Option<&str>;

    /// Whether this is the stored answer to an earlier call with the same idempotency key.
    fn is_replayed(&self) -> bool;
}

impl<T> ResponseExt for ResponseValue<T> {
    fn etag(&self) -> Option<&str> {
        text(self.headers(), "etag")
    }

    fn location(&self) -> Option<&str> {
        text(self.headers(), "location")
    }

    fn request_id(&self) -> Option<&str> {
        text(self.headers(), "x-request-id")
    }

    fn is_replayed(&self) -> bool {
        text(self.headers(), "idempotent-replayed") == Some("true")
    }
}

/// Tells "nothing new" from an error.
pub trait NotModifiedExt<T> {
    /// Nothing when the answer was 304: what `If-None-Match` named is still current.
    ///
    /// # Errors
    /// Everything else that a call may fail with.
    fn unless_not_modified(self) -> Result<Option<ResponseValue<T>>, Error>;
}

impl<T> NotModifiedExt<T> for Result<ResponseValue<T>, CallError<Problem>> {
    fn unless_not_modified(self) -> Result<Option<ResponseValue<T>>, Error> {
        match self.map_err(Error::from) {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if error.is_not_modified() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A header as text of its own.
pub(crate) fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    text(headers, name).map(str::to_owned)
}

/// A header as text.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
