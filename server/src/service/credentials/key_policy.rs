//! The life of signing keys by their age: published first, then signing, then still verifying, then gone.
//!
//! Everything here is computed from when the keys were made, so that all servers come to the same answer without
//! asking each other.

use std::time::Duration;

use orderly_domain::{
    Timestamp,
    signing_key::{KeyRotation, SigningKey},
};

use super::LIFE;

/// Other services may keep the published keys for this long.
pub const PUBLISHED_KEYS_KEPT: Duration = Duration::from_secs(300);

/// How far the clocks of servers may be apart.
const CLOCKS_APART: Duration = Duration::from_secs(300);

/// Every key is newer.
const BEGINNING_OF_TIME: Timestamp = Timestamp::from_micros(i64::MIN);
/// Every key is older.
const END_OF_TIME: Timestamp = Timestamp::from_micros(i64::MAX);

/// When keys are made and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPolicy {
    /// The age at which a key gets a successor; `None`: only when it is told to.
    pub rotate_after: Option<Duration>,
    /// How often each server reads the keys of all.
    pub check: Duration,
}

impl Default for KeyPolicy {
    /// A new key each 30 days, a look at the keys each 30 seconds.
    fn default() -> Self {
        Self { rotate_after: Some(Duration::from_secs(30 * 24 * 60 * 60)), check: Duration::from_secs(30) }
    }
}

impl KeyPolicy {
    /// How long a key is published before it signs: by then each server has read it, and whoever keeps the published
    /// keys has asked again.
    pub(in crate::service) fn lead(&self) -> Duration {
        PUBLISHED_KEYS_KEPT + 2 * self.check
    }

    /// The key that signs at `now`: the newest that has been published for long enough. When there is none, as in a new
    /// shop, it is the one that has been published for the longest. `made` is when the keys were made, newest first.
    pub(in crate::service) fn signing(
        &self,
        made: impl IntoIterator<Item = Timestamp>,
        now: Timestamp,
    ) -> usize {
        let mut last = 0;
        for (at, made) in made.into_iter().enumerate() {
            last = at;
            if self.signs_from(made) <= now {
                break;
            }
        }
        last
    }

    /// From when on a key signs that was made at `made` beside others.
    pub(in crate::service) fn signs_from(&self, made: Timestamp) -> Timestamp {
        made.after(self.lead())
    }

    /// What has to be done by age, with a key to add where one is due; `None` if it is nothing. `keys` are sorted from
    /// the newest to the oldest.
    pub(in crate::service) fn due(
        &self,
        keys: &[SigningKey],
        now: Timestamp,
        candidate: impl FnOnce() -> SigningKey,
    ) -> Option<KeyRotation> {
        let unless_newer_than = match self.rotate_after {
            Some(age) => now.before(age),
            None => BEGINNING_OF_TIME,
        };
        let superseded_before = self.superseded_before(now);
        let needs_key = keys.first().is_none_or(|newest| newest.created_at <= unless_newer_than);
        let has_retired = keys.split_last().is_some_and(|(_, successors)| {
            successors.iter().any(|successor| successor.created_at < superseded_before)
        });
        (needs_key || has_retired).then(|| KeyRotation {
            candidate: candidate(),
            unless_newer_than,
            superseded_before,
        })
    }

    /// A successor for the key that signs, whatever its age; `None` if one is on its way already.
    pub(in crate::service) fn successor(
        &self,
        keys: &[SigningKey],
        now: Timestamp,
        candidate: impl FnOnce(Timestamp) -> SigningKey,
    ) -> Option<KeyRotation> {
        let newest_signs = self.signing(keys.iter().map(|key| key.created_at), now) == 0;
        newest_signs.then(|| KeyRotation {
            candidate: candidate(newer_than_all(keys, now)),
            unless_newer_than: keys.first().map_or(BEGINNING_OF_TIME, |newest| newest.created_at),
            superseded_before: self.superseded_before(now),
        })
    }

    /// A key whose successor was made before this verifies nothing any more: the successor has signed for longer than
    /// the last of its tokens lives.
    fn superseded_before(&self, now: Timestamp) -> Timestamp {
        now.before(self.lead() + LIFE + CLOCKS_APART)
    }
}

/// A key that takes the place of all others at once.
pub(in crate::service) fn replacement(
    keys: &[SigningKey],
    now: Timestamp,
    candidate: impl FnOnce(Timestamp) -> SigningKey,
) -> KeyRotation {
    let candidate = candidate(newer_than_all(keys, now));
    KeyRotation { candidate, unless_newer_than: END_OF_TIME, superseded_before: END_OF_TIME }
}

/// Now, or a moment after the newest key where the server that made it has a clock that is ahead.
fn newer_than_all(keys: &[SigningKey], now: Timestamp) -> Timestamp {
    keys.first().map_or(now, |newest| now.max(newest.created_at.after(Duration::from_micros(1))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config;

    const POLICY: KeyPolicy =
        KeyPolicy { rotate_after: Some(Duration::from_secs(86_400)), check: Duration::from_secs(30) };

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_micros(0).after(Duration::from_secs(seconds))
    }

    fn key(made: u64) -> SigningKey {
        SigningKey { kid: format!("k{made}"), seed: [0; 32], created_at: at(made) }
    }

    fn signing(made: &[u64], now: u64) -> u64 {
        made[POLICY.signing(made.iter().map(|made| at(*made)), at(now))]
    }

    #[test]
    fn the_default_is_that_of_the_settings() {
        let nothing = config::invocation(["orderly-server"]).unwrap();
        let keys = config::load(&nothing, |_| None).unwrap().keys;
        let policy = KeyPolicy { rotate_after: keys.rotate_after(), check: keys.check() };
        assert_eq!(policy, KeyPolicy::default());
    }

    #[test]
    fn a_key_signs_when_everybody_has_seen_it() {
        assert_eq!(POLICY.lead(), Duration::from_secs(360));
        assert_eq!(signing(&[1000], 1000), 1000, "the first key has nobody before it");
        assert_eq!(signing(&[1000, 0], 1359), 0);
        assert_eq!(signing(&[1000, 0], 1360), 1000);
        assert_eq!(signing(&[1100, 1000, 900], 1000), 900, "of several that are new, the oldest");
    }

    #[test]
    fn a_key_gets_a_successor_at_its_age() {
        let due = |keys: &[SigningKey], now| POLICY.due(keys, at(now), || key(now)).is_some();
        assert!(due(&[], 0), "a shop without a key");
        assert!(!due(&[key(0)], 86_399));
        assert!(due(&[key(0)], 86_400));
        assert!(!due(&[key(86_400), key(0)], 86_500));
        let never = KeyPolicy { rotate_after: None, ..POLICY };
        assert!(never.due(&[key(0)], at(u64::from(u32::MAX)), || key(1)).is_none());
        assert!(never.due(&[], at(0), || key(0)).is_some());
    }

    #[test]
    fn a_key_goes_when_the_last_of_its_tokens_has_expired() {
        // Published for 360 seconds, tokens live for 900, clocks are apart by 300 at most.
        let gone = |now| POLICY.due(&[key(1000), key(0)], at(now), || key(now)).is_some();
        assert!(!gone(1000 + 360 + 900 + 300));
        assert!(gone(1000 + 360 + 900 + 300 + 1));
    }

    #[test]
    fn a_rotation_by_hand_adds_no_second_key_while_one_is_on_its_way() {
        let made = |made: Timestamp| SigningKey { created_at: made, ..key(0) };
        let rotation = POLICY.successor(&[key(1000)], at(1000), made).unwrap();
        assert_eq!(
            rotation.unless_newer_than,
            at(1000),
            "another server that does the same adds none either"
        );
        assert!(POLICY.successor(&[key(1000), key(0)], at(1359), made).is_none());
        assert!(POLICY.successor(&[key(1000), key(0)], at(1360), made).is_some());
    }

    #[test]
    fn a_replacement_is_the_newest_also_where_clocks_differ() {
        let made = |made: Timestamp| SigningKey { created_at: made, ..key(0) };
        for (newest, now) in [(1000, 2000), (2000, 1000)] {
            let rotation = replacement(&[key(newest)], at(now), made);
            assert!(rotation.candidate.created_at > at(newest));
            assert_eq!((rotation.unless_newer_than, rotation.superseded_before), (END_OF_TIME, END_OF_TIME));
        }
    }

    proptest! {
        /// Whenever a token was signed, by any server, and until it expires: its key is one that every server has
        /// read and that nobody has removed.
        #[test]
        fn whatever_was_signed_can_be_verified(
            gaps in proptest::collection::vec(1..100_000_u64, 1..6),
            signed in 0..200_000_u64,
            age in 0..LIFE.as_secs(),
            check in 1..600_u64,
            apart in 0..=CLOCKS_APART.as_secs(),
        ) {
            let policy = KeyPolicy { check: Duration::from_secs(check), ..POLICY };
            // Keys as they are made one after the other.
            let made: Vec<_> = gaps.iter().scan(0, |now, gap| { *now += gap; Some(*now) }).collect();
            let first = made[0];
            let signed = first + signed;
            let known: Vec<_> = made.iter().rev().filter(|made| **made <= signed).map(|made| at(*made)).collect();
            let signer = known[policy.signing(known.iter().copied(), at(signed))];
            // Every other server has read it, unless it is the first that there ever was.
            prop_assert!(signer == at(first) || signer.after(Duration::from_secs(2 * check)) <= at(signed));
            // It is there until the token expires, also for a server whose clock is ahead.
            let now = signed + age + apart;
            let keys: Vec<_> = made.iter().rev().filter(|made| **made <= now).map(|made| key(*made)).collect();
            let superseded_before = policy.superseded_before(at(now));
            let successor = keys.iter().rev().find(|key| key.created_at > signer);
            prop_assert!(successor.is_none_or(|successor| successor.created_at >= superseded_before));
        }
    }
}
