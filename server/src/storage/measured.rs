//! A database whose calls are timed, counted and traced, whichever database it is.

use std::{sync::Arc, time::Instant};

use opentelemetry::Context;
use orderly_domain::{Result, Storage};

use crate::telemetry::{
    Telemetry, Traces,
    metrics::{DatabaseMetrics, Outcome},
    traces,
};

/// The database, with a clock around each call.
#[derive(Debug, Clone)]
pub struct Measured<S> {
    inner: S,
    meter: Arc<Meter>,
}

#[derive(Debug)]
struct Meter {
    system: &'static str,
    metrics: DatabaseMetrics,
    traces: Option<Traces>,
}

/// One call that is running. Dropped before it has an outcome, nobody waited for it any more.
struct Running<'m> {
    meter: &'m Meter,
    call: Call,
    begun: Instant,
    span: Option<Context>,
    outcome: Outcome,
}

impl<S> Measured<S> {
    /// Measures the calls to a database that OpenTelemetry calls `system` (`db.system.name`).
    pub fn new(inner: S, system: &'static str, telemetry: &Telemetry) -> Self {
        let metrics = DatabaseMetrics::new(&telemetry.metrics, system, CALLS);
        Self { inner, meter: Arc::new(Meter { system, metrics, traces: telemetry.traces.clone() }) }
    }

    /// The database itself.
    pub fn inner(&self) -> &S {
        &self.inner
    }
}

impl Meter {
    /// Begins to measure. The call itself is awaited outside: a future that is passed on is kept twice.
    fn begin(&self, call: Call) -> Running<'_> {
        let name = CALLS[call as usize];
        let span = self.traces.as_ref().and_then(|traces| traces.storage(self.system, name));
        Running { meter: self, call, begun: Instant::now(), span, outcome: Outcome::Cancelled }
    }
}

impl Running<'_> {
    /// Ends to measure: this came of the call.
    fn end<T>(mut self, result: Result<T>) -> Result<T> {
        self.outcome = Outcome::of(&result);
        result
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.meter.metrics.called(self.call as usize, self.outcome, self.begun.elapsed());
        if let Some(span) = &self.span {
            traces::end_storage(span, self.outcome);
        }
    }
}

macro_rules! measured {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $Arg:ty),* $(,)?) -> $Out:ty;)+) => {
        /// Every call; its place in [`CALLS`].
        #[allow(non_camel_case_types, reason = "each is named as the method is")]
        #[derive(Debug, Clone, Copy)]
        enum Call { $($name),+ }

        const CALLS: &[&str] = &[$(stringify!($name)),+];

        impl<S: Storage> Storage for Measured<S> {
            $(async fn $name(&self, $($arg: $Arg),*) -> Result<$Out> {
                let running = self.meter.begin(Call::$name);
                running.end(self.inner.$name($($arg),*).await)
            })+
        }
    };
}

orderly_domain::storage_contract!(measured);

#[cfg(test)]
mod tests {
    use super::*;
    use orderly_domain::id::ProductId;
    use orderly_store_sqlite::Sqlite;

    #[tokio::test]
    async fn each_call_is_counted_under_its_name_and_a_refusal_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        let telemetry = Telemetry::default();
        let database = Sqlite::open(folder.path().join("orderly.db")).unwrap();
        let measured = Measured::new(database, "sqlite", &telemetry);
        measured.ping().await.unwrap();
        assert!(measured.product(ProductId::new()).await.is_err());
        drop(measured.ping());
        let text = telemetry.metrics.text();
        for call in ["ping", "product"] {
            let line = format!(
                "db_client_operation_duration_seconds_count{{db_system_name=\"sqlite\",\
                 db_operation_name=\"{call}\",error_type=\"\"}} 1\n"
            );
            assert!(text.contains(&line), "{line} in {text}");
        }
    }

    #[test]
    fn a_call_that_nobody_waits_for_is_counted_as_cancelled() {
        let telemetry = Telemetry::default();
        let measured = Measured::new((), "sqlite", &telemetry);
        drop(measured.meter.begin(Call::place_order));
        let text = telemetry.metrics.text();
        let labels = "db_operation_name=\"place_order\",error_type=\"cancelled\"} 1\n";
        assert!(text.contains(labels), "{text}");
    }
}
