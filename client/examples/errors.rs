//! What the server refuses, as types: `cargo run --example errors -- http://localhost:8080`.

use orderly_client::{Client, Error, ErrorCode, types};

/// Orders more than there is of the first product, and tells what became of it.
pub(crate) async fn run(address: &str) -> Result<Option<ErrorCode>, Error> {
    let email = format!("ada+{}@example.com", uuid::Uuid::now_v7().simple());
    let account =
        types::Registration::builder().email(email.as_str()).password("correct horse battery").name("Ada");
    let shop = Client::builder(address).password(email, "correct horse battery").build()?;
    Client::builder(address).build()?.register().body(account).await?;
    let products = shop.list_products().limit(1).await?.items;
    let Some(product) = products.first() else { return Ok(None) };

    let quantity = i32::try_from(product.stock).unwrap_or(i32::MAX).saturating_add(1);
    let line = types::OrderLineCreate::builder().product_id(product.id.clone()).quantity(quantity);
    let order = types::OrderCreate::builder().lines(vec![line.try_into()?]);
    let Err(error) = shop.create_order().body(order).await else { return Ok(None) };
    match error.code() {
        Some(ErrorCode::OutOfStock) => println!("there are only {} of {}", product.stock, product.name),
        _ if error.is_retryable() => println!("not now: {error}"),
        _ => println!("no: {error}"),
    }
    // Every mistake in the request, with its place, and what finds the request in the server's log.
    for mistake in error.problem().map(|problem| problem.errors.as_slice()).unwrap_or_default() {
        println!("  {}: {}", mistake.place(), mistake.detail);
    }
    println!("  request {}", error.request_id().unwrap_or("unknown"));
    Ok(error.code().cloned())
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "http://localhost:8080".to_owned());
    run(&address).await.map(drop)
}
