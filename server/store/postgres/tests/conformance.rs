//! PostgreSQL does what every engine has to.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

use std::process::ExitCode;

use orderly_store_conformance::conformance;
use orderly_store_postgres::{Postgres, PostgresOptions};
use orderly_throwaway_postgres::{Cluster, Database, run, trial};

async fn fresh_store() -> (Postgres, Database<'static>) {
    let database = Cluster::shared().await.unwrap().database().await.unwrap();
    (Postgres::open(PostgresOptions::new(database.options())).await.unwrap(), database)
}

fn main() -> ExitCode {
    run(conformance!(fresh_store, trial))
}
