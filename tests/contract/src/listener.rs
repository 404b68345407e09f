//! A free port of this machine where requests are answered by a function: what recorders, mocks and proxies have in common.

use std::{convert::Infallible, future::Future, io, net::SocketAddr, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// How long a client may go on sending after its answer.
const PATIENCE: Duration = Duration::from_secs(2);

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
                    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                    // A client that hangs up in the middle is part of some tests, and nothing to tell.
                    if let Ok(parts) = connection.without_shutdown().await {
                        let _ = linger(parts.io.into_inner()).await;
                    }
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

/// Ends a connection as RFC 9112, section 9.6 wants it: a client that is still sending would lose an answer that came
/// early if nobody took what it sends.
async fn linger(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let _ = tokio::time::timeout(PATIENCE, tokio::io::copy(&mut stream, &mut tokio::io::sink())).await;
    Ok(())
}

/// A free port of this machine, for [`Listener::start`].
pub const FREE_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use tokio::io::AsyncReadExt as _;

    use super::*;

    #[tokio::test]
    async fn an_answer_that_comes_before_the_body_was_read_arrives() {
        let refuse = |_: Request<Incoming>| async {
            let mut response = Response::new(Full::default());
            *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
            response
        };
        let listener = Listener::start(FREE_PORT, refuse).await.unwrap();
        for _ in 0..20 {
            let mut stream = TcpStream::connect(listener.address()).await.unwrap();
            let body = vec![b'x'; 4 << 20];
            let head = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(&body).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        }
    }
}
