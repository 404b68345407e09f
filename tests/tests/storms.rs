//! Many at once: the last unit is sold once, and a repeated key has one effect.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::{collections::BTreeMap, process::ExitCode};

use futures_util::future::join_all;
use orderly_tests::{
    conformance,
    engines::Engine,
    on_each_engine,
    shop::{Shop, text, unique},
};
use orderly_throwaway_postgres::run;
use serde_json::json;

fn main() -> ExitCode {
    run(on_each_engine![
        the_last_unit_has_one_buyer_of_two_hundred,
        two_hundred_repeats_of_a_key_are_one_order_and_one_answer,
        stock_adds_up_after_orders_cancellations_and_deliveries_at_once,
    ])
}

/// Everything that was exchanged is as the document says.
fn conforms(shop: &Shop) {
    let contract = conformance::contract();
    let mistakes: Vec<String> =
        shop.log().take().iter().flat_map(|exchange| conformance::mistakes(&contract, exchange)).collect();
    assert_eq!(mistakes, Vec::<String>::new());
}

async fn the_last_unit_has_one_buyer_of_two_hundred(engine: Engine) {
    let shop = Shop::open(engine).await;
    let customers = join_all((0..8).map(|_| shop.customer())).await;
    let last = shop.product(100, 1).await;
    let buyers = (0..200).map(|buyer| {
        let (shop, last, customer) = (&shop, &last, &customers[buyer % customers.len()]);
        async move { shop.try_order(&customer.caller, last, 1, &unique("key")).await }
    });
    let mut answers = BTreeMap::new();
    for reply in join_all(buyers).await {
        *answers.entry(reply.status.as_u16()).or_insert(0) += 1;
        if reply.status == 409 {
            reply.problem(409, "out_of_stock");
        }
    }
    assert_eq!(answers, BTreeMap::from([(201, 1), (409, 199)]));
    assert_eq!(shop.stock_of(&last).await, 0);
    let orders = shop.administrator.get("/v1/orders").await.expect(200);
    assert_eq!(orders["items"].as_array().unwrap().len(), 1);
    conforms(&shop);
}

async fn two_hundred_repeats_of_a_key_are_one_order_and_one_answer(engine: Engine) {
    let shop = Shop::open(engine).await;
    let (ada, mug) = (shop.customer().await, shop.product(100, 1000).await);
    let repeats = (0..200).map(|_| shop.try_order(&ada.caller, &mug, 3, "the-same"));
    let replies = join_all(repeats).await;
    let first = replies.iter().find(|reply| reply.header("idempotent-replayed").is_empty()).unwrap();
    for reply in &replies {
        assert_eq!((reply.status.as_u16(), &reply.text), (201, &first.text));
        assert_eq!(reply.header("location"), first.header("location"));
    }
    let replayed = replies.iter().filter(|reply| reply.header("idempotent-replayed") == "true").count();
    assert_eq!(replayed, 199);
    assert_eq!(shop.stock_of(&mug).await, 997);
    assert_eq!(ada.caller.get("/v1/orders").await.expect(200)["items"].as_array().unwrap().len(), 1);
    conforms(&shop);
}

async fn stock_adds_up_after_orders_cancellations_and_deliveries_at_once(engine: Engine) {
    let shop = Shop::open(engine).await;
    let (ada, mug) = (shop.customer().await, shop.product(100, 50).await);
    let adjust = format!("/v1/products/{}/adjust-stock", text(&mug, "id"));
    let (shop, ada, mug, adjust) = (&shop, &ada, &mug, &adjust);
    let actions = (0..120).map(|number| async move {
        match number % 3 {
            0 => {
                let delta = json!({ "delta": 1, "reason": "Delivery" });
                shop.administrator.post(adjust, delta).await.expect(200);
                1
            }
            1 => match shop.try_order(&ada.caller, mug, 2, &unique("key")).await {
                placed if placed.status == 201 => -2,
                refused => i64::from(refused.problem(409, "out_of_stock")["status"] != 409),
            },
            _ => {
                let placed = shop.try_order(&ada.caller, mug, 1, &unique("key")).await;
                if placed.status == 201 {
                    let cancel = format!("{}/cancel", placed.header("location"));
                    ada.caller.act(&cancel).await.expect(200);
                }
                0
            }
        }
    });
    let moved: i64 = join_all(actions).await.into_iter().sum();
    assert_eq!(shop.stock_of(mug).await, 50 + moved);
    conforms(shop);
}
