//! No statement reads a whole table: PostgreSQL says for each which way it takes when it is free to choose an index.

use std::{fs, path::Path};

use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use crate::shop::*;

/// A statement as sqlx keeps it.
#[derive(Deserialize)]
struct Statement {
    query: String,
    describe: Described,
}

#[derive(Deserialize)]
struct Described {
    parameters: Parameters,
}

#[derive(Deserialize)]
struct Parameters {
    #[serde(rename = "Left")]
    types: Vec<serde_json::Value>,
}

/// Tables that are read as a whole: there are a handful of keys.
const SMALL: &str = "signing_keys";

pub(crate) async fn every_statement_walks_an_index() {
    let database = database().await;
    let mut conn = database.connect().await.unwrap();
    // As the store sets its connections.
    let settings =
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off;
        SET enable_hashjoin = off; SET enable_mergejoin = off";
    execute(&mut conn, settings.into()).await;
    let mut count = 0;
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx")).unwrap() {
        let statement: Statement = serde_json::from_slice(&fs::read(file.unwrap().path()).unwrap()).unwrap();
        let verb = statement.query.trim_start_matches(|c: char| c.is_whitespace()).split_whitespace().next();
        if !["SELECT", "UPDATE", "DELETE", "INSERT", "WITH", "--"].contains(&verb.unwrap()) {
            continue;
        }
        execute(&mut conn, format!("PREPARE statement AS {}", statement.query)).await;
        let values = vec!["NULL"; statement.describe.parameters.types.len()].join(", ");
        let execute_it =
            if values.is_empty() { "statement".to_owned() } else { format!("statement({values})") };
        let plan = sqlx::raw_sql(AssertSqlSafe(format!("EXPLAIN EXECUTE {execute_it}")));
        let plan: Vec<String> =
            plan.fetch_all(&mut conn).await.unwrap().iter().map(|step| step.get(0)).collect();
        // A page comes in its order from the index; what is sorted is one page, not what it is chosen from.
        let mut sorts = plan.iter().position(|step| step.contains("Sort ")).into_iter();
        let page = plan.iter().position(|step| step.contains("Limit ")).unwrap_or(plan.len());
        assert!(sorts.all(|sort| sort < page) || page == plan.len(), "{plan:#?}\n{}", statement.query);
        for step in plan {
            assert!(!step.contains("Seq Scan") || step.contains(SMALL), "{step}\n{}", statement.query);
        }
        execute(&mut conn, "DEALLOCATE statement".into()).await;
        count += 1;
    }
    assert!(count > 50, "only {count} statements were found");
}
