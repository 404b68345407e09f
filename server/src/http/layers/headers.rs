//! Security headers on every answer, and caching that never shares what belongs to one account.

use poem::{
    Endpoint, Middleware, Request, Response,
    http::{HeaderMap, HeaderName, HeaderValue, header},
};

/// An answer of the API is data: whatever a browser is made to see in it must not run, load or be framed.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

const ALWAYS: [(HeaderName, HeaderValue); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

/// For a year no browser asks this host without TLS (RFC 6797).
const ONLY_HTTPS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The layer. What an answer says itself is kept.
#[derive(Debug, Clone, Copy)]
pub struct SecurityHeaders {
    /// Whether the server speaks TLS.
    pub is_secure: bool,
}

impl<E: Endpoint<Output = Response>> Middleware<E> for SecurityHeaders {
    type Output = WithSecurityHeaders<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithSecurityHeaders { inner, is_secure: self.is_secure }
    }
}

/// An endpoint whose answers carry the headers.
#[derive(Debug)]
pub struct WithSecurityHeaders<E> {
    inner: E,
    is_secure: bool,
}

impl<E: Endpoint<Output = Response>> Endpoint for WithSecurityHeaders<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let mut response = self.inner.call(request).await?;
        secure(response.headers_mut());
        if self.is_secure {
            response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, ONLY_HTTPS);
        }
        Ok(response)
    }
}

/// Adds the headers that every answer has.
pub(in crate::http) fn secure(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    // With a validator an answer may be kept by its caller and asked about (RFC 9111, section 5.2.2); without one,
    // and for tokens always (RFC 6749, section 5.1), it is not kept at all.
    let caching = if headers.contains_key(header::ETAG) { "private, no-cache" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(caching));
}
