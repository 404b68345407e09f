//! A server made from a document: it holds requests to it, answers as it declares, and remembers what was made, as far
//! as the document makes plain what that is.
//!
//! A front end can be built against it before there is a server, and the engine is tried on it: on a server that is
//! right by construction every finding is a mistake of the engine's. A [`Fault`] makes it wrong in one way.

mod admission;
mod answer;
mod caller;
mod fault;
mod id;
mod page;
mod rehearsal;
mod resource;
mod server;
mod shape;
mod store;
mod wrapper;

use std::{io, net::SocketAddr, sync::Arc};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;

use self::server::Server;
pub use self::{
    fault::Fault,
    rehearsal::{RehearsalError, rehearse},
};
use crate::{
    document::Document,
    exchange::{Received, Sent},
    listener::{FREE_PORT, Listener},
};

/// How large a request's body may be, in bytes: enough for everything but a flood.
const BODY_LIMIT: usize = 16 << 20;

/// What a mock does beyond its document.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Answers hold values at random from this seed; without one, the document's examples and the smallest values.
    pub seed: Option<u64>,
    /// The credentials that it accepts, as they are presented; any that is not empty, if there are none here.
    pub accepted: Vec<String>,
    /// Things belong to the credential with which they were made, and nobody else can see them.
    pub private: bool,
    /// How many things of each kind there are before any are made.
    pub things: usize,
    /// What it does wrong.
    pub fault: Option<Fault>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { listen: FREE_PORT, seed: None, accepted: Vec::new(), private: false, things: 3, fault: None }
    }
}

/// A running mock; it ends when it is dropped.
#[derive(Debug)]
pub struct Mock {
    listener: Listener,
}

impl Mock {
    /// Serves a document.
    ///
    /// # Errors
    /// If the address cannot be had.
    pub async fn start(document: Arc<Document>, settings: Settings) -> io::Result<Self> {
        let listen = settings.listen;
        let server = Arc::new(Server::new(document, settings));
        let listener = Listener::start(listen, move |request| answer(server.clone(), request)).await?;
        Ok(Self { listener })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }
}

async fn answer(server: Arc<Server>, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let body = match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(body) => body.to_bytes(),
        // The client has gone, or sends more than anybody reads.
        Err(_) => {
            return respond(Received {
                status: StatusCode::PAYLOAD_TOO_LARGE,
                headers: http::HeaderMap::new(),
                body: Bytes::new(),
            });
        }
    };
    respond(server.answer(&Sent::of(&head, body)))
}

fn respond(received: Received) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(received.body));
    *response.status_mut() = received.status;
    *response.headers_mut() = received.headers;
    response
}
