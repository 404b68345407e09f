//! Work that nobody waits for any more is stopped on the server, and the connection serves the next.

use std::time::Duration;

use orderly_domain::{Deadline, Storage, StoreError, account::ProfileChange};
use orderly_store_postgres::{Postgres, PostgresOptions};

use crate::shop::*;

pub(crate) async fn a_call_that_nobody_waits_for_is_stopped_and_its_connection_comes_back() {
    let database = database().await;
    let store = store(&database).await;
    let tea = product(&store, "TEA", 10).await;
    let mut holder = database.connect().await.unwrap();
    lock(&mut holder, tea.id).await;

    let calls: Vec<_> = (0..5)
        .map(|_| {
            let (store, change) = (store.clone(), taken(tea.id, 1));
            tokio::spawn(async move { store.adjust_stock(change, None, None).await })
        })
        .collect();
    until_waiting(&database, 5).await;
    let open = store.figures().open;
    for call in calls {
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    }
    until_waiting(&database, 0).await;
    until("all connections are idle", || store.figures().idle == open).await;

    execute(&mut holder, "ROLLBACK".into()).await;
    assert_eq!(store.product(tea.id).await.unwrap(), tea, "nothing has happened");
    assert_eq!(store.figures().open, open, "the connections are the same");
}

pub(crate) async fn a_call_past_its_deadline_is_stopped_and_has_changed_nothing() {
    let database = database().await;
    let store = store(&database).await;
    let tea = product(&store, "TEA", 10).await;
    let mut holder = database.connect().await.unwrap();
    lock(&mut holder, tea.id).await;

    let deadline = Deadline::within(Duration::from_millis(100));
    let outcome = deadline.scope(store.adjust_stock(taken(tea.id, 1), None, None)).await;
    assert!(matches!(outcome, Err(StoreError::DeadlineExceeded)), "{outcome:?}");
    until_waiting(&database, 0).await;
    until("its connection is idle", || store.figures().idle == store.figures().open).await;
    execute(&mut holder, "ROLLBACK".into()).await;
    assert_eq!(store.product(tea.id).await.unwrap(), tea);

    let late = Deadline::within(Duration::ZERO).scope(store.adjust_stock(taken(tea.id, 1), None, None)).await;
    assert!(matches!(late, Err(StoreError::DeadlineExceeded)), "{late:?}");
    assert_eq!(store.product(tea.id).await.unwrap(), tea, "what is late is not begun");
    let in_time = Deadline::within(Duration::from_secs(60)).scope(store.product(tea.id)).await;
    assert_eq!(in_time.unwrap(), tea);
}

pub(crate) async fn a_deadline_holds_for_the_wait_for_a_connection_too() {
    let database = database().await;
    let options = PostgresOptions {
        max_connections: 1,
        acquire: Duration::from_secs(60),
        ..PostgresOptions::new(database.options())
    };
    let store = Postgres::open(options).await.unwrap();
    let tea = product(&store, "TEA", 10).await;
    let mut holder = database.connect().await.unwrap();
    lock(&mut holder, tea.id).await;
    let (busy, change) = (store.clone(), taken(tea.id, 1));
    let call = tokio::spawn(async move { busy.adjust_stock(change, None, None).await });
    until_waiting(&database, 1).await;

    let outcome = Deadline::within(Duration::from_millis(50)).scope(store.product(tea.id)).await;
    assert!(matches!(outcome, Err(StoreError::DeadlineExceeded)), "{outcome:?}");
    execute(&mut holder, "ROLLBACK".into()).await;
    assert_eq!(call.await.unwrap().unwrap().value.stock, 9);
}

pub(crate) async fn a_transaction_that_nobody_waits_for_is_rolled_back() {
    let database = database().await;
    let store = store(&database).await;
    let ada = customer(&store, "ada").await;
    let mut holder = database.connect().await.unwrap();
    execute(&mut holder, "BEGIN; LOCK TABLE notes".into()).await;

    let (leaving, id) = (store.clone(), ada.id);
    let call = tokio::spawn(async move { leaving.delete_account(id, at(9), None).await });
    until_waiting(&database, 1).await;
    call.abort();
    until_waiting(&database, 0).await;
    // The transaction had locked the account.
    let change = ProfileChange { name: Some("Grace".into()), ..ProfileChange::default() };
    let deadline = Deadline::within(Duration::from_secs(20));
    let changed = deadline.scope(store.change_profile(ada.id, change, at(10))).await.unwrap();
    assert_eq!(changed.name, "Grace");
}

pub(crate) async fn a_statement_ends_at_its_limit_without_anybody_to_cancel_it() {
    let database = database().await;
    let statement = Duration::from_millis(200);
    let options = PostgresOptions { statement, ..PostgresOptions::new(database.options()) };
    let store = Postgres::open(options).await.unwrap();
    let tea = product(&store, "TEA", 10).await;
    let mut holder = database.connect().await.unwrap();
    lock(&mut holder, tea.id).await;
    let outcome = store.adjust_stock(taken(tea.id, 1), None, None).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    execute(&mut holder, "ROLLBACK".into()).await;
    assert_eq!(store.adjust_stock(taken(tea.id, 1), None, None).await.unwrap().value.stock, 9);
}
