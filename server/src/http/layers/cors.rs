//! Web pages of other origins (the Fetch standard, section 3.2): those of the list may call the API, and read what its
//! answers tell in headers. Without a list nothing is said, and browsers let no other page read anything.
//!
//! Tokens and API keys travel in headers that a page sets itself, so no cookies are asked for
//! (`Access-Control-Allow-Credentials`).

use std::sync::Arc;

use poem::{
    Endpoint, Middleware, Request, Response,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
};

use crate::{config, http::routes::RouteTable};

/// The headers that a page may send.
const MAY_SEND: HeaderValue = HeaderValue::from_static(
    "authorization, content-type, idempotency-key, if-match, if-none-match, x-api-key, x-request-id",
);
/// The headers of an answer that a page may read, besides those that every page may.
const MAY_READ: HeaderValue = HeaderValue::from_static(
    "etag, idempotent-replayed, location, ratelimit, ratelimit-policy, retry-after, www-authenticate, x-request-id",
);
/// Seconds for which a browser may remember what it was told.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// The layer. It has to stand outside of [`super::problems::Problems`], so that pages can read errors as well.
#[derive(Debug, Clone)]
pub struct Cors {
    origins: Arc<[HeaderValue]>,
    routes: Arc<RouteTable>,
}

impl Cors {
    /// Lets pages of these origins call these routes.
    pub fn new(cors: &config::Cors, routes: Arc<RouteTable>) -> Self {
        let origins = cors.origins.iter().filter_map(|origin| HeaderValue::from_str(origin.as_str()).ok());
        Self { origins: origins.collect(), routes }
    }

    /// The origin of the page that calls, if it is in the list.
    fn origin(&self, request: &Request) -> Option<HeaderValue> {
        let sent = request.headers().get(header::ORIGIN)?;
        self.origins.iter().find(|known| *known == sent).cloned()
    }

    /// The answer to a browser that asks before it calls, if this is one.
    fn preflight(&self, request: &Request) -> Option<Response> {
        if request.method() != Method::OPTIONS
            || !request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
        {
            return None;
        }
        let mut response = Response::builder().status(StatusCode::NO_CONTENT).finish();
        let headers: [(HeaderName, HeaderValue); 3] = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, self.routes.find(request.uri().path())?.allow()),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, MAY_SEND),
            (header::ACCESS_CONTROL_MAX_AGE, MAX_AGE),
        ];
        response.headers_mut().extend(headers);
        Some(response)
    }
}

impl<E: Endpoint<Output = Response>> Middleware<E> for Cors {
    type Output = WithCors<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithCors { inner, cors: self.clone() }
    }
}

/// An endpoint that pages of some origins may call.
#[derive(Debug)]
pub struct WithCors<E> {
    inner: E,
    cors: Cors,
}

impl<E: Endpoint<Output = Response>> Endpoint for WithCors<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if self.cors.origins.is_empty() {
            return self.inner.call(request).await;
        }
        let origin = self.cors.origin(&request);
        let preflight = origin.as_ref().and_then(|_| self.cors.preflight(&request));
        let mut response = match preflight {
            Some(response) => response,
            None => self.inner.call(request).await?,
        };
        let headers = response.headers_mut();
        // Whoever caches the answer must not show it to pages of other origins.
        headers.append(header::VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = origin {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, MAY_READ);
        }
        Ok(response)
    }
}
