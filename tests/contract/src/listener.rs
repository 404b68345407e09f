//! A free port of this machine where requests are answered by a function: what recorders, mocks and proxies have in common.

use std::{convert::Infallible, future::Future, io, net::SocketAddr};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, task::JoinSet};

/// Something that answers requests; it ends when it is dropped.
#[derive(Debug)]
pub struct Listener {
    address: SocketAddr,
    _serving: JoinSet<()>,
}

impl Listener {
    /// Answers every request at an address, of which port 0 takes a free one.
    ///
    /// # Errors
    /// If the address cannot be had.
    pub async fn start<A, F>(address: SocketAddr, answer: A) -> io::Result<Self>
    where
        A: Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Response<Full<Bytes>>> + Send,
    {
        let socket = TcpListener::bind(address).await?;
        let address = socket.local_addr()?;
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = socket.accept().await {
                while connections.try_join_next().is_some() {}
                let answer = answer.clone();
                connections.spawn(async move {
                    let service = service_fn(move |request| {
                        let answering = answer(request);
                        async move { Ok::<_, Infallible>(answering.await) }
                    });
                    // A client that hangs up in the middle is part of some tests, and nothing to tell.
                    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Ok(Self { address, _serving: serving })
    }

    /// Where clients reach it.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// A free port of this machine, for [`Listener::start`].
pub const FREE_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);
