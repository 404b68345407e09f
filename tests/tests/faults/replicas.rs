//! Several servers on one database, in processes of their own.

use std::{collections::BTreeMap, path::Path};

use futures_util::future::join_all;
use orderly_tests::{
    books::Books,
    engines::{Engine, Home},
    process::Process,
    shop::{Caller, text},
};
use orderly_throwaway_postgres::Cluster;
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    buyers::{EACH, STOCK, order_with, product},
    caller, program,
};

/// Four servers race for the migrations, the first key and the first administrator of an empty database: all of them
/// serve, and there is one administrator.
pub(crate) async fn start_at_once(engine: Engine) {
    match engine {
        Engine::Sqlite => {
            let folder = tempfile::tempdir().unwrap();
            all_serve(format!("sqlite://{}", folder.path().join("orderly.db").display())).await;
        }
        Engine::Postgres => {
            let database = Cluster::shared().await.unwrap().empty_database().await.unwrap();
            all_serve(database.url()).await;
        }
    }
}

async fn all_serve(database_url: String) {
    let starts = (0..4).map(|_| {
        let url = database_url.clone();
        tokio::task::spawn_blocking(move || {
            let folder = tempfile::tempdir().unwrap();
            (program(folder.path(), &url).start(&[]), folder)
        })
    });
    let servers: Vec<(Process, TempDir)> = join_all(starts).await.into_iter().map(Result::unwrap).collect();
    let mut administrators = 0;
    for (process, _) in &servers {
        let anyone = Caller::new(process.base_url().to_owned());
        anyone.get("/v1/products").await.expect(200);
        anyone.get("/readyz").await.having(200);
        administrators += process.output().matches("First administrator").count();
    }
    assert_eq!(administrators, 1);
}

/// Two servers on one database, and what they share.
struct Two {
    home: Home,
    _other_folder: TempDir,
    _servers: [Process; 2],
    customers: [Caller; 2],
    umbrella: Value,
}

impl Two {
    async fn start(engine: Engine, stock: i64) -> Self {
        let (home, other_folder) = (Home::new(engine).await, tempfile::tempdir().unwrap());
        let start = |folder: &Path, command: &[&str]| program(folder, &home.database_url()).start(command);
        let servers = [start(home.folder(), &["demo"]), start(other_folder.path(), &[])];
        let people = servers[0].ready.clone();
        let umbrella = product(&caller(&servers[0], &people, "admin"), stock).await;
        let customers = [0, 1].map(|server| caller(&servers[server], &people, "customer"));
        Self { home, _other_folder: other_folder, _servers: servers, customers, umbrella }
    }
}

/// A hundred repeats of one order, to both servers at once, are one order and one answer.
pub(crate) async fn one_key(engine: Engine) {
    let two = Two::start(engine, STOCK).await;
    let repeats = (0..100).map(|number| order_with(&two.customers[number % 2], &two.umbrella, "storm-one"));
    let replies = join_all(repeats).await;
    let first = replies.iter().find(|reply| reply.header("idempotent-replayed").is_empty()).unwrap();
    for reply in &replies {
        assert_eq!((reply.status.as_u16(), reply.json()), (201, first.json()));
    }
    let replayed = replies.iter().filter(|reply| reply.header("idempotent-replayed") == "true").count();
    assert_eq!(replayed, 99);
    let books = Books::of(&two.home).await;
    books.add_up(STOCK, EACH);
    assert_eq!(books.references().len(), 1);
}

/// Two hundred buyers at both servers want twenty umbrellas, two each: ten of them get theirs.
pub(crate) async fn one_stock_row(engine: Engine) {
    let two = Two::start(engine, 20).await;
    let keys: Vec<String> = (0..200).map(|number| format!("storm-last-{number}")).collect();
    let buyers = keys
        .iter()
        .enumerate()
        .map(|(number, key)| order_with(&two.customers[number % 2], &two.umbrella, key));
    let mut answers = BTreeMap::new();
    for reply in join_all(buyers).await {
        *answers.entry(reply.status.as_u16()).or_insert(0) += 1;
        if reply.status != 201 {
            reply.problem(409, "out_of_stock");
        }
    }
    assert_eq!(answers, BTreeMap::from([(201, 10), (409, 190)]));
    let path = format!("/v1/products/{}", text(&two.umbrella, "id"));
    assert_eq!(two.customers[1].get(&path).await.expect(200)["stock"], 0);
}
