//! Closes connections whose peer does nothing: neither sends while no request is in flight, nor reads its answer.

use std::{
    future::Future,
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep},
};

/// How long a peer may go on sending after its answer.
const LINGER: Duration = Duration::from_secs(1);

/// How many requests of one connection are in flight. While there are any, the peer may rightly be silent.
#[derive(Debug, Clone, Default)]
pub(super) struct InFlight(Arc<AtomicUsize>);

/// Counts as one request in flight until it is dropped.
#[derive(Debug)]
pub(super) struct InFlightRequest(Arc<AtomicUsize>);

impl InFlight {
    pub(super) fn begin(&self) -> InFlightRequest {
        self.0.fetch_add(1, Ordering::Relaxed);
        InFlightRequest(self.0.clone())
    }

    fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

impl Drop for InFlightRequest {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A stream that fails with `TimedOut` when its peer is idle or does not read for too long.
#[derive(Debug)]
pub(super) struct Guarded<S> {
    stream: S,
    in_flight: InFlight,
    idle_limit: Duration,
    last_activity: Instant,
    /// Fires some time after `idle_limit` of silence may have passed: activity only moves `last_activity`, which
    /// is cheaper than re-arming a timer at each read and write.
    idle: Pin<Box<Sleep>>,
    stall_limit: Duration,
    /// Runs while a write waits for the peer.
    stall: Option<Pin<Box<Sleep>>>,
    /// Runs once our side is closed.
    linger: Option<Pin<Box<Sleep>>>,
}

impl<S> Guarded<S> {
    pub(super) fn new(stream: S, in_flight: InFlight, idle_limit: Duration, stall_limit: Duration) -> Self {
        Self {
            stream,
            in_flight,
            idle_limit,
            last_activity: Instant::now(),
            idle: Box::pin(tokio::time::sleep(idle_limit)),
            stall_limit,
            stall: None,
            linger: None,
        }
    }

    /// Whether the peer has been silent for too long. Wakes the task when that may be so.
    fn is_idle(&mut self, cx: &mut Context<'_>) -> bool {
        while self.idle.as_mut().poll(cx).is_ready() {
            let now = Instant::now();
            if self.in_flight.any() {
                self.last_activity = now;
            } else if now >= self.last_activity + self.idle_limit {
                return true;
            }
            self.idle.as_mut().reset(self.last_activity + self.idle_limit);
        }
        false
    }

    /// Passes a write's result on, or fails it when the peer has not made room for too long.
    fn guard_write<R>(&mut self, cx: &mut Context<'_>, result: Poll<io::Result<R>>) -> Poll<io::Result<R>> {
        if result.is_ready() {
            self.stall = None;
            self.last_activity = Instant::now();
            return result;
        }
        let limit = self.stall_limit;
        let stall = self.stall.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        stall.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if result.is_ready() {
            self.last_activity = Instant::now();
            return result;
        }
        if self.is_idle(cx) { Poll::Ready(Err(io::ErrorKind::TimedOut.into())) } else { Poll::Pending }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.guard_write(cx, result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
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
        }
        let linger = me.linger.get_or_insert_with(|| Box::pin(tokio::time::sleep(LINGER)));
        let mut scrap = [0; 4096];
        loop {
            let mut unread = ReadBuf::new(&mut scrap);
            let read = Pin::new(&mut me.stream).poll_read(cx, &mut unread);
            let gone = matches!(&read, Poll::Ready(result) if result.is_err() || unread.filled().is_empty());
            if gone || linger.as_mut().poll(cx).is_ready() {
                return Poll::Ready(Ok(()));
            }
            if read.is_pending() {
                return Poll::Pending;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    const LIMIT: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn a_silent_peer_is_given_up_after_the_idle_limit() {
        let (_peer, stream) = duplex(64);
        let begun = Instant::now();
        let error = Guarded::new(stream, InFlight::default(), LIMIT, LIMIT).read_u8().await.unwrap_err();
        assert_eq!((error.kind(), begun.elapsed().as_secs()), (io::ErrorKind::TimedOut, 10));
    }

    #[tokio::test(start_paused = true)]
    async fn activity_and_requests_in_flight_put_the_limit_off() {
        let (mut peer, stream) = duplex(64);
        let in_flight = InFlight::default();
        let mut guarded = Guarded::new(stream, in_flight.clone(), LIMIT, LIMIT);
        let begun = Instant::now();
        tokio::spawn(async move {
            tokio::time::sleep(LIMIT / 2).await;
            peer.write_u8(1).await.unwrap();
            let request = in_flight.begin();
            tokio::time::sleep(LIMIT * 3).await;
            drop(request);
            std::future::pending::<()>().await;
            drop(peer);
        });
        assert_eq!(guarded.read_u8().await.unwrap(), 1);
        assert_eq!(guarded.read_u8().await.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() >= LIMIT * 4, "{:?}", begun.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_peer_that_is_still_sending_is_heard_for_a_moment_after_closing() {
        let (mut peer, stream) = duplex(4);
        let mut guarded = Guarded::new(stream, InFlight::default(), LIMIT, LIMIT);
        let begun = Instant::now();
        let (closed, sent) = tokio::join!(guarded.shutdown(), peer.write_all(&[0; 64]));
        closed.unwrap();
        sent.unwrap();
        assert_eq!(begun.elapsed(), LINGER);
    }

    #[tokio::test(start_paused = true)]
    async fn a_peer_that_does_not_read_is_given_up_after_the_stall_limit() {
        let (_peer, stream) = duplex(4);
        let mut guarded = Guarded::new(stream, InFlight::default(), LIMIT * 9, LIMIT);
        let error = guarded.write_all(&[0; 64]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
