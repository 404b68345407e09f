//! Orders: placing, what refuses them, finding and cancelling.

use orderly_tests::shop::{Caller, Reply, Shop, text, unique};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    an_order_takes_the_stock_and_keeps_the_price_of_its_moment,
    lines_of_the_same_product_are_added_up,
    an_order_takes_the_stock_of_all_lines_or_of_none,
    an_order_names_every_line_that_cannot_be,
    an_order_of_several_currencies_is_refused,
    a_total_that_is_too_large_is_refused,
    a_price_that_has_changed_is_refused,
    an_order_needs_a_key,
    an_order_that_has_not_changed_is_not_sent_again,
    a_cancelled_order_gives_its_stock_back_once,
    an_order_of_somebody_else_is_not_found,
    orders_are_found_by_state_and_time,
];

async fn place(caller: &Caller, body: Value) -> Reply {
    let call = caller.call(http::Method::POST, "/v1/orders").header("idempotency-key", &unique("key"));
    call.json(&body).send().await
}

fn line(product: &Value, quantity: i64) -> Value {
    json!({ "product_id": product["id"], "quantity": quantity })
}

fn path(order: &Value) -> String {
    format!("/v1/orders/{}", text(order, "id"))
}

fn euros(amount: i64) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

async fn an_order_takes_the_stock_and_keeps_the_price_of_its_moment(shop: &Shop) {
    let ada = shop.customer().await;
    let (mug, bowl) = (shop.product(1890, 10).await, shop.product(5, 10).await);
    let body = json!({ "lines": [line(&mug, 2), line(&bowl, 3)], "reference": "web-1", "expected_total": euros(3795) });
    let placed = place(&ada.caller, body).await.having(201);
    let order = placed.json();
    assert_eq!(placed.header("location"), path(&order));
    assert_eq!((&order["total"], &order["status"]), (&euros(3795), &json!("placed")));
    assert_eq!((&order["account_id"], &order["reference"]), (&ada.account["id"], &json!("web-1")));
    assert_eq!((shop.stock_of(&mug).await, shop.stock_of(&bowl).await), (8, 7));

    let dearer = json!({ "name": "New name", "price": euros(9999) });
    let product = format!("/v1/products/{}", text(&mug, "id"));
    let change = shop.administrator.call(http::Method::PATCH, &product).header("if-match", "*");
    change.body("application/merge-patch+json", dearer.to_string()).send().await.expect(200);
    let got = ada.caller.get(&path(&order)).await.having(200);
    assert_eq!((got.json(), got.header("etag")), (order, placed.header("etag")));
}

async fn lines_of_the_same_product_are_added_up(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 5).await;
    let order = place(&ada.caller, json!({ "lines": [line(&mug, 2), line(&mug, 3)] })).await.expect(201);
    let quantities: i64 =
        order["lines"].as_array().unwrap().iter().map(|line| line["quantity"].as_i64().unwrap()).sum();
    assert_eq!((quantities, &order["total"]), (5, &euros(500)));
    assert_eq!(shop.stock_of(&mug).await, 0);
    let other = shop.product(100, 5).await;
    let problem = place(&ada.caller, json!({ "lines": [line(&other, 3), line(&other, 3)] })).await;
    let problem = problem.problem(409, "out_of_stock");
    assert_eq!(problem["shortages"], json!([{ "product_id": other["id"], "requested": 6, "available": 5 }]));
}

async fn an_order_takes_the_stock_of_all_lines_or_of_none(shop: &Shop) {
    let ada = shop.customer().await;
    let (plenty, few, none) =
        (shop.product(100, 10).await, shop.product(100, 1).await, shop.product(100, 0).await);
    let body = json!({ "lines": [line(&plenty, 2), line(&few, 2), line(&none, 1)] });
    let problem = place(&ada.caller, body).await.problem(409, "out_of_stock");
    let mut shortages = problem["shortages"].as_array().unwrap().clone();
    shortages.sort_by_key(|shortage| shortage["available"].as_i64());
    assert_eq!(
        shortages,
        [
            json!({ "product_id": none["id"], "requested": 1, "available": 0 }),
            json!({ "product_id": few["id"], "requested": 2, "available": 1 }),
        ]
    );
    assert_eq!((shop.stock_of(&plenty).await, shop.stock_of(&few).await), (10, 1));
    assert_eq!(ada.caller.get("/v1/orders").await.expect(200)["items"], json!([]));
}

async fn an_order_names_every_line_that_cannot_be(shop: &Shop) {
    let ada = shop.customer().await;
    let (good, archived) = (shop.product(100, 9).await, shop.product(100, 9).await);
    let unknown = json!({ "id": "prd_01kb2x8m52f7ktcwz6p3n9r4ga" });
    shop.administrator.act(&format!("/v1/products/{}/archive", text(&archived, "id"))).await.expect(200);
    let pointers = |problem: &Value| {
        let errors = problem["errors"].as_array().unwrap();
        errors.iter().map(|error| text(error, "pointer").to_owned()).collect::<Vec<_>>()
    };
    let body = json!({ "lines": [line(&unknown, 1), line(&good, 1), line(&unknown, 2)] });
    let problem = place(&ada.caller, body).await.problem(422, "unknown_product");
    assert_eq!(pointers(&problem), ["/lines/0/product_id", "/lines/2/product_id"]);
    let body = json!({ "lines": [line(&good, 1), line(&archived, 1)] });
    let problem = place(&ada.caller, body).await.problem(422, "product_not_for_sale");
    assert_eq!(pointers(&problem), ["/lines/1/product_id"]);
    assert_eq!(shop.stock_of(&good).await, 9);
}

async fn an_order_of_several_currencies_is_refused(shop: &Shop) {
    let ada = shop.customer().await;
    let euro = shop.product(100, 9).await;
    let new = json!({ "sku": "YEN", "name": "Yen", "price": { "amount": 1, "currency": "JPY" }, "stock": 9 });
    let yen = shop.administrator.post("/v1/products", new).await.expect(201);
    let body = json!({ "lines": [line(&euro, 1), line(&yen, 1)] });
    place(&ada.caller, body).await.problem(422, "currency_mismatch");
    assert_eq!((shop.stock_of(&euro).await, shop.stock_of(&yen).await), (9, 9));
}

async fn a_total_that_is_too_large_is_refused(shop: &Shop) {
    let ada = shop.customer().await;
    let dear = shop.product(9_007_199_254_740_991, 9).await;
    place(&ada.caller, json!({ "lines": [line(&dear, 2)] })).await.problem(422, "total_too_large");
    let order = place(&ada.caller, json!({ "lines": [line(&dear, 1)] })).await.expect(201);
    assert_eq!(order["total"], euros(9_007_199_254_740_991));
}

async fn a_price_that_has_changed_is_refused(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 9).await;
    for expected in [euros(199), json!({ "amount": 200, "currency": "USD" })] {
        let body = json!({ "lines": [line(&mug, 2)], "expected_total": expected });
        let problem = place(&ada.caller, body).await.problem(409, "price_changed");
        assert_eq!(problem["current_total"], euros(200));
    }
    assert_eq!(shop.stock_of(&mug).await, 9);
}

async fn an_order_needs_a_key(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 9).await;
    let problem = ada.caller.post("/v1/orders", json!({ "lines": [line(&mug, 1)] })).await;
    let problem = problem.problem(400, "validation_failed");
    let error = &problem["errors"][0];
    assert_eq!(
        (&error["parameter"], &error["in"], &error["code"]),
        (&json!("Idempotency-Key"), &json!("header"), &json!("required"),)
    );
}

async fn an_order_that_has_not_changed_is_not_sent_again(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 9).await;
    let order = shop.order(&ada.caller, &mug, 1).await;
    let etag = ada.caller.get(&path(&order)).await.header("etag").to_owned();
    let get = || ada.caller.call(http::Method::GET, &path(&order)).header("if-none-match", &etag).send();
    assert_eq!(get().await.having(304).header("etag"), etag);
    let cancelled = ada.caller.act(&format!("{}/cancel", path(&order))).await.having(200);
    assert_ne!(cancelled.header("etag"), etag);
    assert_eq!(get().await.expect(200), cancelled.json());
}

async fn a_cancelled_order_gives_its_stock_back_once(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 9).await;
    let order = shop.order(&ada.caller, &mug, 4).await;
    let cancel = format!("{}/cancel", path(&order));
    assert_eq!(ada.caller.act(&cancel).await.expect(200)["status"], "cancelled");
    assert_eq!(shop.stock_of(&mug).await, 9);
    let problem = ada.caller.act(&cancel).await.problem(409, "invalid_transition");
    assert_eq!((&problem["from"], &problem["to"]), (&json!("cancelled"), &json!("cancelled")));
    assert_eq!(problem["allowed"], json!([]));
    assert_eq!(shop.stock_of(&mug).await, 9);
}

async fn an_order_of_somebody_else_is_not_found(shop: &Shop) {
    let (ada, eve) = (shop.customer().await, shop.customer().await);
    let mug = shop.product(100, 9).await;
    let order = shop.order(&ada.caller, &mug, 1).await;
    let cancel = format!("{}/cancel", path(&order));
    eve.caller.get(&path(&order)).await.problem(404, "not_found");
    eve.caller.act(&cancel).await.problem(404, "not_found");
    let unknown = "/v1/orders/ord_01kb2x9q3hfb8v6s1d4e7j0kmx";
    eve.caller.get(unknown).await.problem(404, "not_found");
    eve.caller.act(&format!("{unknown}/cancel")).await.problem(404, "not_found");
    assert_eq!(eve.caller.get("/v1/orders").await.expect(200)["items"], json!([]));

    assert_eq!(shop.administrator.get(&path(&order)).await.expect(200), order);
    assert_eq!(shop.administrator.get("/v1/orders").await.expect(200)["items"], json!([order]));
    shop.administrator.act(&cancel).await.expect(200);
}

async fn orders_are_found_by_state_and_time(shop: &Shop) {
    let ada = shop.customer().await;
    let mug = shop.product(100, 9).await;
    let (first, second) = (shop.order(&ada.caller, &mug, 1).await, shop.order(&ada.caller, &mug, 1).await);
    ada.caller.act(&format!("{}/cancel", path(&first))).await.expect(200);
    let between = text(&second, "created_at");
    let cases = [
        ("status=placed".to_owned(), vec![&second]),
        ("status=cancelled".to_owned(), vec![&first]),
        (format!("created_from={between}"), vec![&second]),
        (format!("created_before={between}"), vec![&first]),
        (
            "created_from=2001-01-01T00:00:00Z&created_before=2101-01-01T00:00:00%2B02:00".to_owned(),
            vec![&second, &first],
        ),
        ("created_from=2101-01-01T00:00:00Z".to_owned(), vec![]),
    ];
    for (query, expected) in cases {
        let page = ada.caller.get(&format!("/v1/orders?{query}")).await.expect(200);
        let ids: Vec<&str> =
            page["items"].as_array().unwrap().iter().map(|order| text(order, "id")).collect();
        assert_eq!(ids, expected.iter().map(|order| text(order, "id")).collect::<Vec<_>>(), "{query}");
    }
}
