//! Who calls a shop when the contract engine does: an administrator, a customer, and a token that has expired.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use orderly_contract::{
    Document,
    target::{Credential, Identity, Role},
};
use orderly_domain::Storage as _;
use ring::signature::Ed25519KeyPair;
use serde_json::{Value, json};

use super::{Caller, Shop, text};

/// Every scope that a key can have.
const SCOPES: [&str; 5] = ["catalogue:write", "orders:read", "orders:write", "notes:read", "notes:write"];

impl Shop {
    /// The identities of an engine's target: an administrator and a customer with tokens and keys, and a token of the
    /// first that has expired.
    pub async fn identities(&self, document: &Document) -> Vec<Identity> {
        let customer = self.customer().await;
        let expired = credential(Role::Expired, "bearer", &self.expired_token().await, document);
        vec![
            self.identity(Role::Main, &self.administrator, document).await,
            self.identity(Role::Other, &customer.caller, document).await,
            Identity { role: Role::Expired, credentials: vec![expired] },
        ]
    }

    async fn identity(&self, role: Role, caller: &Caller, document: &Document) -> Identity {
        let key =
            caller.post("/v1/api-keys", json!({ "name": "Engine", "scopes": SCOPES })).await.expect(201);
        let token = caller.authorization().trim_start_matches("Bearer ");
        let credentials = vec![
            credential(role, "bearer", token, document),
            credential(role, "api_key", text(&key, "secret"), document),
        ];
        Identity { role, credentials }
    }

    /// The administrator's token as it would be an hour after its end, signed as the server signs.
    async fn expired_token(&self) -> String {
        let token = self.administrator.authorization().trim_start_matches("Bearer ");
        let (header, rest) = token.split_once('.').expect("a token has three parts");
        let claims = rest.split('.').next().expect("a token has three parts");
        let claims = BASE64.decode(claims).expect("a token is base64url");
        let mut claims: Value = serde_json::from_slice(&claims).expect("a token's claims are JSON");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970").as_secs();
        claims["exp"] = json!(now - 3600);
        let keys = self.store().signing_keys().await.expect("the store answers");
        let key = Ed25519KeyPair::from_seed_unchecked(&keys[0].seed).expect("the server made the key");
        let signed = format!("{header}.{}", BASE64.encode(claims.to_string()));
        format!("{signed}.{}", BASE64.encode(key.sign(signed.as_bytes())))
    }
}

fn credential(role: Role, scheme: &str, value: &str, document: &Document) -> Credential {
    Credential::new(role, scheme, value, document).expect("the document has the scheme")
}
