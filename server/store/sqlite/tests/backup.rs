//! Backups: what they have in them, and what they leave alone.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

mod shop;

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use orderly_domain::{Storage, order::Order};
use orderly_store_sqlite::{BackupError, Sqlite, backup};
use rusqlite::Connection;
use tokio::{task::JoinSet, task::spawn_blocking};

use crate::shop::{account, one, order, product};

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The orders of a database, in the order in which they were committed.
fn placed(file: &Path) -> Vec<Order> {
    let conn = Connection::open(file).unwrap();
    let mut statement =
        conn.prepare("SELECT payload FROM events WHERE kind = 'order.placed' ORDER BY sequence").unwrap();
    let payloads = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    payloads.map(|payload| serde_json::from_str(&payload.unwrap()).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_a_shop_under_load_has_its_orders_up_to_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copies) = (folder.path().join("shop.db"), folder.path().join("copies"));
    fs::create_dir(&copies).unwrap();
    let store = Sqlite::open(&file).unwrap();
    let ada = store.create_account(account(), None).await.unwrap();
    let tea = store.create_product(product(1_000_000), None, None).await.unwrap().value;
    let mut before = Vec::new();
    for _ in 0..20 {
        before.push(order(&store, ada.id, tea.id).await);
    }

    let stop = Arc::new(AtomicBool::new(false));
    let mut buyers = JoinSet::new();
    for _ in 0..8 {
        let (store, stop) = (store.clone(), Arc::clone(&stop));
        buyers.spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                order(&store, ada.id, tea.id).await;
            }
        });
    }
    for n in 0..5 {
        let (from, to) = (file.clone(), copies.join(format!("{n}.db")));
        spawn_blocking(move || backup(&from, &to)).await.unwrap().unwrap();
    }
    stop.store(true, Ordering::Relaxed);
    buyers.join_all().await;
    let all = placed(&file);
    assert_eq!(all[..20], before);

    assert_eq!(files(&copies), ["0.db", "1.db", "2.db", "3.db", "4.db"], "nothing beside them");
    let mut lengths = vec![20];
    for n in 0..5 {
        let copy = copies.join(format!("{n}.db"));
        let orders = placed(&copy);
        assert!(orders.iter().eq(&all[..orders.len()]), "the first orders and no others");
        lengths.push(orders.len());
        // Stock, orders and answers are of the same moment.
        let restored = Sqlite::open(&copy).unwrap();
        let count = i64::try_from(orders.len()).unwrap();
        assert_eq!(restored.product(tea.id).await.unwrap().stock, 1_000_000 - count);
        assert_eq!(one::<i64>(&copy, "SELECT count(*) FROM orders"), count);
        assert_eq!(one::<i64>(&copy, "SELECT count(*) FROM idempotency_records"), count);
        // It is a shop like any other.
        let next = order(&restored, ada.id, tea.id).await;
        assert_eq!(restored.order(next.id).await.unwrap(), next);
    }
    assert!(lengths.is_sorted(), "each has what the one before has: {lengths:?}");
    assert!(lengths[5] > 20, "orders were placed meanwhile");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_own_user_may_read_a_backup_which_is_one_file() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let (file, copies) = (folder.path().join("shop.db"), folder.path().join("copies"));
    fs::create_dir(&copies).unwrap();
    let store = Sqlite::open(&file).unwrap();
    store.create_account(account(), None).await.unwrap();
    backup(&file, &copies.join("copy.db")).unwrap();
    assert_eq!(files(&copies), ["copy.db"]);
    assert_eq!(fs::metadata(copies.join("copy.db")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(one::<String>(&copies.join("copy.db"), "PRAGMA journal_mode"), "delete");
    assert_eq!(one::<i64>(&copies.join("copy.db"), "SELECT count(*) FROM accounts"), 1);
}

#[tokio::test]
async fn a_backup_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("shop.db"), folder.path().join("copy.db"));
    let _store = Sqlite::open(&file).unwrap();
    fs::write(&copy, "precious").unwrap();
    assert!(matches!(backup(&file, &copy), Err(BackupError::Exists(path)) if path == copy));
    assert!(matches!(backup(&file, &file), Err(BackupError::Exists(path)) if path == file));
    assert_eq!(fs::read_to_string(&copy).unwrap(), "precious");
    assert_eq!(files(folder.path()), ["copy.db", "shop.db", "shop.db-shm", "shop.db-wal"]);
}

#[test]
fn a_backup_that_fails_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (text, copy) = (folder.path().join("notes.txt"), folder.path().join("copy.db"));
    fs::write(&text, "Not a database, but a text of some length. ".repeat(50)).unwrap();
    let missing = backup(&folder.path().join("missing.db"), &copy);
    assert!(matches!(missing, Err(BackupError::Database { .. })), "{missing:?}");
    let no_database = backup(&text, &copy);
    assert!(
        matches!(no_database, Err(BackupError::Copy(_) | BackupError::Database { .. })),
        "{no_database:?}"
    );
    drop(Sqlite::open(folder.path().join("shop.db")).unwrap());
    let nowhere = backup(&folder.path().join("shop.db"), &folder.path().join("no/folder/copy.db"));
    assert!(matches!(nowhere, Err(BackupError::File { .. })), "{nowhere:?}");
    assert_eq!(files(folder.path()), ["notes.txt", "shop.db"]);
}

#[test]
fn a_damaged_database_gives_no_backup() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("shop.db"), folder.path().join("copy.db"));
    drop(Sqlite::open(&file).unwrap());
    // An index whose pages belong to nothing any more.
    let damage = "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'orders_status';";
    Connection::open(&file).unwrap().execute_batch(damage).unwrap();
    let damaged = backup(&file, &copy);
    assert!(matches!(damaged, Err(BackupError::Damaged(_))), "{damaged:?}");
    assert_eq!(files(folder.path()), ["shop.db"]);
}
