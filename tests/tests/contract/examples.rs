//! The SDK's examples, against the real server: what a reader copies works.

use orderly_client::{ErrorCode, types};
use orderly_tests::shop::{Shop, unique};

use crate::scenario::{Scenario, scenarios};

/// Takes in examples as modules; their `main` is for those who run them by hand.
macro_rules! examples {
    ($($name:ident $path:literal)*) => {$(
        #[path = $path]
        #[allow(dead_code)]
        mod $name;
    )*};
}

examples! {
    blocking "../../../client/examples/blocking.rs"
    credentials "../../../client/examples/credentials.rs"
    errors "../../../client/examples/errors.rs"
    operations "../../../client/examples/operations.rs"
    pages "../../../client/examples/pages.rs"
    repeating "../../../client/examples/repeating.rs"
    versions "../../../client/examples/versions.rs"
}

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    three_kinds_of_credentials_are_one_account,
    a_refusal_has_its_code,
    an_operation_is_called_by_its_name,
    all_pages_are_read,
    an_order_that_is_sent_twice_is_placed_once,
    a_note_is_changed_under_its_version,
    a_program_that_blocks_reads_products,
];

/// Puts so many products into the shop.
async fn stock(shop: &Shop, products: usize) {
    for number in 0..products {
        let price = types::Price::builder().amount(100).currency("EUR");
        let new = types::ProductCreate::builder()
            .sku(unique("EX").to_ascii_uppercase())
            .name(format!("Chair {number}"))
            .price(types::Price::try_from(price).unwrap())
            .stock(3);
        shop.sdk_administrator().create_product().body(new).await.unwrap();
    }
}

async fn three_kinds_of_credentials_are_one_account(shop: &Shop) {
    let ids = credentials::run(&shop.sdk_url()).await.unwrap();
    assert_eq!(ids.len(), 3);
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

async fn a_refusal_has_its_code(shop: &Shop) {
    stock(shop, 1).await;
    assert_eq!(errors::run(&shop.sdk_url()).await.unwrap(), Some(ErrorCode::OutOfStock));
}

async fn an_operation_is_called_by_its_name(shop: &Shop) {
    stock(shop, 1).await;
    let answer = operations::run(&shop.sdk_url()).await.unwrap();
    let page: types::ProductPage = answer.json().unwrap();
    assert_eq!(page.items.len(), 1);
}

async fn all_pages_are_read(shop: &Shop) {
    stock(shop, 5).await;
    assert_eq!(pages::run(&shop.sdk_url()).await.unwrap(), 5);
}

async fn an_order_that_is_sent_twice_is_placed_once(shop: &Shop) {
    stock(shop, 1).await;
    assert!(repeating::run(&shop.sdk_url()).await.unwrap());
    assert_eq!(shop.sdk_administrator().list_orders().await.unwrap().items.len(), 1);
}

async fn a_note_is_changed_under_its_version(shop: &Shop) {
    assert_eq!(versions::run(&shop.sdk_url()).await.unwrap(), "Wrap it!");
}

async fn a_program_that_blocks_reads_products(shop: &Shop) {
    stock(shop, 2).await;
    let address = shop.sdk_url();
    let read = tokio::task::spawn_blocking(move || blocking::run(&address)).await.unwrap();
    assert_eq!(read.unwrap(), 2);
}
