//! Access tokens that were verified before: checking an Ed25519 signature costs 40 µs, more than most reads.

use std::{collections::HashMap, mem, sync::Mutex};

use orderly_domain::id::UserId;

/// How many tokens a generation holds; memory is bounded by two of them.
const GENERATION: usize = 4096;

/// A verified token's account, and until when it may be believed, in seconds since 1970.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verified {
    pub(super) account: UserId,
    pub(super) expires_at: u64,
}

/// The tokens that were seen last. What is not asked for while a whole generation fills up is forgotten.
#[derive(Debug, Default)]
pub(super) struct VerifiedTokens(Mutex<Generations>);

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<String, Verified>,
    old: HashMap<String, Verified>,
}

impl VerifiedTokens {
    /// The account that the token speaks for, if it was verified before and is good at `now`.
    pub(super) fn get(&self, token: &str, now: u64) -> Option<UserId> {
        let mut generations = self.0.lock().expect("no panic while locked");
        if let Some(found) = generations.young.get(token) {
            return (found.expires_at > now).then_some(found.account);
        }
        let (token, found) = generations.old.remove_entry(token)?;
        let good = found.expires_at > now;
        if good {
            generations.insert(token, found);
        }
        good.then_some(found.account)
    }

    /// Remembers a token.
    pub(super) fn insert(&self, token: String, verified: Verified) {
        self.0.lock().expect("no panic while locked").insert(token, verified);
    }
}

impl Generations {
    fn insert(&mut self, token: String, verified: Verified) {
        if self.young.len() >= GENERATION {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(token, verified);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verified(expires_at: u64) -> Verified {
        Verified { account: UserId::new(), expires_at }
    }

    #[test]
    fn a_token_is_believed_until_it_expires() {
        let tokens = VerifiedTokens::default();
        tokens.insert("a".into(), verified(100));
        assert!(tokens.get("a", 99).is_some());
        assert!(tokens.get("a", 100).is_none());
        assert!(tokens.get("b", 0).is_none());
    }

    #[test]
    fn only_what_nobody_asks_for_is_forgotten() {
        let tokens = VerifiedTokens::default();
        tokens.insert("asked".into(), verified(100));
        tokens.insert("silent".into(), verified(100));
        for n in 0..3 * GENERATION {
            tokens.insert(format!("{n}"), verified(100));
            assert!(tokens.get("asked", 0).is_some());
        }
        assert!(tokens.get("silent", 0).is_none());
        let generations = tokens.0.lock().unwrap();
        assert!(generations.young.len() + generations.old.len() <= 2 * GENERATION);
    }
}
