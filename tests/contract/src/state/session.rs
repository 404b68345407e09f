//! What stories are told with: a document, a server, and what is known to be on it.

use std::{collections::BTreeMap, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header};
use orderly_document::Pointer;
use serde_json::Value;

use super::{KindId, Pool, Thing, draft::Variant, site};
use crate::{
    Direction,
    case::{Case, Intent, Parts, Payload, PayloadContent, Phase},
    check::{Check, Contract, Finding},
    document::{Document, Operation},
    exchange::{Exchange, Received, Sent},
    phase,
    report::Reported,
    target::{Identity, Role, SendError, Target},
};

/// How often it is tried again when the server says that it is busy.
const PATIENCE: usize = 3;
/// The longest time that is waited for a server that is busy.
const LONGEST: Duration = Duration::from_secs(2);

/// Somebody who wants to see every exchange of a story, to hold it to the document and to count it.
pub trait Witness: Send + Sync {
    /// An answer came.
    fn saw(&self, case: &Case, exchange: &Exchange);
    /// No answer came.
    fn lost(&self, case: &Case, sent: &Sent, error: &SendError);
}

/// A document, a server, and what is known to be on it.
#[derive(Clone, Copy)]
pub struct Session<'a> {
    /// The document.
    pub contract: &'a Contract,
    /// The server.
    pub target: &'a Target,
    /// What is known to be on it.
    pub pool: &'a Pool,
    /// Who sees the exchanges.
    pub witness: &'a dyn Witness,
    /// Decides everything that is random.
    pub seed: u64,
}

/// Several exchanges that belong together, and what they show.
pub(crate) struct Story<'s> {
    pub(crate) session: Session<'s>,
    title: String,
    exchanges: Vec<Exchange>,
    reported: Vec<Reported>,
    /// What is made stays out of the pool, so that nobody else changes it meanwhile.
    private: bool,
    /// What requests rather refer to than to what is in the pool.
    preferred: BTreeMap<KindId, Value>,
    /// The number of the next body at random.
    next: u64,
}

/// Who sends a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Who<'i> {
    /// A role, with the credentials that the operation asks for.
    Role(Role),
    /// Somebody with exactly these credentials.
    Identity(&'i Identity),
    /// The same, with credentials that were made from secrets and are not to be shown either.
    Forged(&'i Identity),
    /// Nobody.
    Nobody,
}

impl<'a> Session<'a> {
    /// The document.
    pub fn document(&self) -> &'a Document {
        self.contract.document()
    }

    /// The beginning of a story about an operation.
    pub(crate) fn story(&self, operation: &'a Operation, title: impl Into<String>) -> Story<'a> {
        let title = title.into();
        let next = hash(format!("{} {title}", operation.id).as_bytes()) << 8;
        Story {
            session: *self,
            title,
            exchanges: Vec::new(),
            reported: Vec::new(),
            private: true,
            preferred: BTreeMap::new(),
            next,
        }
    }

    /// Random numbers of their own for a story, the same in every run with this seed.
    pub(crate) fn rng(&self, operation: &Operation, number: u64) -> fastrand::Rng {
        fastrand::Rng::with_seed(self.seed ^ hash(operation.id.as_bytes()) ^ number.rotate_left(32))
    }
}

impl<'s> Story<'s> {
    /// The same story with things that everybody may use.
    pub(crate) fn shared(mut self) -> Self {
        self.private = false;
        self
    }

    /// Sends a request as the main identity.
    pub(crate) async fn send(&mut self, operation: &Operation, parts: Parts) -> Option<Exchange> {
        self.send_as(operation, parts, Who::Role(Role::Main)).await
    }

    /// Sends a request as somebody. `None` if no answer came that says anything: the story ends there.
    pub(crate) async fn send_as(
        &mut self,
        operation: &Operation,
        parts: Parts,
        who: Who<'_>,
    ) -> Option<Exchange> {
        let case = self.case(operation, parts);
        let sent = case.parts.sent(self.session.document(), operation);
        for _ in 0..PATIENCE {
            let exchange = self.exchange(operation, &case, sent.clone(), who).await?;
            match busy(&exchange) {
                None => {
                    self.exchanges.push(exchange.clone());
                    return Some(exchange);
                }
                Some(wait) => tokio::time::sleep(wait.min(LONGEST)).await,
            }
        }
        None
    }

    /// Asks for the path that an answer names, as the main identity asks for what `like` reads.
    pub(crate) async fn follow(
        &mut self,
        like: &Operation,
        path: &str,
        query: Option<&str>,
    ) -> Option<Exchange> {
        let case = self.case(like, Parts { method: Method::GET, arguments: Vec::new(), body: None });
        let sent = Sent {
            method: Method::GET,
            path: path.to_owned(),
            query: query.map(str::to_owned),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        };
        let exchange = self.exchange(like, &case, sent, Who::Role(Role::Main)).await?;
        self.exchanges.push(exchange.clone());
        Some(exchange)
    }

    fn case(&self, operation: &Operation, parts: Parts) -> Case {
        let touches = phase::kept_by_parameters(self.session.document(), operation, &parts);
        let title = format!("{}, step {}", self.title, self.exchanges.len() + 1);
        let (operation, phase) = (operation.id.clone(), Phase::Stateful);
        Case { operation, phase, title, intent: Intent::Valid, touches, parts }
    }

    async fn exchange(
        &self,
        operation: &Operation,
        case: &Case,
        sent: Sent,
        who: Who<'_>,
    ) -> Option<Exchange> {
        let Session { target, witness, pool, .. } = self.session;
        let answer = match who {
            Who::Role(role) => target.call(operation, sent.clone(), role).await,
            Who::Identity(identity) => target.send(sent.clone(), Some(identity)).await,
            Who::Forged(identity) => {
                target.send(sent.clone(), Some(identity)).await.map(|exchange| identity.hidden_in(exchange))
            }
            Who::Nobody => target.send(sent.clone(), None).await,
        };
        match answer {
            Ok(exchange) => {
                witness.saw(case, &exchange);
                pool.claim(self.session.document(), &exchange);
                if !self.private && matches!(who, Who::Role(Role::Main)) {
                    pool.learn(self.session.document(), &exchange);
                }
                Some(exchange)
            }
            Err(error) => {
                let sent = match who {
                    Who::Role(role) => target.as_sent(operation, sent, role),
                    Who::Identity(identity) => target.dressed(sent, Some(identity)),
                    Who::Forged(identity) => identity.hidden_in_request(target.dressed(sent, Some(identity))),
                    Who::Nobody => target.dressed(sent, None),
                };
                witness.lost(case, &sent, &error);
                None
            }
        }
    }

    /// Tells that the last exchange, which is one of `operation`, is not as it should be; unless the story is about
    /// something whose name others have chosen as well.
    pub(crate) fn tell(
        &mut self,
        check: Check,
        operation: &Operation,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) {
        self.tell_at(check, operation, &operation.place, expected, found);
    }

    /// The same, where something in the operation says how it should be.
    pub(crate) fn tell_at(
        &mut self,
        check: Check,
        operation: &Operation,
        place: &Pointer,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) {
        let (pool, document) = (self.session.pool, self.document());
        if pool.is_contested(document, &self.exchanges) {
            return;
        }
        let finding = Finding { check, place: place.clone(), expected: expected.into(), found: found.into() };
        let story = self.exchanges.clone();
        self.reported.push(Reported::new(finding, &operation.id, self.title.clone(), story));
    }

    /// A valid request, about `thing` if its path has parameters: see [`Session::draft`].
    pub(crate) fn draft(
        &self,
        operation: &Operation,
        thing: Option<&Thing>,
        variant: Variant,
    ) -> Option<Parts> {
        let mut parts = self.session.draft(operation, thing, variant)?;
        if let Some(Payload { media_type, content: PayloadContent::Value(body) }) = &mut parts.body {
            let uses = self.session.pool.graph().uses(operation);
            for (path, kind) in uses.bodies.get(media_type).into_iter().flatten() {
                if let Some(value) = self.preferred.get(kind) {
                    site::replace(path, body, value);
                }
            }
        }
        Some(parts)
    }

    /// From now on, requests refer to this thing where they refer to one of its kind.
    pub(super) fn prefer(&mut self, thing: Thing) {
        self.preferred.insert(thing.kind, thing.value);
    }

    /// Whether what is made is for everybody.
    pub(super) fn is_shared(&self) -> bool {
        !self.private
    }

    /// A natural body with texts that were not sent yet.
    pub(super) fn near_variant(&mut self) -> Variant {
        self.next += 1;
        Variant::Near(self.next)
    }

    /// One with texts that no other run has sent either.
    pub(super) fn unheard_near_variant(&mut self) -> Variant {
        self.next += 1;
        Variant::Near(self.next ^ self.session.pool.run())
    }

    /// A valid body that was not sent yet.
    pub(crate) fn next_variant(&mut self) -> Variant {
        self.next += 1;
        Variant::Random(self.next)
    }

    /// One that no other run has sent either: what has to be unlike all others may be there from an earlier run.
    pub(crate) fn unheard_variant(&mut self) -> Variant {
        self.next += 1;
        Variant::Random(self.next ^ self.session.pool.run())
    }

    /// The document.
    pub(crate) fn document(&self) -> &'s Document {
        self.session.document()
    }

    /// What was exchanged so far.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges.clone()
    }

    /// Takes these exchanges for what was exchanged so far.
    pub(crate) fn restore(&mut self, exchanges: Vec<Exchange>) {
        self.exchanges = exchanges;
    }

    /// Leaves out the last exchange: it has no part in what the story shows.
    pub(crate) fn take_back(&mut self) {
        self.exchanges.pop();
    }

    /// Leaves out what was exchanged so far: what comes is judged by itself.
    pub(crate) fn restart(&mut self) {
        self.exchanges.clear();
    }

    /// What the story has shown.
    pub(crate) fn end(self) -> Vec<Reported> {
        self.reported
    }
}

/// FNV-1a: the same on every machine.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// How long to wait, if the server is too busy to say anything else.
fn busy(exchange: &Exchange) -> Option<Duration> {
    let busy = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE];
    busy.contains(&exchange.received.status).then(|| retry_after(&exchange.received.headers))
}

fn retry_after(headers: &HeaderMap) -> Duration {
    let seconds = headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    Duration::from_secs(seconds.unwrap_or(1))
}

/// The body of an answer; null if it is no JSON.
pub(crate) fn json(exchange: &Exchange) -> Value {
    serde_json::from_slice(&exchange.received.body).unwrap_or_default()
}

/// Whether an answer like this one may have another body; where nothing is said of it, any.
pub(crate) fn may_answer(
    document: &Document,
    operation: &Operation,
    received: &Received,
    body: &Value,
) -> bool {
    let content = operation.answer(received.status).into_iter().flat_map(|(_, answer)| &answer.content);
    let allows = |schema: &Pointer| document.violations(schema, Direction::Response, body).is_empty();
    content.filter(|content| content.is_json()).all(|content| allows(&content.schema()))
}

/// Whether a status says that there is no such thing.
pub(crate) fn is_missing(status: StatusCode) -> bool {
    [StatusCode::NOT_FOUND, StatusCode::GONE].contains(&status)
}
