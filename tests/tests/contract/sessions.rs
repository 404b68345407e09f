//! Logging in and out: passwords, refresh tokens that work once, and what their theft does.

use orderly_tests::{
    conformance::CANARY,
    shop::{Customer, PASSWORD, Reply, Shop, text},
};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    a_wrong_password_and_an_unknown_address_are_answered_alike,
    a_refresh_token_works_once,
    a_refresh_token_that_is_used_again_ends_its_login,
    logging_out_ends_the_login_and_no_other,
    logging_out_with_an_unknown_token_succeeds,
    a_new_password_ends_every_login,
    a_password_is_changed_only_with_the_current_one,
];

async fn refresh(shop: &Shop, tokens: &Value) -> Reply {
    let grant = json!({ "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"] });
    shop.anonymous.post("/v1/tokens", grant).await
}

async fn a_wrong_password_and_an_unknown_address_are_answered_alike(shop: &Shop) {
    let ada = shop.customer().await;
    let attempt = |email: &str| {
        let grant =
            json!({ "grant_type": "password", "email": email, "password": format!("wrong-{CANARY}") });
        shop.anonymous.post("/v1/tokens", grant)
    };
    let mut answers = Vec::new();
    for email in [ada.email(), "nobody@example.com"] {
        let reply = attempt(email).await;
        assert!(!reply.header("www-authenticate").is_empty());
        let mut problem = reply.problem(401, "invalid_credentials");
        problem["request_id"].take();
        answers.push(problem);
    }
    assert_eq!(answers[0], answers[1]);
}

async fn a_refresh_token_works_once(shop: &Shop) {
    let ada = shop.customer().await;
    let reply = refresh(shop, &ada.tokens).await.having(200);
    assert!(reply.header("cache-control").contains("no-store"));
    let second = reply.json();
    assert_ne!(second["refresh_token"], ada.tokens["refresh_token"]);
    let me = shop.anonymous.bearer(text(&second, "access_token")).get("/v1/me").await.expect(200);
    assert_eq!(me, ada.account);
    refresh(shop, &second).await.expect(200);
    let unknown = json!({ "refresh_token": format!("ort_{CANARY}") });
    refresh(shop, &unknown).await.problem(401, "invalid_refresh_token");
}

async fn a_refresh_token_that_is_used_again_ends_its_login(shop: &Shop) {
    let ada = shop.customer().await;
    let other_login = shop.log_in(ada.email(), PASSWORD).await;
    let second = refresh(shop, &ada.tokens).await.expect(200);
    let third = refresh(shop, &second).await.expect(200);
    refresh(shop, &ada.tokens).await.problem(401, "invalid_refresh_token");
    refresh(shop, &third).await.problem(401, "invalid_refresh_token");
    refresh(shop, &other_login).await.expect(200);
}

async fn logging_out_ends_the_login_and_no_other(shop: &Shop) {
    let ada = shop.customer().await;
    let other_login = shop.log_in(ada.email(), PASSWORD).await;
    let second = refresh(shop, &ada.tokens).await.expect(200);
    // Any token of the login will do, also one that was exchanged.
    let revocation = json!({ "refresh_token": ada.tokens["refresh_token"] });
    shop.anonymous.post("/v1/tokens/revoke", revocation).await.expect(204);
    refresh(shop, &second).await.problem(401, "invalid_refresh_token");
    refresh(shop, &other_login).await.expect(200);
}

async fn logging_out_with_an_unknown_token_succeeds(shop: &Shop) {
    let revocation = json!({ "refresh_token": "ort_unknown" });
    shop.anonymous.post("/v1/tokens/revoke", revocation.clone()).await.expect(204);
    shop.anonymous.post("/v1/tokens/revoke", revocation).await.expect(204);
}

async fn change_password(ada: &Customer, current: &str, new: &str) -> Reply {
    let change = json!({ "current_password": current, "new_password": new });
    ada.caller.put("/v1/me/password", change).await
}

async fn a_new_password_ends_every_login(shop: &Shop) {
    let ada = shop.customer().await;
    let other_login = shop.log_in(ada.email(), PASSWORD).await;
    change_password(&ada, PASSWORD, "staple stapler stapled").await.expect(204);
    for tokens in [&ada.tokens, &other_login] {
        refresh(shop, tokens).await.problem(401, "invalid_refresh_token");
    }
    shop.log_in(ada.email(), "staple stapler stapled").await;
    let old = json!({ "grant_type": "password", "email": ada.email(), "password": PASSWORD });
    shop.anonymous.post("/v1/tokens", old).await.problem(401, "invalid_credentials");
}

async fn a_password_is_changed_only_with_the_current_one(shop: &Shop) {
    let ada = shop.customer().await;
    let wrong = format!("wrong-{CANARY}");
    change_password(&ada, &wrong, "staple stapler stapled").await.problem(422, "wrong_password");
    shop.log_in(ada.email(), PASSWORD).await;
}
