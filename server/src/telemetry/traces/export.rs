//! Sends batches of spans as long as the collector takes them, and leaves it alone for a while when it does not.
//!
//! The exporter below repeats an attempt with growing pauses, within its time limit. When that has failed, batches are
//! dropped unsent until a pause is over: a collector that is down must not find the whole backlog at its door.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use opentelemetry_sdk::{
    Resource,
    error::{OTelSdkError, OTelSdkResult},
    trace::{SpanData, SpanExporter},
};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
};

use super::collector::LastFailure;
use crate::telemetry::Metrics;

/// How long a collector that has failed is left alone, at least; up to twice as long, so that servers do not come back
/// at once.
const PAUSE: Duration = Duration::from_secs(15);
/// A failing collector is told of this often at most.
const TOLD: Duration = Duration::from_secs(60);

/// An exporter that counts what it does and gives a failing collector pauses.
#[derive(Debug)]
pub(super) struct Exporter<E> {
    inner: E,
    endpoint: String,
    failure: LastFailure,
    pause: Duration,
    state: Mutex<State>,
    sent: Counter,
    lost: Counter,
}

#[derive(Debug, Default)]
struct State {
    pause_ends: Option<Instant>,
    told: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    outcome: &'static str,
}

impl<E> Exporter<E> {
    pub(super) fn new(inner: E, endpoint: String, failure: LastFailure, metrics: &Metrics) -> Self {
        let spans = Family::<Labels, Counter>::default();
        metrics.register(
            "orderly_trace_spans",
            "Spans that the collector has taken (sent) or that it could not be given (lost)",
            spans.clone(),
        );
        let count = |outcome| spans.get_or_create_owned(&Labels { outcome });
        let (sent, lost) = (count("sent"), count("lost"));
        Self { inner, endpoint, failure, pause: PAUSE, state: Mutex::default(), sent, lost }
    }

    fn is_paused(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.pause_ends.is_some_and(|end| Instant::now() < end)
    }

    /// Notes what became of a batch.
    fn note(&self, spans: u64, result: &OTelSdkResult) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Err(error) = result else {
            state.pause_ends = None;
            self.sent.inc_by(spans);
            return;
        };
        self.lost.inc_by(spans);
        let now = Instant::now();
        state.pause_ends = Some(now + self.pause.mul_f64(1.0 + fastrand::f64()));
        if state.told.is_none_or(|told| now.duration_since(told) >= TOLD) {
            state.told = Some(now);
            let cause = self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let lost = self.lost.get();
            tracing::warn!(endpoint = self.endpoint, %error, cause, lost, "spans are lost: the collector fails");
        }
    }
}

impl<E: SpanExporter> SpanExporter for Exporter<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.len() as u64;
        if self.is_paused() {
            self.lost.inc_by(spans);
            return Err(OTelSdkError::InternalFailure("the collector is given a pause".to_owned()));
        }
        let result = self.inner.export(batch).await;
        self.note(spans, &result);
        result
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.inner.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.inner.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.inner.set_resource(resource);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    };

    use super::*;

    #[derive(Debug, Clone, Default)]
    struct Peer {
        fails: Arc<AtomicBool>,
        asked: Arc<AtomicUsize>,
    }

    impl SpanExporter for Peer {
        async fn export(&self, _batch: Vec<SpanData>) -> OTelSdkResult {
            self.asked.fetch_add(1, Ordering::Relaxed);
            match self.fails.load(Ordering::Relaxed) {
                true => Err(OTelSdkError::InternalFailure("away".to_owned())),
                false => Ok(()),
            }
        }
    }

    #[tokio::test]
    async fn a_collector_that_fails_is_left_alone_for_a_while_and_then_tried_again() {
        let (peer, metrics) = (Peer::default(), Metrics::default());
        let mut exporter = Exporter::new(peer.clone(), "there".to_owned(), LastFailure::default(), &metrics);
        exporter.pause = Duration::from_millis(50);
        peer.fails.store(true, Ordering::Relaxed);
        for _ in 0..5 {
            assert!(exporter.export(Vec::new()).await.is_err());
        }
        assert_eq!(peer.asked.load(Ordering::Relaxed), 1, "only the first of them was tried");
        peer.fails.store(false, Ordering::Relaxed);
        // The pause is at most twice as long as it is at least.
        tokio::time::sleep(Duration::from_millis(110)).await;
        for _ in 0..2 {
            assert!(exporter.export(Vec::new()).await.is_ok());
        }
        assert_eq!(peer.asked.load(Ordering::Relaxed), 3);
    }
}
