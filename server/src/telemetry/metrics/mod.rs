//! Counts and times of the running server, in Prometheus' form with OpenTelemetry's names.
//!
//! A part that has something to count registers it once and keeps the handle, so that counting is an addition and
//! looks up no label. A part that keeps figures anyway gives a closure that is asked when somebody looks.

mod database;
mod http;
mod parts;
mod process;
mod readings;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use prometheus_client::{
    collector::Collector,
    encoding::text,
    registry::{Metric, Registry},
};

pub(crate) use self::http::UNKNOWN_ROUTE;
pub use self::{
    database::{DatabaseMetrics, Outcome},
    http::{Active, HttpMetrics},
    process::ProcessFigures,
    readings::{Kind, Reading, Readings},
};

/// The media type of [`Metrics::text`] (OpenMetrics 1.0).
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// From a quarter of a millisecond, which a read from the embedded database stays below, to the request limit's order.
const SECONDS: [f64; 15] =
    [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Everything that is measured of one server. Clones share it.
#[derive(Clone, Default)]
pub struct Metrics(Arc<Mutex<Registry>>);

impl Metrics {
    /// The metrics of this process, with its build and what it takes from the operating system.
    pub fn of_this_process() -> Self {
        let metrics = Self::default();
        metrics.read(Readings::new(
            "orderly_build_info",
            "The program that runs; always 1",
            Kind::Gauge,
            || vec![Reading::new(1.0).label("version", env!("CARGO_PKG_VERSION"))],
        ));
        metrics.collect(ProcessFigures);
        metrics
    }

    /// Adds a metric. `help` is a sentence without its full stop.
    pub fn register(&self, name: &'static str, help: &'static str, metric: impl Metric) {
        self.registry().register(name, help, metric);
    }

    /// Adds figures that are read whenever somebody looks.
    pub fn read(&self, readings: Readings) {
        self.collect(readings);
    }

    /// Adds several metrics that are collected together.
    pub fn collect(&self, collector: impl Collector) {
        self.registry().register_collector(Box::new(collector));
    }

    /// Everything as it is now, as OpenMetrics text.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(64 * 1024);
        text::encode(&mut text, &self.registry()).expect("a string takes what is written to it");
        text
    }

    fn registry(&self) -> MutexGuard<'_, Registry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}
