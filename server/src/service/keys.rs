//! Signing keys: all servers on a database share them, and each follows what the others do.

use std::{sync::Arc, time::Duration};

use orderly_domain::{
    Storage, Timestamp,
    signing_key::{KeyRotation, SigningKey},
};
use tokio::sync::Mutex;

use super::{
    PublicKey, Result, Services,
    credentials::{KeyPolicy, random, replacement},
};

/// A token with an unknown key makes a server read the keys again, but not more often than this.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// When the keys were asked for last. Whoever reads them holds it, so that an earlier reading never replaces a later one.
pub(super) type LastAsked = Arc<Mutex<Timestamp>>;

/// Why keys are rotated by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RotateKeys {
    /// It is time: a new key is published, signs some minutes later, and nobody is logged out.
    Planned,
    /// Somebody may have a key who must not: all are replaced at once. Access tokens end within one check of the keys;
    /// refresh tokens go on.
    Leaked,
}

/// The key that signs, now or soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewestKey {
    /// Its id, the `kid` in the tokens' headers.
    pub kid: String,
    /// When it begins to sign.
    pub signs_from: Timestamp,
}

impl<S: Storage> Services<S> {
    /// The keys that access tokens are signed with.
    pub fn public_keys(&self) -> Vec<PublicKey> {
        self.access_tokens.public_keys()
    }

    /// When keys are made and read.
    pub fn key_policy(&self) -> KeyPolicy {
        self.access_tokens.policy()
    }

    /// Does what is due by the keys' age, and goes on with the keys that all servers have.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn check_keys(&self) -> Result<()> {
        self.check_keys_at(Timestamp::now()).await
    }

    async fn check_keys_at(&self, now: Timestamp) -> Result<()> {
        let mut last = self.keys_asked.lock().await;
        *last = now;
        let policy = self.access_tokens.policy();
        let keys = self.store.signing_keys().await?;
        let keys = match policy.due(&keys, now, || new_key(now)) {
            Some(rotation) => self.rotate(rotation).await?,
            None => keys,
        };
        self.access_tokens.take_over(&keys, now);
        Ok(())
    }

    /// Gives the shop a new key, whatever the age of the present one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn rotate_keys(&self, why: RotateKeys) -> Result<NewestKey> {
        self.rotate_keys_at(why, Timestamp::now()).await
    }

    async fn rotate_keys_at(&self, why: RotateKeys, now: Timestamp) -> Result<NewestKey> {
        let mut last = self.keys_asked.lock().await;
        *last = now;
        let policy = self.access_tokens.policy();
        let keys = self.store.signing_keys().await?;
        let rotation = match why {
            RotateKeys::Planned => policy.successor(&keys, now, new_key),
            RotateKeys::Leaked => Some(replacement(&keys, now, new_key)),
        };
        let keys = match rotation {
            Some(rotation) => self.rotate(rotation).await?,
            None => keys,
        };
        self.access_tokens.take_over(&keys, now);
        let newest = &keys[0];
        let signs_from = if keys.len() == 1 { now } else { policy.signs_from(newest.created_at) };
        Ok(NewestKey { kid: newest.kid.clone(), signs_from })
    }

    async fn rotate(&self, rotation: KeyRotation) -> Result<Vec<SigningKey>> {
        let candidate = rotation.candidate.kid.clone();
        let keys = self.store.rotate_signing_keys(rotation).await?;
        let kids: Vec<_> = keys.iter().map(|key| key.kid.as_str()).collect();
        tracing::info!(added = kids.contains(&candidate.as_str()), ?kids, "the signing keys were rotated");
        Ok(keys)
    }

    /// Reads the keys again because a token names an unknown one, unless that was done a moment ago; requests that ask
    /// at the same time wait for one answer.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn look_for_key(&self, now: Timestamp) -> Result<()> {
        let mut last = self.keys_asked.lock().await;
        if now < last.after(ASK_AGAIN) {
            return Ok(());
        }
        *last = now;
        self.access_tokens.take_over(&self.store.signing_keys().await?, now);
        Ok(())
    }

    /// Reads the keys again if that was so long ago that the one that signs here may have been removed elsewhere: a
    /// server that could not reach its database, or slept.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn have_current_keys(&self, now: Timestamp) -> Result<()> {
        let too_old = || now > self.access_tokens.read_at().after(self.access_tokens.policy().lead());
        if !too_old() {
            return Ok(());
        }
        let mut last = self.keys_asked.lock().await;
        // Whoever held it may have read them.
        if too_old() {
            *last = now;
            self.access_tokens.take_over(&self.store.signing_keys().await?, now);
        }
        Ok(())
    }
}

/// The keys of a database, which gets its first one now if it has none.
pub(super) async fn first_keys<S: Storage>(
    store: &S,
    policy: &KeyPolicy,
    now: Timestamp,
) -> Result<Vec<SigningKey>> {
    let keys = store.signing_keys().await?;
    match policy.due(&keys, now, || new_key(now)) {
        Some(rotation) => Ok(store.rotate_signing_keys(rotation).await?),
        None => Ok(keys),
    }
}

fn new_key(made: Timestamp) -> SigningKey {
    SigningKey { kid: format!("k{:016x}", u64::from_be_bytes(random())), seed: random(), created_at: made }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use orderly_domain::{account::Account, account::Role, id::UserId};
    use orderly_store_sqlite::Sqlite;
    use tempfile::TempDir;

    use super::*;
    use crate::service::credentials::{LIFE, PUBLISHED_KEYS_KEPT, Refused};

    const CHECK: Duration = Duration::from_secs(30);
    const ROTATE_AFTER: Duration = Duration::from_secs(3600);
    const POLICY: KeyPolicy = KeyPolicy { rotate_after: Some(ROTATE_AFTER), check: CHECK };

    /// Several servers on one database.
    async fn replicas<const N: usize>(policy: KeyPolicy) -> ([Services<Sqlite>; N], TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(folder.path().join("shop.db")).unwrap();
        let mut replicas = Vec::new();
        for _ in 0..N {
            replicas.push(Services::open(store.clone(), policy).await.unwrap());
        }
        (replicas.try_into().ok().unwrap(), folder)
    }

    fn account() -> Account {
        let now = Timestamp::now();
        Account {
            id: UserId::new(),
            email: "ada@example.com".into(),
            name: "Ada".into(),
            phone: None,
            role: Role::Customer,
            created_at: now,
            updated_at: now,
        }
    }

    fn kids(services: &Services<Sqlite>) -> Vec<String> {
        services.public_keys().into_iter().map(|key| key.kid).collect()
    }

    fn kid(token: &str) -> String {
        jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
    }

    #[tokio::test]
    async fn over_hours_of_rotation_nobody_is_logged_out() {
        let (replicas, _folder) = replicas::<2>(POLICY).await;
        let (account, begin) = (account(), Timestamp::now());
        let step = Duration::from_secs(15);
        let mut signed: Vec<(Timestamp, String)> = Vec::new();
        let mut used = BTreeSet::new();
        // Another service that verifies by the published keys and keeps them for as long as it may.
        let mut published = (begin, kids(&replicas[0]));
        for n in 0..(5 * 3600 / 15) {
            let now = begin.after(step * n);
            // Each server checks every 30 seconds, in turn.
            replicas[n as usize % 2].check_keys_at(now).await.unwrap();
            if now > published.0.after(PUBLISHED_KEYS_KEPT) {
                published = (now, kids(&replicas[n as usize / 2 % 2]));
            }
            signed.retain(|(issued, _)| now < issued.after(LIFE - Duration::from_secs(1)));
            for replica in &replicas {
                let token = replica.access_tokens.issue(&account, now).unwrap();
                used.insert(kid(&token));
                signed.push((now, token));
            }
            for (issued, token) in &signed {
                for replica in &replicas {
                    let verified = replica.access_tokens.verify(token, now);
                    assert_eq!(verified, Ok(account.id), "issued {issued:?}, verified {now:?}");
                }
                assert!(published.1.contains(&kid(token)), "issued {issued:?}, verified elsewhere {now:?}");
            }
            assert!(kids(&replicas[0]).len() <= 2, "retired keys go");
        }
        assert_eq!(used.len(), 5, "one an hour");
    }

    #[tokio::test]
    async fn a_new_shop_signs_at_once_with_the_key_of_whoever_was_first() {
        let (replicas, _folder) = replicas::<3>(POLICY).await;
        assert!(replicas.iter().all(|replica| kids(replica) == kids(&replicas[0])));
        assert_eq!(kids(&replicas[0]).len(), 1);
    }

    #[tokio::test]
    async fn servers_that_rotate_at_once_agree_on_one_new_key() {
        let (replicas, _folder) = replicas::<4>(POLICY).await;
        let later = Timestamp::now().after(ROTATE_AFTER);
        let checks = replicas.iter().map(|replica| replica.check_keys_at(later));
        futures_util::future::try_join_all(checks).await.unwrap();
        assert!(replicas.iter().all(|replica| kids(replica) == kids(&replicas[0])));
        assert_eq!(kids(&replicas[0]).len(), 2);
    }

    #[tokio::test]
    async fn a_key_made_by_hand_is_published_first_and_signs_later() {
        let never = KeyPolicy { rotate_after: None, ..POLICY };
        let (replicas, _folder) = replicas::<1>(never).await;
        let (services, account, now) = (&replicas[0], account(), Timestamp::now());
        let old = kids(services).remove(0);
        let newest = services.rotate_keys_at(RotateKeys::Planned, now).await.unwrap();
        assert_eq!(kids(services), [newest.kid.clone(), old.clone()]);
        assert_eq!(newest.signs_from, now.after(POLICY.lead()));
        let again = services.rotate_keys_at(RotateKeys::Planned, now.after(CHECK)).await.unwrap();
        assert_eq!(again, newest, "one on its way is enough");

        let signer = |at| kid(&services.access_tokens.issue(&account, at).unwrap());
        assert_eq!(signer(newest.signs_from.before(Duration::from_micros(1))), old);
        assert_eq!(signer(newest.signs_from), newest.kid);
    }

    #[tokio::test]
    async fn a_leaked_key_is_worth_nothing_once_the_keys_were_read_again() {
        let (replicas, _folder) = replicas::<2>(POLICY).await;
        let [first, second] = &replicas;
        let (account, now) = (account(), Timestamp::now());
        let stolen = second.access_tokens.issue(&account, now).unwrap();
        // It is in both caches of verified tokens.
        for replica in &replicas {
            replica.access_tokens.verify(&stolen, now).unwrap();
        }
        let newest = first.rotate_keys_at(RotateKeys::Leaked, now).await.unwrap();
        assert_eq!((kids(first), newest.signs_from), (vec![newest.kid.clone()], now));
        assert_eq!(first.access_tokens.verify(&stolen, now), Err(Refused::UnknownKey));

        // The other server learns of it from the first token that it does not know, at the latest by its next check.
        let token = first.access_tokens.issue(&account, now).unwrap();
        assert_eq!(second.access_tokens.verify(&token, now), Err(Refused::UnknownKey));
        second.look_for_key(now.after(ASK_AGAIN)).await.unwrap();
        assert_eq!(second.access_tokens.verify(&token, now), Ok(account.id));
        assert_eq!(second.access_tokens.verify(&stolen, now), Err(Refused::UnknownKey));
    }

    #[tokio::test]
    async fn unknown_keys_make_a_server_look_at_most_once_a_second() {
        let (replicas, _folder) = replicas::<2>(POLICY).await;
        let [first, second] = &replicas;
        let now = Timestamp::now().after(CHECK);
        second.look_for_key(now).await.unwrap();
        let newest = first.rotate_keys_at(RotateKeys::Leaked, now).await.unwrap();
        second.look_for_key(now.after(ASK_AGAIN - Duration::from_micros(1))).await.unwrap();
        assert!(!kids(second).contains(&newest.kid));
        second.look_for_key(now.after(ASK_AGAIN)).await.unwrap();
        assert_eq!(kids(second), [newest.kid]);
    }

    #[tokio::test]
    async fn a_server_that_slept_reads_the_keys_before_it_signs() {
        let (replicas, _folder) = replicas::<2>(POLICY).await;
        let [awake, asleep] = &replicas;
        let mut now = Timestamp::now();
        let woken = now.after(2 * ROTATE_AFTER);
        while now < woken {
            awake.check_keys_at(now).await.unwrap();
            now = now.after(Duration::from_secs(60));
        }
        asleep.have_current_keys(woken).await.unwrap();
        assert_eq!(kids(asleep), kids(awake));
    }
}
