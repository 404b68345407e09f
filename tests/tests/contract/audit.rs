//! The audit trail: what administrators change is written down once, with who did it, and only they read it.

use orderly_tests::shop::{PASSWORD, Reply, Shop, text, unique};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    every_administrative_change_is_written_down,
    what_customers_do_is_not,
    a_refused_or_repeated_change_is_not_written_down_again,
    entries_are_found_by_who_did_what_to_which,
    only_administrators_read_the_trail,
];

/// The action, the subject and the details of each entry, oldest first.
async fn trail(shop: &Shop, query: &str) -> Vec<(String, String, Value)> {
    let page = shop.administrator.get(&format!("/v1/audit-entries?limit=100{query}")).await.expect(200);
    let entries = page["items"].as_array().unwrap().iter().rev();
    let entry = |entry: &Value| {
        let text = |name| text(entry, name).to_owned();
        (text("action"), text("subject_id"), entry["details"].clone())
    };
    entries.map(entry).collect()
}

async fn every_administrative_change_is_written_down(shop: &Shop) {
    let admin = &shop.administrator;
    let email = format!("{}@example.org", unique("hedy"));
    let new = json!({ "email": email, "password": PASSWORD, "name": "Hedy Lamarr", "role": "customer" });
    let user = text(&admin.post("/v1/users", new).await.expect(201), "id").to_owned();
    let path = format!("/v1/users/{user}");
    admin.put(&format!("{path}/role"), json!({ "role": "administrator" })).await.expect(200);
    admin.delete(&path).await.expect(204);

    let price = json!({ "amount": 1890, "currency": "EUR" });
    let new = json!({ "sku": "AUDIT-1", "name": "Mug", "price": price, "stock": 5 });
    let created = admin.post("/v1/products", new).await.having(201);
    let product = text(&created.json(), "id").to_owned();
    let path = format!("/v1/products/{product}");
    let patch = json!({ "name": "Cup", "description": null });
    admin
        .call(http::Method::PATCH, &path)
        .header("if-match", created.header("etag"))
        .body("application/merge-patch+json", patch.to_string())
        .send()
        .await
        .expect(200);
    let adjust = json!({ "delta": -2, "reason": "Broken" });
    admin.post(&format!("{path}/adjust-stock"), adjust.clone()).await.expect(200);

    let ada = shop.customer().await;
    let order = shop.order(&ada.caller, &admin.get(&path).await.expect(200), 1).await;
    let order = text(&order, "id").to_owned();
    let cancelled = admin.act(&format!("/v1/orders/{order}/cancel")).await.having(200);
    admin.act(&format!("{path}/archive")).await.expect(200);

    let expected: Vec<(String, String, Value)> = [
        ("create_user", &user, json!({ "role": "customer" })),
        ("change_role", &user, json!({ "role": "administrator" })),
        ("delete_user", &user, json!({})),
        ("create_product", &product, json!({ "sku": "AUDIT-1", "name": "Mug", "price": price, "stock": 5 })),
        ("update_product", &product, patch),
        ("adjust_stock", &product, adjust),
        ("cancel_order", &order, json!({ "account_id": ada.id() })),
        ("archive_product", &product, json!({ "active": false })),
    ]
    .map(|(action, subject, details)| (action.to_owned(), subject.clone(), details))
    .into();
    assert_eq!(trail(shop, "").await, expected);

    let me = admin.get("/v1/me").await.expect(200);
    let latest = admin.get("/v1/audit-entries?action=cancel_order").await.expect(200);
    assert_eq!(latest["items"][0]["actor_id"], me["id"]);
    assert_eq!(latest["items"][0]["request_id"], cancelled.header("x-request-id"));
}

async fn what_customers_do_is_not(shop: &Shop) {
    let product = shop.product(100, 10).await;
    let before = trail(shop, "").await;
    let ada = shop.customer().await;
    let order = shop.order(&ada.caller, &product, 1).await;
    ada.caller.act(&format!("/v1/orders/{}/cancel", text(&order, "id"))).await.expect(200);
    ada.caller.patch("/v1/me", json!({ "name": "Ada King" })).await.expect(200);
    assert_eq!(trail(shop, "").await, before);
}

async fn a_refused_or_repeated_change_is_not_written_down_again(shop: &Shop) {
    let product = shop.product(100, 10).await;
    let path = format!("/v1/products/{}/adjust-stock", text(&product, "id"));
    let adjust = async |delta: i64, key: &str| -> Reply {
        let body = json!({ "delta": delta, "reason": "Counted" });
        let call = shop.administrator.call(http::Method::POST, &path);
        call.header("idempotency-key", key).json(&body).send().await
    };
    for _ in 0..3 {
        adjust(1, "once").await.expect(200);
        adjust(-1000, "never").await.problem(409, "out_of_stock");
    }
    let deltas: Vec<Value> =
        trail(shop, "&action=adjust_stock").await.into_iter().map(|entry| entry.2).collect();
    assert_eq!(deltas, [json!({ "delta": 1, "reason": "Counted" })]);

    let ada = shop.customer().await;
    for _ in 0..2 {
        shop.administrator.delete(&format!("/v1/users/{}", ada.id())).await.expect(204);
    }
    assert_eq!(trail(shop, "&action=delete_user").await.len(), 1);
}

async fn entries_are_found_by_who_did_what_to_which(shop: &Shop) {
    let (mug, plate) = (shop.product(100, 10).await, shop.product(200, 10).await);
    let (mug, plate) = (text(&mug, "id"), text(&plate, "id"));
    for id in [mug, plate, mug] {
        let adjust = json!({ "delta": 1, "reason": "Found" });
        shop.administrator.post(&format!("/v1/products/{id}/adjust-stock"), adjust).await.expect(200);
    }
    let me = shop.administrator.get("/v1/me").await.expect(200);
    let actor = format!("&actor_id={}", text(&me, "id"));
    for (query, count) in [
        (String::new(), 5),
        ("&action=adjust_stock".to_owned(), 3),
        ("&action=no_such_thing".to_owned(), 0),
        (format!("&subject_id={mug}"), 3),
        (format!("&subject_id={mug}&action=adjust_stock"), 2),
        (format!("{actor}&subject_id={plate}"), 2),
        ("&actor_id=usr_01kb2x8m4ze5svt8q4d0h6y7wn".to_owned(), 0),
    ] {
        assert_eq!(trail(shop, &query).await.len(), count, "{query}");
    }
    shop.administrator.get("/v1/audit-entries?action=DROP").await.problem(400, "validation_failed");
}

async fn only_administrators_read_the_trail(shop: &Shop) {
    let ada = shop.customer().await;
    ada.caller.get("/v1/audit-entries").await.problem(403, "forbidden");
    shop.anonymous.get("/v1/audit-entries").await.problem(401, "unauthenticated");
    let key = shop.api_key(&shop.administrator, &["catalogue:write"]).await;
    key.get("/v1/audit-entries").await.problem(401, "unauthenticated");
}
