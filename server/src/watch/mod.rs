//! The live contract watch: a sample of the answers that really go out is held to the document, beside the requests.
//!
//! An answer is passed on as it is and when it is. A sampled one leaves a copy of its headers and a second handle to its
//! bytes in a bounded queue, which a thread of its own works off; what it finds is counted and logged.

mod contract;
mod told;

use std::{
    io,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use bytes::Bytes;
use http_body_util::{BodyExt, combinators::BoxBody};
use orderly_api_runtime::Schemas;
use poem::{
    Body, Endpoint, Middleware, Request, Response,
    http::{HeaderMap, Method, StatusCode},
};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge},
};

use self::{
    contract::{Breach, Contract, Kind},
    told::Told,
};
use crate::{http::routes::RouteTable, telemetry::Metrics};

/// So many answers wait to be checked at most; further ones are not.
const QUEUE: usize = 256;
/// Of a thousand.
const ALL: u32 = 1000;

/// The layer. It has to stand outside of every other one, where answers are what the client gets.
#[derive(Debug, Clone)]
pub struct ContractWatch(Option<Arc<Watcher>>);

/// A watch that is on.
#[derive(Debug)]
struct Watcher {
    per_mille: u32,
    routes: Arc<RouteTable>,
    queue: SyncSender<Sample>,
    counts: Arc<Counts>,
}

/// An answer to be checked.
#[derive(Debug)]
struct Sample {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    /// None if it is made while it is sent, or not sent at all.
    body: Option<Bytes>,
}

#[derive(Debug)]
struct Counts {
    waiting: Gauge,
    sound: Counter,
    broken: Counter,
    skipped: Counter,
    violations: Family<ViolationLabels, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SampleLabels {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ViolationLabels {
    operation: &'static str,
    kind: &'static str,
}

impl ContractWatch {
    /// Watches `per_mille` of a thousand answers of the document's operations; 0 watches none and costs nothing.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(
        per_mille: u32,
        schemas: &'static Schemas,
        routes: Arc<RouteTable>,
        metrics: &Metrics,
    ) -> io::Result<Self> {
        if per_mille == 0 {
            return Ok(Self(None));
        }
        let counts = Arc::new(Counts::register(metrics));
        let (queue, samples) = sync_channel(QUEUE);
        let counting = counts.clone();
        thread::Builder::new()
            .name("contract-watch".to_owned())
            .spawn(move || check_all(&Contract::new(schemas), &samples, &counting))?;
        Ok(Self(Some(Arc::new(Watcher { per_mille, routes, queue, counts }))))
    }
}

impl Watcher {
    /// The operation of a request that is to be watched.
    fn sampled(&self, request: &Request) -> Option<&'static str> {
        let chosen = self.per_mille >= ALL || fastrand::u32(0..ALL) < self.per_mille;
        chosen.then(|| self.routes.find(request.uri().path())?.operation(request.method())).flatten()
    }

    async fn take(&self, operation: &'static str, is_head: bool, response: &mut Response) {
        let body: BoxBody<Bytes, io::Error> = response.take_body().into();
        let body = match hyper::body::Body::size_hint(&body).exact() {
            // It is all there already: nothing is waited for, and a clone of it shares it.
            Some(_) => match body.collect().await {
                Ok(whole) => {
                    let bytes = whole.to_bytes();
                    response.set_body(bytes.clone());
                    Some(bytes)
                }
                Err(error) => {
                    response.set_body(Body::from_bytes_stream(futures_util::stream::iter([
                        Err::<Bytes, _>(error),
                    ])));
                    None
                }
            },
            None => {
                response.set_body(Body::from(body));
                None
            }
        };
        // What HEAD leaves out says nothing (RFC 9110, section 9.3.2).
        let body = body.filter(|_| !is_head);
        let sample =
            Sample { operation, status: response.status(), headers: response.headers().clone(), body };
        self.counts.waiting.inc();
        if self.queue.try_send(sample).is_err() {
            self.counts.waiting.dec();
            self.counts.skipped.inc();
        }
    }
}

impl<E: Endpoint<Output = Response>> Middleware<E> for ContractWatch {
    type Output = Watched<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Watched { inner, watcher: self.0.clone() }
    }
}

/// An endpoint whose answers are watched.
#[derive(Debug)]
pub struct Watched<E> {
    inner: E,
    watcher: Option<Arc<Watcher>>,
}

impl<E: Endpoint<Output = Response>> Endpoint for Watched<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let sampled = self.watcher.as_ref().and_then(|watcher| Some((watcher, watcher.sampled(&request)?)));
        let is_head = request.method() == Method::HEAD;
        let mut response = self.inner.call(request).await?;
        if let Some((watcher, operation)) = sampled {
            watcher.take(operation, is_head, &mut response).await;
        }
        Ok(response)
    }
}

impl Counts {
    fn register(metrics: &Metrics) -> Self {
        let samples = Family::<SampleLabels, Counter>::default();
        let violations = Family::<ViolationLabels, Counter>::default();
        let waiting = Gauge::default();
        metrics.register(
            "orderly_contract_samples",
            "Answers that were taken to be held to the document; skipped ones came too fast",
            samples.clone(),
        );
        metrics.register(
            "orderly_contract_violations",
            "Answers that broke the document, by operation and by what of them did",
            violations.clone(),
        );
        metrics.register("orderly_contract_waiting", "Answers that wait to be checked", waiting.clone());
        let count = |outcome| samples.get_or_create_owned(&SampleLabels { outcome });
        Self {
            waiting,
            sound: count("sound"),
            broken: count("broken"),
            skipped: count("skipped"),
            violations,
        }
    }

    fn violation(&self, operation: &'static str, kind: Kind) {
        self.violations.get_or_create_owned(&ViolationLabels { operation, kind: kind.name() }).inc();
    }
}

/// Checks samples until nobody can send any more.
fn check_all(contract: &Contract, samples: &Receiver<Sample>, counts: &Counts) {
    let mut told = Told::default();
    while let Ok(sample) = samples.recv() {
        let breaches = contract.check(&sample);
        if breaches.is_empty() {
            counts.sound.inc()
        } else {
            counts.broken.inc()
        };
        for breach in &breaches {
            counts.violation(sample.operation, breach.kind);
            told.tell(&sample, breach);
        }
        counts.waiting.dec();
    }
}

/// Says in the log what of an answer broke the document. Never its values: they are somebody's data.
fn log(sample: &Sample, Breach { kind, pointer, detail }: &Breach) {
    let (operation, status, kind) = (sample.operation, sample.status.as_u16(), kind.name());
    let request_id =
        sample.headers.get(crate::http::layers::request_id::HEADER).and_then(|id| id.to_str().ok());
    tracing::error!(operation, status, kind, pointer, request_id, "an answer broke the document: {detail}");
}
