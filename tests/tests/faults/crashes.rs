//! The end of a server under load: killed, nothing that was acknowledged is lost; asked to end, nothing that was begun is.

use std::{net::SocketAddr, time::Duration};

use orderly_tests::{
    books::Books,
    engines::{Engine, Home},
    shop::Wire,
};
use serde_json::json;

use crate::{
    buyers::{Buyers, EACH, STOCK, order_with, product},
    caller, program_at, size,
};

/// Killed again and again, a shop has every order that it has acknowledged, once, and its books add up.
pub(crate) async fn killed(engine: Engine) {
    let home = Home::new(engine).await;
    let program = program_at(&home);
    let mut process = program.start(&["demo"]);
    let people = process.ready.clone();
    let umbrella = product(&caller(&process, &people, "admin"), STOCK).await;
    let mut all = Vec::new();
    for round in 0..size::rounds() {
        let buyers = Buyers::begin(&caller(&process, &people, "customer"), &umbrella, &round.to_string());
        buyers.acknowledged(60).await;
        process.kill().unwrap();
        let bought = buyers.end().await;

        process = program.start(&[]);
        let books = Books::of(&home).await;
        books.add_up(STOCK, EACH);
        books.hold(bought.acknowledged.keys());
        let customer = caller(&process, &people, "customer");
        // Whoever was answered and asks again gets the same answer, and whoever was not has one order then.
        for (key, order) in bought.acknowledged.iter().take(3) {
            let again = order_with(&customer, &umbrella, key).await.having(201);
            assert_eq!((again.header("idempotent-replayed"), &again.json()), ("true", order));
        }
        for key in &bought.unanswered {
            order_with(&customer, &umbrella, key).await.having(201);
        }
        all.extend(bought.acknowledged.into_keys().chain(bought.unanswered));
    }
    let books = Books::of(&home).await;
    books.add_up(STOCK, EACH);
    books.hold(&all);
    assert_eq!(books.references().len(), all.len(), "every key has one order");
}

/// A server that gets SIGTERM under load answers what has reached it, and ends well.
pub(crate) async fn asked_to_end(engine: Engine) {
    let home = Home::new(engine).await;
    let program = program_at(&home);
    let mut process = program.start(&["demo"]);
    let people = process.ready.clone();
    let umbrella = product(&caller(&process, &people, "admin"), STOCK).await;
    let customer = caller(&process, &people, "customer");

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

    let buyers = Buyers::begin(&customer, &umbrella, "drain");
    buyers.acknowledged(100).await;
    process.terminate().unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    buyers.stop();
    let bought = buyers.end().await;
    wire.send(body).await.unwrap();
    let answer = wire.read_answer().await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert!(process.ended().unwrap().success(), "{}", process.output());

    let books = Books::of(&home).await;
    books.add_up(STOCK, EACH);
    books.hold(bought.acknowledged.keys());
    let placed = books.references();
    let lost: Vec<_> = bought.unanswered.iter().filter(|key| placed.contains(key.as_str())).collect();
    assert!(lost.is_empty(), "orders that were placed but not answered: {lost:?}");
}
