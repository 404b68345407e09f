//! A list as a stream of its items, page after page: `cargo run --example pages -- http://localhost:8080`.

use futures_util::TryStreamExt as _;
use orderly_client::{Client, Error, types::ProductSort};

/// Prints all products, the cheapest first, and tells how many there are.
pub(crate) async fn run(address: &str) -> Result<usize, Error> {
    let shop = Client::builder(address).build()?;
    let mut count = 0;
    // A page is fetched when the first of its items is asked for.
    let mut products = std::pin::pin!(shop.list_products().sort(ProductSort::Cheapest).limit(2).items());
    while let Some(product) = products.try_next().await? {
        println!("{:<40} {:>8} {}", product.name, product.price.amount, product.price.currency);
        count += 1;
    }
    Ok(count)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "http://localhost:8080".to_owned());
    run(&address).await.map(drop)
}
