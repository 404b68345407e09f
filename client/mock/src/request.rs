//! What a mock was asked.

use std::marker::PhantomData;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use crate::Takes;

/// A request that arrived.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received {
    /// The id of the operation; nothing if the document has none there.
    pub operation: Option<&'static str>,
    /// The method.
    pub method: Method,
    /// The path, still percent-encoded.
    pub path: String,
    /// What stands behind the question mark, still percent-encoded.
    pub query: Option<String>,
    /// Every header.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    pub(crate) path_parameters: Vec<(&'static str, String)>,
}

impl Received {
    /// A header as text; nothing if it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A parameter of the path, decoded.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> Option<String> {
        let (_, value) = self.path_parameters.iter().find(|(known, _)| *known == name)?;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    }

    /// A query parameter, decoded; the first of its name.
    #[must_use]
    pub fn query_parameter(&self, name: &str) -> Option<String> {
        let query = self.query.as_deref().unwrap_or_default();
        let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name)?;
        Some(value.into_owned())
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// When it is none, or of another shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

/// A request of the operation `O`.
#[derive(Debug)]
pub struct Request<O> {
    received: Received,
    operation: PhantomData<fn() -> O>,
}

impl<O> Request<O> {
    pub(crate) fn new(received: Received) -> Self {
        Self { received, operation: PhantomData }
    }
}

impl<O: Takes> Request<O> {
    /// The body.
    ///
    /// # Panics
    /// If the SDK could not have sent it.
    #[must_use]
    pub fn body(&self) -> O::Body {
        self.received.json().expect("a body as the document has it")
    }
}

impl<O> Deref for Request<O> {
    type Target = Received;

    fn deref(&self) -> &Received {
        &self.received
    }
}
