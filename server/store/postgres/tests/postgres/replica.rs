//! A replica for what may lag behind. Here it is another database, so that what is read shows where it was read.

use orderly_domain::{
    Storage,
    account::AccountFilter,
    order::OrderFilter,
    product::{ProductFilter, ProductSort},
};
use orderly_store_postgres::{PgConnectOptions, Postgres, PostgresOptions};
use orderly_throwaway_postgres::Database;

use crate::shop::*;

async fn with_replica(database: &Database<'_>, replica: PgConnectOptions) -> Postgres {
    let options = PostgresOptions { replica: Some(replica), ..PostgresOptions::new(database.options()) };
    Postgres::open(options).await.unwrap()
}

fn all() -> ProductFilter {
    ProductFilter { sort: ProductSort::Oldest, limit: 10, ..ProductFilter::default() }
}

pub(crate) async fn lists_are_read_from_the_replica_and_single_things_are_not() {
    let (database, replica) = (database().await, database().await);
    let old = product(&store(&replica).await, "OLD", 1).await;
    let store = with_replica(&database, replica.options()).await;
    let new = product(&store, "NEW", 1).await;
    let ada = customer(&store, "ada").await;
    let order = store.place_order(new_order(ada.id, &[(new.id, 1)]), key(ada.id, "k")).await.unwrap().value;

    assert_eq!(store.products(all()).await.unwrap(), [old]);
    assert!(store.accounts(AccountFilter { limit: 9, ..AccountFilter::default() }).await.unwrap().is_empty());
    assert!(store.orders(OrderFilter { limit: 9, ..OrderFilter::default() }).await.unwrap().is_empty());
    assert_eq!(store.product(new.id).await.unwrap().stock, 0);
    assert_eq!(store.account(ada.id).await.unwrap(), ada);
    assert_eq!(store.order(order.id).await.unwrap(), order);
    assert!(store.replica_figures().unwrap().open > 0);
}

pub(crate) async fn while_the_replica_is_away_the_database_is_read() {
    let database = database().await;
    let nowhere = database.options().socket("/nowhere");
    let store = with_replica(&database, nowhere).await;
    let tea = product(&store, "TEA", 1).await;
    assert_eq!(store.products(all()).await.unwrap(), [tea]);
}
