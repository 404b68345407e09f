//! Opaque secrets: refresh tokens and API keys. 256 random bits need no slow hash, so one SHA-256 is what is stored.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use orderly_domain::session::SecretHash;
use ring::{
    digest::{SHA256, digest},
    rand::{SecureRandom, SystemRandom},
};

/// A secret, to be shown once to its owner.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A refresh token.
    pub(in crate::service) fn refresh_token() -> Self {
        Self::with_prefix("ort")
    }

    /// An API key.
    pub(in crate::service) fn api_key() -> Self {
        Self::with_prefix("oak")
    }

    /// The prefix tells people and secret scanners what they found.
    fn with_prefix(prefix: &str) -> Self {
        Self(format!("{prefix}_{}", BASE64.encode(random::<32>())))
    }

    /// What is stored of it.
    pub(in crate::service) fn hash(&self) -> SecretHash {
        hash(&self.0)
    }

    /// The secret itself.
    pub fn expose(self) -> String {
        self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is stored of a secret that was presented.
pub(in crate::service) fn hash(secret: &str) -> SecretHash {
    digest(&SHA256, secret.as_bytes()).as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// Random bytes from the operating system.
pub(in crate::service) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).expect("the operating system has randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_names_its_kind_and_carries_256_bits() {
        for (secret, prefix) in [(Secret::refresh_token(), "ort_"), (Secret::api_key(), "oak_")] {
            let text = secret.expose();
            assert_eq!(BASE64.decode(text.strip_prefix(prefix).unwrap()).unwrap().len(), 32);
        }
    }

    #[test]
    fn no_two_secrets_are_the_same() {
        assert_ne!(Secret::api_key().hash(), Secret::api_key().hash());
    }

    #[test]
    fn a_secret_does_not_show_in_logs() {
        assert_eq!(format!("{:?}", Secret::api_key()), "Secret(…)");
    }
}
