//! Reads that take too long, and reads that nobody waits for.

use std::{sync::mpsc, time::Duration};

use tempfile::TempDir;

use super::*;
use crate::{connection::open_writer, transaction::snapshot};

/// Counts for minutes; whoever sees its end has waited for it.
const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
    SELECT count(*) FROM n";

fn readers() -> (Arc<Readers>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("empty.db");
    drop(open_writer(&file).unwrap());
    (Arc::new(Readers::new(&file)), folder)
}

fn count(conn: &Connection) -> Result<i64> {
    conn.query_row(ENDLESS, [], |row| row.get(0)).map_err(crate::error::store_error)
}

fn one(conn: &Connection) -> Result<i64> {
    conn.query_row("SELECT 1", [], |row| row.get(0)).map_err(crate::error::store_error)
}

#[tokio::test]
async fn a_read_ends_at_its_deadline_and_its_connection_serves_the_next() {
    let (readers, _folder) = readers();
    let deadline = Deadline::within(Duration::from_millis(20));
    let outcome = deadline.scope(async { readers.read(count) }).await;
    assert!(matches!(outcome, Err(StoreError::DeadlineExceeded)), "{outcome:?}");
    assert_eq!(readers.counts(), (1, 1));
    // With no deadline and with another one: nothing is left of the first.
    assert_eq!(readers.read(one).unwrap(), 1);
    let later = Deadline::within(Duration::from_secs(60));
    assert_eq!(later.scope(async { readers.read(one) }).await.unwrap(), 1);
    assert_eq!(readers.counts(), (1, 1));
}

#[tokio::test]
async fn a_read_whose_deadline_has_passed_is_not_begun() {
    let (readers, _folder) = readers();
    let past = Deadline::within(Duration::ZERO);
    let outcome = past.scope(async { readers.read(|_| -> Result<()> { panic!("it was begun") }) }).await;
    assert!(matches!(outcome, Err(StoreError::DeadlineExceeded)), "{outcome:?}");
    let outcome = past.scope(readers.search(|_| -> Result<()> { panic!("it was begun") })).await;
    assert!(matches!(outcome, Err(StoreError::DeadlineExceeded)), "{outcome:?}");
}

#[tokio::test]
async fn a_search_ends_at_its_deadline() {
    let (readers, _folder) = readers();
    let deadline = Deadline::within(Duration::from_millis(20));
    let outcome = deadline.scope(readers.search(count)).await;
    assert!(matches!(outcome, Err(StoreError::DeadlineExceeded)), "{outcome:?}");
    assert_eq!(readers.search(one).await.unwrap(), 1);
    assert_eq!(readers.counts(), (1, 1));
}

#[tokio::test]
async fn a_search_that_nobody_waits_for_ends_and_gives_its_slot_and_its_connection_back() {
    let (readers, _folder) = readers();
    let slots = readers.searches.available_permits();
    for _ in 0..slots {
        let (ended, end) = mpsc::channel();
        let (began, beginning) = tokio::sync::oneshot::channel();
        let search = readers.search(move |conn| {
            began.send(()).expect("the test waits for it");
            let outcome = count(conn);
            ended.send(matches!(outcome, Err(StoreError::DeadlineExceeded))).expect("the test waits for it");
            outcome
        });
        let mut search = Box::pin(search);
        tokio::select! {
            outcome = &mut search => panic!("{outcome:?}"),
            begun = beginning => begun.unwrap(),
        }
        drop(search);
        assert!(end.recv().unwrap(), "it was interrupted");
    }
    let all = u32::try_from(slots).unwrap();
    drop(readers.searches.acquire_many(all).await.unwrap());
    let (open, idle) = readers.counts();
    assert_eq!(open, idle);
}

#[test]
fn a_read_that_panics_gives_its_connection_back() {
    let (readers, _folder) = readers();
    let read = || readers.read(|_| -> Result<()> { panic!("inside") });
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).is_err());
    assert_eq!(readers.counts(), (1, 1));
    assert_eq!(readers.read(one).unwrap(), 1);
}

#[test]
fn a_connection_whose_snapshot_was_left_open_is_closed() {
    let (readers, _folder) = readers();
    let read = || readers.read(|conn| snapshot(conn, |_| -> Result<()> { panic!("inside") }));
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).is_err());
    assert_eq!(readers.counts(), (0, 0));
    assert_eq!(readers.read(one).unwrap(), 1);
}

#[tokio::test]
async fn a_snapshot_that_was_interrupted_is_over() {
    let (readers, _folder) = readers();
    let deadline = Deadline::within(Duration::from_millis(20));
    let outcome = deadline.scope(async { readers.read(|conn| snapshot(conn, count)) }).await;
    assert!(matches!(outcome, Err(StoreError::DeadlineExceeded)), "{outcome:?}");
    assert_eq!(readers.counts(), (1, 1));
    assert_eq!(readers.read(|conn| snapshot(conn, one)).unwrap(), 1);
}
