//! Buyers: clients that order as careful clients do, each order with a key of its own, which a second try keeps.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use http::Method;
use orderly_tests::{
    books::SKU,
    shop::{Caller, Reply},
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// A storm in which nothing happens for so long hangs.
const PATIENCE: Duration = Duration::from_secs(120);
/// How many buy at once.
const BUYERS: usize = 16;
/// How many they take with each order.
pub(crate) const EACH: i64 = 2;
/// How many there are; nobody finds the shop empty.
pub(crate) const STOCK: i64 = 1_000_000;

/// A storm of orders that goes on until it is stopped or the server is gone.
pub(crate) struct Buyers {
    workers: JoinSet<Option<String>>,
    stop: Arc<AtomicBool>,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    acknowledged: BTreeMap<String, Value>,
    refused: usize,
}

/// What came of a storm.
pub(crate) struct Bought {
    /// The orders that were acknowledged, by key.
    pub(crate) acknowledged: BTreeMap<String, Value>,
    /// The keys of requests that got no answer.
    pub(crate) unanswered: Vec<String>,
}

/// Puts what storms buy on the shelf.
pub(crate) async fn product(administrator: &Caller, stock: i64) -> Value {
    let price = json!({ "amount": 100, "currency": "EUR" });
    let product = json!({ "sku": SKU, "name": "Umbrella", "price": price, "stock": stock });
    administrator.post("/v1/products", product).await.expect(201)
}

/// An order as all buyers make them; its reference is its key.
pub(crate) fn order(product: &Value, key: &str) -> Value {
    json!({ "lines": [{ "product_id": product["id"], "quantity": EACH }], "reference": key })
}

/// Orders with this key, for the first time or again.
pub(crate) async fn order_with(customer: &Caller, product: &Value, key: &str) -> Reply {
    let call = customer.call(Method::POST, "/v1/orders").header("idempotency-key", key);
    call.json(&order(product, key)).send().await
}

impl Buyers {
    /// Begins a storm; `name` makes its keys its own.
    pub(crate) fn begin(customer: &Caller, product: &Value, name: &str) -> Self {
        let (stop, seen) = (Arc::new(AtomicBool::new(false)), Arc::<Mutex<Seen>>::default());
        let mut workers = JoinSet::new();
        for worker in 0..BUYERS {
            let keys = format!("storm-{name}-{worker}");
            workers.spawn(buy(customer.clone(), product.clone(), keys, stop.clone(), seen.clone()));
        }
        Self { workers, stop, seen }
    }

    /// Waits until so many more orders have been acknowledged.
    pub(crate) async fn acknowledged(&self, more: usize) {
        self.wait(|seen| seen.acknowledged.len(), more).await;
    }

    /// Waits until so many more orders have been answered 503.
    pub(crate) async fn refused(&self, more: usize) {
        self.wait(|seen| seen.refused, more).await;
    }

    async fn wait(&self, count: impl Fn(&Seen) -> usize, more: usize) {
        let (begun, before) = (Instant::now(), count(&seen(&self.seen)));
        while count(&seen(&self.seen)) < before + more {
            assert!(begun.elapsed() < PATIENCE, "the storm does not go on: the server does not answer");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// No order is begun any more.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Waits until every buyer has stopped.
    pub(crate) async fn end(self) -> Bought {
        let unanswered = self.workers.join_all().await.into_iter().flatten().collect();
        Bought { acknowledged: std::mem::take(&mut seen(&self.seen).acknowledged), unanswered }
    }
}

/// Orders until told to stop; gives the key that got no answer, if the connection broke.
async fn buy(
    caller: Caller,
    product: Value,
    keys: String,
    stop: Arc<AtomicBool>,
    counts: Arc<Mutex<Seen>>,
) -> Option<String> {
    let http = reqwest::Client::new();
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        let key = format!("{keys}-{number}");
        let request = http
            .post(format!("{}/v1/orders", caller.base()))
            .header("authorization", caller.authorization())
            .header("idempotency-key", &key)
            .json(&order(&product, &key));
        let Ok(response) = request.send().await else { return Some(key) };
        let (status, headers) = (response.status(), response.headers().clone());
        let Ok(body) = response.json::<Value>().await else { return Some(key) };
        if status == 503 {
            assert!(headers.contains_key("retry-after"), "{body}");
            seen(&counts).refused += 1;
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        }
        assert_eq!(status, 201, "{body}");
        seen(&counts).acknowledged.insert(key, body);
        number += 1;
    }
    None
}

fn seen(shared: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
