//! Several servers on one database: what only one of them may do, one of them does.

use std::time::Duration;

use orderly_domain::{
    Deadline, Rejection, Storage, StoreError, Version,
    account::PasswordHash,
    id::{NoteId, SessionId, UserId},
    note::Note,
    session::{NewRefreshToken, Rotated, Rotation},
};
use orderly_store_postgres::{Postgres, PostgresOptions};
use orderly_throwaway_postgres::Cluster;
use sqlx::Row;

use crate::shop::*;

pub(crate) async fn servers_that_start_at_once_on_an_empty_database_all_start() {
    let database = Cluster::shared().await.unwrap().empty_database().await.unwrap();
    let starts: Vec<_> =
        (0..12).map(|_| tokio::spawn(Postgres::open(PostgresOptions::new(database.options())))).collect();
    for start in starts {
        start.await.unwrap().unwrap().ping().await.unwrap();
    }
    // A server of an older version finds a migration that it does not know.
    let mut conn = database.connect().await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'newer', true, '', 0)";
    execute(&mut conn, newer.into()).await;
    store(&database).await.ping().await.unwrap();
}

pub(crate) async fn of_two_servers_with_one_key_one_does_it() {
    let database = database().await;
    let servers = [store(&database).await, store(&database).await];
    let ada = customer(&servers[0], "ada").await;
    let tea = product(&servers[0], "TEA", 1000).await;
    for round in 0..20 {
        let calls: Vec<_> = (0..8)
            .map(|n| {
                let (server, new) = (servers[n % 2].clone(), new_order(ada.id, &[(tea.id, 1)]));
                let key = key(ada.id, &format!("{round}"));
                tokio::spawn(async move { server.place_order(new, key).await.unwrap() })
            })
            .collect();
        let mut answers = Vec::new();
        for call in calls {
            answers.push(call.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|once| !once.replayed).count(), 1);
        assert!(answers.iter().all(|once| once.value == answers[0].value));
    }
    assert_eq!(servers[1].product(tea.id).await.unwrap().stock, 980);
}

pub(crate) async fn two_servers_sell_the_last_units_once() {
    let database = database().await;
    let servers = [store(&database).await, store(&database).await];
    let ada = customer(&servers[0], "ada").await;
    let tea = product(&servers[0], "TEA", 25).await;
    let calls: Vec<_> = (0..60)
        .map(|n| {
            let (server, new) = (servers[n % 2].clone(), new_order(ada.id, &[(tea.id, 1)]));
            let key = key(ada.id, &format!("{n}"));
            tokio::spawn(async move { server.place_order(new, key).await })
        })
        .collect();
    let mut sold = 0;
    for call in calls {
        match call.await.unwrap() {
            Ok(_) => sold += 1,
            Err(StoreError::Rejected { rejection: Rejection::OutOfStock { .. }, .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!((sold, servers[0].product(tea.id).await.unwrap().stock), (25, 0));
}

pub(crate) async fn a_deadlock_is_tried_again() {
    let cluster = Cluster::start(&["deadlock_timeout=200ms"]).await.unwrap();
    let database = cluster.database().await.unwrap();
    let store = store(&database).await;
    let ada = customer(&store, "ada").await;
    let (tea, pot) = (product(&store, "TEA", 10).await, product(&store, "POT", 10).await);
    // Somebody who locks in another order than the store does. Who waits first is the one that PostgreSQL gives up.
    let mut other = database.connect().await.unwrap();
    execute(&mut other, "SET deadlock_timeout = '1h'".into()).await;
    lock(&mut other, pot.id).await;
    let (placing, new) = (store.clone(), new_order(ada.id, &[(tea.id, 1), (pot.id, 1)]));
    let key = key(ada.id, "k");
    let order = tokio::spawn(async move { placing.place_order(new, key).await });
    until_waiting(&database, 1).await;
    execute(&mut other, format!("SELECT FROM products WHERE id = '{}' FOR UPDATE", tea.id.uuid())).await;
    execute(&mut other, "COMMIT".into()).await;
    assert_eq!(order.await.unwrap().unwrap().value.lines.len(), 2);
    assert!(cluster.log().contains("deadlock detected"), "{}", cluster.log());
}

fn token(secret: [u8; 32], session: SessionId, user: UserId) -> NewRefreshToken {
    NewRefreshToken {
        hash: secret,
        session_id: session,
        user_id: user,
        issued_at: at(0),
        expires_at: at(1000),
    }
}

pub(crate) async fn a_session_that_ends_while_its_tokens_are_exchanged_has_ended() {
    let database = database().await;
    let store = store(&database).await;
    let ada = customer(&store, "ada").await;
    for round in 0..20 {
        let secret = move |n: u8| [[round; 16], [n; 16]].concat().try_into().unwrap();
        assert!(store.start_session(token(secret(0), SessionId::new(), ada.id), None).await.unwrap());
        let exchanging = store.clone();
        let exchange = tokio::spawn(async move {
            let mut last = 0;
            while last < 200 {
                let rotation =
                    Rotation { old: secret(last), new: secret(last + 1), at: at(1), expires_at: at(1000) };
                match exchanging.rotate_refresh_token(rotation).await.unwrap() {
                    Rotated::Renewed { .. } => last += 1,
                    _ => break,
                }
            }
            last
        });
        tokio::time::sleep(Duration::from_millis(u64::from(round % 7))).await;
        if round % 2 == 0 {
            store.revoke_session(secret(0), at(2)).await.unwrap();
        } else {
            store.change_password(ada.id, None, PasswordHash("x".into()), at(2)).await.unwrap();
        }
        let last = exchange.await.unwrap();
        let again = Rotation { old: secret(last), new: [255; 32], at: at(3), expires_at: at(1000) };
        let outcome = store.rotate_refresh_token(again).await.unwrap();
        assert!(matches!(outcome, Rotated::Unknown), "after {last} exchanges: {outcome:?}");
    }
}

pub(crate) async fn nothing_that_was_stored_meanwhile_is_left_of_a_deleted_account() {
    let database = database().await;
    let store = store(&database).await;
    let mut conn = database.connect().await.unwrap();
    for round in 0..10 {
        let ada = customer(&store, &format!("ada{round}")).await;
        let writers: Vec<_> = (0..6)
            .map(|n| {
                let (store, user) = (store.clone(), ada.id);
                tokio::spawn(async move {
                    for m in 0..20_u8 {
                        let note = Note {
                            id: NoteId::new(),
                            user_id: user,
                            title: "Secret".into(),
                            body: "words".into(),
                            order_id: None,
                            version: Version::FIRST,
                            created_at: at(2),
                            updated_at: at(2),
                        };
                        let key = key(user, &format!("{n}-{m}"));
                        let note = store.create_note(note, Some(key)).await;
                        let secret = [[round; 8], [n; 8], [m; 8], [0; 8]].concat().try_into().unwrap();
                        let session = store.start_session(token(secret, SessionId::new(), user), None).await;
                        if note.is_err() || session.is_err() {
                            return;
                        }
                    }
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(5)).await;
        let deadline = Deadline::within(Duration::from_secs(30));
        deadline.scope(store.delete_account(ada.id, at(9), None)).await.unwrap();
        for writer in writers {
            writer.await.unwrap();
        }
        let left: i64 = sqlx::query(
            "SELECT (SELECT count(*) FROM notes WHERE user_id = $1)
                 + (SELECT count(*) FROM refresh_tokens WHERE user_id = $1)
                 + (SELECT count(*) FROM idempotency_records WHERE user_id = $1)",
        )
        .bind(ada.id.uuid())
        .fetch_one(&mut conn)
        .await
        .unwrap()
        .get(0);
        assert_eq!(left, 0);
    }
}
