//! Pages: reading on from a place gives everything once, whatever is added meanwhile.

use orderly_domain::{
    Storage,
    account::{Account, AccountFilter, Role},
    order::{Order, OrderFilter, OrderStatus},
    product::{Product, ProductFilter, ProductSort},
};

use crate::shop::*;

pub async fn accounts_come_page_by_page_while_others_register(store: impl Storage) {
    for role in [None, Some(Role::Customer)] {
        let mut before = Vec::new();
        let everybody = || AccountFilter { role, limit: 1000, ..AccountFilter::default() };
        for n in 0..7 {
            customer(&store, &format!("Old{n}{role:?}")).await;
        }
        before.extend(store.accounts(everybody()).await.unwrap());
        let all = walk(
            2,
            |account: &Account| by_id(account.id.uuid()),
            async |after| {
                let page = AccountFilter { after, limit: 2, ..everybody() };
                let page = store.accounts(page).await.unwrap();
                customer(&store, &format!("New{}", page.len() + rest(&store).await)).await;
                page
            },
        )
        .await;
        assert_eq!(all, before, "{role:?}");
    }
}

async fn rest(store: &impl Storage) -> usize {
    store.accounts(AccountFilter { limit: 1000, ..AccountFilter::default() }).await.unwrap().len() * 10
}

pub async fn orders_come_page_by_page_while_others_are_placed(store: impl Storage) {
    let ada = customer(&store, "Ada").await;
    let tea = product(&store, "TEA", 100, 1000).await;
    for filter in [
        OrderFilter::default(),
        OrderFilter { user_id: Some(ada.id), ..OrderFilter::default() },
        OrderFilter { status: Some(OrderStatus::Placed), ..OrderFilter::default() },
    ] {
        for _ in 0..7 {
            order(&store, ada.id, &[(&tea, 1)]).await.unwrap();
        }
        let before = store.orders(OrderFilter { limit: 1000, ..filter.clone() }).await.unwrap();
        let all = walk(
            3,
            |order: &Order| by_id(order.id.uuid()),
            async |after| {
                let page = store.orders(OrderFilter { after, limit: 3, ..filter.clone() }).await.unwrap();
                order(&store, ada.id, &[(&tea, 1)]).await.unwrap();
                page
            },
        )
        .await;
        assert_eq!(all, before, "{filter:?}");
    }
}

pub async fn the_oldest_products_first_come_with_those_that_are_added_meanwhile(store: impl Storage) {
    for n in 0..5 {
        product(&store, &format!("OLD-{n}"), 1, 1).await;
    }
    let all = walk(
        2,
        |product: &Product| by_id(product.id.uuid()),
        async |after| {
            let sort = ProductSort::Oldest;
            let page =
                store.products(ProductFilter { sort, after, limit: 2, ..ProductFilter::default() }).await;
            let page = page.unwrap();
            if let Some(first) = page.first().filter(|first| first.sku.starts_with("OLD")) {
                product(&store, &format!("NEW-{}", first.sku), 1, 1).await;
            }
            page
        },
    )
    .await;
    let skus: Vec<_> = all.iter().map(|product| product.sku.as_str()).collect();
    let expected = ["OLD-0", "OLD-1", "OLD-2", "OLD-3", "OLD-4", "NEW-OLD-0", "NEW-OLD-2", "NEW-OLD-4"];
    assert_eq!(skus, expected);
}
