//! Figures that some part of the server keeps anyway, read when somebody looks.

use std::fmt;

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet},
    metrics::MetricType,
};

/// What a figure does over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It only grows; its name gets `_total` at its end.
    Counter,
    /// It goes up and down.
    Gauge,
}

/// One figure with its labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    value: f64,
    labels: Vec<(&'static str, String)>,
}

/// One metric: all its readings.
pub struct Readings {
    name: &'static str,
    help: &'static str,
    kind: Kind,
    read: Box<dyn Fn() -> Vec<Reading> + Send + Sync>,
}

impl Reading {
    /// A figure without labels.
    pub fn new(value: f64) -> Self {
        Self { value, labels: Vec::new() }
    }

    /// The same with one label more.
    pub fn label(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.labels.push((name, value.into()));
        self
    }
}

impl Readings {
    /// A metric that `read` gives the figures of. `help` is a sentence without its full stop.
    pub fn new(
        name: &'static str,
        help: &'static str,
        kind: Kind,
        read: impl Fn() -> Vec<Reading> + Send + Sync + 'static,
    ) -> Self {
        Self { name, help, kind, read: Box::new(read) }
    }

    /// A metric of one figure.
    pub fn one(
        name: &'static str,
        help: &'static str,
        kind: Kind,
        read: impl Fn() -> u64 + Send + Sync + 'static,
    ) -> Self {
        Self::new(name, help, kind, move || vec![Reading::new(read() as f64)])
    }
}

impl Collector for Readings {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Counter => MetricType::Counter,
            Kind::Gauge => MetricType::Gauge,
        };
        // As the registry itself does.
        let help = format!("{}.", self.help);
        let mut metric = encoder.encode_descriptor(self.name, &help, None, kind)?;
        for reading in (self.read)() {
            if reading.labels.is_empty() {
                self.kind.encode(&mut metric, reading.value)?;
            } else {
                self.kind.encode(&mut metric.encode_family(&reading.labels)?, reading.value)?;
            }
        }
        Ok(())
    }
}

impl Kind {
    fn encode(self, encoder: &mut MetricEncoder<'_>, value: f64) -> fmt::Result {
        match self {
            Self::Counter => encoder.encode_counter::<NoLabelSet, _, f64>(&value, None),
            Self::Gauge => encoder.encode_gauge(&value),
        }
    }
}

impl fmt::Debug for Readings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readings").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::Metrics;

    #[test]
    fn figures_are_read_when_somebody_looks() {
        use std::sync::{
            Arc,
            atomic::{AtomicU64, Ordering},
        };
        let kept = Arc::new(AtomicU64::new(1));
        let (metrics, read) = (Metrics::default(), kept.clone());
        metrics.read(Readings::one("shed", "Requests sent away", Kind::Counter, move || {
            read.load(Ordering::Relaxed)
        }));
        metrics.read(Readings::new("places", "Places", Kind::Gauge, || {
            vec![Reading::new(2.0).label("state", "idle"), Reading::new(3.0).label("state", "used")]
        }));
        kept.store(7, Ordering::Relaxed);
        let expected = "# HELP shed Requests sent away.\n# TYPE shed counter\nshed_total 7.0\n\
            # HELP places Places.\n# TYPE places gauge\nplaces{state=\"idle\"} 2.0\nplaces{state=\"used\"} 3.0\n# EOF\n";
        assert_eq!(metrics.text(), expected);
    }
}
