//! Accounts: who registers, who may see and change whom, and what is left of a deleted user.

use orderly_tests::{
    conformance::CANARY,
    shop::{PASSWORD, Shop, text, unique},
};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    a_customer_registers_and_sees_who_it_is,
    an_address_has_one_account_in_any_case,
    a_profile_changes_by_what_is_sent_and_null_removes,
    administrators_create_find_and_list_users,
    customers_are_no_administrators,
    a_changed_role_counts_from_the_next_token,
    the_last_administrator_stays,
    a_deleted_user_is_gone_and_its_orders_stay,
    an_api_key_is_shown_once_and_stops_when_revoked,
    an_api_key_does_what_its_scopes_say,
    an_api_key_is_not_made_for_the_past,
    the_overview_has_profile_orders_and_notes,
];

async fn a_customer_registers_and_sees_who_it_is(shop: &Shop) {
    let registration = json!({
        "email": "Grace@Example.com", "password": "nanoseconds matter", "name": "Grace Hopper", "phone": "+1 555 0100",
    });
    let created = shop.anonymous.post("/v1/register", registration).await.having(201);
    let account = created.json();
    assert_eq!(created.header("location"), "/v1/me");
    assert_eq!((&account["role"], &account["phone"]), (&json!("customer"), &json!("+1 555 0100")));
    assert!(!created.text.contains("nanoseconds"));

    let tokens = shop.log_in("grace@example.COM", "nanoseconds matter").await;
    assert_eq!(tokens["token_type"], "Bearer");
    let me = shop.anonymous.bearer(text(&tokens, "access_token")).get("/v1/me").await.expect(200);
    assert_eq!(me, account);
}

async fn an_address_has_one_account_in_any_case(shop: &Shop) {
    let ada = shop.customer().await;
    let again =
        json!({ "email": ada.email().to_ascii_uppercase(), "password": PASSWORD, "name": "Somebody else" });
    shop.anonymous.post("/v1/register", again.clone()).await.problem(409, "email_taken");
    let mut user = again;
    user["role"] = json!("administrator");
    shop.administrator.post("/v1/users", user).await.problem(409, "email_taken");
}

async fn a_profile_changes_by_what_is_sent_and_null_removes(shop: &Shop) {
    let ada = shop.customer().await;
    let changed = ada.caller.patch("/v1/me", json!({ "phone": "+44 20 7946 0958" })).await.expect(200);
    assert_eq!((&changed["name"], &changed["phone"]), (&ada.account["name"], &json!("+44 20 7946 0958")));
    let changed = ada.caller.patch("/v1/me", json!({ "name": "Ada King", "phone": null })).await.expect(200);
    assert_eq!((&changed["name"], changed.get("phone")), (&json!("Ada King"), None));
    assert_eq!(ada.caller.get("/v1/me").await.expect(200), changed);

    ada.caller.patch("/v1/me", json!({})).await.problem(400, "validation_failed");
    let key = shop.api_key(&ada.caller, &["orders:read"]).await;
    key.patch("/v1/me", json!({ "name": "A key" })).await.problem(401, "unauthenticated");
}

async fn administrators_create_find_and_list_users(shop: &Shop) {
    let email = format!("{}@example.org", unique("hedy"));
    let new = json!({ "email": email, "password": PASSWORD, "name": "Hedy Lamarr", "role": "administrator" });
    let created = shop.administrator.post("/v1/users", new).await.having(201);
    let user = created.json();
    assert_eq!(shop.administrator.get(created.header("location")).await.expect(200), user);

    let found = |path: &'static str| async move {
        let page = shop.administrator.get(path).await.expect(200);
        page["items"].as_array().unwrap().iter().map(|user| text(user, "name").to_owned()).collect::<Vec<_>>()
    };
    shop.customer().await;
    assert_eq!(found("/v1/users?q=LAMARR").await, ["Hedy Lamarr"]);
    assert_eq!(found("/v1/users?q=example.org&role=administrator").await, ["Hedy Lamarr"]);
    assert_eq!(found("/v1/users?role=customer").await, ["Ada Lovelace"]);
    assert_eq!(found("/v1/users?q=nobody-has-this").await, Vec::<String>::new());
    let unknown = "/v1/users/usr_01kb2x8m4ze5svt8q4d0h6y7wn";
    shop.administrator.get(unknown).await.problem(404, "not_found");
    shop.administrator.delete(unknown).await.problem(404, "not_found");
    let role = json!({ "role": "customer" });
    shop.administrator.put(&format!("{unknown}/role"), role).await.problem(404, "not_found");
}

async fn customers_are_no_administrators(shop: &Shop) {
    let ada = shop.customer().await;
    let own = format!("/v1/users/{}", ada.id());
    let user =
        json!({ "email": "new@example.com", "password": PASSWORD, "name": "New", "role": "administrator" });
    let refused = [
        ada.caller.get("/v1/users").await,
        ada.caller.post("/v1/users", user).await,
        ada.caller.get(&own).await,
        ada.caller.delete(&own).await,
        ada.caller.put(&format!("{own}/role"), json!({ "role": "administrator" })).await,
    ];
    for reply in refused {
        reply.problem(403, "forbidden");
    }
    assert_eq!(ada.caller.get("/v1/me").await.expect(200)["role"], "customer");
}

async fn a_changed_role_counts_from_the_next_token(shop: &Shop) {
    let ada = shop.customer().await;
    let role = format!("/v1/users/{}/role", ada.id());
    let changed = shop.administrator.put(&role, json!({ "role": "administrator" })).await.expect(200);
    assert_eq!(changed["role"], "administrator");
    let tokens = shop.log_in(ada.email(), PASSWORD).await;
    shop.anonymous.bearer(text(&tokens, "access_token")).get("/v1/users").await.expect(200);
}

async fn the_last_administrator_stays(shop: &Shop) {
    let me = shop.administrator.get("/v1/me").await.expect(200);
    let path = format!("/v1/users/{}", text(&me, "id"));
    shop.administrator.delete(&path).await.problem(409, "last_administrator");
    let customer = json!({ "role": "customer" });
    shop.administrator.put(&format!("{path}/role"), customer).await.problem(409, "last_administrator");
    assert_eq!(shop.administrator.get("/v1/me").await.expect(200)["role"], "administrator");
}

async fn a_deleted_user_is_gone_and_its_orders_stay(shop: &Shop) {
    let ada = shop.customer().await;
    let product = shop.product(100, 10).await;
    let order = shop.order(&ada.caller, &product, 3).await;
    let key = shop.api_key(&ada.caller, &["orders:read"]).await;
    let path = format!("/v1/users/{}", ada.id());
    shop.administrator.delete(&path).await.expect(204);
    shop.administrator.delete(&path).await.expect(204);

    shop.administrator.get(&path).await.problem(404, "not_found");
    key.get("/v1/me").await.problem(401, "unauthenticated");
    ada.caller.get("/v1/me").await.problem(401, "unauthenticated");
    let login = json!({ "grant_type": "password", "email": ada.email(), "password": PASSWORD });
    shop.anonymous.post("/v1/tokens", login).await.problem(401, "invalid_credentials");
    let refresh = json!({ "grant_type": "refresh_token", "refresh_token": ada.tokens["refresh_token"] });
    shop.anonymous.post("/v1/tokens", refresh).await.problem(401, "invalid_refresh_token");

    let kept = shop.administrator.get(&format!("/v1/orders/{}", text(&order, "id"))).await.expect(200);
    assert_eq!(kept, order);
    let again = json!({ "email": ada.email(), "password": PASSWORD, "name": "Ada again" });
    shop.anonymous.post("/v1/register", again).await.expect(201);
}

async fn an_api_key_is_shown_once_and_stops_when_revoked(shop: &Shop) {
    let ada = shop.customer().await;
    let new = json!({ "name": "Till", "scopes": ["orders:read", "orders:write"] });
    let created = ada.caller.post("/v1/api-keys", new).await.having(201);
    assert!(created.header("cache-control").contains("no-store"));
    let key = created.json();
    let secret = text(&key, "secret");
    let listed = ada.caller.get("/v1/api-keys").await.having(200);
    assert!(!listed.text.contains(secret));
    assert_eq!(listed.json()["items"][0]["id"], key["id"]);

    let till = shop.anonymous.api_key(secret);
    assert_eq!(till.get("/v1/me").await.expect(200)["id"], ada.account["id"]);
    let path = format!("/v1/api-keys/{}", text(&key, "id"));
    shop.customer().await.caller.delete(&path).await.problem(404, "not_found");
    ada.caller.delete(&path).await.expect(204);
    ada.caller.delete(&path).await.expect(204);
    till.get("/v1/me").await.problem(401, "unauthenticated");
    assert_eq!(ada.caller.get("/v1/api-keys").await.expect(200)["items"], json!([]));
}

async fn an_api_key_does_what_its_scopes_say(shop: &Shop) {
    let ada = shop.customer().await;
    let product = shop.product(100, 10).await;
    let order = shop.order(&ada.caller, &product, 1).await;
    let order = format!("/v1/orders/{}", text(&order, "id"));
    let note = json!({ "title": "T", "body": "B" });
    let written = ada.caller.post("/v1/notes", note.clone()).await.having(201);
    let note_path = written.header("location").to_owned();

    let reader = shop.api_key(&ada.caller, &["orders:read", "notes:read"]).await;
    for path in [order.as_str(), "/v1/orders", "/v1/notes", note_path.as_str(), "/v1/me/overview"] {
        reader.get(path).await.expect(200);
    }
    let refused = [
        shop.try_order(&reader, &product, 1, "k").await,
        reader.act(&format!("{order}/cancel")).await,
        reader.post("/v1/notes", note.clone()).await,
        reader.put(&note_path, note.clone()).await,
        reader.patch(&note_path, json!({ "title": "x" })).await,
        reader.delete(&note_path).await,
    ];
    for reply in refused {
        reply.problem(403, "forbidden");
    }

    let writer = shop.api_key(&ada.caller, &["orders:write", "notes:write"]).await;
    for path in [order.as_str(), "/v1/orders", "/v1/notes", note_path.as_str(), "/v1/me/overview"] {
        writer.get(path).await.problem(403, "forbidden");
    }
    writer.delete(&note_path).await.expect(204);
    writer.act(&format!("{order}/cancel")).await.expect(200);
    for key in [&reader, &writer] {
        key.get("/v1/api-keys").await.problem(401, "unauthenticated");
        key.get("/v1/users").await.problem(401, "unauthenticated");
    }
}

async fn an_api_key_is_not_made_for_the_past(shop: &Shop) {
    let ada = shop.customer().await;
    let new = |at: &str| json!({ "name": "Till", "scopes": ["orders:read"], "expires_at": at });
    let refused = ada.caller.post("/v1/api-keys", new("2001-01-01T00:00:00Z")).await;
    let problem = refused.problem(422, "already_expired");
    assert_eq!(problem["errors"][0]["pointer"], "/expires_at");
    // A second that is not RFC 3339's is no second at all.
    ada.caller.post("/v1/api-keys", new("2101-01-01 00:00:00Z")).await.problem(400, "validation_failed");

    let created = ada.caller.post("/v1/api-keys", new("2101-01-01T00:00:00Z")).await.expect(201);
    shop.anonymous.api_key(text(&created, "secret")).get("/v1/me").await.expect(200);
    shop.anonymous.api_key(&format!("oak_{CANARY}")).get("/v1/me").await.problem(401, "unauthenticated");
}

async fn the_overview_has_profile_orders_and_notes(shop: &Shop) {
    let ada = shop.customer().await;
    let product = shop.product(250, 100).await;
    let mut orders = Vec::new();
    for _ in 0..6 {
        orders.push(shop.order(&ada.caller, &product, 1).await);
    }
    let note = ada.caller.post("/v1/notes", json!({ "title": "T", "body": "B" })).await.expect(201);
    let overview = ada.caller.get("/v1/me/overview").await.expect(200);
    assert_eq!(overview["profile"], ada.account);
    let latest: Vec<Value> = orders.into_iter().rev().take(5).collect();
    assert_eq!(overview["latest_orders"], json!(latest));
    assert_eq!(overview["latest_notes"], json!([note]));
    let other = shop.customer().await.caller.get("/v1/me/overview").await.expect(200);
    assert_eq!((&other["latest_orders"], &other["latest_notes"]), (&json!([]), &json!([])));
}
