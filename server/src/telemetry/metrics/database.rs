//! Calls of the storage contract: how long each takes, by what becomes of it.

use std::{sync::OnceLock, time::Duration};

use orderly_domain::StoreError;
use prometheus_client::{
    encoding::{EncodeLabelSet, LabelSetEncoder},
    metrics::{family::Family, histogram::Histogram},
};

use super::{Metrics, SECONDS};

/// What becomes of a call. A refusal by a rule of the shop is an answer like any other, not an error of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was answered.
    Answered,
    /// The database is away, busy or full.
    Unavailable,
    /// The request's deadline passed.
    DeadlineExceeded,
    /// Nobody waited for it any more.
    Cancelled,
    /// What must not happen.
    Internal,
}

impl Outcome {
    const ALL: [Self; 5] =
        [Self::Answered, Self::Unavailable, Self::DeadlineExceeded, Self::Cancelled, Self::Internal];

    /// What became of a call with this result.
    pub fn of<T>(result: &Result<T, StoreError>) -> Self {
        match result {
            Ok(_) | Err(StoreError::NotFound | StoreError::Rejected { .. }) => Self::Answered,
            Err(StoreError::Unavailable(_)) => Self::Unavailable,
            Err(StoreError::DeadlineExceeded) => Self::DeadlineExceeded,
            Err(StoreError::Internal(_)) => Self::Internal,
        }
    }

    /// OpenTelemetry's `error.type`; none for what is no error.
    pub fn error_type(self) -> Option<&'static str> {
        match self {
            Self::Answered => None,
            Self::Unavailable => Some("unavailable"),
            Self::DeadlineExceeded => Some("deadline_exceeded"),
            Self::Cancelled => Some("cancelled"),
            Self::Internal => Some("internal"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Labels {
    system: &'static str,
    operation: &'static str,
    outcome: Outcome,
}

impl EncodeLabelSet for Labels {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> std::fmt::Result {
        use prometheus_client::encoding::EncodeLabel;
        ("db_system_name", self.system).encode(encoder.encode_label())?;
        ("db_operation_name", self.operation).encode(encoder.encode_label())?;
        // A label that is empty is one that is not there.
        ("error_type", self.outcome.error_type().unwrap_or("")).encode(encoder.encode_label())
    }
}

/// The metrics of calls to one database.
#[derive(Debug)]
pub struct DatabaseMetrics {
    durations: Family<Labels, Histogram, fn() -> Histogram>,
    system: &'static str,
    operations: Vec<(&'static str, [OnceLock<Histogram>; Outcome::ALL.len()])>,
}

impl DatabaseMetrics {
    /// The metrics of a database of this `db.system.name`, whose operations are counted by their places in the list.
    pub fn new(metrics: &Metrics, system: &'static str, operations: &[&'static str]) -> Self {
        let durations: Family<Labels, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(SECONDS));
        metrics.register(
            "db_client_operation_duration_seconds",
            "Time of a call of the storage contract, all of its statements and waits included",
            durations.clone(),
        );
        Self {
            durations,
            system,
            operations: operations.iter().map(|name| (*name, Default::default())).collect(),
        }
    }

    /// Counts a call of the operation at this place.
    pub fn called(&self, operation: usize, outcome: Outcome, after: Duration) {
        let (name, outcomes) = &self.operations[operation];
        let histogram = outcomes[outcome as usize].get_or_init(|| {
            let labels = Labels { system: self.system, operation: name, outcome };
            self.durations.get_or_create_owned(&labels)
        });
        histogram.observe(after.as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_by_operation_and_error() {
        let metrics = Metrics::default();
        let database = DatabaseMetrics::new(&metrics, "sqlite", &["ping", "place_order"]);
        let refused: Result<(), _> = Err(StoreError::NotFound);
        let away: Result<(), _> = Err(StoreError::Unavailable("the disk is full".into()));
        for result in [&Ok(()), &refused, &away] {
            database.called(1, Outcome::of(result), Duration::from_millis(2));
        }
        database.called(0, Outcome::Cancelled, Duration::ZERO);
        let text = metrics.text();
        let count = |operation: &str, error: &str| {
            format!(
                "db_client_operation_duration_seconds_count{{db_system_name=\"sqlite\",\
                 db_operation_name=\"{operation}\",error_type=\"{error}\"}}"
            )
        };
        for line in [
            format!("{} 2", count("place_order", "")),
            format!("{} 1", count("place_order", "unavailable")),
            format!("{} 1", count("ping", "cancelled")),
        ] {
            assert!(text.contains(&line), "{line} in {text}");
        }
    }

    #[test]
    fn every_outcome_has_its_own_place_and_name() {
        for (place, outcome) in Outcome::ALL.into_iter().enumerate() {
            assert_eq!(outcome as usize, place);
        }
        let names: std::collections::BTreeSet<_> = Outcome::ALL.map(Outcome::error_type).into();
        assert_eq!(names.len(), Outcome::ALL.len());
    }
}
