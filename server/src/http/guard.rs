//! Closes connections whose peer does not go on: it neither ends the head that it began nor reads its answer.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::body::Bytes;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep},
};

use super::{activity::Activity, refusal};

/// After its answer a peer may go on sending until it pauses for this long, but no longer than writes may stall.
const LINGER: Duration = Duration::from_secs(1);

/// How long a peer is waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// From the first byte of a head to its last. `None` on HTTP/2, where silence between frames says nothing.
    pub(super) head: Option<Duration>,
    /// For it to take what is written.
    pub(super) stall: Duration,
}

/// A head that has begun to arrive.
#[derive(Debug, Clone, Copy)]
struct Head {
    since: Instant,
    /// The requests that had begun by then: with one more, this head is complete.
    begun: u64,
}

/// A stream that fails with `TimedOut` when its peer is waited for too long. Timers run only while it is.
#[derive(Debug)]
pub(super) struct Guarded<S> {
    stream: S,
    /// What was read before, to be read again.
    prefix: Bytes,
    activity: Activity,
    patience: Patience,
    head: Option<Head>,
    /// Runs while a head waits for the peer.
    unfinished: Option<Pin<Box<Sleep>>>,
    /// Runs while a write waits for the peer.
    stall: Option<Pin<Box<Sleep>>>,
    /// Runs once our side is closed, and when it ends whatever the peer does.
    linger: Option<(Pin<Box<Sleep>>, Instant)>,
    /// What is written in place of hyper's own refusal, and how much of it is.
    refusal: Option<(Vec<u8>, usize)>,
}

impl<S> Guarded<S> {
    pub(super) fn new(stream: S, prefix: Bytes, activity: Activity, patience: Patience) -> Self {
        Self {
            stream,
            prefix,
            activity,
            patience,
            head: None,
            unfinished: None,
            stall: None,
            linger: None,
            refusal: None,
        }
    }

    /// The stream itself, and what was read of it but not read again.
    pub(super) fn into_parts(self) -> (S, Bytes) {
        (self.stream, self.prefix)
    }

    /// Notes that bytes have arrived: of a new head, if nothing is being answered.
    fn heard(&mut self) {
        let begun = self.activity.begun();
        if self.patience.head.is_some()
            && !self.activity.is_busy()
            && self.head.is_none_or(|head| head.begun != begun)
        {
            self.head = Some(Head { since: Instant::now(), begun });
        }
    }

    /// Whether the rest of a head has been waited for too long. Wakes the task when that may be so.
    fn is_overdue(&mut self, cx: &mut Context<'_>) -> bool {
        let begun = self.activity.begun();
        let Some((head, limit)) = self.head.filter(|head| head.begun == begun).zip(self.patience.head) else {
            if self.unfinished.take().is_some() {
                self.tell();
            }
            return false;
        };
        let end = head.since + limit;
        let unfinished = self.unfinished.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(end)));
        if unfinished.deadline() != end {
            unfinished.as_mut().reset(end);
        }
        let is_overdue = unfinished.as_mut().poll(cx).is_ready();
        self.tell();
        is_overdue
    }

    /// Passes a write's result on, or fails it when the peer has not made room for too long.
    fn guard_write<R>(&mut self, cx: &mut Context<'_>, result: Poll<io::Result<R>>) -> Poll<io::Result<R>> {
        if result.is_ready() {
            if self.stall.take().is_some() {
                self.tell();
            }
            return result;
        }
        let limit = self.patience.stall;
        let stall = self.stall.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        let stalled = stall.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()));
        self.tell();
        stalled
    }

    /// Tells whoever would take the connection for idle whether it is.
    fn tell(&self) {
        let waits = self.unfinished.is_some() || self.stall.is_some() || self.linger.is_some();
        self.activity.hold(waits);
    }
}

impl<S: AsyncWrite + Unpin> Guarded<S> {
    /// Writes the problem that stands for `bytes`, if they are a refusal of hyper's own.
    fn poll_refuse(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Option<Poll<io::Result<usize>>> {
        if self.refusal.is_none() {
            self.refusal = Some((refusal::in_place_of(bytes)?, 0));
        }
        let (text, written) = self.refusal.as_mut()?;
        while *written < text.len() {
            match Pin::new(&mut self.stream).poll_write(cx, &text[*written..]) {
                Poll::Ready(Ok(0)) => return Some(Poll::Ready(Err(io::ErrorKind::WriteZero.into()))),
                Poll::Ready(Ok(more)) => *written += more,
                Poll::Ready(Err(error)) => return Some(Poll::Ready(Err(error))),
                Poll::Pending => return Some(Poll::Pending),
            }
        }
        self.refusal = None;
        Some(Poll::Ready(Ok(bytes.len())))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.prefix.is_empty() {
            let length = self.prefix.len().min(buffer.remaining());
            buffer.put_slice(&self.prefix.split_to(length));
            self.heard();
            return Poll::Ready(Ok(()));
        }
        let result = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if result.is_ready() {
            self.heard();
            return result;
        }
        if self.is_overdue(cx) { Poll::Ready(Err(io::ErrorKind::TimedOut.into())) } else { Poll::Pending }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = match self.poll_refuse(cx, bytes) {
            Some(result) => result,
            None => Pin::new(&mut self.stream).poll_write(cx, bytes),
        };
        self.guard_write(cx, result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let refused = match slices {
            [only] => self.poll_refuse(cx, only),
            _ => None,
        };
        let result = match refused {
            Some(result) => result,
            None => Pin::new(&mut self.stream).poll_write_vectored(cx, slices),
        };
        self.guard_write(cx, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_flush(cx);
        self.guard_write(cx, result)
    }

    /// Closes our side, then takes what the peer still sends for a moment. Closing at once would reset the connection
    /// under a peer that is still sending its body, and it would never read the answer (RFC 9112, section 9.6).
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let me = &mut *self;
        if me.linger.is_none() {
            ready!(Pin::new(&mut me.stream).poll_shutdown(cx))?;
            let now = Instant::now();
            me.linger = Some((Box::pin(tokio::time::sleep(LINGER)), now + me.patience.stall));
            me.tell();
        }
        let Some((silence, end)) = me.linger.as_mut() else { return Poll::Ready(Ok(())) };
        let mut scrap = [0; 4096];
        loop {
            let mut unread = ReadBuf::new(&mut scrap);
            match Pin::new(&mut me.stream).poll_read(cx, &mut unread) {
                Poll::Pending => return silence.as_mut().poll(cx).map(Ok),
                Poll::Ready(Ok(())) if !unread.filled().is_empty() => {
                    let now = Instant::now();
                    if now >= *end {
                        return Poll::Ready(Ok(()));
                    }
                    silence.as_mut().reset((now + LINGER).min(*end));
                }
                // It has ended, one way or the other.
                Poll::Ready(_) => return Poll::Ready(Ok(())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    const LIMIT: Duration = Duration::from_secs(10);
    const PATIENCE: Patience = Patience { head: Some(LIMIT), stall: LIMIT };

    fn guarded(stream: DuplexStream, activity: &Activity) -> Guarded<DuplexStream> {
        Guarded::new(stream, Bytes::new(), activity.clone(), PATIENCE)
    }

    #[tokio::test]
    async fn what_was_read_before_comes_first() {
        let (mut peer, stream) = duplex(64);
        let prefix = Bytes::from_static(b"PRI *");
        let mut guarded = Guarded::new(stream, prefix, Activity::default(), PATIENCE);
        peer.write_all(b" HTTP").await.unwrap();
        drop(peer);
        let mut text = String::new();
        guarded.read_to_string(&mut text).await.unwrap();
        assert_eq!(text, "PRI * HTTP");
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_trickles_in_is_given_up_after_the_limit() {
        let (mut peer, stream) = duplex(64);
        let activity = Activity::default();
        let mut guarded = guarded(stream, &activity);
        let begun = Instant::now();
        tokio::spawn(async move {
            while peer.write_u8(1).await.is_ok() {
                tokio::time::sleep(LIMIT / 4).await;
            }
        });
        let error = loop {
            if let Err(error) = guarded.read_u8().await {
                break error;
            }
            assert!(!activity.is_busy());
        };
        assert_eq!((error.kind(), begun.elapsed().as_secs()), (io::ErrorKind::TimedOut, LIMIT.as_secs()));
        assert!(!activity.is_idle(), "half a head is something to finish");
    }

    #[tokio::test(start_paused = true)]
    async fn a_peer_may_be_silent_before_a_head_and_while_it_is_answered() {
        let (mut peer, stream) = duplex(64);
        let activity = Activity::default();
        let mut guarded = guarded(stream, &activity);
        tokio::spawn(async move {
            tokio::time::sleep(LIMIT * 3).await;
            peer.write_u8(1).await.unwrap();
            tokio::time::sleep(LIMIT * 3).await;
            peer.write_u8(2).await.unwrap();
            std::future::pending::<()>().await;
        });
        assert_eq!(guarded.read_u8().await.unwrap(), 1);
        let handling = activity.begin();
        assert_eq!(guarded.read_u8().await.unwrap(), 2);
        drop(handling);
        assert!(activity.is_idle());
    }

    #[tokio::test(start_paused = true)]
    async fn a_peer_that_is_still_sending_is_heard_for_a_moment_after_closing() {
        let (mut peer, stream) = duplex(4);
        let mut guarded = guarded(stream, &Activity::default());
        let begun = Instant::now();
        let (closed, sent) = tokio::join!(guarded.shutdown(), peer.write_all(&[0; 64]));
        closed.unwrap();
        sent.unwrap();
        assert_eq!(begun.elapsed(), LINGER);
    }

    #[tokio::test(start_paused = true)]
    async fn a_peer_that_never_stops_sending_is_not_heard_for_ever() {
        let (mut peer, stream) = duplex(4);
        let mut guarded = guarded(stream, &Activity::default());
        tokio::spawn(async move {
            while peer.write_u8(1).await.is_ok() {
                tokio::time::sleep(LINGER / 2).await;
            }
        });
        let begun = Instant::now();
        guarded.shutdown().await.unwrap();
        assert_eq!(begun.elapsed(), LIMIT);
    }

    #[tokio::test(start_paused = true)]
    async fn a_peer_that_does_not_read_is_given_up_after_the_limit() {
        let (_peer, stream) = duplex(4);
        let activity = Activity::default();
        let error = guarded(stream, &activity).write_all(&[0; 64]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(!activity.is_idle(), "unsent bytes are something to finish");
    }

    #[tokio::test]
    async fn a_bare_refusal_leaves_as_a_problem_however_little_room_there_is() {
        let (mut peer, stream) = duplex(16);
        let mut guarded = guarded(stream, &Activity::default());
        let bare =
            b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        let mut text = String::new();
        let write = async {
            guarded.write_all(bare).await.unwrap();
            guarded.write_all(b"untouched").await.unwrap();
            drop(guarded);
        };
        let ((), read) = tokio::join!(write, peer.read_to_string(&mut text));
        read.unwrap();
        assert!(text.starts_with("HTTP/1.1 431 ") && text.contains("\"head_too_large\""), "{text}");
        assert!(text.ends_with("}untouched"), "{text}");
    }
}
