//! What can go wrong inside of a batch, and whom it concerns.

use orderly_domain::{Rejection, Result, StoreError};
use rusqlite::{Connection, params};

use crate::{
    error::internal,
    transaction::control,
    writer::tests::{bench, insert, open},
};

#[tokio::test]
async fn a_refused_job_and_a_panic_do_not_harm_the_others_of_their_batch() {
    let bench = bench();
    let (release, held) = bench.hold().await;
    let (first, refused, panicked, last, ()) = tokio::join!(
        biased;
        bench.writer.write(|conn| insert(conn, 1)),
        bench.writer.write(|conn| insert(conn, 2).and(Err::<(), _>(Rejection::SkuTaken.into()))),
        bench.writer.write(|conn| -> Result<()> {
            insert(conn, 3)?;
            panic!("number {}", 3)
        }),
        bench.writer.write(|conn| insert(conn, 4)),
        async { drop(release) },
    );
    held.await.unwrap().unwrap();
    assert!(first.is_ok() && last.is_ok());
    assert!(matches!(refused, Err(StoreError::Rejected { rejection: Rejection::SkuTaken, .. })));
    let Err(StoreError::Internal(error)) = panicked else { panic!("{panicked:?}") };
    assert_eq!(error.to_string(), "a write panicked: number 3");
    assert_eq!(bench.numbers(), [0, 1, 4]);
}

#[tokio::test]
async fn a_job_that_fails_half_done_is_undone_and_the_others_are_done_once() {
    let bench = bench();
    let (release, held) = bench.hold().await;
    let (first, half, last, ()) = tokio::join!(
        biased;
        bench.writer.write(|conn| insert(conn, 1)),
        // The second statement fails, after the first has changed something.
        bench.writer.write(|conn| insert(conn, 2).and_then(|()| insert(conn, 1))),
        bench.writer.write(|conn| insert(conn, 3)),
        async { drop(release) },
    );
    held.await.unwrap().unwrap();
    first.and(last).unwrap();
    let Err(StoreError::Internal(error)) = half else { panic!("{half:?}") };
    assert!(error.to_string().contains("UNIQUE"), "its own error is its answer: {error}");
    assert_eq!(bench.numbers(), [0, 1, 3]);
}

#[tokio::test]
async fn a_panic_undoes_the_whole_job_also_when_it_is_alone() {
    let bench = bench();
    let outcome = bench
        .writer
        .write(|conn| -> Result<()> {
            insert(conn, 1)?;
            panic!("inside")
        })
        .await;
    assert!(matches!(outcome, Err(StoreError::Internal(_))), "{outcome:?}");
    bench.writer.write(|conn| insert(conn, 3)).await.unwrap();
    assert_eq!(bench.numbers(), [3]);
}

#[tokio::test]
async fn a_lost_transaction_fails_every_job_of_its_batch_and_no_later_one() {
    let bench = bench();
    let (release, held) = bench.hold().await;
    let (before, cause, after, ()) = tokio::join!(
        biased;
        bench.writer.write(|conn| insert(conn, 1)),
        // As SQLite does by itself when the disk is full.
        bench.writer.write(|conn| control(conn, "ROLLBACK")),
        bench.writer.write(|conn| insert(conn, 2)),
        async { drop(release) },
    );
    held.await.unwrap().unwrap();
    for outcome in [before, cause, after] {
        assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    }
    bench.writer.write(|conn| insert(conn, 3)).await.unwrap();
    assert_eq!(bench.numbers(), [0, 3]);
}

#[tokio::test]
async fn a_commit_that_fails_fails_every_job_of_its_batch() {
    let bench = bench();
    bench
        .writer
        .write(|conn| {
            let sql = "CREATE TABLE pairs (n INTEGER REFERENCES numbers DEFERRABLE INITIALLY DEFERRED)";
            control(conn, sql)
        })
        .await
        .unwrap();
    let (release, held) = bench.hold().await;
    let (innocent, orphan, ()) = tokio::join!(
        biased;
        bench.writer.write(|conn| insert(conn, 1)),
        // A deferred constraint is looked at when the batch is committed.
        bench.writer.write(|conn| control(conn, "INSERT INTO pairs VALUES (99)")),
        async { drop(release) },
    );
    held.await.unwrap().unwrap();
    for outcome in [innocent, orphan] {
        let Err(StoreError::Internal(error)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.to_string(), "the transaction was lost");
    }
    bench.writer.write(|conn| insert(conn, 3)).await.unwrap();
    assert_eq!(bench.numbers(), [0, 3]);
}

#[tokio::test]
async fn while_another_process_writes_the_database_is_unavailable() {
    let bench = bench();
    let other = open(&bench.folder.path().join("numbers.db"));
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let outcome = bench.writer.write(|conn| insert(conn, 1)).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    other.execute_batch("ROLLBACK").unwrap();
    bench.writer.write(|conn| insert(conn, 2)).await.unwrap();
    assert_eq!(bench.numbers(), [2]);
}

#[tokio::test]
async fn a_full_disk_is_unavailable_until_there_is_room() {
    let bench = bench();
    let limit = |pages: u32| {
        bench.writer.write(move |conn| {
            conn.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).map_err(internal)
        })
    };
    limit(20).await.unwrap();
    let large = |conn: &Connection| {
        conn.execute("INSERT INTO numbers VALUES (?1, ?2)", params![1, vec![7_u8; 1 << 20]])
            .map(drop)
            .map_err(crate::error::store_error)
    };
    let outcome = bench.writer.write(large).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    assert!(bench.numbers().is_empty());
    limit(1000).await.unwrap();
    bench.writer.write(large).await.unwrap();
    assert_eq!(bench.numbers(), [1]);
}

#[tokio::test]
async fn readers_see_nothing_before_the_commit() {
    let bench = bench();
    let (release, held) = bench.hold().await;
    assert!(bench.numbers().is_empty(), "0 is inserted and not committed");
    drop(release);
    held.await.unwrap().unwrap();
    assert_eq!(bench.numbers(), [0]);
}
