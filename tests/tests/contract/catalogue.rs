//! Products: creating, finding and changing them, what versions are for, and their stock.

use orderly_tests::shop::{Caller, Shop, text, unique};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    a_product_is_created_and_found_at_its_location,
    a_sku_belongs_to_one_product,
    a_product_that_has_not_changed_is_not_sent_again,
    a_product_changes_only_for_whom_has_seen_it,
    a_description_is_removed_by_null,
    a_product_that_is_archived_is_shown_to_administrators_only,
    products_are_found_by_text_and_price_and_sorted,
    stock_goes_up_and_down_and_never_below_zero,
    only_administrators_change_the_catalogue,
    an_api_key_needs_the_scope_to_write,
    a_product_that_does_not_exist_is_not_found,
];

const UNKNOWN: &str = "/v1/products/prd_01kb2x8m52f7ktcwz6p3n9r4ga";

fn path(product: &Value) -> String {
    format!("/v1/products/{}", text(product, "id"))
}

async fn change(
    caller: &Caller,
    product: &Value,
    if_match: &str,
    change: Value,
) -> orderly_tests::shop::Reply {
    let call = caller.call(http::Method::PATCH, &path(product)).header("if-match", if_match);
    call.body("application/merge-patch+json", change.to_string()).send().await
}

async fn a_product_is_created_and_found_at_its_location(shop: &Shop) {
    let new = json!({
        "sku": "MUG-1", "name": "Mug", "description": "Blue.", "price": { "amount": 0, "currency": "EUR" },
    });
    let created = shop.administrator.post("/v1/products", new).await.having(201);
    let product = created.json();
    assert_eq!((&product["stock"], &product["active"]), (&json!(0), &json!(true)));
    let got = shop.anonymous.get(created.header("location")).await.having(200);
    assert_eq!((got.json(), got.header("etag")), (product, created.header("etag")));
}

async fn a_sku_belongs_to_one_product(shop: &Shop) {
    let product = shop.product(100, 1).await;
    let again =
        json!({ "sku": product["sku"], "name": "Other", "price": { "amount": 1, "currency": "EUR" } });
    shop.administrator.post("/v1/products", again.clone()).await.problem(409, "sku_taken");
    shop.administrator.act(&format!("{}/archive", path(&product))).await.expect(200);
    shop.administrator.post("/v1/products", again).await.problem(409, "sku_taken");
}

async fn a_product_that_has_not_changed_is_not_sent_again(shop: &Shop) {
    let product = shop.product(100, 1).await;
    let get = |tags: String| {
        shop.anonymous.call(http::Method::GET, &path(&product)).header("if-none-match", &tags).send()
    };
    let etag = shop.anonymous.get(&path(&product)).await.header("etag").to_owned();
    for tags in [etag.clone(), format!("\"other\", {etag}"), format!("W/{etag}"), "*".to_owned()] {
        let reply = get(tags.clone()).await.having(304);
        assert_eq!((reply.header("etag"), reply.text.as_str()), (etag.as_str(), ""), "{tags}");
    }
    get("\"other\"".to_owned()).await.expect(200);
    change(&shop.administrator, &product, &etag, json!({ "name": "New" })).await.expect(200);
    get(etag).await.expect(200);
}

async fn a_product_changes_only_for_whom_has_seen_it(shop: &Shop) {
    let product = shop.product(100, 1).await;
    let etag = shop.anonymous.get(&path(&product)).await.header("etag").to_owned();
    let price = json!({ "price": { "amount": 90, "currency": "EUR" } });
    let changed = change(&shop.administrator, &product, &etag, price.clone()).await.having(200);
    assert_eq!(changed.json()["price"]["amount"], 90);
    assert_ne!(changed.header("etag"), etag);
    for old in [etag.clone(), "\"v0\"".to_owned(), format!("W/{}", changed.header("etag"))] {
        change(&shop.administrator, &product, &old, price.clone()).await.problem(412, "version_mismatch");
    }
    let several = format!("{etag}, {}", changed.header("etag"));
    change(&shop.administrator, &product, &several, price.clone()).await.expect(200);
    change(&shop.administrator, &product, "*", price.clone()).await.expect(200);
    shop.administrator.patch(&path(&product), price).await.problem(428, "precondition_required");
}

async fn a_description_is_removed_by_null(shop: &Shop) {
    let product = shop.product(100, 1).await;
    let described =
        change(&shop.administrator, &product, "*", json!({ "description": "Blue." })).await.expect(200);
    assert_eq!(described["description"], "Blue.");
    let bare = change(&shop.administrator, &product, "*", json!({ "description": null })).await.expect(200);
    assert_eq!(bare.get("description"), None);
    for refused in [json!({ "name": null }), json!({}), json!({ "stock": 5 })] {
        change(&shop.administrator, &product, "*", refused).await.problem(400, "validation_failed");
    }
}

async fn a_product_that_is_archived_is_shown_to_administrators_only(shop: &Shop) {
    let ada = shop.customer().await;
    let product = shop.product(100, 1).await;
    for _ in 0..2 {
        let archived = shop.administrator.act(&format!("{}/archive", path(&product))).await.expect(200);
        assert_eq!(archived["active"], false);
    }
    for caller in [&shop.anonymous, &ada.caller] {
        caller.get(&path(&product)).await.problem(404, "not_found");
        assert_eq!(caller.get("/v1/products").await.expect(200)["items"], json!([]));
        caller.get("/v1/products?active=false").await.problem(403, "forbidden");
    }
    assert_eq!(shop.administrator.get(&path(&product)).await.expect(200)["active"], false);
    let archived = shop.administrator.get("/v1/products?active=false").await.expect(200);
    assert_eq!(archived["items"][0]["id"], product["id"]);
    assert_eq!(shop.administrator.get("/v1/products?active=true").await.expect(200)["items"], json!([]));
    let back = change(&shop.administrator, &product, "*", json!({ "active": true })).await.expect(200);
    assert_eq!(back["active"], true);
    shop.anonymous.get(&path(&product)).await.expect(200);
}

async fn products_are_found_by_text_and_price_and_sorted(shop: &Shop) {
    for (name, amount) in [("Bowl", 300), ("apple tray", 100), ("Cup 100%_", 200)] {
        let price = json!({ "amount": amount, "currency": "EUR" });
        let product = json!({ "sku": unique("SORT").to_ascii_uppercase(), "name": name, "price": price });
        shop.administrator.post("/v1/products", product).await.expect(201);
    }
    let cases: [(&str, &[&str]); 10] = [
        ("", &["Cup 100%_", "apple tray", "Bowl"]),
        ("sort=newest", &["Cup 100%_", "apple tray", "Bowl"]),
        ("sort=oldest", &["Bowl", "apple tray", "Cup 100%_"]),
        ("sort=cheapest", &["apple tray", "Cup 100%_", "Bowl"]),
        ("sort=dearest", &["Bowl", "Cup 100%_", "apple tray"]),
        ("q=BOWL", &["Bowl"]),
        ("q=sort-&sort=oldest", &["Bowl", "apple tray", "Cup 100%_"]),
        // The characters that SQL's LIKE knows are characters like others.
        ("q=%25_", &["Cup 100%_"]),
        ("price_min=200&price_max=200", &["Cup 100%_"]),
        ("price_min=201&sort=name", &["Bowl"]),
    ];
    for (query, expected) in cases {
        let page = shop.anonymous.get(&format!("/v1/products?{query}")).await.expect(200);
        let names: Vec<&str> =
            page["items"].as_array().unwrap().iter().map(|item| text(item, "name")).collect();
        assert_eq!(names, expected, "{query}");
    }
    let page = shop.anonymous.get("/v1/products?sort=name").await.expect(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 3);
}

async fn stock_goes_up_and_down_and_never_below_zero(shop: &Shop) {
    let product = shop.product(100, 5).await;
    let adjust = format!("{}/adjust-stock", path(&product));
    for (delta, stock) in [(-3, 2), (10, 12), (-12, 0)] {
        let made =
            shop.administrator.post(&adjust, json!({ "delta": delta, "reason": "Count" })).await.expect(200);
        assert_eq!((&made["delta"], &made["stock"]), (&json!(delta), &json!(stock)));
    }
    let refused = shop.administrator.post(&adjust, json!({ "delta": -1, "reason": "Count" })).await;
    let problem = refused.problem(409, "out_of_stock");
    assert_eq!(
        problem["shortages"],
        json!([{ "product_id": product["id"], "requested": 1, "available": 0 }])
    );
    assert_eq!(shop.stock_of(&product).await, 0);
}

async fn only_administrators_change_the_catalogue(shop: &Shop) {
    let ada = shop.customer().await;
    let key = shop.api_key(&ada.caller, &["catalogue:write"]).await;
    let product = shop.product(100, 5).await;
    let new = json!({ "sku": "MINE", "name": "Mine", "price": { "amount": 1, "currency": "EUR" } });
    for caller in [&ada.caller, &key] {
        let refused = [
            caller.post("/v1/products", new.clone()).await,
            change(caller, &product, "*", json!({ "name": "Mine" })).await,
            caller.act(&format!("{}/archive", path(&product))).await,
            caller
                .post(&format!("{}/adjust-stock", path(&product)), json!({ "delta": 1, "reason": "r" }))
                .await,
        ];
        for reply in refused {
            reply.problem(403, "forbidden");
        }
    }
    assert_eq!(shop.administrator.get(&path(&product)).await.expect(200), product);
}

async fn an_api_key_needs_the_scope_to_write(shop: &Shop) {
    let product = shop.product(100, 5).await;
    let adjust = format!("{}/adjust-stock", path(&product));
    let delta = json!({ "delta": 1, "reason": "Found" });
    let reader = shop.api_key(&shop.administrator, &["orders:read"]).await;
    reader.post(&adjust, delta.clone()).await.problem(403, "forbidden");
    let writer = shop.api_key(&shop.administrator, &["catalogue:write"]).await;
    writer.post(&adjust, delta).await.expect(200);
    change(&writer, &product, "*", json!({ "name": "Mug" })).await.expect(200);
    assert_eq!(shop.stock_of(&product).await, 6);
}

async fn a_product_that_does_not_exist_is_not_found(shop: &Shop) {
    shop.anonymous.get(UNKNOWN).await.problem(404, "not_found");
    let unknown = json!({ "id": "prd_01kb2x8m52f7ktcwz6p3n9r4ga" });
    change(&shop.administrator, &unknown, "*", json!({ "name": "x" })).await.problem(404, "not_found");
    shop.administrator.act(&format!("{UNKNOWN}/archive")).await.problem(404, "not_found");
    let delta = json!({ "delta": 1, "reason": "Found" });
    shop.administrator.post(&format!("{UNKNOWN}/adjust-stock"), delta).await.problem(404, "not_found");
}
