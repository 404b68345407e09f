//! Lists: pages that lose nothing and show nothing twice, and cursors that work where they were made.

use std::collections::BTreeSet;

use orderly_tests::shop::{Caller, Shop, text};
use serde_json::{Value, json};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    every_list_walks_through_in_pages,
    a_walk_loses_nothing_while_things_are_added,
    a_cursor_works_with_its_filters_and_its_list_only,
    a_broken_cursor_is_refused,
    a_page_has_at_most_a_hundred_items,
];

/// All ids of a list, page by page; `between` happens after each page.
async fn walk(caller: &Caller, path: &str, limit: usize, between: impl AsyncFn()) -> Vec<String> {
    let mut ids = Vec::new();
    let mut cursor = String::new();
    let separator = if path.contains('?') { '&' } else { '?' };
    loop {
        let page = caller.get(&format!("{path}{separator}limit={limit}{cursor}")).await.expect(200);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= limit);
        ids.extend(items.iter().map(|item| text(item, "id").to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return ids,
        }
        assert_eq!(items.len(), limit, "only the last page is short");
        between().await;
    }
}

async fn every_list_walks_through_in_pages(shop: &Shop) {
    let ada = shop.customer().await;
    for price in [1, 2, 2, 3, 3] {
        let product = shop.product(price, 9).await;
        shop.order(&ada.caller, &product, 1).await;
        ada.caller.post("/v1/notes", json!({ "title": "T", "body": "B" })).await.expect(201);
        shop.api_key(&ada.caller, &["orders:read"]).await;
    }
    for _ in 0..4 {
        shop.customer().await;
    }
    let lists = [
        (&shop.administrator, "/v1/users?role=customer"),
        (&ada.caller, "/v1/api-keys"),
        (&ada.caller, "/v1/orders?status=placed"),
        (&ada.caller, "/v1/notes"),
        (&shop.administrator, "/v1/audit-entries?action=create_product"),
        (&shop.anonymous, "/v1/products"),
        (&shop.anonymous, "/v1/products?sort=oldest"),
        (&shop.anonymous, "/v1/products?sort=name"),
        (&shop.anonymous, "/v1/products?sort=cheapest"),
        (&shop.anonymous, "/v1/products?sort=dearest&q=mug"),
    ];
    for (caller, path) in lists {
        let whole = walk(caller, path, 100, async || {}).await;
        assert_eq!(whole.len(), 5, "{path}");
        assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), 5, "{path}");
        for limit in [1, 2, 4, 5] {
            assert_eq!(walk(caller, path, limit, async || {}).await, whole, "{path} by {limit}");
        }
    }
}

async fn a_walk_loses_nothing_while_things_are_added(shop: &Shop) {
    let mut before = BTreeSet::new();
    for price in [5, 1, 4, 2, 3, 3] {
        before.insert(text(&shop.product(price, 1).await, "id").to_owned());
    }
    for sort in ["newest", "oldest", "name", "cheapest", "dearest"] {
        let add = async || drop(shop.product(3, 1).await);
        // A list that grows at its end while it is walked through ends when pages grow faster than it.
        let seen = walk(&shop.anonymous, &format!("/v1/products?sort={sort}"), 2, add).await;
        let distinct: BTreeSet<String> = seen.iter().cloned().collect();
        assert_eq!(distinct.len(), seen.len(), "{sort} shows nothing twice");
        assert!(before.is_subset(&distinct), "{sort} loses nothing");
    }
}

async fn next_cursor(caller: &Caller, path: &str) -> String {
    let page: Value = caller.get(path).await.expect(200);
    text(&page, "next_cursor").to_owned()
}

async fn a_cursor_works_with_its_filters_and_its_list_only(shop: &Shop) {
    for price in [1, 2, 3] {
        shop.product(price, 9).await;
    }
    let cursor = next_cursor(&shop.anonymous, "/v1/products?limit=1&q=mug").await;
    shop.anonymous.get(&format!("/v1/products?limit=2&q=mug&cursor={cursor}")).await.expect(200);
    let others = [
        (&shop.anonymous, "/v1/products?limit=1&"),
        (&shop.anonymous, "/v1/products?q=mugs&"),
        (&shop.anonymous, "/v1/products?q=mug&sort=name&"),
        (&shop.anonymous, "/v1/products?q=mug&price_min=1&"),
        (&shop.administrator, "/v1/users?q=mug&"),
        (&shop.administrator, "/v1/orders?"),
        (&shop.administrator, "/v1/notes?"),
        (&shop.administrator, "/v1/api-keys?"),
        (&shop.administrator, "/v1/audit-entries?"),
    ];
    for (caller, path) in others {
        let problem = caller.get(&format!("{path}cursor={cursor}")).await.problem(400, "invalid_cursor");
        assert_eq!(
            (&problem["errors"][0]["parameter"], &problem["errors"][0]["in"]),
            (&json!("cursor"), &json!("query"))
        );
    }
}

async fn a_broken_cursor_is_refused(shop: &Shop) {
    for price in [1, 2] {
        shop.product(price, 9).await;
    }
    let cursor = next_cursor(&shop.anonymous, "/v1/products?limit=1").await;
    let broken = [
        cursor[1..].to_owned(),
        format!("{cursor}A"),
        "e30".to_owned(),
        "%F0%9F%A6%80".to_owned(),
        "0".repeat(500),
    ];
    for broken in broken {
        shop.anonymous.get(&format!("/v1/products?cursor={broken}")).await.problem(400, "invalid_cursor");
    }
    shop.anonymous.get("/v1/products?cursor=").await.problem(400, "validation_failed");
}

async fn a_page_has_at_most_a_hundred_items(shop: &Shop) {
    for limit in ["0", "101", "-1", "1.5", "ten", "", "99999999999999999999"] {
        let problem = shop
            .anonymous
            .get(&format!("/v1/products?limit={limit}"))
            .await
            .problem(400, "validation_failed");
        assert_eq!(problem["errors"][0]["parameter"], "limit", "{limit}");
    }
    shop.anonymous.get("/v1/products?limit=100").await.expect(200);
}
