//! The deadline of a request: the moment after which nobody waits for its answer any more.
//!
//! It travels beside the request, not through every signature: whoever accepts the request sets it, whoever waits for
//! a database looks at it. What runs without one, such as a background job, has no limit.

use std::time::{Duration, Instant};

/// Nobody waits longer. An [`Instant`] cannot hold every duration.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

tokio::task_local! {
    static CURRENT: Deadline;
}

/// The moment until which an answer is of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

impl Deadline {
    /// The deadline at this moment.
    pub const fn at(moment: Instant) -> Self {
        Self(moment)
    }

    /// The deadline this long from now, and a year from now at the latest.
    pub fn within(limit: Duration) -> Self {
        Self(Instant::now() + limit.min(YEAR))
    }

    /// The deadline of the request that the running task works for; `None` if it has none.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(|deadline| *deadline).ok()
    }

    /// Runs `work` under this deadline: [`current`](Self::current) gives it there, not in the tasks that `work` spawns.
    /// Nothing is stopped by this alone.
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }

    /// The moment.
    pub const fn moment(self) -> Instant {
        self.0
    }

    /// How long it is until then; nothing if it has passed.
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether it has passed.
    pub fn has_passed(self) -> bool {
        self.remaining().is_zero()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_deadline_holds_for_its_work_and_not_beside_it() {
        let deadline = Deadline::within(Duration::from_secs(60));
        assert_eq!(Deadline::current(), None);
        deadline
            .scope(async {
                assert_eq!(Deadline::current(), Some(deadline));
                tokio::task::yield_now().await;
                assert_eq!(Deadline::current(), Some(deadline), "also after the work has waited");
                let beside = tokio::spawn(async { Deadline::current() });
                assert_eq!(beside.await.unwrap(), None);
            })
            .await;
        assert_eq!(Deadline::current(), None);
    }

    #[test]
    fn a_deadline_that_has_passed_leaves_no_time() {
        let past = Deadline::at(Instant::now());
        assert!(past.has_passed());
        assert_eq!(past.remaining(), Duration::ZERO);
        let later = Deadline::within(Duration::from_secs(60));
        assert!(!later.has_passed() && later.remaining() <= Duration::from_secs(60));
        assert!(past < later);
        assert!(later < Deadline::within(Duration::MAX), "a limit that no clock can reach is far away");
    }
}
