//! Server-sent events as streams that go on when a connection breaks.

use std::collections::VecDeque;
use std::future::Future;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt as _};
use http::{Method, StatusCode, header::CONTENT_TYPE};
use progenitor_client::ClientInfo as _;
use serde::de::DeserializeOwned;

use crate::event_parser::EventParser;
use crate::{ByteStream, Client, Error, Operation, ResponseValue, RetryPolicy, answer};

/// How long a connection may be silent, unless the options of the call say otherwise.
const IDLE: Duration = Duration::from_secs(60);

/// An event that a server has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T = String> {
    /// What the stream is resumed after, if the server says: the id of this event, or of the last one that had any.
    pub id: Option<String>,
    /// What kind of event it is; `message` unless the server says.
    pub event: String,
    /// What it says.
    pub data: T,
}

impl Event {
    /// The same event with its data read as JSON.
    ///
    /// # Errors
    /// [`Error::Decode`] when it is none, or has another shape.
    pub fn json<T: DeserializeOwned>(self) -> Result<Event<T>, Error> {
        match serde_json::from_str(&self.data) {
            Ok(data) => Ok(Event { id: self.id, event: self.event, data }),
            Err(source) => Err(Error::Decode {
                status: StatusCode::OK,
                request_id: None,
                body: self.data.into(),
                source,
            }),
        }
    }
}

/// Follows the events of an operation. `connect` makes a call, and `resume` makes the call that goes on after an event.
pub(crate) fn follow<'a, Call, Connected, E>(
    client: &'a Client,
    operation: &'static Operation,
    call: Call,
    connect: impl Fn(Call) -> Connected + Send + Sync + Copy + 'a,
    resume: impl Fn(Call, String) -> Call + Send + Sync + Copy + 'a,
) -> impl Stream<Item = Result<Event, Error>> + Send + 'a
where
    Call: Clone + Send + Sync + 'a,
    Connected: Future<Output = Result<ResponseValue<ByteStream>, E>> + Send + 'a,
    E: Into<Error> + Send + 'a,
{
    let follower = Follower::new(client, operation);
    stream::unfold((follower, call), move |(mut follower, call)| async move {
        let item = follower.next(|last_id| {
            let call = call.clone();
            let call = match last_id {
                Some(id) => resume(call, id),
                None => call,
            };
            async move { connect(call).await.map_err(Into::into) }
        });
        let item = item.await?;
        Some((item, (follower, call)))
    })
}

/// Where a stream of events stands.
struct Follower {
    policy: RetryPolicy,
    idle: Duration,
    /// Whether a new connection may be made when one has ended.
    resumes: bool,
    connection: Option<ByteStream>,
    parser: EventParser,
    /// Events that have come and were not asked for yet; nothing is read while there are any.
    events: VecDeque<Event>,
    /// Whether there was a connection ever.
    was_connected: bool,
    /// Since when none can be made.
    failing_since: Option<Instant>,
    /// How many connections in a row have brought nothing.
    failures: u32,
    has_ended: bool,
}

impl Follower {
    fn new(client: &Client, operation: &Operation) -> Self {
        let transport = client.inner();
        let policy = transport.policy();
        Self {
            policy,
            idle: transport.options.timeout.unwrap_or(IDLE),
            // Doing anything else again would do it twice.
            resumes: operation.method == Method::GET.as_str() && policy.max_retries > 0,
            connection: None,
            parser: EventParser::default(),
            events: VecDeque::new(),
            was_connected: false,
            failing_since: None,
            failures: 0,
            has_ended: false,
        }
    }

    /// The next event, or why there is none; nothing at the end.
    async fn next<Connected>(
        &mut self,
        connect: impl Fn(Option<String>) -> Connected,
    ) -> Option<Result<Event, Error>>
    where
        Connected: Future<Output = Result<ResponseValue<ByteStream>, Error>>,
    {
        while !self.has_ended {
            if let Some(event) = self.events.pop_front() {
                return Some(Ok(event));
            }
            let step = match self.connection.take() {
                None => self.connect(connect(self.parser.last_id().map(str::to_owned))).await,
                Some(connection) => self.read(connection).await,
            };
            if let Err(error) = step {
                self.has_ended = true;
                return Some(Err(error));
            }
        }
        None
    }

    /// Makes a connection, or waits until the next one is tried.
    async fn connect(
        &mut self,
        connected: impl Future<Output = Result<ResponseValue<ByteStream>, Error>>,
    ) -> Result<(), Error> {
        let connected = match tokio::time::timeout(self.idle, connected).await {
            // "No more of them" needs no declaration.
            Ok(Err(error)) if error.status() == Some(StatusCode::NO_CONTENT) => Ok(None),
            Ok(connected) => connected.and_then(event_stream),
            Err(elapsed) => Err(Error::Timeout(elapsed.into())),
        };
        match connected {
            Ok(Some(connection)) => {
                self.parser.restart();
                self.connection = Some(connection);
                (self.was_connected, self.failing_since) = (true, None);
            }
            Ok(None) => self.has_ended = true,
            Err(error) => {
                let pause = self.pause_after(&error).ok_or(error)?;
                self.failures += 1;
                tokio::time::sleep(pause).await;
            }
        }
        Ok(())
    }

    /// Reads what comes next on a connection, and keeps the connection unless it has ended.
    async fn read(&mut self, mut connection: ByteStream) -> Result<(), Error> {
        let end = match tokio::time::timeout(self.idle, connection.next()).await {
            Ok(Some(Ok(chunk))) => {
                self.failures = 0;
                self.parser.feed(&chunk, &mut self.events);
                self.connection = Some(connection);
                return Ok(());
            }
            Ok(Some(Err(broken))) => Err(Error::from(broken)),
            Ok(None) => Ok(()),
            Err(elapsed) => Err(Error::Timeout(elapsed.into())),
        };
        if !self.resumes {
            self.has_ended = true;
            return end;
        }
        let pause = self.pause();
        self.failures += 1;
        tracing::debug!(
            wait_ms = pause.as_millis(),
            last_id = self.parser.last_id(),
            "the stream is resumed"
        );
        tokio::time::sleep(pause).await;
        Ok(())
    }

    /// What the server asks for, and more the more often nothing has come.
    fn pause(&self) -> Duration {
        self.parser.retry().unwrap_or_default() + self.policy.backoff(self.failures)
    }

    /// How long to wait after a connection that could not be made; nothing to give up. The first one is tried as often as
    /// any call, later ones for as long as the policy's budget.
    fn pause_after(&mut self, error: &Error) -> Option<Duration> {
        let is_last = !self.was_connected && self.failures >= self.policy.max_retries;
        if is_last || !self.resumes || !error.is_retryable() {
            return None;
        }
        let asked = error.problem().and_then(|problem| problem.retry_after);
        if asked.is_some_and(|asked| asked > self.policy.max_retry_after) {
            return None;
        }
        let pause = asked.unwrap_or_default() + self.pause();
        let since = *self.failing_since.get_or_insert_with(Instant::now);
        (since.elapsed().saturating_add(pause) <= self.policy.budget).then_some(pause)
    }
}

/// The events of an answer; nothing when the server says that there will be no more of them.
fn event_stream(answer: ResponseValue<ByteStream>) -> Result<Option<ByteStream>, Error> {
    let media_type = answer::text(answer.headers(), CONTENT_TYPE.as_str()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if answer.status() == StatusCode::NO_CONTENT {
        Ok(None)
    } else if answer.status() == StatusCode::OK && essence.eq_ignore_ascii_case("text/event-stream") {
        Ok(Some(answer.into_inner()))
    } else {
        let request_id = answer::header(answer.headers(), "x-request-id");
        Err(Error::Unexpected { status: answer.status(), request_id, body: Bytes::new() })
    }
}

/// Gives a generated builder its events, with their data as text or as a type.
#[doc(hidden)]
#[macro_export]
macro_rules! events {
    ($builder:ident . $client:ident, $operation:literal, $read:expr => $data:ty) => {
        impl<'a> builder::$builder<'a> {
            /// The events one by one, each read when it is asked for. When the connection ends or is silent for a
            /// minute, the stream goes on after the last event; it ends when the server answers 204.
            ///
            /// Data that cannot be read is an error, and the next event can be asked for.
            pub fn events(
                self,
            ) -> impl ::futures_util::Stream<Item = Result<$crate::Event<$data>, $crate::Error>> + Send + 'a
            {
                let operation = $crate::Operation::find($operation).expect("the operation is in the table");
                let events = $crate::events::follow(
                    self.$client,
                    operation,
                    self,
                    |call| call.send(),
                    |call, id| call.last_event_id(id),
                );
                ::futures_util::StreamExt::map(events, |event| event.and_then($read))
            }
        }
    };
}
