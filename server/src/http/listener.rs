//! Our own accept loop around a poem endpoint: every time limit, the connection cap, cancellation when the client
//! goes away, and a drain that ends. `poem::Server` has none of these.

use std::{convert::Infallible, future::Future, io, net::SocketAddr, sync::Arc, time::Duration};

use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto,
        graceful::{GracefulShutdown, Watcher},
    },
};
use poem::{
    Endpoint, Request, Response,
    http::uri::Scheme,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
};

use super::guard::{Guarded, InFlight};
use crate::config::Limits;

/// Without file descriptors `accept` fails at once and again: a pause keeps the loop from spinning.
const PAUSE_AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(50);
/// Headers in one request.
const MAX_HEADERS: usize = 64;
/// Requests at once on one HTTP/2 connection.
const MAX_STREAMS: u32 = 100;

/// A bound socket that is ready to serve.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

/// How serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// Every request in flight was answered.
    Complete,
    /// The drain limit passed; this many connections were cut off.
    CutOff(usize),
}

impl Listener {
    /// Binds `address`; port 0 takes a free one.
    ///
    /// # Errors
    /// What the operating system says, for instance that the port is taken.
    pub async fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address })
    }

    /// The address that is listened on, with the port that was really taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is ready; then takes no new connections and lets requests in flight finish within the
    /// drain limit.
    pub async fn serve<E>(self, endpoint: E, limits: &Limits, stop: impl Future<Output = ()>) -> Drained
    where
        E: Endpoint<Output = Response> + 'static,
    {
        let endpoint = Arc::new(endpoint);
        let slots = Arc::new(Semaphore::new(limits.max_connections));
        let graceful = GracefulShutdown::new();
        let mut connections = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            while connections.try_join_next().is_some() {}
            let accept = async {
                let slot = slots.clone().acquire_owned().await.expect("the semaphore is never closed");
                (slot, self.socket.accept().await)
            };
            let (slot, accepted) = tokio::select! {
                biased;
                () = &mut stop => break,
                accepted = accept => accepted,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE_AFTER_ACCEPT_ERROR).await;
                    continue;
                }
            };
            let connection = Connection { local: self.address, peer, limits: limits.clone() };
            let served = connection.serve(stream, endpoint.clone(), graceful.watcher());
            connections.spawn(async move {
                served.await;
                drop(slot);
            });
        }
        drop(self.socket);
        match tokio::time::timeout(limits.drain(), graceful.shutdown()).await {
            Ok(()) => Drained::Complete,
            // Dropping the set ends what is left in it.
            Err(_) => {
                while connections.try_join_next().is_some() {}
                Drained::CutOff(connections.len())
            }
        }
    }
}

/// What one connection's requests have in common.
struct Connection {
    local: SocketAddr,
    peer: SocketAddr,
    limits: Limits,
}

impl Connection {
    async fn serve<E>(self, stream: TcpStream, endpoint: Arc<E>, watcher: Watcher)
    where
        E: Endpoint<Output = Response> + 'static,
    {
        // Answers are small and written whole: waiting to fill packets would only delay them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
        let in_flight = InFlight::default();
        let guarded = Guarded::new(stream, in_flight.clone(), self.limits.idle(), self.limits.write_stall());
        let (local, peer) = (self.local, self.peer);
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let endpoint = endpoint.clone();
            let in_flight = in_flight.begin();
            async move {
                let addresses = (LocalAddr(local.into()), RemoteAddr(peer.into()));
                let request = Request::from((request, addresses.0, addresses.1, Scheme::HTTP));
                let response = endpoint.get_response(request).await;
                drop(in_flight);
                Ok::<hyper::Response<_>, Infallible>(response.into())
            }
        });
        let protocol = protocol(&self.limits);
        let served = protocol.serve_connection(TokioIo::new(guarded), service).into_owned();
        if let Err(error) = watcher.watch(served).await {
            tracing::debug!(%peer, error, "a connection ended early");
        }
    }
}

fn protocol(limits: &Limits) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_read())
        .max_buf_size(limits.max_head_bytes)
        .max_headers(MAX_HEADERS)
        // A client that closes its side has gone: its handler's future is dropped.
        .half_close(false);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(u32::try_from(limits.max_head_bytes).unwrap_or(u32::MAX))
        .keep_alive_interval(limits.idle())
        .keep_alive_timeout(limits.write_stall());
    builder
}
