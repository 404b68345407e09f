//! The embedded engine does what every engine has to.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

use orderly_store_conformance::conformance;
use orderly_store_sqlite::Sqlite;
use tempfile::TempDir;

async fn fresh_store() -> (Sqlite, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Sqlite::open(folder.path().join("shop.db")).unwrap(), folder)
}

conformance!(fresh_store);
