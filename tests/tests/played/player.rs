//! A server that gives one answer to everything, and remembers what it was asked.

use std::sync::{Arc, LazyLock, Mutex};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use orderly_client::{Client, RetryPolicy};
use orderly_contract::{Content, Direction, Document, FREE_PORT, Listener, Operation, Sent, value::Values};
use orderly_tests::conformance;
use serde_json::Value;

/// Orderly's document.
pub(crate) static DOCUMENT: LazyLock<Document> = LazyLock::new(conformance::document);

/// What is played.
#[derive(Debug, Clone)]
pub(crate) struct Played {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

/// The server, and a client of it.
pub(crate) struct Player {
    /// Sends nothing twice, and has a token already.
    pub(crate) client: Client,
    answer: Arc<Mutex<Played>>,
    asked: Arc<Mutex<Option<Sent>>>,
    _listener: Listener,
}

impl Played {
    pub(crate) fn new(status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type".to_owned(), media_type.to_owned())];
        Self { status: StatusCode::from_u16(status).unwrap(), headers, body: body.into() }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self { status: StatusCode::from_u16(status).unwrap(), headers: Vec::new(), body: Bytes::new() }
    }

    pub(crate) fn json(status: u16, content: &Content, value: &Value) -> Self {
        Self::new(status, &content.media_type, value.to_string())
    }

    /// With each header that the answer has to have.
    pub(crate) fn with_headers_of(mut self, operation: &Operation) -> Self {
        let (_, answer) = operation.answer(self.status).unwrap();
        for header in answer.headers.iter().filter(|header| header.required) {
            let value = Values::new(&DOCUMENT, &header.schema, Direction::Response).sample().unwrap();
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            self.headers.push((header.name.clone(), text));
        }
        self
    }
}

impl Player {
    pub(crate) async fn new() -> Self {
        let answer = Arc::new(Mutex::new(Played::empty(500)));
        let asked = Arc::new(Mutex::new(None));
        let listener = Listener::start(FREE_PORT, {
            let (answer, asked) = (answer.clone(), asked.clone());
            move |request| play(request, answer.clone(), asked.clone())
        });
        let listener = listener.await.unwrap();
        let client = Client::builder(format!("http://{}", listener.address()))
            .token("played")
            .retry(RetryPolicy::never())
            .build()
            .unwrap();
        Self { client, answer, asked, _listener: listener }
    }

    /// From now on everything is answered with this.
    pub(crate) fn plays(&self, answer: Played) {
        *self.answer.lock().unwrap() = answer;
    }

    /// What was asked last.
    pub(crate) fn asked(&self) -> Sent {
        self.asked.lock().unwrap().take().expect("the client has sent something")
    }
}

async fn play(
    request: Request<Incoming>,
    answer: Arc<Mutex<Played>>,
    asked: Arc<Mutex<Option<Sent>>>,
) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let sent = Sent::of(&head, body.collect().await.unwrap().to_bytes());
    *asked.lock().unwrap() = Some(sent);
    let Played { status, headers, body } = answer.lock().unwrap().clone();
    let response = Response::builder().status(status);
    let response = headers.iter().fold(response, |response, (name, value)| response.header(name, value));
    response.body(Full::new(body)).unwrap()
}
