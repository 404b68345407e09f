//! One limit: so many requests a minute for each subject, here or over all servers on one database.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use futures_util::future::BoxFuture;
use orderly_domain::{
    Storage, StoreError, Timestamp,
    permit::{PermitGrant, PermitRequest},
};
use tokio::{sync::Mutex, time::timeout};

use super::{
    Policy, Refused,
    counters::{Count, Counters, Subject, Window},
    standing::Standing,
};

/// A lease that takes longer is not waited for: a slow database must not slow down who is within his limit.
const LEASE_LIMIT: Duration = Duration::from_millis(250);

/// After the store has failed it is left alone this long, in milliseconds, and requests are counted here only.
const STORE_PAUSE: u64 = 5_000;

/// An account may use a twentieth of its limit on each server before the store is told. Most stay below and cost no
/// write at all; whoever exceeds it has the first part counted afterwards. With n servers an account can so get
/// (n - 1) twentieths more than its limit.
const UNTOLD_SHARE: u32 = 20;

/// What all servers on one database share.
pub(super) trait Permits: Send + Sync + 'static {
    /// [`Storage::take_permits`].
    fn take(&self, request: PermitRequest) -> BoxFuture<'_, Result<PermitGrant, StoreError>>;
}

impl<S: Storage> Permits for S {
    fn take(&self, request: PermitRequest) -> BoxFuture<'_, Result<PermitGrant, StoreError>> {
        Box::pin(self.take_permits(request))
    }
}

/// A limit with the counts of everybody.
pub(super) struct Limit {
    policy: Policy,
    per_minute: u32,
    counters: Counters,
    shared: Option<Shared>,
    allowed: AtomicU64,
    refused: AtomicU64,
}

/// How a limit is kept together with other servers.
struct Shared {
    permits: Arc<dyn Permits>,
    /// How many requests of a window the store is not told of at first.
    untold: u32,
    /// How many permits are asked for at once.
    lease: u32,
    /// One lease at a time in each shard: whoever comes meanwhile waits for what it brings.
    leasing: [Mutex<()>; 16],
    silent_until: AtomicU64,
    is_silent: AtomicBool,
    leases: AtomicU64,
    failures: AtomicU64,
}

/// What a limit has done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitFigures {
    /// Which limit.
    pub policy: Policy,
    /// Requests that were let through.
    pub allowed: u64,
    /// Requests that were refused with 429.
    pub refused: u64,
    /// How often permits were fetched from the store.
    pub leases: u64,
    /// How often the store failed at it, so that requests were counted by this server alone.
    pub failures: u64,
}

impl Limit {
    /// A limit that this server keeps alone.
    pub(super) fn local(policy: Policy, per_minute: u32) -> Self {
        let (allowed, refused) = Default::default();
        Self { policy, per_minute, counters: Counters::new(), shared: None, allowed, refused }
    }

    /// A limit over all servers, of which most requests cost no write.
    pub(super) fn shared(policy: Policy, per_minute: u32, permits: Arc<dyn Permits>) -> Self {
        let share = per_minute / UNTOLD_SHARE;
        Self { shared: Some(Shared::new(permits, share, share.max(1))), ..Self::local(policy, per_minute) }
    }

    /// A limit over all servers that is never exceeded: each request is a write.
    pub(super) fn exact(policy: Policy, per_minute: u32, permits: Arc<dyn Permits>) -> Self {
        Self { shared: Some(Shared::new(permits, 0, 1)), ..Self::local(policy, per_minute) }
    }

    /// Counts a request that `now`, in milliseconds since 1970, is within the limit, or says that it is not.
    pub(super) async fn admit(&self, subject: Subject, now: u64) -> Result<Standing, Refused> {
        let mut outcome = self.count(subject, now);
        if let (Outcome::NeedsLease, Some(shared)) = (&outcome, &self.shared) {
            let _one = shared.leasing[Counters::shard(subject)].lock().await;
            // Another request may have brought permits while this one waited.
            outcome = self.count(subject, now);
            if outcome == Outcome::NeedsLease {
                let brought = shared.lease(self, subject, now).await;
                self.counters.with(subject, now, |window| self.first(window), |count| brought.apply(count));
                outcome = self.count(subject, now);
            }
        }
        match outcome {
            Outcome::Allowed(standing) => {
                self.allowed.fetch_add(1, Relaxed);
                Ok(standing)
            }
            Outcome::NeedsLease | Outcome::Refused => {
                self.refused.fetch_add(1, Relaxed);
                let left = Window::of(subject, now).seconds_left(now);
                Err(Refused { standing: self.standing(0, left) })
            }
        }
    }

    /// What it has done so far.
    pub(super) fn figures(&self) -> LimitFigures {
        let of_store =
            |figure: fn(&Shared) -> &AtomicU64| self.shared.as_ref().map_or(0, |s| figure(s).load(Relaxed));
        LimitFigures {
            policy: self.policy,
            allowed: self.allowed.load(Relaxed),
            refused: self.refused.load(Relaxed),
            leases: of_store(|shared| &shared.leases),
            failures: of_store(|shared| &shared.failures),
        }
    }

    fn count(&self, subject: Subject, now: u64) -> Outcome {
        let counted = |count: &mut Count| {
            if count.used < count.credit {
                count.used += 1;
                let remaining = self.per_minute.saturating_sub(count.used.saturating_add(count.elsewhere));
                return Outcome::Allowed(self.standing(remaining, count.window.seconds_left(now)));
            }
            if count.is_final { Outcome::Refused } else { Outcome::NeedsLease }
        };
        self.counters.with(subject, now, |window| self.first(window), counted)
    }

    /// The count of a window in which nobody has come yet.
    fn first(&self, window: Window) -> Count {
        let (credit, is_final) = match &self.shared {
            Some(shared) => (shared.untold, false),
            None => (self.per_minute, true),
        };
        Count { window, used: 0, credit, reported: 0, elsewhere: 0, is_final }
    }

    fn standing(&self, remaining: u32, resets_in: u32) -> Standing {
        Standing { policy: self.policy, remaining, resets_in }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Allowed(Standing),
    Refused,
    NeedsLease,
}

/// What a lease has brought.
enum Lease {
    Granted {
        window: Window,
        wanted: u32,
        grant: PermitGrant,
    },
    /// The store fails: this server counts alone until the window's end.
    Alone(u32),
}

impl Lease {
    fn apply(&self, count: &mut Count) {
        match self {
            // The window has passed meanwhile, and its permits with it.
            Self::Granted { window, .. } if *window != count.window => {}
            Self::Granted { wanted, grant, .. } => {
                count.reported += grant.granted;
                count.credit = count.reported.max(count.used);
                count.elsewhere = grant.used.saturating_sub(count.reported);
                count.is_final = grant.granted < *wanted;
            }
            Self::Alone(limit) => {
                count.credit = limit.saturating_sub(count.elsewhere).max(count.used);
                count.is_final = true;
            }
        }
    }
}

impl Shared {
    fn new(permits: Arc<dyn Permits>, untold: u32, lease: u32) -> Self {
        let (silent_until, is_silent, leases, failures) = Default::default();
        let leasing = std::array::from_fn(|_| Mutex::default());
        Self { permits, untold, lease, leasing, silent_until, is_silent, leases, failures }
    }

    async fn lease(&self, limit: &Limit, subject: Subject, now: u64) -> Lease {
        if now < self.silent_until.load(Relaxed) {
            return Lease::Alone(limit.per_minute);
        }
        let (window, untold) = limit.counters.with(
            subject,
            now,
            |window| limit.first(window),
            |count| (count.window, count.used.saturating_sub(count.reported)),
        );
        let wanted = untold.saturating_add(self.lease);
        let moment = |millis: u64| Timestamp::from_micros(i64::try_from(millis * 1000).unwrap_or(i64::MAX));
        let request = PermitRequest {
            policy: limit.policy.name().to_owned(),
            subject: format!("{subject:032x}"),
            window: moment(window.begins),
            window_ends: moment(window.ends()),
            limit: limit.per_minute,
            wanted,
        };
        self.leases.fetch_add(1, Relaxed);
        let taken = timeout(LEASE_LIMIT, self.permits.take(request)).await;
        let failure = match taken {
            Ok(Ok(grant)) => {
                if self.is_silent.swap(false, Relaxed) {
                    tracing::info!(
                        limit = limit.policy.name(),
                        "the limit is shared with other servers again"
                    );
                }
                return Lease::Granted { window, wanted, grant };
            }
            Ok(Err(error)) => error.to_string(),
            Err(elapsed) => elapsed.to_string(),
        };
        self.failures.fetch_add(1, Relaxed);
        self.silent_until.store(now + STORE_PAUSE, Relaxed);
        if !self.is_silent.swap(true, Relaxed) {
            tracing::warn!(
                limit = limit.policy.name(),
                error = failure,
                "the limit cannot be shared with other servers; this one counts alone"
            );
        }
        Lease::Alone(limit.per_minute)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex as Lock;

    use super::*;

    /// A store of permits, which may fail.
    #[derive(Default)]
    struct Board {
        used: Lock<std::collections::HashMap<(String, i64), u32>>,
        is_down: AtomicBool,
        asked: AtomicU64,
    }

    impl Permits for Board {
        fn take(&self, request: PermitRequest) -> BoxFuture<'_, Result<PermitGrant, StoreError>> {
            self.asked.fetch_add(1, Relaxed);
            Box::pin(async move {
                if self.is_down.load(Relaxed) {
                    return Err(StoreError::Unavailable("down".into()));
                }
                let mut board = self.used.lock().unwrap();
                let used = board.entry((request.subject, request.window.micros())).or_default();
                let granted = request.wanted.min(request.limit.saturating_sub(*used));
                *used += granted;
                Ok(PermitGrant { granted, used: *used })
            })
        }
    }

    const NOW: u64 = 1_700_000_000_000;

    /// How many of `tries` requests are let through.
    async fn admitted(limit: &Limit, subject: Subject, now: u64, tries: u32) -> u32 {
        let mut admitted = 0;
        for _ in 0..tries {
            admitted += u32::from(limit.admit(subject, now).await.is_ok());
        }
        admitted
    }

    #[tokio::test]
    async fn a_local_limit_lets_its_number_through_and_says_how_many_are_left() {
        let limit = Limit::local(Policy::Address, 3);
        let first = limit.admit(1, NOW).await.unwrap();
        assert_eq!((first.remaining, first.policy), (2, Policy::Address));
        assert_eq!(admitted(&limit, 1, NOW, 9).await, 2);
        let refused = limit.admit(1, NOW).await.unwrap_err();
        assert!((1..=60).contains(&refused.standing.resets_in) && refused.standing.remaining == 0);
        assert_eq!(admitted(&limit, 2, NOW, 9).await, 3, "somebody else has its own");
        let next = Window::of(1, NOW).ends();
        assert_eq!(admitted(&limit, 1, next, 9).await, 3, "and the next minute is another");
        assert_eq!((limit.figures().allowed, limit.figures().refused), (9, 20));
    }

    #[tokio::test]
    async fn an_exact_limit_is_one_over_all_servers() {
        let board = Arc::new(Board::default());
        let servers = [0; 3].map(|_| Limit::exact(Policy::Login, 20, board.clone()));
        let mut all = 0;
        for server in &servers {
            all += admitted(server, 1, NOW, 15).await;
        }
        assert_eq!(all, 20);
    }

    #[tokio::test]
    async fn a_shared_limit_asks_the_store_seldom_and_exceeds_it_by_what_the_others_did_not_tell() {
        let board = Arc::new(Board::default());
        let servers = [0; 3].map(|_| Limit::shared(Policy::Account, 1200, board.clone()));
        assert_eq!(admitted(&servers[0], 1, NOW, 60).await, 60);
        assert_eq!(board.asked.load(Relaxed), 0, "who asks little costs nothing");
        let mut all = 60;
        for server in &servers {
            all += admitted(server, 1, NOW, 2000).await;
        }
        assert!((1200..=1200 + 2 * 60).contains(&all), "{all}");
        assert!(board.asked.load(Relaxed) <= 25, "{}", board.asked.load(Relaxed));
        let alone = Limit::shared(Policy::Account, 1200, Arc::new(Board::default()));
        assert_eq!(admitted(&alone, 1, NOW, 2000).await, 1200, "one server alone does not exceed it");
    }

    #[tokio::test]
    async fn what_is_left_counts_what_other_servers_took() {
        let board = Arc::new(Board::default());
        let [a, b] = [0; 2].map(|_| Limit::exact(Policy::Login, 20, board.clone()));
        assert_eq!(admitted(&a, 1, NOW, 5).await, 5);
        assert_eq!(b.admit(1, NOW).await.unwrap().remaining, 14);
    }

    #[tokio::test]
    async fn a_store_that_fails_refuses_nobody_within_the_limit() {
        let board = Arc::new(Board::default());
        board.is_down.store(true, Relaxed);
        let limit = Limit::exact(Policy::Login, 5, board.clone());
        assert_eq!(admitted(&limit, 1, NOW, 9).await, 5);
        assert_eq!(admitted(&limit, 2, NOW, 9).await, 5);
        assert_eq!(board.asked.load(Relaxed), 1, "it is left alone for a while");
        board.is_down.store(false, Relaxed);
        assert_eq!(admitted(&limit, 3, NOW + STORE_PAUSE, 9).await, 5);
        assert_eq!((limit.figures().failures, board.asked.load(Relaxed)), (1, 7));
    }

    #[tokio::test(start_paused = true)]
    async fn a_store_that_is_slow_is_not_waited_for() {
        struct Slow;
        impl Permits for Slow {
            fn take(&self, _: PermitRequest) -> BoxFuture<'_, Result<PermitGrant, StoreError>> {
                Box::pin(std::future::pending())
            }
        }
        let limit = Limit::exact(Policy::Login, 5, Arc::new(Slow));
        let begun = tokio::time::Instant::now();
        assert_eq!(admitted(&limit, 1, NOW, 9).await, 5);
        assert_eq!(begun.elapsed(), LEASE_LIMIT);
    }

    #[tokio::test]
    async fn many_at_once_share_the_leases() {
        let board = Arc::new(Board::default());
        let limit = Limit::shared(Policy::Account, 1200, board.clone());
        let tries = (0..3000).map(|_| limit.admit(1, NOW));
        let admitted = futures_util::future::join_all(tries).await.iter().filter(|it| it.is_ok()).count();
        assert_eq!(admitted, 1200);
        assert!(board.asked.load(Relaxed) <= 25);
    }
}
