//! A disk without room: writes are refused, nothing that was acknowledged is lost, and all is well once there is room.
//!
//! The room is the process's limit for the size of a file (`RLIMIT_FSIZE`), so the test runs in a process of its own,
//! which a shell has told to take the limit as an error and not as a signal.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

mod shop;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Duration,
};

use libtest_mimic::{Arguments, Trial};
use orderly_domain::{Storage, StoreError};
use orderly_store_sqlite::{Sqlite, backup};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::shop::{account, one, place, product};

/// Tells the process of its own in which folder to open the shop.
const FOLDER: &str = "ORDERLY_TEST_SMALL_DISK";

fn main() -> ExitCode {
    if let Some(folder) = env::var_os(FOLDER) {
        tokio::runtime::Runtime::new().unwrap().block_on(on_a_small_disk(Path::new(&folder)));
        return ExitCode::SUCCESS;
    }
    let trial = Trial::test("a_full_disk_loses_nothing_and_is_over_when_there_is_room", || {
        let folder = tempfile::tempdir().unwrap();
        let output = Command::new("sh")
            .args(["-c", r#"trap "" XFSZ; exec "$0""#])
            .arg(env::current_exe().unwrap())
            .env(FOLDER, folder.path())
            .output()
            .unwrap();
        if output.status.success() {
            return Ok(());
        }
        Err(format!("{}\n{}", output.status, String::from_utf8_lossy(&output.stderr)).into())
    });
    libtest_mimic::run(&Arguments::from_args(), vec![trial]).exit_code()
}

fn limit_files_to(bytes: Option<u64>) {
    let limit = Rlimit { current: bytes, ..getrlimit(Resource::Fsize) };
    setrlimit(Resource::Fsize, limit).unwrap();
}

fn assert_unavailable<T: std::fmt::Debug>(outcome: Result<T, StoreError>) {
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
}

async fn on_a_small_disk(folder: &Path) {
    let file: PathBuf = folder.join("shop.db");
    let store = Sqlite::open(&file).unwrap();
    let ada = store.create_account(account(), None).await.unwrap();
    let tea = store.create_product(product(1_000_000), None, None).await.unwrap().value;

    let log = fs::metadata(folder.join("shop.db-wal")).unwrap().len();
    limit_files_to(Some(log + 300_000));
    let mut acknowledged = Vec::new();
    let refused = loop {
        match place(&store, ada.id, tea.id).await {
            Ok(order) => acknowledged.push(order),
            Err(error) => break error,
        }
        assert!(acknowledged.len() < 10_000, "the log grows beyond its limit");
    };
    assert_unavailable(Err::<(), _>(refused));
    assert!(!acknowledged.is_empty(), "at first there was room");
    // An order did not fit; now nothing does.
    limit_files_to(Some(log));
    assert_unavailable(place(&store, ada.id, tea.id).await);
    assert_unavailable(store.ping().await);
    limit_files_to(Some(50_000));
    assert!(backup(&file, &folder.join("copy.db")).is_err());
    let mut names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!names.any(|name| name.to_str().unwrap().starts_with("copy")));
    // What is there can be read all the same.
    let left = || 1_000_000 - i64::try_from(acknowledged.len()).unwrap();
    assert_eq!(store.product(tea.id).await.unwrap().stock, left());

    limit_files_to(getrlimit(Resource::Fsize).maximum);
    acknowledged.push(place(&store, ada.id, tea.id).await.unwrap());
    store.ping().await.unwrap();
    // Nothing waits for a write that did not come about.
    tokio::time::timeout(Duration::from_secs(30), store.remove_expired(tea.created_at, 100))
        .await
        .unwrap()
        .unwrap();
    let left = 1_000_000 - i64::try_from(acknowledged.len()).unwrap();
    drop(store);

    assert_eq!(one::<String>(&file, "PRAGMA integrity_check"), "ok");
    let store = Sqlite::open(&file).unwrap();
    for order in &acknowledged {
        assert_eq!(&store.order(order.id).await.unwrap(), order);
    }
    let orders: i64 = one(&file, "SELECT count(*) FROM orders");
    assert_eq!(usize::try_from(orders).unwrap(), acknowledged.len());
    assert_eq!(store.product(tea.id).await.unwrap().stock, left);
}
