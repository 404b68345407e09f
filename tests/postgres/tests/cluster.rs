//! The throw-away PostgreSQL: databases of one's own, a server that can be killed, and nothing left behind.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use orderly_throwaway_postgres::{Cluster, Database, run, trial};
use sqlx::{Connection, Row};

/// Set for a child of this program that holds a cluster until it is killed.
const HOLD: &str = "ORDERLY_TEST_HOLD_A_CLUSTER";

fn main() -> ExitCode {
    if std::env::var_os(HOLD).is_some() {
        hold_a_cluster();
    }
    run(vec![
        trial("a_database_has_the_schema_and_nothing_in_it", a_database_has_the_schema_and_nothing_in_it),
        trial("an_empty_database_has_no_table", an_empty_database_has_no_table),
        trial(
            "databases_are_apart_and_go_when_they_are_dropped",
            databases_are_apart_and_go_when_they_are_dropped,
        ),
        trial(
            "a_killed_server_comes_back_with_what_was_committed",
            a_killed_server_comes_back_with_what_was_committed,
        ),
        trial("nothing_is_left_of_a_dropped_cluster", nothing_is_left_of_a_dropped_cluster),
        trial("nothing_is_left_when_the_process_is_killed", nothing_is_left_when_the_process_is_killed),
    ])
}

async fn number(database: &Database<'_>, query: &'static str) -> i64 {
    let mut conn = database.connect().await.unwrap();
    let number = sqlx::query(query).fetch_one(&mut conn).await.unwrap().get(0);
    conn.close().await.unwrap();
    number
}

async fn execute(database: &Database<'_>, statement: &'static str) {
    let mut conn = database.connect().await.unwrap();
    sqlx::raw_sql(statement).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

const TABLES: &str = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";

async fn a_database_has_the_schema_and_nothing_in_it() {
    let database = Cluster::shared().await.unwrap().database().await.unwrap();
    assert!(number(&database, TABLES).await > 10);
    assert_eq!(number(&database, "SELECT count(*) FROM accounts").await, 0);
}

async fn an_empty_database_has_no_table() {
    let database = Cluster::shared().await.unwrap().empty_database().await.unwrap();
    assert_eq!(number(&database, TABLES).await, 0);
}

async fn databases_are_apart_and_go_when_they_are_dropped() {
    let cluster = Cluster::start(&[]).await.unwrap();
    let (one, other) = (cluster.database().await.unwrap(), cluster.database().await.unwrap());
    execute(&one, "CREATE TABLE here (id int)").await;
    assert_eq!(number(&one, TABLES).await, number(&other, TABLES).await + 1);

    const DATABASES: &str = "SELECT count(*) FROM pg_database WHERE datname ~ '^orderly_[0-9]'";
    assert_eq!(number(&other, DATABASES).await, 2);
    // Even one that somebody still uses.
    let _open = one.connect().await.unwrap();
    drop(one);
    let _third = cluster.database().await.unwrap();
    assert_eq!(number(&other, DATABASES).await, 2);
}

async fn a_killed_server_comes_back_with_what_was_committed() {
    let cluster = Cluster::start(&[]).await.unwrap();
    let database = cluster.database().await.unwrap();
    execute(&database, "CREATE TABLE kept (id int); INSERT INTO kept SELECT generate_series(1, 1000)").await;
    let mut open = database.connect().await.unwrap();
    sqlx::raw_sql("BEGIN; INSERT INTO kept VALUES (0)").execute(&mut open).await.unwrap();

    cluster.kill().await.unwrap();
    assert!(database.connect().await.is_err());
    // What serves this connection ends when it notices that its parent has gone.
    while open.ping().await.is_ok() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }

    cluster.restart().await.unwrap();
    assert_eq!(number(&database, "SELECT count(*) FROM kept").await, 1000);
}

async fn nothing_is_left_of_a_dropped_cluster() {
    let cluster = Cluster::start(&[]).await.unwrap();
    let folder = cluster.folder().to_owned();
    assert!(folder.exists());
    drop(cluster);
    assert!(!folder.exists(), "{}", folder.display());
}

async fn nothing_is_left_when_the_process_is_killed() {
    let mut child =
        Command::new(std::env::current_exe().unwrap()).env(HOLD, "1").stdout(Stdio::piped()).spawn().unwrap();
    let mut folder = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut folder).unwrap();
    let folder = Path::new(folder.trim_end());
    assert!(folder.join("data").exists(), "{}", folder.display());

    child.kill().unwrap();
    child.wait().unwrap();
    let killed = Instant::now();
    while folder.exists() {
        assert!(killed.elapsed() < Duration::from_secs(60), "{} is still there", folder.display());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn hold_a_cluster() -> ! {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let cluster = Cluster::start(&[]).await.unwrap();
        println!("{}", cluster.folder().display());
        std::future::pending().await
    })
}
