//! Where a caller stands: what the limits that its request has met say of it, and the headers that tell it.

use std::{cell::Cell, fmt::Write, net::IpAddr, pin::Pin, time::Duration};

use poem::http::{HeaderMap, HeaderName, HeaderValue};

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// A limit that a request can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// All requests of an address.
    Address,
    /// All requests of an account.
    Account,
    /// Attempts with a password from an address.
    LoginAddress,
    /// Attempts with a password for an account.
    Login,
}

impl Policy {
    /// Each at the place of its number.
    const ALL: [Self; 4] = [Self::Address, Self::Account, Self::LoginAddress, Self::Login];

    /// Its name in headers, metrics and the store.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "ip",
            Self::Account => "account",
            Self::LoginAddress => "login-ip",
            Self::Login => "login",
        }
    }

    /// Its place in a set of policies.
    const fn bit(self) -> usize {
        1 << self as usize
    }
}

/// What a limit says of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) policy: Policy,
    /// Requests that are left in this minute.
    pub(super) remaining: u32,
    /// Seconds until the next minute begins.
    pub(super) resets_in: u32,
}

/// A limit is exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    pub(super) standing: Standing,
}

impl Refused {
    /// The limit.
    pub fn policy(self) -> Policy {
        self.standing.policy
    }

    /// After this time it is worth another try.
    pub fn retry_after(self) -> Duration {
        Duration::from_secs(self.standing.resets_in.into())
    }
}

/// What the limits that a request has met say of its caller.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standings([Option<Standing>; Policy::ALL.len()]);

/// The value of `RateLimit-Policy` for each set of limits that a request can meet, the empty one first.
#[derive(Debug)]
pub(super) struct Policies([HeaderValue; 1 << Policy::ALL.len()]);

struct Caller {
    address: Option<IpAddr>,
    standings: Cell<Standings>,
}

tokio::task_local! {
    static CALLER: Caller;
}

/// Does `work` for a caller at this address; gives what comes of it, and how the caller stands afterwards.
pub async fn with_caller<F: Future>(address: Option<IpAddr>, work: Pin<&mut F>) -> (F::Output, Standings) {
    let caller = Caller { address, standings: Cell::default() };
    let work = async {
        let output = work.await;
        (output, CALLER.with(|caller| caller.standings.get()))
    };
    CALLER.scope(caller, work).await
}

/// The address of whoever the running task works for.
pub(super) fn caller_address() -> Option<IpAddr> {
    CALLER.try_with(|caller| caller.address).ok().flatten()
}

/// Keeps a standing for the answer; outside of a request it is nobody's.
pub(super) fn note(standing: Standing) {
    let _ = CALLER.try_with(|caller| {
        let mut standings = caller.standings.get();
        standings.0[standing.policy as usize] = Some(standing);
        caller.standings.set(standings);
    });
}

impl Policies {
    /// The policies with these numbers a minute.
    pub(super) fn new(per_minute: impl Fn(Policy) -> u32) -> Self {
        Self(std::array::from_fn(|set| {
            let met = Policy::ALL.into_iter().filter(|policy| set & policy.bit() != 0);
            let members = met.map(|policy| format!("\"{}\";q={};w=60", policy.name(), per_minute(policy)));
            let text = members.collect::<Vec<_>>().join(", ");
            HeaderValue::try_from(text).expect("names and numbers are text")
        }))
    }
}

impl Standings {
    /// Tells them: `RateLimit-Policy: "ip";q=1200;w=60` and `RateLimit: "ip";r=1199;t=41`, a member for each limit.
    pub(super) fn write(&self, policies: &Policies, headers: &mut HeaderMap) {
        const LONGEST_MEMBER: usize = r#", "login-ip";r=10000000;t=60"#.len();
        let mut set = 0;
        let mut limits = String::with_capacity(2 * LONGEST_MEMBER);
        for standing in self.0.iter().flatten() {
            let comma = if set == 0 { "" } else { ", " };
            let name = standing.policy.name();
            let _ = write!(limits, "{comma}\"{name}\";r={};t={}", standing.remaining, standing.resets_in);
            set |= standing.policy.bit();
        }
        if set != 0 {
            headers.insert(RATE_LIMIT_POLICY, policies.0[set].clone());
            headers.insert(RATE_LIMIT, HeaderValue::try_from(limits).expect("names and numbers are text"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_policy_has_its_place() {
        assert!(Policy::ALL.iter().enumerate().all(|(place, policy)| *policy as usize == place));
    }

    #[tokio::test]
    async fn the_headers_name_each_limit_that_was_met() {
        let met = async {
            note(Standing { policy: Policy::Account, remaining: 7, resets_in: 41 });
            note(Standing { policy: Policy::Address, remaining: 8, resets_in: 1 });
            caller_address()
        };
        let address = "192.0.2.1".parse().ok();
        let (seen, standings) = with_caller(address, std::pin::pin!(met)).await;
        assert_eq!(seen, address);
        let mut headers = HeaderMap::new();
        let policies = Policies::new(|policy| if policy == Policy::Address { 600 } else { 1200 });
        standings.write(&policies, &mut headers);
        assert_eq!(headers[RATE_LIMIT_POLICY], r#""ip";q=600;w=60, "account";q=1200;w=60"#);
        assert_eq!(headers[RATE_LIMIT], r#""ip";r=8;t=1, "account";r=7;t=41"#);
        let mut none = HeaderMap::new();
        Standings::default().write(&policies, &mut none);
        assert!(none.is_empty());
    }
}
