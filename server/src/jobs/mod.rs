//! Background work: named jobs, each done again and again until the server stops. One file a job.
//!
//! Several servers on one database all run theirs: whatever they do is one transaction each, of which a second one at
//! the same time changes nothing.

mod certificate;
mod clean_up;
mod figures;
mod signing_keys;

use std::{
    error::Error,
    hash::{BuildHasher, RandomState},
    panic::AssertUnwindSafe,
    time::Duration,
};

use futures_util::{FutureExt, future::BoxFuture};
use tokio::{task::JoinSet, time};
use tracing::Instrument;

pub use self::{
    certificate::certificate,
    clean_up::clean_up,
    figures::{Figures, JobFigures},
    signing_keys::signing_keys,
};
use crate::telemetry;

/// A run that takes longer than this has failed.
const RUN_LIMIT: Duration = Duration::from_secs(60);

/// What a run fails with.
pub type JobError = Box<dyn Error + Send + Sync>;

/// Something to be done again and again.
pub struct Job {
    name: &'static str,
    every: Duration,
    run: Box<dyn Fn() -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>,
}

impl Job {
    /// A job that begins `every` so often.
    pub fn new<R>(name: &'static str, every: Duration, run: impl Fn() -> R + Send + Sync + 'static) -> Self
    where
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        Self { name, every, run: Box::new(move || run().boxed()) }
    }

    /// Works until it is dropped.
    async fn work(self, number: usize, figures: Figures) {
        // Servers that start together do not all come at the same moment.
        time::sleep(part_of(self.every)).await;
        loop {
            let run = self.once().instrument(tracing::info_span!("job", job = self.name)).await;
            figures.count(number, run);
            time::sleep(self.every).await;
        }
    }

    /// One run; whether it succeeded. It is logged here if it did not.
    async fn once(&self) -> bool {
        let run = AssertUnwindSafe((self.run)()).catch_unwind();
        match time::timeout(RUN_LIMIT, run).await {
            Ok(Ok(Ok(()))) => return true,
            Ok(Ok(Err(error))) => {
                tracing::warn!(error = telemetry::chain(error.as_ref()), "{} failed", self.name);
            }
            Ok(Err(_panic)) => tracing::error!("{} panicked", self.name),
            Err(_elapsed) => tracing::warn!("{} took longer than {RUN_LIMIT:?}", self.name),
        }
        false
    }
}

/// The jobs of a server. Dropped, they stop as well, but nobody waits for it.
#[derive(Debug)]
pub struct Jobs {
    tasks: JoinSet<()>,
    figures: Figures,
}

impl Jobs {
    /// Begins to work.
    pub fn start(jobs: Vec<Job>) -> Self {
        let figures = Figures::of(jobs.iter().map(|job| job.name));
        let mut tasks = JoinSet::new();
        for (number, job) in jobs.into_iter().enumerate() {
            tasks.spawn(job.work(number, figures.clone()));
        }
        Self { tasks, figures }
    }

    /// How the jobs are doing, now and later.
    pub fn figures(&self) -> Figures {
        self.figures.clone()
    }

    /// Stops at once and waits until nothing works any more. What had not been committed is not.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

/// A random part of a span of time.
fn part_of(span: Duration) -> Duration {
    let random = RandomState::new().hash_one(span);
    span.mul_f64(random as f64 / u64::MAX as f64)
}

#[cfg(test)]
mod tests {
    use std::{
        future::pending,
        sync::{
            Arc,
            atomic::{AtomicU64, Ordering},
        },
    };

    use super::*;

    const EVERY: Duration = Duration::from_secs(30);

    fn figures(jobs: &Jobs) -> JobFigures {
        jobs.figures().read().remove(0)
    }

    #[tokio::test(start_paused = true)]
    async fn a_job_is_done_again_and_again_until_it_is_stopped() {
        let runs = Arc::new(AtomicU64::new(0));
        let counting = runs.clone();
        let jobs = Jobs::start(vec![Job::new("counting", EVERY, move || {
            counting.fetch_add(1, Ordering::Relaxed);
            async { Ok(()) }
        })]);
        time::sleep(EVERY * 10).await;
        let figures = figures(&jobs);
        assert_eq!((figures.name, figures.failures), ("counting", 0));
        assert!((9..=10).contains(&figures.runs), "{figures:?}");
        assert!(figures.last_success.is_some());
        jobs.stop().await;
        let done = runs.load(Ordering::Relaxed);
        time::sleep(EVERY * 10).await;
        assert_eq!(runs.load(Ordering::Relaxed), done);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_counted_and_the_job_goes_on() {
        let failing = |name, outcome: fn() -> Result<(), JobError>| {
            Jobs::start(vec![Job::new(name, EVERY, move || async move { outcome() })])
        };
        for jobs in [
            failing("refused", || Err("the database is away".into())),
            failing("panicking", || panic!("a mistake in the program")),
        ] {
            time::sleep(EVERY * 3).await;
            let figures = figures(&jobs);
            assert!(figures.runs >= 2 && figures.failures == figures.runs, "{figures:?}");
            assert_eq!(figures.last_success, None);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_run_that_hangs_is_given_up() {
        let jobs = Jobs::start(vec![Job::new("hanging", EVERY, pending)]);
        time::sleep(EVERY + RUN_LIMIT).await;
        assert_eq!(figures(&jobs).failures, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn stopping_drops_a_run_that_is_under_way() {
        let alive = Arc::new(());
        let held = alive.clone();
        let jobs = Jobs::start(vec![Job::new("busy", EVERY, move || {
            let held = held.clone();
            async move {
                let _held = held;
                pending().await
            }
        })]);
        time::sleep(EVERY).await;
        assert_eq!(Arc::strong_count(&alive), 3, "the job and its run hold it");
        jobs.stop().await;
        assert_eq!(Arc::strong_count(&alive), 1);
    }

    #[test]
    fn jobs_begin_at_some_moment_of_their_interval() {
        let parts: Vec<_> = (0..100).map(|_| part_of(EVERY)).collect();
        assert!(parts.iter().all(|part| *part <= EVERY));
        assert!(parts.iter().any(|part| *part < EVERY / 2) && parts.iter().any(|part| *part > EVERY / 2));
    }
}
