//! Connections: too few, ended by the server, refused, and back.

use std::time::{Duration, Instant};

use orderly_domain::{Storage, StoreError};
use orderly_store_postgres::{OpenError, Postgres, PostgresOptions};
use orderly_throwaway_postgres::Cluster;

use crate::shop::*;

pub(crate) async fn a_full_pool_says_so_in_time() {
    let database = database().await;
    let options = PostgresOptions {
        max_connections: 2,
        acquire: Duration::from_millis(100),
        ..PostgresOptions::new(database.options())
    };
    let store = Postgres::open(options).await.unwrap();
    let tea = product(&store, "TEA", 10).await;
    let mut holder = database.connect().await.unwrap();
    lock(&mut holder, tea.id).await;
    let calls: Vec<_> = (0..2)
        .map(|_| {
            let (store, change) = (store.clone(), taken(tea.id, 1));
            tokio::spawn(async move { store.adjust_stock(change, None, None).await })
        })
        .collect();
    until_waiting(&database, 2).await;
    let outcome = store.product(tea.id).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    let figures = store.figures();
    assert_eq!((figures.max, figures.open, figures.idle), (2, 2, 0));
    execute(&mut holder, "ROLLBACK".into()).await;
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(store.product(tea.id).await.unwrap().stock, 8);
}

pub(crate) async fn connections_that_the_server_ended_are_replaced() {
    const END: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let database = database().await;
    let store = store(&database).await;
    let ada = customer(&store, "ada").await;
    let tea = product(&store, "TEA", 100).await;
    let mut admin = database.connect().await.unwrap();
    for round in 0..5 {
        execute(&mut admin, END.into()).await;
        assert_eq!(store.account(ada.id).await.unwrap(), ada, "a read is done again");
        execute(&mut admin, END.into()).await;
        let order = store.place_order(new_order(ada.id, &[(tea.id, 1)]), key(ada.id, &format!("{round}")));
        assert!(!order.await.unwrap().replayed, "what has a key is done again");
        execute(&mut admin, END.into()).await;
        // Nobody knows whether the database did it, so nothing does it again; and the next call works.
        let outcome = store.adjust_stock(taken(tea.id, 1), None, None).await;
        assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
        store.adjust_stock(taken(tea.id, 1), None, None).await.unwrap();
    }
    assert_eq!(store.product(tea.id).await.unwrap().stock, 90);
}

pub(crate) async fn a_killed_server_is_unavailable_at_once_and_used_again_when_it_is_back() {
    let cluster = Cluster::start(&[]).await.unwrap();
    let database = cluster.database().await.unwrap();
    let store = store(&database).await;
    let ada = customer(&store, "ada").await;
    let tea = product(&store, "TEA", 100).await;
    let placed = store.place_order(new_order(ada.id, &[(tea.id, 1)]), key(ada.id, "before")).await.unwrap();
    for _ in 0..2 {
        cluster.kill().await.unwrap();
        // The processes of open connections outlive the one that was killed for a moment.
        while store.ping().await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let begun = Instant::now();
        for _ in 0..10 {
            let read = store.account(ada.id).await;
            assert!(matches!(read, Err(StoreError::Unavailable(_))), "{read:?}");
            let written = store.place_order(new_order(ada.id, &[(tea.id, 1)]), key(ada.id, "away")).await;
            assert!(matches!(written, Err(StoreError::Unavailable(_))), "{written:?}");
            assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
        }
        // Far from the time that a request waits for a connection, 30 times: they do not wait.
        assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
        cluster.restart().await.unwrap();
        store.ping().await.unwrap();
        assert_eq!(store.order(placed.value.id).await.unwrap(), placed.value);
    }
    let late = store.place_order(new_order(ada.id, &[(tea.id, 1)]), key(ada.id, "away")).await.unwrap();
    assert!(!late.replayed, "what failed has left nothing");
    assert_eq!(store.product(tea.id).await.unwrap().stock, 98);
}

pub(crate) async fn so_many_connections_are_kept_and_unused_ones_are_closed() {
    let database = database().await;
    let options = PostgresOptions {
        min_connections: 3,
        idle: Duration::from_millis(300),
        ..PostgresOptions::new(database.options())
    };
    let store = Postgres::open(options).await.unwrap();
    until("three are open", || store.figures().open == 3).await;
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.signing_keys().await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    until("three are open again", || store.figures().open == 3).await;
}

pub(crate) async fn an_address_where_nobody_listens_is_an_error_that_says_so() {
    let folder = std::env::temp_dir();
    let address = format!("postgres://nobody@localhost:1/nothing?host={}", folder.display());
    let outcome = Postgres::open(PostgresOptions::at(&address, None).unwrap()).await;
    assert!(matches!(outcome, Err(OpenError::Connect(_))));
    assert!(matches!(PostgresOptions::at("postgres://[", None), Err(OpenError::Address(_))));
}
