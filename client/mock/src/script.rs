//! A mock, and what its operations are to answer.

use std::collections::{HashMap, VecDeque};
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::answer::{Body, Reply};
use crate::server::Server;
use crate::{Answer, Operation, Received, Request, complaint};

/// A server of this machine that answers as its script says, and remembers what it was asked.
#[derive(Debug)]
pub struct Mock {
    state: Arc<State>,
    server: Server,
}

/// What the threads of a mock share.
#[derive(Debug, Default)]
pub(crate) struct State(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    scripts: HashMap<&'static str, Answers>,
    received: Vec<Received>,
    complaints: Vec<String>,
}

/// What an operation is to answer.
#[derive(Debug, Default)]
struct Answers {
    in_turn: VecDeque<Reply>,
    always: Option<Reply>,
}

impl Mock {
    /// Starts on a free port. It serves until it is dropped.
    ///
    /// # Panics
    /// If the machine has no port or no thread to give.
    #[must_use]
    pub fn start() -> Self {
        let state = Arc::new(State::default());
        let server = Server::start(Arc::clone(&state)).expect("a free port and a thread");
        Self { state, server }
    }

    /// Where it is, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Its address and port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Every request that has arrived, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.state.lock().received.clone()
    }

    /// What an operation is to answer.
    pub(crate) fn script<O: Operation>(&self) -> Script<'_, O> {
        Script { state: &self.state, operation: PhantomData }
    }
}

/// Fails the test that has dropped it, if something came that nothing was scripted for, or did not come that was.
impl Drop for Mock {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        let complaints = self.state.complaints();
        assert!(
            complaints.is_empty(),
            "the mock was not asked as its script says:\n{}",
            complaints.join("\n")
        );
    }
}

/// What an operation of a [`Mock`] answers.
#[derive(Debug)]
pub struct Script<'m, O> {
    state: &'m State,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Script<'_, O> {
    /// Answers the next requests in turn. The script goes on where it is called again.
    pub fn answers(self, answers: impl IntoIterator<Item = Answer<O>>) -> Self {
        let replies = answers.into_iter().map(|answer| answer.reply);
        self.state.lock().scripts.entry(O::ID).or_default().in_turn.extend(replies);
        self
    }

    /// Answers all requests that come when no answer in turn is left.
    pub fn always(self, answer: Answer<O>) -> Self {
        self.state.lock().scripts.entry(O::ID).or_default().always = Some(answer.reply);
        self
    }

    /// The requests of this operation that have arrived, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<O>> {
        let known = self.state.lock();
        let own = known.received.iter().filter(|received| received.operation == Some(O::ID));
        own.cloned().map(Request::new).collect()
    }
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a request, and says what to answer.
    pub(crate) fn reply(&self, received: Received) -> Reply {
        let mistakes = complaint::of(&received);
        let mut known = self.lock();
        let asked = format!("{} {}", received.method, received.path);
        let operation = received.operation;
        known.received.push(received);
        if !mistakes.is_empty() {
            known.complaints.extend(mistakes.iter().cloned());
            return refused(StatusCode::BAD_REQUEST, &mistakes.join("; "));
        }
        let Some(operation) = operation else {
            known.complaints.push(format!("`{asked}` is no operation"));
            return refused(StatusCode::NOT_FOUND, "the document has no such operation");
        };
        let script = known.scripts.entry(operation).or_default();
        if let Some(reply) = script.in_turn.pop_front().or_else(|| script.always.clone()) {
            return reply;
        }
        known.complaints.push(format!("`{operation}` was asked (`{asked}`), and no answer of it was left"));
        refused(StatusCode::NOT_IMPLEMENTED, "the mock has no answer to this request")
    }

    /// What was not as the script says.
    fn complaints(&self) -> Vec<String> {
        let known = self.lock();
        let mut complaints = known.complaints.clone();
        for (operation, answers) in &known.scripts {
            let left = answers.in_turn.len();
            if left > 0 {
                complaints.push(format!("`{operation}` has {left} answers that nobody has asked for"));
            }
        }
        complaints
    }
}

/// What nobody has scripted. The status is none that the SDK would repeat.
fn refused(status: StatusCode, reason: &str) -> Reply {
    let problem = serde_json::json!({ "code": "mock", "detail": reason, "status": status.as_u16() });
    let body = Body::Bytes(Bytes::from(problem.to_string()));
    let headers = HeaderMap::from_iter([(
        http::header::CONTENT_TYPE,
        http::HeaderValue::from_static("application/problem+json"),
    )]);
    Reply { status, headers, body, delay: std::time::Duration::ZERO, is_lost: false }
}
