//! Passwords: argon2id, off the async threads, a few at a time.

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{self, Output, ParamsString, Salt},
};
use orderly_domain::account::PasswordHash;

use super::{
    hashing::{Hashing, HashingFigures},
    random,
};
use crate::service::{Result, ServiceError};

/// OWASP's parameters for argon2id: 19 MiB, two passes, one lane.
const PARAMETERS: (u32, u32, u32) = (19_456, 2, 1);

/// A hash that no password has, made with the same parameters: checking against it takes as long as against a real one.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a stored hash is none that a password can be held against.
#[derive(Debug, thiserror::Error)]
enum UnusableHash {
    #[error("it has no salt or no hash")]
    Incomplete,
    #[error("it is of another version of argon2")]
    Version,
    #[error(transparent)]
    Text(#[from] phc::Error),
    #[error(transparent)]
    Parameters(#[from] argon2::password_hash::Error),
    #[error(transparent)]
    Argon2(#[from] argon2::Error),
}

/// Hashes and checks passwords.
#[derive(Clone)]
pub(in crate::service) struct Passwords {
    hashing: Hashing,
}

impl Passwords {
    pub(in crate::service) fn new() -> Self {
        Self { hashing: Hashing::new() }
    }

    /// The hash of a password, with a fresh salt.
    pub(in crate::service) async fn hash(&self, password: String) -> Result<PasswordHash> {
        self.hashing
            .run(move |memory| hash(&password, &random::<16>(), memory))
            .await?
            .map_err(ServiceError::internal("a password could not be hashed"))
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
            .hashing
            .run(move |memory| matches(&password, &hash, memory))
            .await?
            .map_err(ServiceError::internal("a stored password hash could not be read"))?;
        Ok(matches && exists)
    }

    /// How busy it is.
    pub(in crate::service) fn figures(&self) -> HashingFigures {
        self.hashing.figures()
    }
}

/// The hash of a password, in the form of the PHC string format.
fn hash(
    password: &str,
    salt: &[u8],
    memory: &mut Vec<Block>,
) -> std::result::Result<PasswordHash, UnusableHash> {
    let (cost, passes, lanes) = PARAMETERS;
    let parameters = Params::new(cost, passes, lanes, None)?;
    let output = output(password, salt, &parameters, Params::DEFAULT_OUTPUT_LEN, memory)?;
    let hash = phc::PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&parameters)?,
        salt: Some(Salt::new(salt)?),
        hash: Some(output),
    };
    Ok(PasswordHash(hash.to_string()))
}

/// Whether a password has this hash, which may have been made with other costs.
fn matches(password: &str, hash: &str, memory: &mut Vec<Block>) -> std::result::Result<bool, UnusableHash> {
    let hash = phc::PasswordHash::new(hash)?;
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else { return Err(UnusableHash::Incomplete) };
    if hash.algorithm != Algorithm::Argon2id.ident() || hash.version != Some(Version::V0x13.into()) {
        return Err(UnusableHash::Version);
    }
    let parameters = Params::try_from(&hash)?;
    let found = output(password, salt, &parameters, expected.len(), memory)?;
    // It takes the same time wherever they differ.
    Ok(found == *expected)
}

fn output(
    password: &str,
    salt: &[u8],
    parameters: &Params,
    length: usize,
    memory: &mut Vec<Block>,
) -> std::result::Result<Output, UnusableHash> {
    memory.resize(parameters.block_count(), Block::new());
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters.clone());
    let mut output = [0; Output::MAX_LENGTH];
    let output = &mut output[..length];
    argon2.hash_password_into_with_memory(password.as_bytes(), salt, output, memory)?;
    Ok(Output::new(output)?)
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

    #[test]
    fn a_hash_is_what_the_library_makes_of_it_whatever_the_memory_held_before() {
        use argon2::{PasswordHasher, PasswordVerifier};

        let mut memory = vec![];
        hash("another", b"0123456789abcdef", &mut memory).unwrap();
        let ours = hash("correct horse", b"a salt of 16 byt", &mut memory).unwrap().0;
        let library =
            Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, None).unwrap());
        let theirs: phc::PasswordHash =
            library.hash_password_with_salt(b"correct horse", b"a salt of 16 byt").unwrap();
        assert_eq!(ours, theirs.to_string());
        let read = phc::PasswordHash::new(&ours).unwrap();
        library.verify_password(b"correct horse", &read).unwrap();
    }

    #[test]
    fn a_hash_with_other_costs_still_works() {
        use argon2::PasswordHasher;

        let cheaper =
            Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(1024, 1, 1, None).unwrap());
        let stored: phc::PasswordHash =
            cheaper.hash_password_with_salt(b"correct horse", b"a salt of 16 byt").unwrap();
        let mut memory = vec![];
        assert!(matches("correct horse", &stored.to_string(), &mut memory).unwrap());
        assert!(!matches("correct horsf", &stored.to_string(), &mut memory).unwrap());
    }

    #[test]
    fn what_is_no_hash_is_an_error_and_no_refusal() {
        let other = DECOY.replace("argon2id", "argon2d");
        let old = DECOY.replace("v=19", "v=16");
        for text in ["", "secret", "$argon2id$v=19$m=19456,t=2,p=1", other.as_str(), old.as_str()] {
            assert!(matches("secret", text, &mut vec![]).is_err(), "{text}");
        }
    }
}
