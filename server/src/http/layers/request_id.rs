//! Gives every request an id: the caller's when it is well formed, otherwise a new one. Every answer carries it.

use std::sync::Arc;

use poem::{
    Endpoint, Middleware, Request, Response,
    http::{HeaderName, HeaderValue},
};
use uuid::Uuid;

/// The header that carries the id in both directions.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id that is taken from a caller.
const MAX_LENGTH: usize = 128;

/// The id of a request. It holds letters, digits and `-_.:/+=` only, so it is safe in a header, a log and JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// A new id, which sorts by time.
    pub fn generate() -> Self {
        Self(Uuid::now_v7().to_string().into())
    }

    /// The caller's id, if it is well formed.
    pub fn parse(text: &str) -> Option<Self> {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(&byte);
        let well_formed = (1..=MAX_LENGTH).contains(&text.len()) && text.bytes().all(safe);
        well_formed.then(|| Self(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as the value of a header.
    pub fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).expect("an id holds characters that headers can hold")
    }

    /// The id of a request that has passed the layer; empty for one that has not.
    pub fn of(request: &Request) -> Self {
        request.data::<Self>().cloned().unwrap_or_else(|| Self("".into()))
    }
}

impl From<RequestId> for Arc<str> {
    fn from(id: RequestId) -> Self {
        id.0
    }
}

/// The layer.
#[derive(Debug, Clone, Copy)]
pub struct RequestIds;

impl<E: Endpoint<Output = Response>> Middleware<E> for RequestIds {
    type Output = WithRequestId<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithRequestId { inner }
    }
}

/// An endpoint whose requests have ids.
#[derive(Debug)]
pub struct WithRequestId<E> {
    inner: E,
}

impl<E: Endpoint<Output = Response>> Endpoint for WithRequestId<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let id = request.header(&HEADER).and_then(RequestId::parse).unwrap_or_else(RequestId::generate);
        request.set_data(id.clone());
        let mut response = self.inner.call(request).await?;
        response.headers_mut().insert(HEADER, id.header());
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_and_harmless_ids_are_taken() {
        for good in ["a", "01J-_.:/+=", &"x".repeat(128)] {
            assert!(RequestId::parse(good).is_some(), "{good}");
        }
        for bad in ["", "two words", "a\"b", "a\\b", "é", "a\tb", &"x".repeat(129)] {
            assert!(RequestId::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_new_id_is_well_formed() {
        let id = RequestId::generate();
        assert_eq!(RequestId::parse(id.as_str()), Some(id));
    }
}
