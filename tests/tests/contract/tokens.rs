//! Access tokens as others see them: checked by the published keys, and refused when anything about them is not right.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use orderly_domain::Storage as _;
use orderly_tests::shop::{Shop, text};
use ring::signature::{ED25519, Ed25519KeyPair, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    a_token_can_be_checked_with_the_published_keys,
    a_token_that_is_not_quite_right_is_refused,
    the_scheme_is_read_in_any_case_and_nothing_else_is,
];

/// The header and the claims of a token.
fn parts(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| BASE64.decode(part).unwrap());
    let mut next = || serde_json::from_slice(&parts.next().unwrap()).unwrap();
    (next(), next())
}

fn sign(key: &Ed25519KeyPair, header: &Value, claims: &Value) -> String {
    let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    format!("{signed}.{}", BASE64.encode(key.sign(signed.as_bytes())))
}

async fn a_token_can_be_checked_with_the_published_keys(shop: &Shop) {
    let reply = shop.anonymous.get("/.well-known/jwks.json").await.having(200);
    assert!(reply.header("cache-control").contains("max-age"), "{}", reply.header("cache-control"));
    let ada = shop.customer().await;
    let token = text(&ada.tokens, "access_token");
    let (header, claims) = parts(token);
    assert_eq!((&header["alg"], &claims["sub"]), (&json!("EdDSA"), &ada.account["id"]));

    let keys = reply.json();
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let key = UnparsedPublicKey::new(&ED25519, BASE64.decode(text(key, "x")).unwrap());
    key.verify(signed.as_bytes(), &BASE64.decode(signature).unwrap()).unwrap();
}

async fn a_token_that_is_not_quite_right_is_refused(shop: &Shop) {
    let ada = shop.customer().await;
    let (header, claims) = parts(text(&ada.tokens, "access_token"));
    let keys = shop.store().signing_keys().await.unwrap();
    let ours = Ed25519KeyPair::from_seed_unchecked(&keys[0].seed).unwrap();
    let theirs = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let with = |value: &Value, member: &str, new: Value| {
        let mut value = value.clone();
        value[member] = new;
        value
    };

    let good = sign(&ours, &header, &claims);
    assert_eq!(shop.anonymous.bearer(&good).get("/v1/me").await.expect(200), ada.account);

    let none = with(&header, "alg", json!("none"));
    let unsigned = format!("{}.{}.", BASE64.encode(none.to_string()), BASE64.encode(claims.to_string()));
    let promoted = with(&claims, "role", json!("administrator"));
    let (head, signature) = (good.split('.').next().unwrap(), good.rsplit('.').next().unwrap());
    let refused = [
        ("it has expired", sign(&ours, &header, &with(&claims, "exp", json!(now - 1)))),
        ("it never expires", sign(&ours, &header, &with(&claims, "exp", Value::Null))),
        ("it is for somebody else", sign(&ours, &header, &with(&claims, "aud", json!("other")))),
        ("somebody else issued it", sign(&ours, &header, &with(&claims, "iss", json!("other")))),
        ("somebody else signed it", sign(&theirs, &header, &claims)),
        ("its key is unknown", sign(&ours, &with(&header, "kid", json!("other")), &claims)),
        ("it is not signed", unsigned),
        ("its algorithm is another", sign(&ours, &with(&header, "alg", json!("HS256")), &claims)),
        ("its claims were changed", format!("{head}.{}.{signature}", BASE64.encode(promoted.to_string()))),
        ("it was cut off", good[..good.len() - 1].to_owned()),
    ];
    for (why, token) in refused {
        let reply = shop.anonymous.bearer(&token).get("/v1/me").await;
        assert_eq!(reply.status, 401, "{why}: {}", reply.text);
        reply.problem(401, "unauthenticated");
    }
}

async fn the_scheme_is_read_in_any_case_and_nothing_else_is(shop: &Shop) {
    let ada = shop.customer().await;
    let token = text(&ada.tokens, "access_token");
    let get = |value: String| {
        shop.anonymous.call(http::Method::GET, "/v1/me").header("authorization", &value).send()
    };
    get(format!("bearer {token}")).await.expect(200);
    for other in [format!("Basic {token}"), token.to_owned(), "Bearer".to_owned(), format!("Bearer{token}")] {
        get(other).await.problem(401, "unauthenticated");
    }
}
