//! Whether the server can do its work: each dependency is asked, with a time limit.

use std::{
    collections::BTreeMap,
    error::Error,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::future::{BoxFuture, join_all};
use serde::Serialize;
use utoipa::ToSchema;

/// A dependency that does not answer within this time is down.
const CHECK_LIMIT: Duration = Duration::from_secs(2);

/// Asks one dependency whether it works.
pub type Check = Box<dyn Fn() -> BoxFuture<'static, Result<(), Box<dyn Error + Send + Sync>>> + Send + Sync>;

/// Whether the server can do its work.
pub struct Readiness {
    stopping: AtomicBool,
    checks: Vec<(&'static str, Check)>,
}

/// That the server and what it depends on work.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Ready {
    /// `ok` if everything below is.
    pub status: State,
    /// Each dependency by its name.
    pub checks: BTreeMap<String, State>,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It works.
    Ok,
    /// It says that it does not work.
    Failing,
    /// It does not say anything in time.
    TimedOut,
    /// The server is shutting down.
    Stopping,
}

impl Readiness {
    /// Ready while every check passes.
    pub fn new(checks: Vec<(&'static str, Check)>) -> Arc<Self> {
        Arc::new(Self { stopping: AtomicBool::new(false), checks })
    }

    /// From now on the server says that it is not ready, so that nobody sends it more.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Asks every dependency, all at once.
    pub(super) async fn look(&self) -> Ready {
        let asked = self.checks.iter().map(|(name, check)| async move {
            let state = match tokio::time::timeout(CHECK_LIMIT, check()).await {
                Ok(Ok(())) => State::Ok,
                Ok(Err(error)) => {
                    let cause = crate::telemetry::chain(error.as_ref());
                    tracing::warn!(check = name, cause, "a dependency fails");
                    State::Failing
                }
                Err(_) => State::TimedOut,
            };
            ((*name).to_owned(), state)
        });
        let mut checks: BTreeMap<_, _> = join_all(asked).await.into_iter().collect();
        if self.stopping.load(Ordering::Relaxed) {
            checks.insert("server".to_owned(), State::Stopping);
        }
        let ready = checks.values().all(|state| *state == State::Ok);
        Ready { status: if ready { State::Ok } else { State::Failing }, checks }
    }
}

impl fmt::Debug for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readiness").field("stopping", &self.stopping).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_failing_or_silent_dependency_makes_the_server_unready() {
        let good: Check = Box::new(|| Box::pin(async { Ok(()) }));
        let bad: Check = Box::new(|| Box::pin(async { Err("disk on fire".into()) }));
        let silent: Check = Box::new(|| Box::pin(std::future::pending()));
        let ready = Readiness::new(vec![("good", good), ("bad", bad), ("silent", silent)]).look().await;
        assert_eq!(ready.status, State::Failing);
        let states: Vec<_> = ready.checks.values().copied().collect();
        assert_eq!(states, [State::Failing, State::Ok, State::TimedOut]);
    }

    #[tokio::test]
    async fn a_stopping_server_is_unready() {
        let readiness = Readiness::new(Vec::new());
        assert_eq!(readiness.look().await.status, State::Ok);
        readiness.stop();
        assert_eq!(readiness.look().await.status, State::Failing);
    }
}
