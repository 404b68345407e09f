//! What a request keeps in memory while it waits: each layer around a use case carries its future, so that a large one is
//! copied again and again.

use orderly_domain::id::{OrderId, ProductId};
use orderly_server::{
    service::{KeyPolicy, Services},
    storage::{Measured, Store},
    telemetry::Telemetry,
};
use orderly_store_sqlite::Sqlite;

use crate::shop::{REQUEST, Shop, all_orders, all_products, first_page, order};

/// Bytes that a use case may take while it waits for the database.
const LIMIT: usize = 4096;

#[tokio::test]
async fn a_use_case_keeps_little_while_it_waits() {
    let shop = Shop::open().await;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::Sqlite(Sqlite::open(folder.path().join("shop.db")).unwrap());
    let store = Measured::new(store, "sqlite", &Telemetry::default());
    let services = Services::open(store, KeyPolicy::default()).await.unwrap();
    let admin = &shop.admin;
    let (product, placed) = (ProductId::new(), OrderId::new());
    for (name, size) in [
        ("access_token", size_of_val(&services.access_token("token", REQUEST.into()))),
        ("product", size_of_val(&services.product(None, product))),
        ("list_products", size_of_val(&services.list_products(None, all_products(first_page(20))))),
        ("order", size_of_val(&services.order(admin, placed))),
        ("list_orders", size_of_val(&services.list_orders(admin, all_orders(first_page(20))))),
        ("place_order", size_of_val(&services.place_order(admin, order(&[(product, 1)]), "k".into()))),
        ("cancel_order", size_of_val(&services.cancel_order(admin, placed))),
        ("overview", size_of_val(&services.overview(admin))),
        ("log_in", size_of_val(&services.log_in("ada@example.com".into(), "password".into()))),
    ] {
        assert!(size <= LIMIT, "{name} takes {size} bytes");
    }
}
