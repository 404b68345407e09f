//! What can go wrong inside of a batch, and whom it concerns.

use std::{
    path::Path,
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use orderly_domain::{Deadline, Rejection};
use rusqlite::params;
use tempfile::TempDir;
use tokio::{
    sync::oneshot::Receiver as Started,
    task::{JoinHandle, JoinSet},
};

use super::*;
use crate::{error::internal, transaction::control};

struct Bench {
    writer: Arc<Writer>,
    reader: Connection,
    folder: TempDir,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("numbers.db");
    let conn = open(&file);
    conn.execute_batch(
        "PRAGMA journal_mode = wal; CREATE TABLE numbers (n INTEGER PRIMARY KEY, filler BLOB)",
    )
    .unwrap();
    Bench { writer: Arc::new(Writer::start(conn).unwrap()), reader: open(&file), folder }
}

fn open(file: &Path) -> Connection {
    let conn = Connection::open(file).unwrap();
    conn.busy_timeout(Duration::from_millis(50)).unwrap();
    conn
}

fn insert(conn: &Connection, n: i64) -> Result<()> {
    conn.execute("INSERT INTO numbers (n) VALUES (?1)", [n]).map(drop).map_err(crate::error::store_error)
}

impl Bench {
    fn numbers(&self) -> Vec<i64> {
        let mut statement = self.reader.prepare("SELECT n FROM numbers ORDER BY n").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(rusqlite::Result::unwrap).collect()
    }

    /// Keeps the writer busy with the number 0 until the sender is dropped: what is written meanwhile is one batch.
    async fn hold(&self) -> (Sender<()>, JoinHandle<Result<()>>) {
        let (release, released) = channel::<()>();
        let (start, started): (_, Started<()>) = oneshot::channel();
        let mut start = Some(start);
        let writer = Arc::clone(&self.writer);
        let held = tokio::spawn(async move {
            let hold = move |conn: &Connection| {
                insert(conn, 0)?;
                start.take().expect("it is run once").send(()).expect("the test waits for it");
                // An error says that the sender is dropped, which is what this waits for.
                let _ = released.recv();
                Ok(())
            };
            writer.write(hold).await
        });
        started.await.unwrap();
        (release, held)
    }
}

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

#[tokio::test]
async fn a_write_that_nobody_waits_for_any_more_is_not_begun() {
    let bench = bench();
    let (release, held) = bench.hold().await;
    let waited = tokio::time::timeout(Duration::ZERO, bench.writer.write(|conn| insert(conn, 1))).await;
    assert!(waited.is_err());
    drop(release);
    held.await.unwrap().unwrap();
    bench.writer.write(|conn| insert(conn, 2)).await.unwrap();
    assert_eq!(bench.numbers(), [0, 2]);
}

#[tokio::test]
async fn a_write_that_comes_to_its_turn_after_its_deadline_is_not_begun() {
    let bench = bench();
    let (release, held) = bench.hold().await;
    let soon = Deadline::within(Duration::from_millis(1));
    let later = Deadline::within(Duration::from_secs(60));
    let (late, in_time, ()) = tokio::join!(
        biased;
        soon.scope(bench.writer.write(|conn| insert(conn, 1))),
        later.scope(bench.writer.write(|conn| insert(conn, 2))),
        async {
            tokio::time::sleep(Duration::from_millis(2)).await;
            drop(release);
        },
    );
    held.await.unwrap().unwrap();
    assert!(matches!(late, Err(StoreError::DeadlineExceeded)), "{late:?}");
    in_time.unwrap();
    assert_eq!(bench.numbers(), [0, 2]);
}

#[tokio::test]
async fn what_waits_and_what_was_done_is_counted() {
    let bench = bench();
    let counts = || {
        let Counts { queued, batches, jobs, dropped } = bench.writer.counts();
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (queued.load(Ordering::Relaxed), of(batches), of(jobs), of(dropped))
    };
    let (release, held) = bench.hold().await;
    assert_eq!(counts(), (0, 0, 0, 0), "what is begun waits no more");
    let mut left = Box::pin(bench.writer.write(|conn| insert(conn, 1)));
    assert!(tokio::time::timeout(Duration::ZERO, &mut left).await.is_err());
    let (second, third, ()) = tokio::join!(
        biased;
        bench.writer.write(|conn| insert(conn, 2)),
        bench.writer.write(|conn| insert(conn, 3)),
        async {
            assert_eq!(counts(), (3, 0, 0, 0));
            drop(left);
            drop(release);
        },
    );
    held.await.unwrap().unwrap();
    second.and(third).unwrap();
    assert_eq!(counts(), (0, 2, 3, 1));
}

#[tokio::test]
async fn a_full_queue_sends_writes_away_and_keeps_those_that_wait() {
    const TOO_MANY: usize = 6;
    let bench = bench();
    let (release, held) = bench.hold().await;
    let mut writes = JoinSet::new();
    for n in 1..=QUEUE + TOO_MANY {
        let (writer, n) = (Arc::clone(&bench.writer), i64::try_from(n).unwrap());
        writes.spawn(async move { writer.write(move |conn| insert(conn, n)).await });
    }
    for _ in 0..TOO_MANY {
        let outcome = writes.join_next().await.unwrap().unwrap();
        assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    }
    drop(release);
    held.await.unwrap().unwrap();
    assert!(writes.join_all().await.iter().all(Result::is_ok));
    assert_eq!(bench.numbers().len(), 1 + QUEUE);
}

#[tokio::test]
async fn dropping_the_writer_finishes_what_waits() {
    let bench = bench();
    let (release, held) = bench.hold().await;
    let waiting: Vec<_> =
        (1..200).map(|n| bench.writer.enqueue(move |conn| insert(conn, n)).unwrap()).collect();
    drop(release);
    held.await.unwrap().unwrap();
    let Bench { writer, reader, folder } = bench;
    drop(Arc::into_inner(writer).unwrap());
    for answer in waiting {
        answer.await.unwrap().unwrap();
    }
    let count: i64 = reader.query_row("SELECT count(*) FROM numbers", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 200);
    drop(folder);
}
