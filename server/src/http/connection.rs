//! One connection from its first byte to its last: which protocol it speaks, its time limits, and cancellation when the
//! peer goes away.
//!
//! Between requests an HTTP/1 connection sleeps on the bare stream: hyper's buffers take 28 KiB, which ten thousand
//! silent clients should not hold.

use std::{convert::Infallible, future::Future, io, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use http_body_util::{BodyExt, combinators::BoxBody};
use hyper::{
    body::{Bytes, Incoming},
    server::conn::{http1, http2},
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::graceful::GracefulConnection,
};
use poem::{
    Body, Endpoint, Request, RequestParts, Response,
    http::{HeaderValue, header, uri::Scheme},
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    sync::watch,
    time::{Instant, sleep, timeout},
};

use super::{
    activity::{Activity, Answer},
    guard::{Guarded, Patience},
    refusal,
    tls::Tls,
};
use crate::config::Limits;

/// Headers in one request.
const MAX_HEADERS: usize = 64;
/// Requests at once on one HTTP/2 connection.
const MAX_STREAMS: u32 = 100;
/// Requests on one HTTP/2 connection that the peer has given up before they were looked at; with more, it only wastes
/// our time (CVE-2023-44487).
const MAX_PENDING_RESETS: usize = 20;
/// Streams on one HTTP/2 connection that we have reset because of the peer's mistakes; with more, it is closed.
const MAX_ERROR_RESETS: usize = 256;
/// Bytes of bodies that a peer may send ahead: what one stream, and what one connection can make us keep.
const STREAM_WINDOW: u32 = 64 * 1024;
const CONNECTION_WINDOW: u32 = 256 * 1024;
/// Bytes of an answer that wait for the peer to make room.
const MAX_SEND_BUFFER: usize = 64 * 1024;
/// A connection with nothing to do for this long goes to sleep.
const NAP: Duration = Duration::from_secs(1);
/// What an HTTP/2 connection begins with (RFC 9113, section 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// What a TLS connection begins with: the type of a handshake record (RFC 8446, section 5.1).
const TLS_HANDSHAKE: u8 = 0x16;

/// What all connections of a listener have in common.
pub(super) struct Rules<E> {
    endpoint: E,
    limits: Limits,
    tls: Option<Arc<Tls>>,
    http1: http1::Builder,
    http2: http2::Builder<TokioExecutor>,
}

impl<E> Rules<E> {
    pub(super) fn new(endpoint: E, limits: Limits, tls: Option<Arc<Tls>>) -> Self {
        let mut http1 = http1::Builder::new();
        http1
            .max_buf_size(limits.max_head_bytes)
            .max_headers(MAX_HEADERS)
            // The guard has its own limit, which begins with the head and not with the wait for it.
            .header_read_timeout(None)
            // A client that closes its side has gone: its handler's future is dropped.
            .half_close(false);
        let mut http2 = http2::Builder::new(TokioExecutor::new());
        http2
            .timer(TokioTimer::new())
            .max_concurrent_streams(MAX_STREAMS)
            .max_pending_accept_reset_streams(MAX_PENDING_RESETS)
            .max_local_error_reset_streams(MAX_ERROR_RESETS)
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .max_send_buf_size(MAX_SEND_BUFFER)
            .max_header_list_size(u32::try_from(limits.max_head_bytes).unwrap_or(u32::MAX))
            .keep_alive_interval(limits.idle())
            .keep_alive_timeout(limits.write_stall());
        Self { endpoint, limits, tls, http1, http2 }
    }

    fn patience(&self, head: Option<Duration>) -> Patience {
        Patience { head, stall: self.limits.write_stall() }
    }

    /// How long a silent connection stays awake.
    fn nap(&self) -> Duration {
        NAP.min(self.limits.keep_alive() / 2)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Http1,
    Http2,
}

/// One connection.
pub(super) struct Connection<E> {
    pub(super) rules: Arc<Rules<E>>,
    pub(super) local: SocketAddr,
    pub(super) peer: SocketAddr,
    /// Becomes true when the server stops.
    pub(super) stopping: watch::Receiver<bool>,
}

impl<E: Endpoint<Output = Response> + 'static> Connection<E> {
    /// Serves it until either side ends it.
    pub(super) async fn serve(mut self, stream: TcpStream) {
        // Answers are small and written whole: waiting to fill packets would only delay them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
        let served = match self.rules.tls.clone() {
            None => self.plain(stream).await,
            // A TLS stream is large: it is boxed, so that the plain ones are small.
            Some(tls) => Box::pin(self.secured(stream, tls)).await,
        };
        if let Err(error) = served {
            tracing::debug!(peer = %self.peer, %error, "a connection ended early");
        }
    }

    async fn plain(&mut self, mut stream: TcpStream) -> io::Result<()> {
        let Some(mut begin) = self.sleep(&mut stream, self.rules.limits.idle()).await? else { return Ok(()) };
        let rest = async {
            let mut buffer = Vec::new();
            // It may be an HTTP/2 preface, of which there is more to come.
            while begin.len() < PREFACE.len() && PREFACE.starts_with(&begin) {
                buffer.clear();
                buffer.extend_from_slice(&begin);
                if (&mut stream).take((PREFACE.len() - begin.len()) as u64).read_buf(&mut buffer).await? == 0
                {
                    break;
                }
                begin = Bytes::copy_from_slice(&buffer);
            }
            io::Result::Ok(())
        };
        timeout(self.rules.limits.header_read(), rest).await??;
        match begin.starts_with(PREFACE) {
            true => self.http2(stream, begin, Scheme::HTTP).await,
            false => self.http1(stream, begin, Scheme::HTTP).await,
        }
    }

    async fn secured(&mut self, mut stream: TcpStream, tls: Arc<Tls>) -> io::Result<()> {
        let mut first = [0];
        let heard = timeout(self.rules.limits.idle(), stream.peek(&mut first));
        let heard = tokio::select! {
            heard = heard => heard??,
            _ = self.stopping.wait_for(|stopping| *stopping) => 0,
        };
        if heard == 0 {
            return Ok(());
        }
        if first[0] != TLS_HANDSHAKE {
            let refusing = async {
                stream.write_all(&refusal::plain_http()).await?;
                let patience = self.rules.patience(None);
                Guarded::new(stream, Bytes::new(), Activity::default(), patience).shutdown().await
            };
            return timeout(self.rules.limits.write_stall(), refusing).await?;
        }
        let stream = timeout(self.rules.limits.header_read(), tls.accept(stream)).await??;
        match stream.get_ref().1.alpn_protocol() {
            Some(b"h2") => self.http2(stream, Bytes::new(), Scheme::HTTPS).await,
            _ => self.http1(stream, Bytes::new(), Scheme::HTTPS).await,
        }
    }

    /// The first bytes after a silence; `None` if it ended otherwise.
    async fn sleep<S>(&mut self, stream: &mut S, limit: Duration) -> io::Result<Option<Bytes>>
    where
        S: AsyncRead + Unpin,
    {
        let mut first = [0; PREFACE.len()];
        tokio::select! {
            read = timeout(limit, stream.read(&mut first)) => match read {
                Ok(read) => Ok(Some(Bytes::copy_from_slice(&first[..read?])).filter(|bytes| !bytes.is_empty())),
                Err(_elapsed) => Ok(None),
            },
            _ = self.stopping.wait_for(|stopping| *stopping) => Ok(None),
        }
    }

    async fn http1<S>(&mut self, mut stream: S, mut begin: Bytes, scheme: Scheme) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let mut limit = self.rules.limits.idle();
        loop {
            if begin.is_empty() {
                match self.sleep(&mut stream, limit).await? {
                    Some(bytes) => begin = bytes,
                    // There is nothing to say but TLS's goodbye, and nobody may be there to take it.
                    None => return timeout(self.rules.limits.write_stall(), stream.shutdown()).await?,
                }
            }
            match Box::pin(self.http1_awake(stream, begin, &scheme)).await? {
                Some(idle) => (stream, begin) = idle,
                None => return Ok(()),
            }
            limit = self.rules.limits.keep_alive();
        }
    }

    /// Serves requests until there are none for a moment, and gives the stream back, or until the connection ends.
    async fn http1_awake<S>(
        &mut self,
        stream: S,
        begin: Bytes,
        scheme: &Scheme,
    ) -> io::Result<Option<(S, Bytes)>>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let activity = Activity::default();
        let patience = self.rules.patience(Some(self.rules.limits.header_read()));
        let guarded = Guarded::new(stream, begin, activity.clone(), patience);
        let service = self.service(Protocol::Http1, &activity, scheme);
        let mut connection = self.rules.http1.serve_connection(TokioIo::new(guarded), service);
        let nap = self.rules.nap();
        let mut look = std::pin::pin!(sleep(nap));
        let (mut moves, mut is_draining) = (activity.moves(), false);
        loop {
            tokio::select! {
                served = &mut connection => return served.map(|()| None).map_err(io::Error::other),
                _ = self.stopping.wait_for(|stopping| *stopping), if !is_draining => {
                    is_draining = true;
                    Pin::new(&mut connection).graceful_shutdown();
                }
                () = &mut look => {
                    let before = std::mem::replace(&mut moves, activity.moves());
                    if before == moves && activity.is_idle() && !is_draining {
                        break;
                    }
                    look.as_mut().reset(Instant::now() + nap);
                }
            }
        }
        let parts = connection.into_parts();
        let (stream, unread) = parts.io.into_inner().into_parts();
        // Bytes that hyper has read and not used come before those that it has not read.
        // As a copy: even when it is empty, hyper's piece keeps its whole buffer of 16 KiB.
        let begin = Bytes::from([parts.read_buf, unread].concat());
        Ok(Some((stream, begin)))
    }

    async fn http2<S>(&mut self, stream: S, begin: Bytes, scheme: Scheme) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let activity = Activity::default();
        let guarded = Guarded::new(stream, begin, activity.clone(), self.rules.patience(None));
        let service = self.service(Protocol::Http2, &activity, &scheme);
        let connection = Box::pin(self.rules.http2.serve_connection(TokioIo::new(guarded), service));
        self.until_idle(connection, activity).await.map_err(io::Error::other)
    }

    /// Drives an HTTP/2 connection, and says goodbye when no request begins and no answer moves for too long: pings
    /// alone do not keep it.
    async fn until_idle<C>(&mut self, mut connection: Pin<Box<C>>, activity: Activity) -> Result<(), C::Error>
    where
        C: GracefulConnection,
    {
        let limits = &self.rules.limits;
        let mut look = std::pin::pin!(sleep(limits.idle()));
        let mut moves = activity.moves();
        let mut is_leaving = false;
        loop {
            tokio::select! {
                served = &mut connection => return served,
                _ = self.stopping.wait_for(|stopping| *stopping), if !is_leaving => {
                    is_leaving = true;
                    connection.as_mut().graceful_shutdown();
                }
                () = &mut look => {
                    let before = std::mem::replace(&mut moves, activity.moves());
                    let is_stuck = before == moves && !activity.is_handling();
                    look.as_mut().reset(Instant::now() + limits.keep_alive());
                    if is_stuck && is_leaving {
                        return Ok(());
                    }
                    if is_stuck {
                        is_leaving = true;
                        connection.as_mut().graceful_shutdown();
                        look.as_mut().reset(Instant::now() + limits.write_stall());
                    }
                }
            }
        }
    }

    /// What answers the requests of this connection.
    fn service(
        &self,
        protocol: Protocol,
        activity: &Activity,
        scheme: &Scheme,
    ) -> impl Service<
        hyper::Request<Incoming>,
        Response = hyper::Response<Answer<BoxBody<Bytes, io::Error>>>,
        Error = Infallible,
        Future: Future + Send + 'static,
    > + Unpin
    + use<E> {
        let (rules, activity, scheme) = (self.rules.clone(), activity.clone(), scheme.clone());
        let (local, peer) = (LocalAddr(self.local.into()), RemoteAddr(self.peer.into()));
        service_fn(move |request: hyper::Request<Incoming>| {
            let (parts, body) = request.into_parts();
            let handling = activity.begin();
            let is_watched = protocol == Protocol::Http1;
            let body = match is_watched {
                true => Body::from(BoxBody::new(activity.watch(body))),
                false => Body::from(BoxBody::new(body.map_err(io::Error::other))),
            };
            let parts = RequestParts::from((parts, local.clone(), peer.clone(), scheme.clone()));
            let (rules, activity) = (rules.clone(), activity.clone());
            async move {
                let mut response = rules.endpoint.get_response(Request::from_parts(parts, body)).await;
                if is_watched && activity.has_unread_body() {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                let response: hyper::Response<_> = response.into();
                Ok(response.map(|body| handling.answer(body)))
            }
        })
    }
}
