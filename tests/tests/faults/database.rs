//! PostgreSQL away, slow, or working for somebody who has gone.

use std::time::{Duration, Instant};

use http::Method;
use orderly_tests::{
    books::Books,
    engines::Engine,
    process::Process,
    shop::{Caller, Wire, text},
};
use orderly_throwaway_postgres::{Cluster, Database};
use serde_json::Value;
use sqlx::{Connection, PgConnection, Row};

use crate::{
    buyers::{Buyers, EACH, STOCK, order, order_with, product},
    caller, program,
};

const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(10);

/// The database is killed under load and comes back: until then 503 with `Retry-After`, and not a wait for the
/// request's deadline; afterwards the same process goes on, and no order is lost or there twice.
pub(crate) async fn killed_and_back(_: Engine) {
    let cluster = Cluster::start(&[]).await.unwrap();
    let database = cluster.database().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    // A request that waited for its deadline would be answered 504, and 504 is none of the answers that buyers take.
    let process = program(folder.path(), &database.url()).start(&["demo"]);
    let people = process.ready.clone();
    let umbrella = product(&caller(&process, &people, "admin"), STOCK).await;
    let customer = caller(&process, &people, "customer");
    let buyers = Buyers::begin(&customer, &umbrella, "outage");
    buyers.acknowledged(60).await;

    cluster.kill().await.unwrap();
    buyers.refused(100).await;
    let products = customer.get("/v1/products").await;
    assert!(products.header("retry-after").parse::<u32>().is_ok(), "{products:?}");
    products.problem(503, "unavailable");
    customer.get("/livez").await.having(200);
    customer.get("/readyz").await.having(503);

    cluster.restart().await.unwrap();
    buyers.acknowledged(60).await;
    customer.get("/readyz").await.having(200);
    buyers.stop();
    let bought = buyers.end().await;
    assert_eq!(bought.unanswered, Vec::<String>::new(), "every request was answered");
    let books = Books::on_postgres(&database).await;
    books.add_up(STOCK, EACH);
    books.hold(bought.acknowledged.keys());
    assert_eq!(books.references().len(), bought.acknowledged.len(), "every key has one order");
}

/// A shop on a database of which somebody else holds what it wants.
struct Held {
    process: Process,
    people: Value,
    umbrella: Value,
    holder: PgConnection,
}

impl Held {
    /// A shop whose umbrellas nobody can order until [`Held::release`].
    async fn new(database: &Database<'_>, folder: &std::path::Path, request_ms: u64) -> Self {
        let program = program(folder, &database.url()).set("limits.request_ms", request_ms);
        let process = program.set("database.max_connections", 2).start(&["demo"]);
        let people = process.ready.clone();
        let umbrella = product(&caller(&process, &people, "admin"), STOCK).await;
        let mut holder = database.connect().await.unwrap();
        sqlx::raw_sql("BEGIN; SELECT 1 FROM products WHERE sku = 'STORM' FOR UPDATE")
            .execute(&mut holder)
            .await
            .unwrap();
        Self { process, people, umbrella, holder }
    }

    fn customer(&self) -> Caller {
        caller(&self.process, &self.people, "customer")
    }

    /// Waits until so many statements wait for the lock.
    async fn waiting(&mut self, number: i64) {
        const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let begun = Instant::now();
        loop {
            let row = sqlx::query(WAITING).fetch_one(&mut self.holder).await.unwrap();
            let waiting: i64 = row.get(0);
            if waiting == number {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{waiting} statements wait and not {number}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Lets everybody order again; the process goes on.
    async fn release(mut self) -> (Process, Caller, Value) {
        sqlx::raw_sql("ROLLBACK").execute(&mut self.holder).await.unwrap();
        self.holder.close().await.unwrap();
        let customer = caller(&self.process, &self.people, "customer");
        (self.process, customer, self.umbrella)
    }
}

/// An order that waits too long for a lock is answered 504, and its statement is stopped: nothing waits any more, and
/// the key is free.
pub(crate) async fn slow(_: Engine) {
    let database = Cluster::shared().await.unwrap().database().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut held = Held::new(&database, folder.path(), 1000).await;
    let late = order_with(&held.customer(), &held.umbrella, "storm-late").await;
    late.problem(504, "deadline_exceeded");
    held.waiting(0).await;
    // What does not want the lock is served.
    held.customer().get(&format!("/v1/products/{}", text(&held.umbrella, "id"))).await.expect(200);

    let (_process, customer, umbrella) = held.release().await;
    Books::on_postgres(&database).await.add_up(STOCK, EACH);
    order_with(&customer, &umbrella, "storm-late").await.having(201);
    Books::on_postgres(&database).await.add_up(STOCK, EACH);
}

/// Clients order and go: their statements are stopped while they wait, and their connections, of which there are two,
/// serve the next.
pub(crate) async fn client_gone(_: Engine) {
    let database = Cluster::shared().await.unwrap().database().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut held = Held::new(&database, folder.path(), 30_000).await;
    let customer = held.customer();
    let address = held.process.base_url().trim_start_matches("http://").parse().unwrap();
    for number in 0..6 {
        let mut wire = Wire::connect(address).await.unwrap();
        wire.send(request(&customer, &held.umbrella, &format!("storm-gone-{number}"))).await.unwrap();
        held.waiting(1).await;
        drop(wire);
        held.waiting(0).await;
    }
    let (_process, customer, umbrella) = held.release().await;
    let books = Books::on_postgres(&database).await;
    books.add_up(STOCK, EACH);
    assert!(books.references().is_empty(), "{books:?}");
    order_with(&customer, &umbrella, "storm-stayed").await.having(201);
    assert_eq!(customer.call(Method::GET, "/v1/orders").send().await.status, 200);
}

fn request(customer: &Caller, product: &Value, key: &str) -> String {
    let body = order(product, key).to_string();
    format!(
        "POST /v1/orders HTTP/1.1\r\nhost: shop\r\nauthorization: {}\r\nidempotency-key: {key}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        customer.authorization(),
        body.len(),
    )
}
