//! How often and how long is tried, and a call that is made once however often it is sent:
//! `cargo run --example repeating -- http://localhost:8080`.

use std::time::Duration;

use orderly_client::{CallOptions, Client, Error, ResponseExt as _, RetryPolicy, types};

/// Sends one order twice, as a program may that was restarted in the middle. Tells whether the second was the first.
pub(crate) async fn run(address: &str) -> Result<bool, Error> {
    let email = format!("ada+{}@example.com", uuid::Uuid::now_v7().simple());
    let account =
        types::Registration::builder().email(email.as_str()).password("correct horse battery").name("Ada");
    Client::builder(address).build()?.register().body(account).await?;

    // Each attempt may take two seconds, a call with its five repetitions ten.
    let shop = Client::builder(address)
        .password(email, "correct horse battery")
        .timeout(Duration::from_secs(2))
        .total_timeout(Duration::from_secs(10))
        .retry(RetryPolicy { max_retries: 5, ..RetryPolicy::default() })
        .build()?;
    // A call that somebody waits for is better answered soon than often.
    let products = shop.with(CallOptions::new().max_retries(0)).list_products().limit(1).await?.items;
    let Some(product) = products.first() else { return Ok(false) };

    let line = types::OrderLineCreate::builder().product_id(product.id.clone()).quantity(1);
    let order = types::OrderCreate::builder().lines(vec![line.try_into()?]);
    // Kept with the cart, so that the order is placed once, also across a restart.
    let key = format!("cart-{}", uuid::Uuid::now_v7());
    let first = shop.create_order().idempotency_key(key.as_str()).body(order.clone()).send().await?;
    let second = shop.create_order().idempotency_key(key.as_str()).body(order).send().await?;
    println!("order {} was placed once: {}", first.id, second.is_replayed());
    Ok(second.is_replayed() && first.id == second.id)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "http://localhost:8080".to_owned());
    run(&address).await.map(drop)
}
