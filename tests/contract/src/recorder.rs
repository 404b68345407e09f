//! A proxy between clients and the server that writes down what crosses the wire. It passes bodies on as they come, so
//! that a stalled request stalls on the other side too.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    exchange::{Exchange, Received, Sent},
    listener::{FREE_PORT, Listener},
};
use bytes::Bytes;
use http::{HeaderName, Request, Response, StatusCode, Uri, header, uri::PathAndQuery};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

/// Headers that are between two neighbours and not passed on (RFC 9110, section 7.6.1).
const HOP_BY_HOP: [HeaderName; 2] = [header::CONNECTION, header::TRANSFER_ENCODING];

type Upstream = Client<HttpConnector, BoxBody<Bytes, hyper::Error>>;

/// What recorders have written down.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Vec<Exchange>>>);

/// A running proxy; it ends when it is dropped.
#[derive(Debug)]
pub struct Recorder {
    listener: Listener,
}

impl Log {
    /// All exchanges so far; the log is empty afterwards.
    pub fn take(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, exchange: Exchange) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    }
}

impl Recorder {
    /// Listens on a free port of this machine and passes requests on to `server`. What it writes down carries the name
    /// `via`.
    ///
    /// # Errors
    /// If no port can be had.
    pub async fn start(via: &'static str, server: SocketAddr, log: Log) -> io::Result<Self> {
        let upstream = Client::builder(TokioExecutor::new()).build_http();
        let proxy = Arc::new(Proxy { via, server, log, upstream });
        let listener = Listener::start(FREE_PORT, move |request| proxy.clone().pass(request)).await?;
        Ok(Self { listener })
    }

    /// Where clients reach it.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }
}

struct Proxy {
    via: &'static str,
    server: SocketAddr,
    log: Log,
    upstream: Upstream,
}

impl Proxy {
    async fn pass(self: Arc<Self>, request: Request<Incoming>) -> Response<Full<Bytes>> {
        self.exchange(request).await.unwrap_or_else(|error| {
            let mut response = Response::new(Full::from(format!("the server did not answer: {error:?}")));
            *response.status_mut() = StatusCode::BAD_GATEWAY;
            response
        })
    }

    async fn exchange(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Unanswered> {
        let (mut head, body) = request.into_parts();
        let mut sent = Sent::of(&head, Bytes::new());
        head.uri = self.upstream_uri(head.uri.path_and_query());
        HOP_BY_HOP.iter().for_each(|name| drop(head.headers.remove(name)));

        let passing = Arc::new(Mutex::new(Vec::new()));
        let copy = passing.clone();
        let body = body.map_frame(move |frame| {
            if let Some(data) = frame.data_ref() {
                copy.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(data);
            }
            frame
        });
        let response = self.upstream.request(Request::from_parts(head, body.boxed())).await?;
        let (mut head, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();

        sent.body = passing.lock().unwrap_or_else(PoisonError::into_inner).clone().into();
        let received = Received { status: head.status, headers: head.headers.clone(), body: body.clone() };
        self.log.add(Exchange { via: self.via, sent, received });
        HOP_BY_HOP.iter().for_each(|name| drop(head.headers.remove(name)));
        Ok(Response::from_parts(head, Full::new(body)))
    }

    fn upstream_uri(&self, target: Option<&PathAndQuery>) -> Uri {
        Uri::builder()
            .scheme("http")
            .authority(self.server.to_string())
            .path_and_query(target.map_or("/", PathAndQuery::as_str))
            .build()
            .expect("a target that was parsed from a request is one for a request")
    }
}

/// Why there is nothing to record.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error(transparent)]
    Request(#[from] hyper_util::client::legacy::Error),
    #[error(transparent)]
    Body(#[from] hyper::Error),
}
