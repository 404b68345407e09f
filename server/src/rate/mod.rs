//! Rate limits: how many requests a caller may send in a minute, and what it is told about it.
//!
//! An address is counted by this server alone, an account and the attempts to log in to one over all servers on the same
//! database. A caller is told by the headers of the IETF's draft (draft-ietf-httpapi-ratelimit-headers-10).

mod counters;
mod limit;
mod standing;

use std::{
    net::IpAddr,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use orderly_domain::{Storage, account::Email, id::UserId};
use poem::http::HeaderMap;

use self::{
    counters::Subject,
    limit::Limit,
    standing::{Policies, caller_address, note},
};
pub use self::{
    limit::LimitFigures,
    standing::{Policy, Refused, Standings, with_caller},
};
use crate::config::Rate;

/// The limits with everybody's counts.
pub struct RateLimits {
    /// `None` lets everything through.
    limits: Option<Limits>,
}

struct Limits {
    policies: Policies,
    address: Limit,
    account: Limit,
    login_address: Limit,
    login: Limit,
}

impl RateLimits {
    /// The configured limits; those over all servers are kept in this store.
    pub fn new<S: Storage>(rate: &Rate, store: S) -> Arc<Self> {
        let store = Arc::new(store);
        let per_minute = |policy| match policy {
            Policy::Address => rate.ip_per_minute,
            Policy::Account => rate.account_per_minute,
            Policy::LoginAddress | Policy::Login => rate.login_per_minute,
        };
        let limits = rate.enabled.then(|| Limits {
            policies: Policies::new(per_minute),
            address: Limit::local(Policy::Address, rate.ip_per_minute),
            account: Limit::shared(Policy::Account, rate.account_per_minute, store.clone()),
            login_address: Limit::local(Policy::LoginAddress, rate.login_per_minute),
            login: Limit::exact(Policy::Login, rate.login_per_minute, store),
        });
        Arc::new(Self { limits })
    }

    /// Whether anything is limited.
    pub fn is_enabled(&self) -> bool {
        self.limits.is_some()
    }

    /// Counts a request of the caller's address.
    ///
    /// # Errors
    /// If it has sent too many in this minute.
    pub async fn admit_address(&self) -> Result<(), Refused> {
        let Some((limits, address)) = self.limits.as_ref().zip(caller_address()) else { return Ok(()) };
        admit(&limits.address, of_address(address)).await
    }

    /// Counts a request of an account, whichever credential it shows.
    ///
    /// # Errors
    /// If it has sent too many in this minute.
    pub async fn admit_account(&self, account: UserId) -> Result<(), Refused> {
        let Some(limits) = &self.limits else { return Ok(()) };
        admit(&limits.account, account.uuid().as_u128()).await
    }

    /// Counts an attempt to guess the password of this address, whether it has an account or not.
    ///
    /// # Errors
    /// If there were too many in this minute, from the caller's address or for this e-mail address.
    pub async fn admit_login(&self, email: &Email) -> Result<(), Refused> {
        self.admit_guess(of_text("email", email.as_str())).await
    }

    /// Counts an attempt to guess the password of an account by whoever holds its access token.
    ///
    /// # Errors
    /// As [`admit_login`](Self::admit_login).
    pub async fn admit_password(&self, account: UserId) -> Result<(), Refused> {
        self.admit_guess(of_text("account", &account.to_string())).await
    }

    /// Counts a registration, which costs as much work as a login and tells whether an address is taken.
    ///
    /// # Errors
    /// If there were too many attempts in this minute from the caller's address.
    pub async fn admit_registration(&self) -> Result<(), Refused> {
        let Some((limits, address)) = self.limits.as_ref().zip(caller_address()) else { return Ok(()) };
        admit(&limits.login_address, of_address(address)).await
    }

    /// Tells a caller where it stands.
    pub fn tell(&self, standings: &Standings, headers: &mut HeaderMap) {
        if let Some(limits) = &self.limits {
            standings.write(&limits.policies, headers);
        }
    }

    /// What each limit has done so far.
    pub fn figures(&self) -> Vec<LimitFigures> {
        let all = |limits: &Limits| {
            [&limits.address, &limits.account, &limits.login_address, &limits.login]
                .map(Limit::figures)
                .into()
        };
        self.limits.as_ref().map_or_else(Vec::new, all)
    }

    async fn admit_guess(&self, subject: Subject) -> Result<(), Refused> {
        let Some(limits) = &self.limits else { return Ok(()) };
        if let Some(address) = caller_address() {
            admit(&limits.login_address, of_address(address)).await?;
        }
        admit(&limits.login, subject).await
    }
}

impl std::fmt::Debug for RateLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RateLimits").field("enabled", &self.is_enabled()).finish_non_exhaustive()
    }
}

async fn admit(limit: &Limit, subject: Subject) -> Result<(), Refused> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let admitted = limit.admit(subject, u64::try_from(now.as_millis()).unwrap_or(u64::MAX)).await;
    let standing = admitted.as_ref().map_or_else(|refused| refused.standing, |standing| *standing);
    note(standing);
    admitted.map(drop)
}

/// An IPv6 address counts by its network of 64 bits: that is what one subscriber gets, with all addresses in it.
fn of_address(address: IpAddr) -> Subject {
    const NETWORK: u128 = !(u64::MAX as u128);
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_bits().into(),
        IpAddr::V6(v6) => v6.to_bits() & NETWORK,
    }
}

/// A digest: what the store keeps must not tell whose attempts they were.
fn of_text(kind: &str, text: &str) -> Subject {
    let digest = ring::digest::digest(&ring::digest::SHA256, format!("{kind}:{text}").as_bytes());
    let bytes = digest.as_ref().first_chunk().copied().expect("SHA-256 has 32 bytes");
    Subject::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_counts_alone_or_with_its_network() {
        let subject = |text: &str| of_address(text.parse().unwrap());
        assert_ne!(subject("192.0.2.1"), subject("192.0.2.2"));
        assert_eq!(subject("::ffff:192.0.2.1"), subject("192.0.2.1"));
        assert_eq!(subject("2001:db8:0:1::1"), subject("2001:db8:0:1:ffff::2"));
        assert_ne!(subject("2001:db8:0:1::1"), subject("2001:db8:0:2::1"));
    }

    #[test]
    fn a_digest_tells_kinds_and_texts_apart() {
        assert_ne!(of_text("email", "a@example.com"), of_text("email", "b@example.com"));
        assert_ne!(of_text("email", "a"), of_text("account", "a"));
        assert_eq!(of_text("email", "a"), of_text("email", "a"));
    }
}
