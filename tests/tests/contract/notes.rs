//! Notes: writing, finding, replacing, changing and deleting what belongs to one account.

use orderly_tests::shop::{Caller, Customer, Reply, Shop, text};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    a_note_is_written_and_found_at_its_location,
    a_note_refers_to_an_own_order_only,
    notes_are_found_by_their_order,
    replacing_a_note_removes_what_is_left_out,
    changing_a_note_keeps_what_is_left_out,
    a_note_that_has_not_changed_is_not_sent_again,
    a_note_that_has_changed_meanwhile_is_kept,
    a_deleted_note_is_gone,
    a_note_of_somebody_else_is_not_found,
];

const UNKNOWN_ORDER: &str = "ord_01kb2x9q3hfb8v6s1d4e7j0kmx";

async fn write(ada: &Customer, body: Value) -> Value {
    ada.caller.post("/v1/notes", body).await.expect(201)
}

fn path(note: &Value) -> String {
    format!("/v1/notes/{}", text(note, "id"))
}

async fn order_of(shop: &Shop, ada: &Customer) -> Value {
    let mug = shop.product(100, 9).await;
    shop.order(&ada.caller, &mug, 1).await
}

async fn replace(caller: &Caller, note: &Value, if_match: &str, body: Value) -> Reply {
    caller.call(http::Method::PUT, &path(note)).header("if-match", if_match).json(&body).send().await
}

async fn a_note_is_written_and_found_at_its_location(shop: &Shop) {
    let ada = shop.customer().await;
    let written = ada.caller.post("/v1/notes", json!({ "title": "Gift", "body": "" })).await.having(201);
    let note = written.json();
    assert_eq!((written.header("location"), note.get("order_id")), (path(&note).as_str(), None));
    let got = ada.caller.get(written.header("location")).await.having(200);
    assert_eq!((got.json(), got.header("etag")), (note, written.header("etag")));
}

async fn a_note_refers_to_an_own_order_only(shop: &Shop) {
    let (ada, eve) = (shop.customer().await, shop.customer().await);
    let order = order_of(shop, &ada).await;
    let note = |order: &Value| json!({ "title": "Gift", "body": "Wrap it.", "order_id": order });
    assert_eq!(write(&ada, note(&order["id"])).await["order_id"], order["id"]);
    let own = write(&eve, json!({ "title": "T", "body": "B" })).await;
    for other in [&order["id"], &json!(UNKNOWN_ORDER)] {
        let refused = [
            eve.caller.post("/v1/notes", note(other)).await,
            eve.caller.put(&path(&own), note(other)).await,
            eve.caller.patch(&path(&own), json!({ "order_id": other })).await,
        ];
        for reply in refused {
            assert_eq!(reply.problem(422, "unknown_order")["errors"][0]["pointer"], "/order_id");
        }
    }
    assert_eq!(eve.caller.get(&path(&own)).await.expect(200), own);
}

async fn notes_are_found_by_their_order(shop: &Shop) {
    let ada = shop.customer().await;
    let order = order_of(shop, &ada).await;
    let about = write(&ada, json!({ "title": "T", "body": "B", "order_id": order["id"] })).await;
    let other = write(&ada, json!({ "title": "T", "body": "B" })).await;
    let all = ada.caller.get("/v1/notes").await.expect(200);
    assert_eq!(all["items"], json!([other, about]));
    let found = ada.caller.get(&format!("/v1/notes?order_id={}", text(&order, "id"))).await.expect(200);
    assert_eq!(found["items"], json!([about]));
    let none = ada.caller.get(&format!("/v1/notes?order_id={UNKNOWN_ORDER}")).await.expect(200);
    assert_eq!(none["items"], json!([]));
}

async fn replacing_a_note_removes_what_is_left_out(shop: &Shop) {
    let ada = shop.customer().await;
    let order = order_of(shop, &ada).await;
    let note = write(&ada, json!({ "title": "T", "body": "B", "order_id": order["id"] })).await;
    let replaced =
        ada.caller.put(&path(&note), json!({ "title": "New", "body": "All new" })).await.expect(200);
    assert_eq!((&replaced["title"], replaced.get("order_id")), (&json!("New"), None));
    assert_eq!(replaced["created_at"], note["created_at"]);
    assert_eq!(ada.caller.get(&path(&note)).await.expect(200), replaced);
}

async fn changing_a_note_keeps_what_is_left_out(shop: &Shop) {
    let ada = shop.customer().await;
    let order = order_of(shop, &ada).await;
    let note = write(&ada, json!({ "title": "T", "body": "B", "order_id": order["id"] })).await;
    let changed = ada.caller.patch(&path(&note), json!({ "body": "New" })).await.expect(200);
    assert_eq!((&changed["title"], &changed["body"]), (&json!("T"), &json!("New")));
    assert_eq!(changed["order_id"], order["id"]);
    let changed = ada.caller.patch(&path(&note), json!({ "order_id": null })).await.expect(200);
    assert_eq!((changed.get("order_id"), &changed["body"]), (None, &json!("New")));
    ada.caller.patch(&path(&note), json!({ "title": null })).await.problem(400, "validation_failed");
}

async fn a_note_that_has_not_changed_is_not_sent_again(shop: &Shop) {
    let ada = shop.customer().await;
    let note = write(&ada, json!({ "title": "T", "body": "B" })).await;
    let etag = ada.caller.get(&path(&note)).await.header("etag").to_owned();
    let get =
        |tag: &str| ada.caller.call(http::Method::GET, &path(&note)).header("if-none-match", tag).send();
    assert_eq!(get(&etag).await.having(304).header("etag"), etag);
    get("\"v999\"").await.expect(200);
}

async fn a_note_that_has_changed_meanwhile_is_kept(shop: &Shop) {
    let ada = shop.customer().await;
    let note = write(&ada, json!({ "title": "T", "body": "B" })).await;
    let first = ada.caller.get(&path(&note)).await.header("etag").to_owned();
    let second = replace(&ada.caller, &note, &first, json!({ "title": "2", "body": "B" })).await.having(200);
    replace(&ada.caller, &note, &first, json!({ "title": "3", "body": "B" }))
        .await
        .problem(412, "version_mismatch");
    let change = |tag: &str| {
        let call = ada.caller.call(http::Method::PATCH, &path(&note)).header("if-match", tag);
        call.body("application/merge-patch+json", r#"{"title":"4"}"#).send()
    };
    change(&first).await.problem(412, "version_mismatch");
    assert_eq!(ada.caller.get(&path(&note)).await.expect(200)["title"], "2");
    assert_eq!(change(second.header("etag")).await.expect(200)["title"], "4");
}

async fn a_deleted_note_is_gone(shop: &Shop) {
    let ada = shop.customer().await;
    let note = write(&ada, json!({ "title": "T", "body": "B" })).await;
    ada.caller.delete(&path(&note)).await.expect(204);
    ada.caller.delete(&path(&note)).await.expect(204);
    ada.caller.get(&path(&note)).await.problem(404, "not_found");
    ada.caller.patch(&path(&note), json!({ "title": "x" })).await.problem(404, "not_found");
    assert_eq!(ada.caller.get("/v1/notes").await.expect(200)["items"], json!([]));
}

async fn a_note_of_somebody_else_is_not_found(shop: &Shop) {
    let (ada, eve) = (shop.customer().await, shop.customer().await);
    let note = write(&ada, json!({ "title": "T", "body": "B" })).await;
    for caller in [&eve.caller, &shop.administrator] {
        let refused = [
            caller.get(&path(&note)).await,
            caller.put(&path(&note), json!({ "title": "x", "body": "x" })).await,
            caller.patch(&path(&note), json!({ "title": "x" })).await,
            caller.delete(&path(&note)).await,
        ];
        for reply in refused {
            reply.problem(404, "not_found");
        }
    }
    assert_eq!(ada.caller.get(&path(&note)).await.expect(200), note);
}
