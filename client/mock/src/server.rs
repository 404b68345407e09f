//! The server of a mock, on a thread of its own: tests need no runtime for it, and one that blocks cannot stop it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::runtime;
use tokio::sync::oneshot;

use crate::script::State;
use crate::{Received, route};

/// A server; it ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(state: Arc<State>) -> io::Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("orderly-client-mock".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = serve(socket, state) => {}
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Either may have ended by itself, which is as well.
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

async fn serve(socket: TcpListener, state: Arc<State>) {
    let Ok(socket) = tokio::net::TcpListener::from_std(socket) else { return };
    loop {
        // An accept that failed is one connection that somebody has given up.
        let Ok((stream, _)) = socket.accept().await else { continue };
        let state = Arc::clone(&state);
        let service = service_fn(move |request| answer(Arc::clone(&state), request));
        tokio::spawn(async move {
            // It ends with an error when an answer is to be lost, or the client has gone.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

/// An answer that is lost.
#[derive(Debug)]
struct Lost;

impl std::fmt::Display for Lost {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the answer is lost")
    }
}

impl std::error::Error for Lost {}

async fn answer(state: Arc<State>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Lost> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Lost)?.to_bytes();
    let path = head.uri.path().to_owned();
    let (operation, path_parameters) = match route::find(&head.method, &path) {
        Some((operation, parameters)) => (Some(operation.id), parameters),
        None => (None, Vec::new()),
    };
    let query = head.uri.query().map(str::to_owned);
    let reply = state.reply(Received {
        operation,
        method: head.method,
        path,
        query,
        headers: head.headers,
        body,
        path_parameters,
    });
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    if reply.is_lost {
        return Err(Lost);
    }
    let mut response = Response::new(Full::new(reply.body.into_bytes()));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    Ok(response)
}
