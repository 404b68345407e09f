//! Passwords: argon2id, off the async threads, a few at a time.

use std::{sync::Arc, thread::available_parallelism};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{self, phc},
};
use orderly_domain::account::PasswordHash;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::service::{Result, ServiceError};

/// OWASP's parameters for argon2id: 19 MiB, two passes, one lane.
const PARAMETERS: (u32, u32, u32) = (19_456, 2, 1);

/// A hash that no password has, made with the same parameters: checking against it takes as long as against a real one.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and checks passwords.
#[derive(Debug, Clone)]
pub(in crate::service) struct Passwords {
    /// Each check takes 19 MiB and a core: as many at once as there are cores, the others wait.
    slots: Arc<Semaphore>,
}

impl Passwords {
    pub(in crate::service) fn new() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { slots: Arc::new(Semaphore::new(cores)) }
    }

    /// The hash of a password, with a fresh salt.
    pub(in crate::service) async fn hash(&self, password: String) -> Result<PasswordHash> {
        let hash: phc::PasswordHash = self
            .run(move || argon2id().hash_password(password.as_bytes()))
            .await?
            .map_err(ServiceError::internal("a password could not be hashed"))?;
        Ok(PasswordHash(hash.to_string()))
    }

    /// Whether it is the password of this hash. With no hash (an unknown account) it takes as long and is false.
    pub(in crate::service) async fn verify(
        &self,
        password: String,
        hash: Option<PasswordHash>,
    ) -> Result<bool> {
        let exists = hash.is_some();
        let hash = hash.map_or_else(|| DECOY.to_owned(), |PasswordHash(text)| text);
        let matches = self
            .run(move || {
                let hash = phc::PasswordHash::new(&hash)?;
                match argon2id().verify_password(password.as_bytes(), &hash) {
                    Ok(()) => Ok(true),
                    Err(password_hash::Error::PasswordInvalid) => Ok(false),
                    Err(error) => Err(error),
                }
            })
            .await?
            .map_err(ServiceError::internal("a stored password hash could not be read"))?;
        Ok(matches && exists)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let slot = self.slots.clone().acquire_owned().await.expect("the semaphore is never closed");
        // The slot goes along: work that has begun runs to its end even if nobody waits for it any more.
        spawn_blocking(move || {
            let _slot = slot;
            work()
        })
        .await
        .map_err(ServiceError::internal("password hashing broke off"))
    }
}

fn argon2id() -> Argon2<'static> {
    let (memory, passes, lanes) = PARAMETERS;
    let parameters =
        Params::new(memory, passes, lanes, None).expect("the parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_hash_and_no_other_does() {
        let passwords = Passwords::new();
        let hash = passwords.hash("correct horse".into()).await.unwrap();
        assert!(passwords.verify("correct horse".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("correct horsf".into(), Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn the_same_password_has_another_hash_each_time() {
        let passwords = Passwords::new();
        let (a, b) = tokio::join!(passwords.hash("same".into()), passwords.hash("same".into()));
        assert_ne!(a.unwrap().0, b.unwrap().0);
    }

    #[tokio::test]
    async fn an_unknown_account_costs_the_same_work_and_never_matches() {
        let passwords = Passwords::new();
        assert!(!passwords.verify("anything".into(), None).await.unwrap());
        let real = passwords.hash("anything".into()).await.unwrap().0;
        let parameters = |hash: &str| hash.rsplitn(3, '$').last().map(str::to_owned);
        assert_eq!(parameters(&real), parameters(DECOY));
        assert_eq!(real.len(), DECOY.len());
    }
}
