//! The proxy that makes a right server wrong in one way.

use std::{io, net::SocketAddr, sync::Arc};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use orderly_contract::{Document, FREE_PORT, Listener, Match, Received, Sent};
use serde_json::json;

use super::{Change, Drift, World};

/// Headers that the two sides of the proxy say for themselves.
const OWN: [header::HeaderName; 3] = [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH];

/// A server that has drifted from its document; it ends when it is dropped.
#[derive(Debug)]
pub struct DriftedServer {
    listener: Listener,
}

impl DriftedServer {
    /// Puts a drift before a server. `administrator` is the `Authorization` of somebody who may do everything.
    ///
    /// # Errors
    /// If no port can be had.
    pub async fn start(
        drift: Drift,
        document: Arc<Document>,
        server: SocketAddr,
        administrator: HeaderValue,
    ) -> io::Result<Self> {
        let upstream = Client::builder(TokioExecutor::new()).build_http();
        let proxy = Arc::new(Proxy { drift, document, server, upstream, world: World::new(administrator) });
        let listener = Listener::start(FREE_PORT, move |request| proxy.clone().answer(request)).await?;
        Ok(Self { listener })
    }

    /// Where clients reach it.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }
}

struct Proxy {
    drift: Drift,
    document: Arc<Document>,
    server: SocketAddr,
    upstream: Client<HttpConnector, Full<Bytes>>,
    world: World,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Proxy {
    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Response<Full<Bytes>> {
        self.exchange(request).await.unwrap_or_else(|error| {
            let mut response = Response::new(Full::from(format!("the server did not answer: {error}")));
            *response.status_mut() = StatusCode::BAD_GATEWAY;
            response
        })
    }

    async fn exchange(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Failure> {
        let (head, body) = request.into_parts();
        let sent = Sent::of(&head, body.collect().await?.to_bytes());
        let operation = match self.document.find(&sent.method, &sent.path) {
            Match::Operation(operation, _) => operation.id.as_str(),
            Match::OtherMethods(_) | Match::Nothing => "",
        };
        let received = if operation == self.drift.operation {
            self.drifted(&sent).await?
        } else {
            self.forward(&sent).await?
        };
        self.world.learn(operation, &sent, &received);
        let Received { status, mut headers, body } = received;
        OWN.iter().for_each(|name| drop(headers.remove(name)));
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }

    async fn drifted(&self, sent: &Sent) -> Result<Received, Failure> {
        match self.drift.change {
            Change::Request(change) => {
                let mut changed = sent.clone();
                change(&mut changed, &self.world);
                self.forward(&changed).await
            }
            Change::Again(when, change) => {
                let received = self.forward(sent).await?;
                if !when(sent, &received) {
                    return Ok(received);
                }
                let mut changed = sent.clone();
                change(&mut changed, &self.world);
                self.forward(&changed).await
            }
            Change::Answer(change) => {
                let mut received = self.forward(sent).await?;
                change(sent, &mut received, &self.world);
                Ok(received)
            }
            Change::Accept(when) => {
                let received = self.forward(sent).await?;
                let refused = received.status.is_client_error() && when(sent);
                let instead = if refused { self.world.last_success(self.drift.operation) } else { None };
                Ok(instead.unwrap_or(received))
            }
            Change::Refuse(when) => {
                let mut received = self.forward(sent).await?;
                if received.status.is_success() && when(sent) {
                    refuse(sent, &mut received);
                }
                Ok(received)
            }
            Change::Instead(answer) => match answer(sent, &self.world) {
                Some(received) => Ok(received),
                None => self.forward(sent).await,
            },
        }
    }

    async fn forward(&self, sent: &Sent) -> Result<Received, Failure> {
        let query = sent.query.as_deref().map(|query| format!("?{query}")).unwrap_or_default();
        let mut request = Request::new(Full::new(sent.body.clone()));
        *request.method_mut() = sent.method.clone();
        *request.uri_mut() = format!("http://{}{}{query}", self.server, sent.path).parse()?;
        *request.headers_mut() = sent.headers.clone();
        OWN.iter().for_each(|name| drop(request.headers_mut().remove(name)));
        let host = HeaderValue::from_str(&self.server.to_string())?;
        request.headers_mut().insert(header::HOST, host);
        let (head, body) = self.upstream.request(request).await?.into_parts();
        Ok(Received { status: head.status, headers: head.headers, body: body.collect().await?.to_bytes() })
    }
}

/// A refusal such as the server itself gives.
fn refuse(sent: &Sent, received: &mut Received) {
    let request_id = received.headers.get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let problem = json!({
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "The request has 1 mistake.",
        "instance": sent.path,
        "code": "validation_failed",
        "request_id": request_id,
        "errors": [{ "pointer": "", "code": "type", "detail": "is not as the document says" }],
    });
    received.body = problem.to_string().into();
    received.status = StatusCode::BAD_REQUEST;
    for name in [header::LOCATION, header::ETAG] {
        received.headers.remove(name);
    }
    let media_type = HeaderValue::from_static("application/problem+json");
    received.headers.insert(header::CONTENT_TYPE, media_type);
}
