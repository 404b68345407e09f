//! Ed25519 by ring for `jsonwebtoken`, whose own backends are either aws-lc or bring RSA and the NIST curves along.

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, EncodingKey,
    crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils},
    errors::{ErrorKind, Result},
    signature::{Error, Signer, Verifier},
};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// Signs with the 32 bytes of a seed, verifies with the 32 bytes of a public key.
static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| {
        expect_ed25519(*algorithm, key.family())?;
        let pair =
            Ed25519KeyPair::from_seed_unchecked(key.as_bytes()).map_err(|_| ErrorKind::InvalidEddsaKey)?;
        Ok(Box::new(Pair(pair)))
    },
    verifier_factory: |algorithm, key| {
        expect_ed25519(*algorithm, key.family())?;
        Ok(Box::new(Public(UnparsedPublicKey::new(&ED25519, key.try_get_as_bytes()?.to_vec()))))
    },
    key_utils: KeyUtils::new_unimplemented(),
};

/// Makes this the cryptography of `jsonwebtoken`, which keeps it for the whole process.
pub(super) fn install() {
    // An error says that it is in place already: no other part of this program installs one.
    let _ = PROVIDER.install_default();
}

/// The key that signs.
pub(super) fn signing(seed: &[u8; 32]) -> EncodingKey {
    EncodingKey::from_ed_der(seed)
}

/// The public key of a seed.
pub(super) fn public(seed: &[u8; 32]) -> [u8; 32] {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("any 32 bytes are a seed");
    pair.public_key().as_ref().try_into().expect("an Ed25519 public key has 32 bytes")
}

/// The key that verifies.
pub(super) fn verifying(public: &[u8; 32]) -> DecodingKey {
    DecodingKey::from_ed_der(public)
}

fn expect_ed25519(algorithm: Algorithm, family: AlgorithmFamily) -> Result<()> {
    match (algorithm, family) {
        (Algorithm::EdDSA, AlgorithmFamily::Ed) => Ok(()),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

struct Pair(Ed25519KeyPair);

impl Signer<Vec<u8>> for Pair {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(self.0.sign(message).as_ref().to_vec())
    }
}

impl JwtSigner for Pair {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

struct Public(UnparsedPublicKey<Vec<u8>>);

impl Verifier<Vec<u8>> for Public {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        self.0.verify(message, signature).map_err(Error::from_source)
    }
}

impl JwtVerifier for Public {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_key_is_that_of_rfc_8032() {
        // RFC 8032, section 7.1, test 1.
        let seed = hex("9d61b19deffd5a60ba844af492ec2cc4", "4449c5697b326919703bac031cae7f60");
        let expected = hex("d75a980182b10ab7d54bfed3c964073a", "0ee172f3daa62325af021a68f707511a");
        assert_eq!(public(&seed), expected);
    }

    /// 32 bytes from two halves in hexadecimal.
    fn hex(high: &str, low: &str) -> [u8; 32] {
        let half = |text| u128::from_str_radix(text, 16).unwrap().to_be_bytes();
        [half(high), half(low)].concat().try_into().unwrap()
    }
}
