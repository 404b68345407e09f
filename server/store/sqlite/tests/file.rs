//! The file: how it comes to be, what it keeps, and what is written beside the answers.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

mod shop;

use std::{path::Path, sync::Barrier, thread};

use orderly_domain::{
    Rejection, Storage, StoreError, Timestamp,
    idempotency::{Fingerprint, Idempotency},
    order::{Order, OrderStatus},
    product::{StockAdjustment, StockChange},
};
use orderly_store_sqlite::{MigrateError, OpenError, Sqlite};
use rusqlite::{Connection, params};

use crate::shop::{account, one, order, product};

#[test]
fn servers_that_open_a_new_file_at_once_migrate_it_once() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/new/folder/shop.db");
        let barrier = Barrier::new(16);
        let open = || {
            barrier.wait();
            Sqlite::open(&file).map(drop)
        };
        thread::scope(|scope| {
            let opens: Vec<_> = (0..16).map(|_| scope.spawn(open)).collect();
            for opened in opens {
                opened.join().unwrap().unwrap();
            }
        });
        assert_eq!(one::<i64>(&file, "SELECT count(*) - max(version) FROM _sqlx_migrations"), 0);
        assert_eq!(one::<String>(&file, "PRAGMA journal_mode"), "wal");
        assert_eq!(one::<String>(&file, "PRAGMA integrity_check"), "ok");
    }
}

#[tokio::test]
async fn two_stores_on_one_file_see_each_others_writes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    let (here, there) = (Sqlite::open(&file).unwrap(), Sqlite::open(&file).unwrap());
    let ada = here.create_account(account(), None).await.unwrap();
    assert_eq!(there.account(ada.id).await.unwrap(), ada);
    let bob = there.create_account(account(), None).await.unwrap();
    assert_eq!(here.account(bob.id).await.unwrap(), bob);
}

#[tokio::test]
async fn whatever_was_acknowledged_is_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    let store = Sqlite::open(&file).unwrap();
    let ada = store.create_account(account(), None).await.unwrap();
    let tea = store.create_product(product(100), None, None).await.unwrap().value;
    let mut orders = Vec::new();
    for _ in 0..50 {
        orders.push(order(&store, ada.id, tea.id).await);
    }
    drop(store);

    let store = Sqlite::open(&file).unwrap();
    assert_eq!(store.account(ada.id).await.unwrap(), ada);
    for order in orders {
        assert_eq!(store.order(order.id).await.unwrap(), order);
    }
    assert_eq!(store.product(tea.id).await.unwrap().stock, 50);
}

#[tokio::test]
async fn a_newer_schema_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    drop(Sqlite::open(&file).unwrap());
    let newer = "ALTER TABLE products ADD COLUMN weight INTEGER;
        INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'weight', TRUE, x'00', 1);";
    Connection::open(&file).unwrap().execute_batch(newer).unwrap();
    let store = Sqlite::open(&file).unwrap();
    let tea = store.create_product(product(1), None, None).await.unwrap().value;
    assert_eq!(store.product(tea.id).await.unwrap(), tea);
}

#[tokio::test]
async fn a_shop_of_the_first_schema_keeps_its_answers_and_its_events() {
    let folder = tempfile::tempdir().unwrap();
    let (file, other) = (folder.path().join("shop.db"), folder.path().join("other.db"));
    drop(Sqlite::open(&other).unwrap());
    let conn = Connection::open(&file).unwrap();
    conn.execute_batch(include_str!("../../../../migrations/sqlite/0001_shop.sql")).unwrap();
    let adopt = "ATTACH ?1 AS other";
    conn.execute(adopt, [other.to_str().unwrap()]).unwrap();
    conn.execute_batch(
        "CREATE TABLE _sqlx_migrations AS SELECT * FROM other._sqlx_migrations WHERE version = 1;
         DETACH other;",
    )
    .unwrap();
    let ada = account();
    let (id, tea) = (ada.account.id, product(7));
    conn.execute(
        "INSERT INTO accounts VALUES (?1, 'ada@example.com', 'Ada', NULL, 'hash', 'customer', 'ada', 0, 0, NULL)",
        [id.uuid()],
    )
    .unwrap();
    let key = |key: &str| Idempotency {
        user_id: id,
        operation: "test",
        key: key.into(),
        fingerprint: Fingerprint::of(&"hello"),
        at: Timestamp::from_micros(2),
    };
    let answer = serde_json::to_string(&tea).unwrap();
    for (name, answer) in [
        ("done", format!("{{\"done\":{answer}}}")),
        ("refused", r#"{"refused":{"code":"sku_taken"}}"#.into()),
    ] {
        conn.execute(
            "INSERT INTO idempotency_records VALUES (?1, 'test', ?2, ?3, ?4, 1)",
            params![id.uuid(), name, Fingerprint::of(&"hello").0, answer],
        )
        .unwrap();
    }
    conn.execute("INSERT INTO events VALUES (41, 'test', ?1, '{\"n\":1}', 1)", [tea.id.uuid()]).unwrap();
    drop(conn);

    let store = Sqlite::open(&file).unwrap();
    let again = store.create_product(product(1), Some(key("done")), None).await.unwrap();
    assert_eq!((again.value, again.replayed), (tea, true));
    let again = store.create_product(product(1), Some(key("refused")), None).await;
    let taken = Rejection::SkuTaken;
    assert!(
        matches!(&again, Err(StoreError::Rejected { rejection, replayed: true }) if *rejection == taken),
        "{again:?}"
    );
    assert_eq!(one::<String>(&file, "SELECT sequence || kind || payload FROM events"), "41test{\"n\":1}");
    assert_eq!(one::<String>(&file, "PRAGMA integrity_check"), "ok");
    // The rebuilt tables refer to the same ones as before.
    let violations = "SELECT count(*) FROM pragma_foreign_key_check";
    assert_eq!(one::<i64>(&file, violations), 0);
}

#[test]
fn a_migration_that_was_changed_later_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    drop(Sqlite::open(&file).unwrap());
    Connection::open(&file)
        .unwrap()
        .execute("UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1", [])
        .unwrap();
    let opened = Sqlite::open(&file).map(drop);
    assert!(
        matches!(opened, Err(OpenError::Migrate(MigrateError::Changed { version: 1, .. }))),
        "{opened:?}"
    );
}

#[test]
fn what_is_no_database_or_no_place_for_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "Not a database, but a text of some length. ".repeat(50)).unwrap();
    let opened = Sqlite::open(&text).map(drop);
    assert!(matches!(opened, Err(OpenError::File { .. })), "{opened:?}");
    let below_a_file = Sqlite::open(text.join("shop.db")).map(drop);
    assert!(matches!(below_a_file, Err(OpenError::Folder { .. })), "{below_a_file:?}");
    let a_folder = Sqlite::open(folder.path()).map(drop);
    assert!(matches!(a_folder, Err(OpenError::File { .. })), "{a_folder:?}");
}

#[tokio::test]
async fn what_happens_is_appended_to_the_event_log_and_what_is_refused_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    let store = Sqlite::open(&file).unwrap();
    let ada = store.create_account(account(), None).await.unwrap();
    let tea = store.create_product(product(2), None, None).await.unwrap().value;
    let placed = order(&store, ada.id, tea.id).await;
    let take =
        |delta| StockChange { product_id: tea.id, delta, reason: "broken".into(), at: placed.created_at };
    let refused = store.adjust_stock(take(-5), None, None).await;
    assert!(matches!(refused, Err(StoreError::Rejected { .. })));
    let adjusted = store.adjust_stock(take(-1), None, None).await.unwrap().value;
    let cancelled =
        store.transition_order(placed.id, OrderStatus::Cancelled, Timestamp::now(), None).await.unwrap();
    assert!(store.transition_order(placed.id, OrderStatus::Cancelled, Timestamp::now(), None).await.is_err());

    let conn = Connection::open(&file).unwrap();
    let mut statement =
        conn.prepare("SELECT kind, subject_id, payload FROM events ORDER BY sequence").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let events: Vec<(String, uuid::Uuid, String)> = rows.map(Result::unwrap).collect();
    let kinds: Vec<_> = events.iter().map(|(kind, subject, _)| (kind.as_str(), *subject)).collect();
    let (order_id, product_id) = (placed.id.uuid(), tea.id.uuid());
    assert_eq!(
        kinds,
        [("order.placed", order_id), ("stock.adjusted", product_id), ("order.cancelled", order_id)]
    );
    assert_eq!(serde_json::from_str::<Order>(&events[0].2).unwrap(), placed);
    assert_eq!(serde_json::from_str::<StockAdjustment>(&events[1].2).unwrap(), adjusted);
    assert_eq!(serde_json::from_str::<Order>(&events[2].2).unwrap(), cancelled);
    assert_eq!(one::<String>(&file, "SELECT reason FROM stock_adjustments"), "broken");
}

#[tokio::test]
async fn a_deleted_person_is_nowhere_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    let store = Sqlite::open(&file).unwrap();
    let mut new = account();
    new.account.name = "Unmistakable Name".into();
    new.account.phone = Some("+49 30 5550123".into());
    let ada = store.create_account(new, None).await.unwrap();
    store.delete_account(ada.id, Timestamp::now(), None).await.unwrap();
    drop(store);
    let blank = "SELECT count(*) FROM accounts
        WHERE coalesce(email, name, phone, password_hash, search) IS NULL AND deleted_at IS NOT NULL";
    assert_eq!(one::<i64>(&file, blank), 1);
    // `secure_delete` overwrites what is freed, so that no copy remains in the pages either.
    let bytes = std::fs::read(&file).unwrap();
    for trace in ["Unmistakable", "unmistakable", "5550123"] {
        assert!(!bytes.windows(trace.len()).any(|window| window == trace.as_bytes()), "{trace}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_own_user_may_read_what_is_made() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("data");
    let store = Sqlite::open(folder.join("shop.db")).unwrap();
    store.create_account(account(), None).await.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for name in ["shop.db", "shop.db-wal"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
}

#[tokio::test]
async fn a_ping_writes_to_the_disk_at_most_once_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    let store = Sqlite::open(&file).unwrap();
    let log = || std::fs::metadata(folder.path().join("shop.db-wal")).unwrap().len();
    let before = log();
    store.ping().await.unwrap();
    let after = log();
    assert!(after > before, "{before} and {after} bytes of log");
    for _ in 0..100 {
        store.ping().await.unwrap();
    }
    let writes = store.figures().writes;
    assert!(writes < 10, "{writes} writes for 101 pings");
}

#[tokio::test]
async fn the_figures_tell_what_was_written_and_who_reads() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(folder.path().join("shop.db")).unwrap();
    let new = store.figures();
    assert_eq!((new.writes, new.batches, new.readers_open), (0, 0, 0));
    let ada = store.create_account(account(), None).await.unwrap();
    store.account(ada.id).await.unwrap();
    let used = store.figures();
    assert_eq!((used.writes, used.batches, used.writes_waiting, used.writes_dropped), (1, 1, 0, 0));
    assert_eq!((used.readers_open, used.readers_idle), (1, 1));
}

#[tokio::test]
async fn a_store_that_is_closed_leaves_one_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(folder.path().join("shop.db")).unwrap();
    let ada = store.create_account(account(), None).await.unwrap();
    store.account(ada.id).await.unwrap();
    drop(store);
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["shop.db"]);
}
