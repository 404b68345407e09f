//! The queue: what waits, what is sent away, and what is not begun.

use std::{
    path::Path,
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use orderly_domain::Deadline;
use tempfile::TempDir;
use tokio::{
    sync::oneshot::Receiver as Started,
    task::{JoinHandle, JoinSet},
};

use super::*;

pub(super) struct Bench {
    pub(super) writer: Arc<Writer>,
    pub(super) reader: Connection,
    pub(super) folder: TempDir,
}

pub(super) fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("numbers.db");
    let conn = open(&file);
    conn.execute_batch(
        "PRAGMA journal_mode = wal; CREATE TABLE numbers (n INTEGER PRIMARY KEY, filler BLOB)",
    )
    .unwrap();
    Bench { writer: Arc::new(Writer::start(conn).unwrap()), reader: open(&file), folder }
}

pub(super) fn open(file: &Path) -> Connection {
    let conn = Connection::open(file).unwrap();
    conn.busy_timeout(Duration::from_millis(50)).unwrap();
    conn
}

pub(super) fn insert(conn: &Connection, n: i64) -> Result<()> {
    conn.execute("INSERT INTO numbers (n) VALUES (?1)", [n]).map(drop).map_err(crate::error::store_error)
}

impl Bench {
    pub(super) fn numbers(&self) -> Vec<i64> {
        let mut statement = self.reader.prepare("SELECT n FROM numbers ORDER BY n").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(rusqlite::Result::unwrap).collect()
    }

    /// Keeps the writer busy with the number 0 until the sender is dropped: what is written meanwhile is one batch.
    pub(super) async fn hold(&self) -> (Sender<()>, JoinHandle<Result<()>>) {
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
