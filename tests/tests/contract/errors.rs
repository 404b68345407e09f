//! Bad requests: each gets its declared problem, with every mistake at once and without what was sent.

use http::Method;
use orderly_tests::{
    conformance::CANARY,
    shop::{Shop, Wire, text, unique},
};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    a_body_with_ten_mistakes_gets_one_answer_with_ten_pointers,
    parameters_and_body_are_refused_together,
    each_constraint_of_the_document_is_named_with_its_place,
    what_is_sent_twice_is_refused,
    an_unknown_path_is_not_found,
    a_method_that_a_path_does_not_have_is_answered_with_those_it_has,
    an_id_of_another_kind_breaks_the_document,
    a_body_that_breaks_off_is_no_request,
    head_is_answered_like_get_without_a_body,
    a_request_id_is_kept_if_it_is_well_formed,
    a_text_with_a_nul_is_refused_before_any_database_sees_it,
];

/// What the problem says is wrong: where and by which rule, sorted.
fn mistakes(problem: &Value) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().unwrap();
    let place = |error: &Value| error["pointer"].as_str().or(error["parameter"].as_str()).map(str::len);
    assert!(errors.iter().all(|error| place(error).is_some()), "{problem}");
    let mut found: Vec<(&str, &str)> = errors
        .iter()
        .map(|error| {
            let place = if error["pointer"].is_string() { "pointer" } else { "parameter" };
            (text(error, place), text(error, "code"))
        })
        .collect();
    found.sort_unstable();
    found
}

async fn a_body_with_ten_mistakes_gets_one_answer_with_ten_pointers(shop: &Shop) {
    let ada = shop.customer().await;
    let body = json!({
        "lines": [
            { "product_id": CANARY, "quantity": 0 },
            { "product_id": "prd_01kb2x8m52f7ktcwz6p3n9r4ga", "quantity": CANARY },
            { "quantity": 1001 },
            CANARY,
        ],
        "reference": "",
        "expected_total": { "amount": -1, "currency": CANARY },
        "coupon": CANARY,
    });
    let call = ada.caller.call(Method::POST, "/v1/orders").header("idempotency-key", "k");
    let problem = call.json(&body).send().await.problem(400, "validation_failed");
    assert_eq!(
        mistakes(&problem),
        [
            ("/coupon", "additional_properties"),
            ("/expected_total/amount", "minimum"),
            ("/expected_total/currency", "pattern"),
            ("/lines/0/product_id", "pattern"),
            ("/lines/0/quantity", "minimum"),
            ("/lines/1/quantity", "type"),
            ("/lines/2/product_id", "required"),
            ("/lines/2/quantity", "maximum"),
            ("/lines/3", "type"),
            ("/reference", "min_length"),
        ]
    );
}

async fn parameters_and_body_are_refused_together(shop: &Shop) {
    let ada = shop.customer().await;
    let body = json!({ "lines": [] });
    let problem = ada.caller.post("/v1/orders?colour=red", body).await.problem(400, "validation_failed");
    assert_eq!(
        mistakes(&problem),
        [("/lines", "min_items"), ("Idempotency-Key", "required"), ("colour", "unknown_parameter"),]
    );
    let path = "/v1/products?limit=1000&sort=oddest&price_min=-1&active=maybe&cursor=&q=";
    let problem = shop.anonymous.get(path).await.problem(400, "validation_failed");
    assert_eq!(
        mistakes(&problem),
        [
            ("active", "type"),
            ("cursor", "min_length"),
            ("limit", "maximum"),
            ("price_min", "minimum"),
            ("q", "min_length"),
            ("sort", "enum"),
        ]
    );
}

async fn each_constraint_of_the_document_is_named_with_its_place(shop: &Shop) {
    let account = json!({ "email": "a@example.com", "password": "correct horse", "name": "Ada" });
    let registration = |member: &str, value: Value| {
        let mut body = account.clone();
        body[member] = value;
        ("/v1/register", body)
    };
    let key = |scopes: Value| ("/v1/api-keys", json!({ "name": "K", "scopes": scopes }));
    let cases = [
        (registration("email", json!("no address")), "/email", "format"),
        (registration("email", json!(format!("{}@example.com", "a".repeat(250)))), "/email", "max_length"),
        (registration("password", json!("short")), "/password", "min_length"),
        (registration("name", json!("   ")), "/name", "pattern"),
        (registration("name", json!(null)), "/name", "type"),
        (registration("phone", json!("call me")), "/phone", "pattern"),
        (registration("role", json!("administrator")), "/role", "additional_properties"),
        (("/v1/register", json!([account])), "", "type"),
        (key(json!([])), "/scopes", "min_items"),
        (key(json!(["orders:read", "orders:read"])), "/scopes", "unique_items"),
        (key(json!(["everything"])), "/scopes/0", "enum"),
        (("/v1/tokens", json!({ "grant_type": "magic" })), "/grant_type", "enum"),
        (
            ("/v1/tokens", json!({ "grant_type": "password", "email": "a@example.com" })),
            "/password",
            "required",
        ),
        (
            (
                "/v1/products",
                json!({ "sku": "A", "name": "A", "price": { "amount": 1.5, "currency": "EUR" } }),
            ),
            "/price/amount",
            "type",
        ),
        (
            (
                "/v1/products",
                json!({ "sku": "A", "name": "A", "price": { "amount": 9_007_199_254_740_992_i64, "currency": "EUR" } }),
            ),
            "/price/amount",
            "maximum",
        ),
    ];
    for ((path, body), pointer, code) in cases {
        let problem = shop.administrator.post(path, body.clone()).await.problem(400, "validation_failed");
        assert!(mistakes(&problem).contains(&(pointer, code)), "{body} gives {problem}");
    }
}

async fn what_is_sent_twice_is_refused(shop: &Shop) {
    let problem = shop.anonymous.get("/v1/products?limit=1&limit=2").await.problem(400, "validation_failed");
    assert_eq!(mistakes(&problem), [("limit", "duplicate_parameter")]);
    let body =
        format!(r#"{{"email":"a@example.com","name":"A","name":"{CANARY}","password":"correct horse"}}"#);
    let reply = shop.anonymous.call(Method::POST, "/v1/register").body("application/json", body).send().await;
    assert_eq!(reply.expect(400)["status"], 400);
    let ada = shop.customer().await;
    let mug = shop.product(1, 1).await;
    let order = json!({ "lines": [{ "product_id": mug["id"], "quantity": 1 }] });
    let call = ada
        .caller
        .call(Method::POST, "/v1/orders")
        .header("idempotency-key", "a")
        .header("idempotency-key", "b");
    let problem = call.json(&order).send().await.problem(400, "validation_failed");
    assert_eq!(mistakes(&problem), [("Idempotency-Key", "duplicate_parameter")]);
}

async fn an_unknown_path_is_not_found(shop: &Shop) {
    let ada = shop.customer().await;
    for path in ["/v1", "/v1/order", "/v1/orders/", "/v2/orders", "/v1/orders/a/b/c", "/v1/products/%2e%2e/x"]
    {
        ada.caller.get(path).await.problem(404, "route_not_found");
        ada.caller.post(path, json!({})).await.problem(404, "route_not_found");
    }
}

async fn a_method_that_a_path_does_not_have_is_answered_with_those_it_has(shop: &Shop) {
    let cases = [
        (Method::DELETE, "/v1/orders", "GET, HEAD, POST"),
        (Method::PUT, "/v1/orders/ord_01kb2x9q3hfb8v6s1d4e7j0kmx", "GET, HEAD"),
        (Method::GET, "/v1/register", "POST"),
        (Method::POST, "/v1/notes/nte_01kb2xa5r7ecx9m2n4p6q8s0tv", "DELETE, GET, HEAD, PATCH, PUT"),
        (Method::OPTIONS, "/v1/me", "GET, HEAD, PATCH"),
    ];
    for (method, path, allowed) in cases {
        let reply = shop.anonymous.call(method.clone(), path).send().await;
        assert_eq!(reply.header("allow"), allowed, "{method} {path}");
        reply.problem(405, "method_not_allowed");
    }
}

async fn an_id_of_another_kind_breaks_the_document(shop: &Shop) {
    let ada = shop.customer().await;
    for id in [CANARY, "usr_01kb2x8m4ze5svt8q4d0h6y7wn", "ord_81kb2x9q3hfb8v6s1d4e7j0kmx", "%00"] {
        let problem = ada.caller.get(&format!("/v1/orders/{id}")).await.problem(400, "validation_failed");
        assert_eq!(mistakes(&problem), [("order_id", "pattern")], "{id}");
        assert_eq!(problem["errors"][0]["in"], "path");
    }
    // What is not even text.
    ada.caller.get("/v1/orders/%ff").await.problem(400, "validation_failed");
}

/// Past the recorder, which cannot pass on what is no HTTP.
async fn a_body_that_breaks_off_is_no_request(shop: &Shop) {
    let mut wire = Wire::connect(shop.server_address()).await.unwrap();
    let head = "POST /v1/register HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n";
    wire.send(format!("{head}transfer-encoding: chunked\r\n\r\n2\r\n{{\"\r\nno size\r\n")).await.unwrap();
    let answer = wire.read_answer().await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("\"incomplete_body\""), "{answer}");
}

async fn head_is_answered_like_get_without_a_body(shop: &Shop) {
    let product = shop.product(1, 1).await;
    let path = format!("/v1/products/{}", text(&product, "id"));
    let got = shop.anonymous.get(&path).await;
    let head = shop.anonymous.call(Method::HEAD, &path).send().await.having(200);
    assert_eq!((head.header("etag"), head.text.as_str()), (got.header("etag"), ""));
}

async fn a_request_id_is_kept_if_it_is_well_formed(shop: &Shop) {
    let ask = |id: String| shop.anonymous.call(Method::GET, "/v1/me").header("x-request-id", &id).send();
    let good = unique("request");
    let reply = ask(good.clone()).await;
    assert_eq!(reply.header("x-request-id"), good);
    assert_eq!(reply.problem(401, "unauthenticated")["request_id"], good);
    for bad in [format!("two words {CANARY}"), format!("{CANARY}{}", "x".repeat(128))] {
        let reply = ask(bad.clone()).await;
        assert_ne!(reply.header("x-request-id"), bad);
        reply.problem(401, "unauthenticated");
    }
}

async fn a_text_with_a_nul_is_refused_before_any_database_sees_it(shop: &Shop) {
    let ada = shop.customer().await;
    let note = json!({ "title": "a\u{0}b", "body": "\u{0}" });
    let problem = ada.caller.post("/v1/notes", note).await.problem(400, "validation_failed");
    assert_eq!(mistakes(&problem), [("/body", "pattern"), ("/title", "pattern")]);
    let product = json!({
        "sku": "NUL", "name": "\u{0}", "description": "\u{0}", "price": { "amount": 1, "currency": "EUR" },
    });
    let problem = shop.administrator.post("/v1/products", product).await.problem(400, "validation_failed");
    assert_eq!(mistakes(&problem), [("/description", "pattern"), ("/name", "pattern")]);
    for path in ["/v1/products?q=a%00b", "/v1/users?q=%00"] {
        let problem = shop.administrator.get(path).await.problem(400, "validation_failed");
        assert_eq!(mistakes(&problem), [("q", "pattern")], "{path}");
    }
}
