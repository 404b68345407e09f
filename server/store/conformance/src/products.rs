//! Products: unique SKUs, counted changes, stock that never goes below zero, and lists in every order.

use orderly_domain::{
    Money, Position, Rejection, Shortage, SortKey, Storage, Version,
    id::ProductId,
    product::{Product, ProductChange, ProductFilter, ProductSort, StockChange},
};

use crate::shop::*;

fn stock_change(product_id: ProductId, delta: i64) -> StockChange {
    StockChange { product_id, delta, reason: "counted".into(), at: at(5) }
}

pub async fn a_product_is_read_as_it_was_created(store: impl Storage) {
    let mut new = new_product("A-1", eur(1890), 120);
    new.description = Some("Strong; from Ethiopia".into());
    let created = store.create_product(new.clone(), None, None).await.unwrap();
    assert_eq!((&created.value, created.replayed), (&new, false));
    assert_eq!(store.product(new.id).await.unwrap(), new);
    assert_not_found(store.product(ProductId::new()).await);
}

pub async fn a_sku_has_one_product(store: impl Storage) {
    product(&store, "A", 1, 1).await;
    let again = store.create_product(new_product("A", eur(2), 2), None, None).await;
    assert_eq!(refused(again), Rejection::SkuTaken);
}

pub async fn a_change_touches_what_it_names_and_counts(store: impl Storage) {
    let product = product(&store, "A", 100, 7).await;
    let changes = [
        ProductChange { description: Some(Some("Round".into())), ..ProductChange::default() },
        ProductChange { name: Some("Ball".into()), ..ProductChange::default() },
        ProductChange { price: Some(money(250, "USD")), ..ProductChange::default() },
        ProductChange { active: Some(false), ..ProductChange::default() },
        ProductChange { description: Some(None), ..ProductChange::default() },
    ];
    let mut expected = product.clone();
    for (change, seconds) in changes.into_iter().zip(1..) {
        expected.description = change.description.clone().unwrap_or(expected.description);
        expected.name = change.name.clone().unwrap_or(expected.name);
        expected.price = change.price.unwrap_or(expected.price);
        expected.active = change.active.unwrap_or(expected.active);
        expected.version = expected.version.next();
        expected.updated_at = at(seconds);
        let changed = store.change_product(product.id, None, change, at(seconds), None).await.unwrap();
        assert_eq!(changed, expected);
        assert_eq!(store.product(product.id).await.unwrap(), expected);
    }
    assert_not_found(
        store.change_product(ProductId::new(), None, ProductChange::default(), at(1), None).await,
    );
}

pub async fn a_change_of_a_product_that_has_changed_since_is_refused(store: impl Storage) {
    let product = product(&store, "A", 100, 7).await;
    let change = || ProductChange { name: Some("New".into()), ..ProductChange::default() };
    let [first, second] = [1, 2].map(Version::from_number);
    store.change_product(product.id, Some(vec![first]), change(), at(1), None).await.unwrap();
    for stale in [vec![first], vec![], vec![Version::from_number(3), first]] {
        let outcome = store.change_product(product.id, Some(stale), change(), at(2), None).await;
        assert_eq!(refused(outcome), Rejection::VersionMismatch);
    }
    let changed =
        store.change_product(product.id, Some(vec![first, second]), change(), at(3), None).await.unwrap();
    assert_eq!(changed.version.number(), 3);
}

pub async fn of_many_changes_of_one_version_at_once_one_is_made(store: impl Storage) {
    let product = product(&store, "A", 100, 7).await;
    let outcomes = at_once(20, |n| {
        let (store, id) = (store.clone(), product.id);
        let change = ProductChange { name: Some(format!("Name {n}")), ..ProductChange::default() };
        async move { store.change_product(id, Some(vec![Version::FIRST]), change, at(1), None).await }
    })
    .await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(store.product(product.id).await.unwrap().version.number(), 2);
}

pub async fn stock_is_added_and_taken_but_not_below_zero(store: impl Storage) {
    let product = product(&store, "A", 100, 7).await;
    for (delta, stock) in [(5, 12), (-12, 0), (3, 3)] {
        let adjustment = store.adjust_stock(stock_change(product.id, delta), None, None).await.unwrap().value;
        assert_eq!((adjustment.delta, adjustment.stock), (delta, stock));
        assert_eq!((adjustment.reason.as_str(), adjustment.created_at), ("counted", at(5)));
    }
    let shortage = Shortage { product_id: product.id, requested: 4, available: 3 };
    let outcome = store.adjust_stock(stock_change(product.id, -4), None, None).await;
    assert_eq!(refused(outcome), Rejection::OutOfStock { shortages: vec![shortage] });
    let now = store.product(product.id).await.unwrap();
    assert_eq!((now.stock, now.version.number()), (3, 4), "each adjustment counts as a change");
    assert_not_found(store.adjust_stock(stock_change(ProductId::new(), 1), None, None).await);
    assert_not_found(store.adjust_stock(stock_change(ProductId::new(), -1), None, None).await);
}

pub async fn adjustments_at_once_add_up(store: impl Storage) {
    let product = product(&store, "A", 100, 0).await;
    at_once(50, |n| {
        let (store, id) = (store.clone(), product.id);
        async move {
            store.adjust_stock(stock_change(id, i64::try_from(n).unwrap()), None, None).await.unwrap();
        }
    })
    .await;
    assert_eq!(store.product(product.id).await.unwrap().stock, (0..50).sum::<i64>());
}

async fn assortment(store: &impl Storage) -> Vec<Product> {
    let mut products = Vec::new();
    for (sku, name, description, cents, active) in [
        ("TEA-1", "Öolong", Some("A tea, 100% leaf"), 900, true),
        ("TEA-2", "assam", None, 500, true),
        ("CUP-1", "Cup", Some("For TEA"), 500, false),
        ("POT_1", "Zebra pot", None, 4500, true),
        ("POT-2", "assam", None, 700, true),
        ("ZIP", "Bag", None, 0, false),
    ] {
        let mut new = new_product(sku, eur(cents), 1);
        (new.name, new.description, new.active) = (name.into(), description.map(str::to_owned), active);
        products.push(store.create_product(new, None, None).await.unwrap().value);
    }
    products
}

fn skus(products: &[Product]) -> Vec<&str> {
    products.iter().map(|product| product.sku.as_str()).collect()
}

pub async fn products_are_found_by_text_state_and_price(store: impl Storage) {
    assortment(&store).await;
    let all = ProductFilter { sort: ProductSort::Oldest, limit: 10, ..ProductFilter::default() };
    let text = |text: &str| ProductFilter { text: Some(text.into()), ..all.clone() };
    let cases = [
        (all.clone(), vec!["TEA-1", "TEA-2", "CUP-1", "POT_1", "POT-2", "ZIP"]),
        (text("tea"), vec!["TEA-1", "TEA-2", "CUP-1"]),
        (text("öOL"), vec!["TEA-1"]),
        (text("100%"), vec!["TEA-1"]),
        (text("T_1"), vec!["POT_1"]),
        (text("%"), vec!["TEA-1"]),
        (text("nothing"), vec![]),
        (ProductFilter { active: Some(true), ..text("tea") }, vec!["TEA-1", "TEA-2"]),
        (ProductFilter { active: Some(false), ..all.clone() }, vec!["CUP-1", "ZIP"]),
        (ProductFilter { price_min: Some(700), ..all.clone() }, vec!["TEA-1", "POT_1", "POT-2"]),
        (ProductFilter { price_max: Some(500), ..all.clone() }, vec!["TEA-2", "CUP-1", "ZIP"]),
        (
            ProductFilter { price_min: Some(500), price_max: Some(700), ..all.clone() },
            vec!["TEA-2", "CUP-1", "POT-2"],
        ),
        (ProductFilter { limit: 2, ..all.clone() }, vec!["TEA-1", "TEA-2"]),
    ];
    for (filter, expected) in cases {
        let what = format!("{filter:?}");
        for sort in [
            ProductSort::Newest,
            ProductSort::Oldest,
            ProductSort::Name,
            ProductSort::Cheapest,
            ProductSort::Dearest,
        ] {
            let mut found = store.products(ProductFilter { sort, ..filter.clone() }).await.unwrap();
            if filter.limit == 2 {
                assert_eq!(found.len(), 2, "{what}");
                continue;
            }
            found.sort_by_key(|product| product.id);
            assert_eq!(skus(&found), expected, "{what} by {sort:?}");
        }
    }
}

/// Where a list in this order goes on after a product, as the services say it.
fn position(product: &Product, sort: ProductSort) -> Position {
    let key = match sort {
        ProductSort::Newest | ProductSort::Oldest => SortKey::Id,
        ProductSort::Name => SortKey::Text(product.name.clone()),
        ProductSort::Cheapest | ProductSort::Dearest => SortKey::Number(product.price.amount()),
    };
    Position { key, id: product.id.uuid() }
}

pub async fn products_come_in_every_order_page_by_page(store: impl Storage) {
    assortment(&store).await;
    for (sort, expected) in [
        (ProductSort::Newest, ["ZIP", "POT-2", "POT_1", "CUP-1", "TEA-2", "TEA-1"]),
        (ProductSort::Oldest, ["TEA-1", "TEA-2", "CUP-1", "POT_1", "POT-2", "ZIP"]),
        (ProductSort::Name, ["TEA-2", "POT-2", "ZIP", "CUP-1", "POT_1", "TEA-1"]),
        (ProductSort::Cheapest, ["ZIP", "TEA-2", "CUP-1", "POT-2", "TEA-1", "POT_1"]),
        (ProductSort::Dearest, ["POT_1", "TEA-1", "POT-2", "CUP-1", "TEA-2", "ZIP"]),
    ] {
        for limit in 1..=7 {
            let all = walk(
                limit,
                |product: &Product| position(product, sort),
                async |after| {
                    let limit = u32::try_from(limit).unwrap();
                    store
                        .products(ProductFilter { sort, after, limit, ..ProductFilter::default() })
                        .await
                        .unwrap()
                },
            )
            .await;
            assert_eq!(skus(&all), expected, "{sort:?}, {limit} at a time");
        }
    }
}

pub async fn the_highest_price_is_kept_and_listed(store: impl Storage) {
    let highest = Money::new(orderly_domain::money::MAX_AMOUNT, "EUR".parse().unwrap()).unwrap();
    let new = store.create_product(new_product("MAX", highest, 1), None, None).await.unwrap().value;
    for sort in [ProductSort::Cheapest, ProductSort::Dearest] {
        let filter = ProductFilter { sort, limit: 5, ..ProductFilter::default() };
        assert_eq!(store.products(filter).await.unwrap(), std::slice::from_ref(&new));
    }
}
