//! The real program, started and ended as an operating system does it.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::future::join_all;
use http::Method;
use orderly_tests::{
    process::Process,
    shop::{Caller, Wire, text},
};
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_orderly-server-tested");

fn start(command: &[&str], data: &Path) -> Process {
    Process::start(PROGRAM, command, data)
}

/// Starts the server again on what another one left, with the credentials that the other one printed.
fn restart(data: &Path, earlier: &Value) -> Process {
    let mut process = start(&[], data);
    for who in ["admin", "customer"] {
        process.ready[who] = earlier[who].clone();
    }
    process
}

fn caller(process: &Process, who: &str) -> Caller {
    Caller::new(process.base_url().to_owned()).bearer(text(&process.ready[who], "access_token"))
}

/// All orders that somebody sees, by reference.
async fn orders(caller: &Caller) -> Vec<Value> {
    let mut orders = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = caller.get(&format!("/v1/orders?limit=100{cursor}")).await.expect(200);
        orders.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return orders,
        }
    }
}

async fn product(administrator: &Caller, stock: i64) -> Value {
    let price = json!({ "amount": 100, "currency": "EUR" });
    let product = json!({ "sku": "STORM", "name": "Umbrella", "price": price, "stock": stock });
    administrator.post("/v1/products", product).await.expect(201)
}

/// Orders one after another, each with its own key, until told to stop or the server has gone. What was acknowledged
/// goes into `acknowledged`, by key.
async fn order_until(
    caller: Caller,
    product: Value,
    worker: usize,
    stop: Arc<AtomicBool>,
    acknowledged: Arc<Mutex<BTreeMap<String, Value>>>,
) -> usize {
    let http = reqwest::Client::new();
    let mut sent = 0;
    while !stop.load(Ordering::Relaxed) {
        let key = format!("storm-{worker}-{sent}");
        let body = json!({ "lines": [{ "product_id": product["id"], "quantity": 2 }], "reference": key });
        let request = http
            .post(format!("{}/v1/orders", caller.base()))
            .header("authorization", caller.authorization())
            .header("idempotency-key", &key)
            .json(&body);
        sent += 1;
        let Ok(response) = request.send().await else { break };
        let status = response.status();
        let Ok(order) = response.json::<Value>().await else { break };
        assert_eq!(status, 201, "{order}");
        acknowledged.lock().unwrap().insert(key, order);
    }
    sent
}

/// A storm of orders, in the middle of which `end` happens to the server. Gives what was acknowledged and how many were
/// sent.
async fn storm(
    customer: &Caller,
    product: &Value,
    end: impl AsyncFnOnce(&AtomicBool),
) -> (BTreeMap<String, Value>, usize) {
    let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::default()));
    let workers: Vec<_> = (0..16)
        .map(|worker| {
            let order = order_until(
                customer.clone(),
                product.clone(),
                worker,
                stop.clone(),
                Arc::clone(&acknowledged),
            );
            tokio::spawn(order)
        })
        .collect();
    while acknowledged.lock().unwrap().len() < 100 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    end(&stop).await;
    let sent = join_all(workers).await.into_iter().map(Result::unwrap).sum();
    let acknowledged = acknowledged.lock().unwrap().clone();
    (acknowledged, sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_has_every_acknowledged_order_once() {
    let data = tempfile::tempdir().unwrap();
    let process = start(&["demo"], data.path());
    let tokens = process.ready.clone();
    let umbrella = product(&caller(&process, "admin"), 1_000_000).await;
    let customer = caller(&process, "customer");
    let (acknowledged, sent) = storm(&customer, &umbrella, async |_: &AtomicBool| {
        process.kill().unwrap();
    })
    .await;

    let process = restart(data.path(), &tokens);
    let customer = caller(&process, "customer");
    let kept: Vec<Value> =
        orders(&customer).await.into_iter().filter(|order| order["lines"][0]["sku"] == "STORM").collect();
    let references: BTreeSet<&str> = kept.iter().map(|order| text(order, "reference")).collect();
    assert_eq!(references.len(), kept.len(), "no order is there twice");
    assert!(kept.len() <= sent);
    for (key, order) in &acknowledged {
        assert!(kept.contains(order), "{key} was acknowledged and is not there");
    }
    let path = format!("/v1/products/{}", text(&umbrella, "id"));
    let stock = caller(&process, "admin").get(&path).await.expect(200)["stock"].as_i64().unwrap();
    assert_eq!(stock, 1_000_000 - 2 * i64::try_from(kept.len()).unwrap());

    // Whoever got no answer asks again with the same key, and has one order then.
    for (key, order) in acknowledged.iter().take(5) {
        let body = json!({ "lines": [{ "product_id": umbrella["id"], "quantity": 2 }], "reference": key });
        let call = customer.call(Method::POST, "/v1/orders").header("idempotency-key", key).json(&body);
        let again = call.send().await.having(201);
        assert_eq!((again.header("idempotent-replayed"), &again.json()), ("true", order));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_asked_to_end_answers_what_it_has_begun() {
    let data = tempfile::tempdir().unwrap();
    let mut process = start(&["demo"], data.path());
    let tokens = process.ready.clone();
    let umbrella = product(&caller(&process, "admin"), 1_000_000).await;
    let customer = caller(&process, "customer");

    // A request whose head has arrived: the server has asked for its body.
    let address: SocketAddr = process.base_url().trim_start_matches("http://").parse().unwrap();
    let body = json!({ "title": "Late", "body": "But in time." }).to_string();
    let mut wire = Wire::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/notes HTTP/1.1\r\nhost: shop\r\nexpect: 100-continue\r\nauthorization: {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        customer.authorization(),
        body.len(),
    );
    wire.send(head).await.unwrap();
    assert!(wire.read_head().await.unwrap().starts_with("HTTP/1.1 100 "));

    let (acknowledged, _) = storm(&customer, &umbrella, async |stop: &AtomicBool| {
        process.terminate().unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
        stop.store(true, Ordering::Relaxed);
    })
    .await;
    wire.send(body).await.unwrap();
    let answer = wire.read_answer().await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert!(process.ended().unwrap().success(), "{}", process.output());

    let process = restart(data.path(), &tokens);
    let kept = orders(&caller(&process, "customer")).await;
    let kept: BTreeSet<&str> = kept.iter().filter_map(|order| order["reference"].as_str()).collect();
    let acknowledged: BTreeSet<&str> = acknowledged.keys().map(String::as_str).collect();
    assert!(acknowledged.is_subset(&kept));
    let unanswered: Vec<_> =
        kept.difference(&acknowledged).filter(|reference| reference.starts_with("storm-")).collect();
    assert_eq!(unanswered, Vec::<&&str>::new(), "orders that were placed but not answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_a_shop_with_people_to_try_it() {
    let data = tempfile::tempdir().unwrap();
    let process = start(&["demo"], data.path());
    let anonymous = Caller::new(process.base_url().to_owned());
    for (who, role) in [("admin", "administrator"), ("customer", "customer")] {
        assert_eq!(caller(&process, who).get("/v1/me").await.expect(200)["role"], role);
        let person = &process.ready[who];
        let grant =
            json!({ "grant_type": "password", "email": person["email"], "password": person["password"] });
        anonymous.post("/v1/tokens", grant).await.expect(200);
        assert!(process.output().contains(text(person, "password")), "{}", process.output());
    }
    let products = anonymous.get("/v1/products?limit=100").await.expect(200);
    let products = products["items"].as_array().unwrap();
    assert!(products.len() >= 24, "{} products", products.len());
    let mug = &products[0];
    let body = json!({ "lines": [{ "product_id": mug["id"], "quantity": 1 }] });
    let call =
        caller(&process, "customer").call(Method::POST, "/v1/orders").header("idempotency-key", "first");
    assert_eq!(call.json(&body).send().await.expect(201)["total"], mug["price"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_shop_has_an_administrator_with_a_password_that_is_shown_once() {
    let data = tempfile::tempdir().unwrap();
    let process = start(&[], data.path());
    let output = process.output();
    let email = output.split_whitespace().find(|word| word.contains('@')).unwrap();
    let grants = output.split_whitespace().map(|password| {
        json!({ "grant_type": "password", "email": email, "password": password.chars().take(128).collect::<String>() })
    });
    let anonymous = Caller::new(process.base_url().to_owned());
    let mut tokens = None;
    for grant in grants.filter(|grant| text(grant, "password").len() >= 8) {
        let reply = anonymous.post("/v1/tokens", grant).await;
        if reply.status == 200 {
            tokens = Some(reply.json());
        }
    }
    let tokens = tokens.unwrap_or_else(|| panic!("no word of the output is the password: {output}"));
    let administrator = anonymous.bearer(text(&tokens, "access_token"));
    assert_eq!(administrator.get("/v1/me").await.expect(200)["role"], "administrator");

    process.kill().unwrap();
    let process = start(&["serve"], data.path());
    assert!(!process.output().contains(email), "{}", process.output());
}
