//! What happens on one connection: how many requests are worked on, how many answers are on their way, and whether
//! anything has moved since somebody last looked.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
};

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

/// The figures of one connection. Only its own tasks touch them.
#[derive(Debug, Clone, Default)]
pub(super) struct Activity(Arc<Figures>);

#[derive(Debug, Default)]
struct Figures {
    begun: AtomicU64,
    moves: AtomicU64,
    handled: AtomicUsize,
    answers: AtomicUsize,
    unread: AtomicBool,
    held: AtomicBool,
}

impl Activity {
    /// A request's head has arrived and its handler begins.
    pub(super) fn begin(&self) -> Handling {
        self.0.begun.fetch_add(1, Relaxed);
        self.0.handled.fetch_add(1, Relaxed);
        Handling(self.clone())
    }

    /// How many requests have begun so far.
    pub(super) fn begun(&self) -> u64 {
        self.0.begun.load(Relaxed)
    }

    /// Whether a handler works.
    pub(super) fn is_handling(&self) -> bool {
        self.0.handled.load(Relaxed) > 0
    }

    /// Whether a request waits for its answer or for the rest of it: the peer may rightly be silent.
    pub(super) fn is_busy(&self) -> bool {
        self.is_handling() || self.0.answers.load(Relaxed) > 0
    }

    /// The stream has something to finish: the rest of a head to read, something to write, or its own end.
    pub(super) fn hold(&self, held: bool) {
        self.0.held.store(held, Relaxed);
    }

    /// Whether the connection only waits for another request.
    pub(super) fn is_idle(&self) -> bool {
        !self.is_busy() && !self.0.held.load(Relaxed)
    }

    /// Grows with each request that begins and each piece of an answer that is taken.
    pub(super) fn moves(&self) -> u64 {
        self.0.moves.load(Relaxed) + self.begun()
    }

    /// Watches the body of the only request that is worked on, as on HTTP/1.
    pub(super) fn watch(&self, body: Incoming) -> Watched {
        self.0.unread.store(!body.is_end_stream(), Relaxed);
        Watched { body, activity: self.clone() }
    }

    /// Whether the watched body was left before its end. The connection is closed after the answer then, and a client
    /// that is not told sends its next request into it (RFC 9112, section 9.6).
    pub(super) fn has_unread_body(&self) -> bool {
        self.0.unread.load(Relaxed)
    }
}

/// Counts as one handler that works, until it is dropped.
#[derive(Debug)]
pub(super) struct Handling(Activity);

impl Handling {
    /// The handler is done; its answer counts until it was taken wholly.
    pub(super) fn answer<B>(self, body: B) -> Answer<B> {
        self.0.0.answers.fetch_add(1, Relaxed);
        Answer { body, activity: self.0.clone() }
    }
}

impl Drop for Handling {
    fn drop(&mut self) {
        self.0.0.handled.fetch_sub(1, Relaxed);
    }
}

/// The body of an answer on its way.
#[derive(Debug)]
pub(super) struct Answer<B> {
    body: B,
    activity: Activity,
}

impl<B> Drop for Answer<B> {
    fn drop(&mut self) {
        self.activity.0.answers.fetch_sub(1, Relaxed);
    }
}

impl<B: Body + Unpin> Body for Answer<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        self.activity.0.moves.fetch_add(1, Relaxed);
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of a request, which tells when it was read to its end.
#[derive(Debug)]
pub(super) struct Watched {
    body: Incoming,
    activity: Activity,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx).map_err(io::Error::other);
        if matches!(polled, Poll::Ready(None)) || self.body.is_end_stream() {
            self.activity.0.unread.store(false, Relaxed);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_busy_until_the_answer_was_taken() {
        let activity = Activity::default();
        assert!(activity.is_idle());
        let handling = activity.begin();
        assert!(activity.is_busy() && activity.is_handling());
        let answer = handling.answer(());
        assert!(activity.is_busy() && !activity.is_handling());
        drop(answer);
        assert!(activity.is_idle());
        assert_eq!(activity.begun(), 1);
    }

    #[test]
    fn a_handler_that_is_dropped_works_no_more() {
        let activity = Activity::default();
        drop(activity.begin());
        assert!(activity.is_idle());
    }

    #[test]
    fn a_stream_with_something_to_finish_is_not_idle() {
        let activity = Activity::default();
        activity.hold(true);
        assert!(!activity.is_idle() && !activity.is_busy());
    }
}
