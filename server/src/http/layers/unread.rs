//! Bodies that nobody read to their end. The connection is closed after the answer then, and a client that is not told
//! sends its next request into it (RFC 9112, section 9.6).

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};

use futures_util::{StreamExt, stream};
use poem::{
    Body, Request, Response,
    http::{HeaderValue, Version, header},
};

/// Knows whether the body of a request was read to its end.
pub(super) struct BodyWatch(Option<Arc<AtomicBool>>);

impl BodyWatch {
    /// Watches the body, if the request has one. HTTP/2 ends a stream, not the connection.
    pub(super) fn on(request: &mut Request) -> Self {
        let length = request.headers().get(header::CONTENT_LENGTH);
        let is_chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
        let is_empty = !is_chunked && length.is_none_or(|length| length == "0");
        if is_empty || request.version() >= Version::HTTP_2 {
            return Self(None);
        }
        let ended = Arc::new(AtomicBool::new(false));
        let at_end = ended.clone();
        let pieces = request.take_body().into_bytes_stream();
        let end = stream::poll_fn(move |_| {
            at_end.store(true, Ordering::Relaxed);
            Poll::Ready(None)
        });
        request.set_body(Body::from_bytes_stream(pieces.chain(end)));
        Self(Some(ended))
    }

    /// The answer, which says so if the connection ends with it.
    pub(super) fn announce_close(&self, mut response: Response) -> Response {
        if self.0.as_ref().is_some_and(|ended| !ended.load(Ordering::Relaxed)) {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
