//! No statement reads a whole table or sorts: SQLite says for each which way it takes.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

use std::{fs, path::Path};

use orderly_store_sqlite::Sqlite;
use rusqlite::Connection;

/// The SQL literals of a source file: those that begin with a verb.
fn statements(source: &str) -> impl Iterator<Item = &str> {
    let begins = ["\"SELECT ", "\"UPDATE ", "\"DELETE "].into_iter();
    begins.flat_map(|verb| source.match_indices(verb)).map(|(quote, _)| {
        let end = if source[..quote].ends_with("r#") { "\"#" } else { "\"" };
        source[quote + 1..].split(end).next().unwrap()
    })
}

/// The steps of SQLite's plan for a statement.
fn plan(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get("detail").unwrap());
    }
    steps
}

#[test]
fn every_statement_walks_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    drop(Sqlite::open(&file).unwrap());
    let conn = Connection::open(&file).unwrap();
    let mut count = 0;
    for source in [
        "account",
        "account/administrators",
        "account/delete",
        "account/password",
        "api_key",
        "audit",
        "expiry",
        "idempotency",
        "note",
        "order",
        "order/place",
        "permit",
        "product",
        "product/list",
        "product/stock",
        "session",
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/{source}.rs"));
        for sql in statements(&fs::read_to_string(path).unwrap()) {
            for step in plan(&conn, sql) {
                let slow = step.starts_with("SCAN") || step.contains("TEMP B-TREE");
                assert!(!slow, "{step}\n{sql}");
            }
            count += 1;
        }
    }
    assert!(count > 40, "only {count} statements were found");
}
