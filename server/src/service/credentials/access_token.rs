//! Access tokens: JWTs (RFC 7519) signed with Ed25519 (RFC 8037), which any service can check by the published keys.

use std::{collections::HashMap, sync::Arc, time::Duration};

use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
    get_current_timestamp,
};
use orderly_domain::{
    account::{Account, Role},
    id::UserId,
    signing_key::SigningKey,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    ed25519,
    verified::{Verified, VerifiedTokens},
};
use crate::service::{Result, ServiceError};

/// How long an access token works.
pub(in crate::service) const LIFE: Duration = Duration::from_secs(15 * 60);

/// Who issues the tokens, and whom they are for.
const ISSUER: &str = "orderly";

/// A public key that access tokens are signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its id, the `kid` in the tokens' headers.
    pub kid: String,
    /// The 32 bytes of the point (RFC 8032, section 5.1.5).
    pub x: [u8; 32],
}

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
    header: Header,
    signing: EncodingKey,
    verifying: HashMap<String, DecodingKey>,
    published: Vec<PublicKey>,
    validation: Validation,
    verified: VerifiedTokens,
}

impl AccessTokens {
    /// Signs with the first of `keys`, which are sorted from the newest to the oldest, and accepts all of them.
    pub(in crate::service) fn new(signing: &SigningKey, keys: &[SigningKey]) -> Self {
        ed25519::install();
        let published: Vec<_> = keys
            .iter()
            .map(|key| PublicKey { kid: key.kid.clone(), x: ed25519::public(&key.seed) })
            .collect();
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.leeway = 0;
        // RFC 7519, section 4.1.4: a token is not accepted on or after its `exp`; the library accepts it on it.
        validation.reject_tokens_expiring_in_less_than = 1;
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[ISSUER]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        Self(Arc::new(Inner {
            header: Header { kid: Some(signing.kid.clone()), ..Header::new(Algorithm::EdDSA) },
            signing: ed25519::signing(&signing.seed),
            verifying: published.iter().map(|key| (key.kid.clone(), ed25519::verifying(&key.x))).collect(),
            published,
            validation,
            verified: VerifiedTokens::default(),
        }))
    }

    /// The keys to publish, the newest first.
    pub(in crate::service) fn public_keys(&self) -> Vec<PublicKey> {
        self.0.published.clone()
    }

    /// A token for an account, in the role that it has now.
    pub(in crate::service) fn issue(&self, account: &Account) -> Result<String> {
        self.issue_at(account.id, account.role, get_current_timestamp())
    }

    fn issue_at(&self, account: UserId, role: Role, now: u64) -> Result<String> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: ISSUER.to_owned(),
            sub: account,
            role,
            iat: now,
            exp: now + LIFE.as_secs(),
            jti: Uuid::now_v7(),
        };
        encode(&self.0.header, &claims, &self.0.signing)
            .map_err(ServiceError::internal("an access token could not be signed"))
    }

    /// The account that a token speaks for; [`ServiceError::Unauthenticated`] if it is not a good one of ours.
    pub(in crate::service) fn verify(&self, token: String) -> Result<UserId> {
        if let Some(account) = self.0.verified.get(&token, get_current_timestamp()) {
            return Ok(account);
        }
        let verified = self.check(&token).ok_or(ServiceError::Unauthenticated)?;
        self.0.verified.insert(token, verified);
        Ok(verified.account)
    }

    fn check(&self, token: &str) -> Option<Verified> {
        let kid = decode_header(token).ok()?.kid?;
        let claims = decode::<Claims>(token, self.0.verifying.get(&kid)?, &self.0.validation).ok()?.claims;
        Some(Verified { account: claims.sub, expires_at: claims.exp })
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
    use orderly_domain::Timestamp;
    use serde_json::{Value, json};

    use super::*;

    fn key(kid: &str) -> SigningKey {
        SigningKey { kid: kid.into(), seed: super::super::random(), created_at: Timestamp::now() }
    }

    fn tokens(key: &SigningKey) -> AccessTokens {
        AccessTokens::new(key, std::slice::from_ref(key))
    }

    fn issue(tokens: &AccessTokens, now: u64) -> String {
        tokens.issue_at(UserId::new(), Role::Customer, now).unwrap()
    }

    #[test]
    fn a_token_speaks_for_its_account() {
        let tokens = tokens(&key("k1"));
        let account = UserId::new();
        let token = tokens.issue_at(account, Role::Administrator, get_current_timestamp()).unwrap();
        // The second time it comes from the cache.
        for _ in 0..2 {
            assert_eq!(tokens.verify(token.clone()).unwrap(), account);
        }
    }

    #[test]
    fn a_token_of_15_minutes_ago_no_longer_works() {
        let tokens = tokens(&key("k1"));
        let now = get_current_timestamp();
        assert!(tokens.verify(issue(&tokens, now - LIFE.as_secs() + 5)).is_ok());
        assert!(tokens.verify(issue(&tokens, now - LIFE.as_secs())).is_err());
    }

    #[test]
    fn a_token_signed_with_another_key_of_the_same_id_is_refused() {
        let (ours, theirs) = (tokens(&key("k1")), tokens(&key("k1")));
        let token = issue(&theirs, get_current_timestamp());
        assert!(theirs.verify(token.clone()).is_ok());
        assert!(ours.verify(token).is_err());
    }

    #[test]
    fn a_token_of_an_older_key_is_accepted_while_the_key_is_there() {
        let (old, new) = (key("old"), key("new"));
        let token = issue(&tokens(&old), get_current_timestamp());
        let both = AccessTokens::new(&new, &[new.clone(), old]);
        assert!(both.verify(token.clone()).is_ok());
        assert!(tokens(&new).verify(token).is_err());
        assert_eq!(both.public_keys().iter().map(|key| key.kid.as_str()).collect::<Vec<_>>(), ["new", "old"]);
    }

    #[test]
    fn a_changed_token_is_refused() {
        let tokens = tokens(&key("k1"));
        let token = issue(&tokens, get_current_timestamp());
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
            assert!(tokens.verify(forged.clone()).is_err(), "{forged}");
        }
    }
}
