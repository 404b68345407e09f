//! Which figures the server's parts keep, and what they are called.

use std::sync::Arc;

use super::{
    Kind::{Counter, Gauge},
    Metrics, Reading, Readings,
};
use crate::{
    http::{Edge, tls::Tls},
    jobs::{self, JobFigures},
    rate::LimitFigures,
    service::HashingFigures,
};

impl Metrics {
    /// What every request has to pass: places and rates.
    pub fn of_the_edge(&self, edge: &Edge) {
        let load = edge.load.clone();
        self.read(Readings::new(
            "orderly_requests_limit",
            "Requests that may be worked on at once",
            Gauge,
            {
                let load = load.clone();
                move || {
                    let figures = load.figures();
                    let usual = figures.max.saturating_sub(figures.reserved);
                    vec![
                        Reading::new(usual as f64).label("kind", "usual"),
                        Reading::new(figures.max as f64).label("kind", "purchase"),
                    ]
                }
            },
        ));
        self.read(Readings::one("orderly_requests_in_use", "Requests that take a place", Gauge, {
            let load = load.clone();
            move || load.figures().in_use as u64
        }));
        self.read(Readings::one(
            "orderly_requests_shed",
            "Requests that were refused with 503 because no place was free",
            Counter,
            move || load.figures().shed,
        ));
        self.of_rates(edge);
    }

    fn of_rates(&self, edge: &Edge) {
        let figures = |value: fn(&LimitFigures) -> u64| {
            let rates = edge.rates.clone();
            move || {
                let reading =
                    |one: &LimitFigures| Reading::new(value(one) as f64).label("policy", one.policy.name());
                rates.figures().iter().map(reading).collect()
            }
        };
        let by_policy = |name, help, value| self.read(Readings::new(name, help, Counter, figures(value)));
        by_policy("orderly_rate_allowed", "Requests that a rate limit let through", |one| one.allowed);
        by_policy("orderly_rate_refused", "Requests that a rate limit refused with 429", |one| one.refused);
        by_policy("orderly_rate_leases", "How often permits were fetched from the database", |one| {
            one.leases
        });
        by_policy(
            "orderly_rate_lease_failures",
            "How often that failed, so that this server counted alone",
            |one| one.failures,
        );
    }

    /// The certificate, which a job reads again when its file changes.
    pub fn of_certificate(&self, tls: Arc<Tls>) {
        self.read(Readings::new(
            "orderly_tls_certificate_expiry_timestamp_seconds",
            "When the certificate that is shown expires, in Unix time",
            Gauge,
            move || tls.expires().map(|at| Reading::new(at as f64)).into_iter().collect(),
        ));
    }

    /// The background jobs.
    pub fn of_jobs(&self, jobs: &jobs::Figures) {
        let by_job = |name, help, kind, value: fn(&JobFigures) -> f64| {
            let jobs = jobs.clone();
            self.read(Readings::new(name, help, kind, move || {
                jobs.read().iter().map(|job| Reading::new(value(job)).label("job", job.name)).collect()
            }));
        };
        by_job("orderly_job_runs", "Runs of a background job", Counter, |job| job.runs as f64);
        by_job("orderly_job_failures", "Runs of it that failed", Counter, |job| job.failures as f64);
        by_job(
            "orderly_job_last_success_timestamp_seconds",
            "When a run of it ended well the last time, in Unix time; 0 if none has",
            Gauge,
            |job| job.last_success.map_or(0.0, |at| at.micros() as f64 / 1e6),
        );
    }

    /// The hashing of passwords.
    pub fn of_hashing(&self, hashing: impl Fn() -> HashingFigures + Clone + Send + Sync + 'static) {
        let one = |name, help, value: fn(HashingFigures) -> usize| {
            let hashing = hashing.clone();
            self.read(Readings::one(name, help, Gauge, move || value(hashing()) as u64));
        };
        one("orderly_password_hashing_running", "Passwords that are hashed now", |now| now.running);
        one("orderly_password_hashing_waiting", "Passwords that wait to be hashed", |now| now.waiting);
        one(
            "orderly_password_hashing_limit",
            "Passwords that may be hashed or wait; one more is refused",
            |now| now.limit,
        );
    }
}
