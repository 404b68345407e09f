//! Calls from a program that is not asynchronous: `cargo run --example blocking -- http://localhost:8080`.

use orderly_client::{Client, Error};

/// Prints some products, and tells how many.
pub(crate) fn run(address: &str) -> Result<usize, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("the system lets programs wait for connections");

    let shop = Client::builder(address).build()?;
    let page = runtime.block_on(shop.list_products().limit(5).into_future())?;
    for product in &page.items {
        println!("{:<40} {:>8} {}", product.name, product.price.amount, product.price.currency);
    }
    Ok(page.items.len())
}

fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "http://localhost:8080".to_owned());
    run(&address).map(drop)
}
