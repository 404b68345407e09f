//! Access tokens: JWTs (RFC 7519) signed with Ed25519 (RFC 8037), which any service can check by the published keys.

use std::{
    sync::{Arc, RwLock},
    time::Duration,
};

use jsonwebtoken::{Algorithm, Validation, decode, decode_header, encode};
use orderly_domain::{
    Timestamp,
    account::{Account, Role},
    id::UserId,
    signing_key::SigningKey,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    ed25519,
    key_policy::KeyPolicy,
    key_ring::{KeyRing, PublicKey},
    verified::Verified,
};
use crate::service::{Result, ServiceError};

/// How long an access token works.
pub(in crate::service) const LIFE: Duration = Duration::from_secs(15 * 60);

/// Who issues the tokens, and whom they are for.
const ISSUER: &str = "orderly";

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    /// For services that only check signatures; here the account's counts.
    role: Role,
    iat: u64,
    exp: u64,
    jti: Uuid,
}

/// Issues and checks access tokens.
#[derive(Clone)]
pub(in crate::service) struct AccessTokens(Arc<Inner>);

struct Inner {
    policy: KeyPolicy,
    validation: Validation,
    ring: RwLock<Arc<KeyRing>>,
}

/// Why an access token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::service) enum Refused {
    /// It names a key that this server does not know; another one may have made it since the keys were read.
    UnknownKey,
    /// It is not a good token.
    NotGood,
}

impl AccessTokens {
    /// Signs and verifies with `keys`, which were read at `read_at`, newest first.
    pub(in crate::service) fn new(policy: KeyPolicy, keys: &[SigningKey], read_at: Timestamp) -> Self {
        ed25519::install();
        let mut validation = Validation::new(Algorithm::EdDSA);
        // Checked below: the library asks the clock itself, and takes a token on its `exp`.
        validation.validate_exp = false;
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[ISSUER]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        let ring = RwLock::new(Arc::new(KeyRing::new(keys, read_at)));
        Self(Arc::new(Inner { policy, validation, ring }))
    }

    /// Goes on with `keys`. What a key that is not among them has verified is forgotten.
    pub(in crate::service) fn take_over(&self, keys: &[SigningKey], read_at: Timestamp) {
        let next = Arc::new(self.ring().replaced_by(keys, read_at));
        *self.0.ring.write().expect("no panic while locked") = next;
    }

    /// How keys live.
    pub(in crate::service) fn policy(&self) -> KeyPolicy {
        self.0.policy
    }

    /// When the keys were read.
    pub(in crate::service) fn read_at(&self) -> Timestamp {
        self.ring().read_at
    }

    /// The keys to publish, newest first.
    pub(in crate::service) fn public_keys(&self) -> Vec<PublicKey> {
        self.ring().public_keys()
    }

    /// A token for an account, in the role that it has at `now`.
    pub(in crate::service) fn issue(&self, account: &Account, now: Timestamp) -> Result<String> {
        self.issue_to(account.id, account.role, now)
    }

    fn issue_to(&self, account: UserId, role: Role, now: Timestamp) -> Result<String> {
        let seconds = seconds(now);
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: ISSUER.to_owned(),
            sub: account,
            role,
            iat: seconds,
            exp: seconds + LIFE.as_secs(),
            jti: Uuid::now_v7(),
        };
        let ring = self.ring();
        let key = ring.signing(&self.0.policy, now);
        encode(&key.header, &claims, &key.signing)
            .map_err(ServiceError::internal("an access token could not be signed"))
    }

    /// The account that a token speaks for at `now`.
    ///
    /// # Errors
    /// [`Refused`].
    pub(in crate::service) fn verify(
        &self,
        token: &str,
        now: Timestamp,
    ) -> std::result::Result<UserId, Refused> {
        let (ring, now) = (self.ring(), seconds(now));
        if let Some(account) = ring.verified.get(token, now) {
            return Ok(account);
        }
        let kid = decode_header(token).ok().and_then(|header| header.kid).ok_or(Refused::NotGood)?;
        let key = ring.find(&kid).ok_or(Refused::UnknownKey)?;
        let claims =
            decode::<Claims>(token, &key.verifying, &self.0.validation).map_err(|_| Refused::NotGood)?.claims;
        // RFC 7519, section 4.1.4: a token is not accepted on or after its `exp`.
        if claims.exp <= now {
            return Err(Refused::NotGood);
        }
        ring.verified.insert(token.to_owned(), Verified { account: claims.sub, expires_at: claims.exp });
        Ok(claims.sub)
    }

    fn ring(&self) -> Arc<KeyRing> {
        self.0.ring.read().expect("no panic while locked").clone()
    }
}

/// Seconds since 1970, as JWTs count (RFC 7519, section 2).
fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.micros() / 1_000_000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
    use serde_json::{Value, json};

    use super::*;

    /// Of a key that has been there for a day.
    fn key(kid: &str) -> SigningKey {
        let created_at = Timestamp::now().before(Duration::from_secs(86_400));
        SigningKey { kid: kid.into(), seed: super::super::random(), created_at }
    }

    fn tokens(keys: &[&SigningKey]) -> AccessTokens {
        let keys: Vec<_> = keys.iter().map(|key| (*key).clone()).collect();
        let policy = KeyPolicy { rotate_after: None, check: Duration::from_secs(30) };
        AccessTokens::new(policy, &keys, Timestamp::now())
    }

    fn issue(tokens: &AccessTokens, now: Timestamp) -> String {
        tokens.issue_to(UserId::new(), Role::Customer, now).unwrap()
    }

    #[test]
    fn a_token_speaks_for_its_account() {
        let tokens = tokens(&[&key("k1")]);
        let (account, now) = (UserId::new(), Timestamp::now());
        let token = tokens.issue_to(account, Role::Administrator, now).unwrap();
        // The second time it comes from the cache.
        for _ in 0..2 {
            assert_eq!(tokens.verify(&token, now), Ok(account));
        }
    }

    #[test]
    fn a_token_of_15_minutes_ago_no_longer_works() {
        let (key, now) = (key("k1"), Timestamp::now());
        let token = issue(&tokens(&[&key]), now);
        // Once as it is seen for the first time, once from the cache.
        let (fresh, cached) = (tokens(&[&key]), tokens(&[&key]));
        cached.verify(&token, now).unwrap();
        let whole = Timestamp::from_micros(now.micros() / 1_000_000 * 1_000_000);
        for tokens in [fresh, cached] {
            assert_eq!(tokens.verify(&token, whole.after(LIFE)), Err(Refused::NotGood));
            assert!(tokens.verify(&token, whole.after(LIFE - Duration::from_secs(1))).is_ok());
        }
    }

    #[test]
    fn a_token_signed_with_another_key_of_the_same_id_is_refused() {
        let (ours, theirs) = (tokens(&[&key("k1")]), tokens(&[&key("k1")]));
        let now = Timestamp::now();
        let token = issue(&theirs, now);
        assert!(theirs.verify(&token, now).is_ok());
        assert_eq!(ours.verify(&token, now), Err(Refused::NotGood));
    }

    #[test]
    fn a_key_verifies_while_it_is_there_and_not_a_moment_longer() {
        let (old, new, now) = (key("old"), key("new"), Timestamp::now());
        let tokens = tokens(&[&old]);
        let token = issue(&tokens, now);
        tokens.verify(&token, now).unwrap();

        tokens.take_over(&[new.clone(), old.clone()], now);
        assert!(tokens.verify(&token, now).is_ok());
        let kids: Vec<_> = tokens.public_keys().into_iter().map(|key| key.kid).collect();
        assert_eq!(kids, ["new", "old"]);

        tokens.take_over(&[new], now);
        assert_eq!(tokens.verify(&token, now), Err(Refused::UnknownKey), "not from the cache either");
    }

    #[test]
    fn a_changed_token_is_refused() {
        let (tokens, now) = (tokens(&[&key("k1")]), Timestamp::now());
        let token = issue(&tokens, now);
        let [header, claims, signature] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
        let encode = |value: Value| BASE64.encode(value.to_string());
        let mut promoted: Value = serde_json::from_slice(&BASE64.decode(claims).unwrap()).unwrap();
        promoted["role"] = json!("administrator");
        let unsigned = encode(json!({"alg": "none", "kid": "k1"}));
        let symmetric = encode(json!({"alg": "HS256", "kid": "k1"}));
        for forged in [
            format!("{header}.{}.{signature}", encode(promoted)),
            format!("{unsigned}.{claims}."),
            format!("{symmetric}.{claims}.{signature}"),
            format!("{header}.{claims}"),
            String::new(),
        ] {
            assert_eq!(tokens.verify(&forged, now), Err(Refused::NotGood), "{forged}");
        }
    }
}
