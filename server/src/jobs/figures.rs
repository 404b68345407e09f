//! How the jobs are doing, for whoever watches the server.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use orderly_domain::Timestamp;

/// Counters of all jobs; a copy of it reads the same ones.
#[derive(Debug, Clone)]
pub struct Figures(Arc<[Counters]>);

/// What a job has done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobFigures {
    /// The job's name.
    pub name: &'static str,
    /// How often it ran.
    pub runs: u64,
    /// How many of those runs failed.
    pub failures: u64,
    /// When a run ended well the last time.
    pub last_success: Option<Timestamp>,
}

#[derive(Debug)]
struct Counters {
    name: &'static str,
    runs: AtomicU64,
    failures: AtomicU64,
    /// In microseconds since 1970; 0 before the first.
    last_success: AtomicI64,
}

impl Figures {
    /// Counters at zero.
    pub(super) fn of(names: impl Iterator<Item = &'static str>) -> Self {
        let counters = |name| Counters {
            name,
            runs: AtomicU64::new(0),
            failures: AtomicU64::new(0),
            last_success: AtomicI64::new(0),
        };
        Self(names.map(counters).collect())
    }

    /// Counts a run of the job with this number.
    pub(super) fn count(&self, number: usize, succeeded: bool) {
        let counters = &self.0[number];
        counters.runs.fetch_add(1, Ordering::Relaxed);
        if succeeded {
            counters.last_success.store(Timestamp::now().micros(), Ordering::Relaxed);
        } else {
            counters.failures.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What each job has done so far.
    pub fn read(&self) -> Vec<JobFigures> {
        let read = |counters: &Counters| JobFigures {
            name: counters.name,
            runs: counters.runs.load(Ordering::Relaxed),
            failures: counters.failures.load(Ordering::Relaxed),
            last_success: match counters.last_success.load(Ordering::Relaxed) {
                0 => None,
                micros => Some(Timestamp::from_micros(micros)),
            },
        };
        self.0.iter().map(read).collect()
    }
}
