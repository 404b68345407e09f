//! Repeating safely: what an idempotency key gives back, and whom it belongs to.

use http::Method;
use orderly_tests::shop::{Caller, Reply, Shop, text};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    a_repeated_order_gives_the_first_answer,
    a_repeated_refusal_is_refused_again_whatever_has_changed,
    a_key_that_is_used_for_something_else_is_refused,
    a_key_belongs_to_one_account_and_one_operation,
    every_operation_with_a_key_repeats,
    a_key_is_visible_ascii,
];

async fn send(caller: &Caller, path: &str, key: &str, body: &Value) -> Reply {
    caller.call(Method::POST, path).header("idempotency-key", key).json(body).send().await
}

fn one(product: &Value, quantity: i64) -> Value {
    json!({ "lines": [{ "product_id": product["id"], "quantity": quantity }] })
}

async fn a_repeated_order_gives_the_first_answer(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 9).await;
    let first = send(&ada.caller, "/v1/orders", "k1", &one(&mug, 2)).await.having(201);
    assert_eq!(first.header("idempotent-replayed"), "");
    // The same in other words: white space and the order of members are not part of what a request says.
    let other_words = format!(r#" {{"lines":[{{"quantity":2, "product_id":{}}}]}} "#, mug["id"]);
    let call = ada.caller.call(Method::POST, "/v1/orders").header("idempotency-key", "k1");
    let again = call.body("application/json", other_words).send().await.having(201);
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.text, first.text);
    for header in ["location", "etag", "content-type"] {
        assert_eq!(again.header(header), first.header(header));
    }
    assert_eq!(shop.stock_of(&mug).await, 7);
    send(&ada.caller, "/v1/orders", "k2", &one(&mug, 2)).await.expect(201);
    assert_eq!(shop.stock_of(&mug).await, 5);
}

async fn a_repeated_refusal_is_refused_again_whatever_has_changed(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 1).await;
    let first = send(&ada.caller, "/v1/orders", "k", &one(&mug, 2)).await.problem(409, "out_of_stock");
    let adjust = format!("/v1/products/{}/adjust-stock", text(&mug, "id"));
    shop.administrator.post(&adjust, json!({ "delta": 9, "reason": "Delivery" })).await.expect(200);
    let again = send(&ada.caller, "/v1/orders", "k", &one(&mug, 2)).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.problem(409, "out_of_stock")["shortages"], first["shortages"]);

    let unknown = json!({ "id": "prd_01kb2x8m52f7ktcwz6p3n9r4ga" });
    send(&ada.caller, "/v1/orders", "k-unknown", &one(&unknown, 2)).await.problem(422, "unknown_product");
    let again = send(&ada.caller, "/v1/orders", "k-unknown", &one(&unknown, 2)).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    again.problem(422, "unknown_product");
}

async fn a_key_that_is_used_for_something_else_is_refused(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 9).await;
    send(&ada.caller, "/v1/orders", "k", &one(&mug, 1)).await.expect(201);
    send(&ada.caller, "/v1/orders", "k", &one(&mug, 2)).await.problem(422, "idempotency_key_reused");
    assert_eq!(shop.stock_of(&mug).await, 8);
}

async fn a_key_belongs_to_one_account_and_one_operation(shop: &Shop) {
    let (ada, eve) = (shop.customer().await, shop.customer().await);
    let mug = shop.product(100, 9).await;
    let first = send(&ada.caller, "/v1/orders", "same", &one(&mug, 1)).await.expect(201);
    let other = send(&eve.caller, "/v1/orders", "same", &one(&mug, 1)).await.having(201);
    assert_eq!(other.header("idempotent-replayed"), "");
    assert_ne!(other.json()["id"], first["id"]);
    let note = json!({ "title": "T", "body": "B" });
    send(&ada.caller, "/v1/notes", "same", &note).await.expect(201);
}

async fn every_operation_with_a_key_repeats(shop: &Shop) {
    let mug = shop.product(100, 9).await;
    let adjust = format!("/v1/products/{}/adjust-stock", text(&mug, "id"));
    let price = json!({ "amount": 1, "currency": "EUR" });
    let cases = [
        (
            "/v1/products",
            json!({ "sku": "A", "name": "A", "price": price }),
            json!({ "sku": "B", "name": "A", "price": price }),
        ),
        (adjust.as_str(), json!({ "delta": 1, "reason": "r" }), json!({ "delta": 2, "reason": "r" })),
        ("/v1/notes", json!({ "title": "T", "body": "B" }), json!({ "title": "T", "body": "C" })),
    ];
    for (path, body, other) in cases {
        let first = send(&shop.administrator, path, "k", &body).await;
        assert!(first.status.is_success(), "{}", first.text);
        let again = send(&shop.administrator, path, "k", &body).await;
        assert_eq!((again.status, &again.text), (first.status, &first.text));
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(again.header("etag"), first.header("etag"));
        send(&shop.administrator, path, "k", &other).await.problem(422, "idempotency_key_reused");
    }
    assert_eq!(shop.stock_of(&mug).await, 10);
}

async fn a_key_is_visible_ascii(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 9).await;
    for bad in ["", "two words", &"x".repeat(129), "na\u{ef}ve"] {
        let problem =
            send(&ada.caller, "/v1/orders", bad, &one(&mug, 1)).await.problem(400, "validation_failed");
        assert_eq!(problem["errors"][0]["parameter"], "Idempotency-Key", "{bad}");
    }
    send(&ada.caller, "/v1/orders", &"!~".repeat(64), &one(&mug, 1)).await.expect(201);
}
