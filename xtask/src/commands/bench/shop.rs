//! The shop that is measured: the demo's accounts, a thousand products more, and some orders.

use std::net::SocketAddr;
use std::thread;

use serde_json::{Value, json};

use super::BenchError;
use super::http::{Connection, request};
use crate::server::{Running, ServerError};

const PRODUCTS: usize = 1_000;
const ORDERS: usize = 200;

/// Writes go over several connections, so that they share commits.
const CONNECTIONS: usize = 16;

/// Enough for every order of a measurement.
const STOCK: u64 = 1_000_000_000;

/// What the requests of a measurement name.
#[derive(Debug)]
pub(super) struct Shop {
    pub(super) products: Vec<String>,
    pub(super) orders: Vec<String>,
    /// The customer's `Authorization`.
    pub(super) bearer: String,
    /// The customer's login.
    pub(super) login: Value,
}

impl Shop {
    /// Fills a server that was started as `demo`.
    pub(super) fn fill(server: &Running) -> Result<Self, BenchError> {
        let demo = |who: &str, what: &str| {
            let text = server.ready[who][what].as_str();
            text.map(str::to_owned)
                .ok_or_else(|| ServerError::NotServing { output: server.ready.to_string() })
        };
        let administrator = format!("Bearer {}", demo("admin", "access_token")?);
        let products = create(server.address, PRODUCTS, |n| {
            let body = json!({
                "sku": format!("BENCH-{n:04}"),
                "name": format!("Stoneware mug, glaze number {n}"),
                "description": "Hand-glazed, dishwasher safe. The glaze makes each one a little different.",
                "price": {"amount": 100 + n, "currency": "EUR"},
                "stock": STOCK,
            });
            request("POST", "/v1/products", &[("Authorization", &administrator)], &body.to_string())
        })?;
        let bearer = format!("Bearer {}", demo("customer", "access_token")?);
        let login = json!({
            "grant_type": "password",
            "email": demo("customer", "email")?,
            "password": demo("customer", "password")?,
        });
        let mut shop = Self { products, orders: Vec::new(), bearer, login };
        shop.orders = create(server.address, ORDERS, |n| shop.order(n, &format!("fill-{n}")))?;
        Ok(shop)
    }

    /// Places an order of three products.
    pub(super) fn order(&self, n: usize, key: &str) -> Vec<u8> {
        let lines: Vec<_> = (0..3)
            .map(|line| json!({"product_id": self.products[(n * 7 + line * 331) % PRODUCTS], "quantity": 1}))
            .collect();
        let headers = [("Authorization", self.bearer.as_str()), ("Idempotency-Key", key)];
        request("POST", "/v1/orders", &headers, &json!({"lines": lines}).to_string())
    }
}

/// Creates things and gives their ids, in order.
fn create(
    address: SocketAddr,
    count: usize,
    request: impl Fn(usize) -> Vec<u8> + Sync,
) -> Result<Vec<String>, BenchError> {
    let numbers: Vec<usize> = (0..count).collect();
    let create_some = |numbers: &[usize]| {
        let mut connection = Connection::open(address)?;
        let ids = numbers.iter().map(|number| {
            let answer = connection.ask(&request(*number))?;
            let created: Value = serde_json::from_slice(answer.body).unwrap_or_default();
            match (answer.status, created["id"].as_str()) {
                (201, Some(id)) => Ok(id.to_owned()),
                (status, _) => Err(BenchError::Fill { status, answer: created.to_string() }),
            }
        });
        ids.collect::<Result<Vec<_>, BenchError>>()
    };
    thread::scope(|scope| {
        let chunks = numbers.chunks(count.div_ceil(CONNECTIONS).max(1));
        let workers: Vec<_> = chunks.map(|chunk| scope.spawn(|| create_some(chunk))).collect();
        let mut ids = Vec::with_capacity(count);
        for worker in workers {
            ids.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(ids)
    })
}
