//! From registration to a placed order: `cargo run --example quickstart -- http://localhost:8080`.
use orderly_client::{Client, Error, types};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "http://localhost:8080".to_owned());
    let (email, password) = (format!("ada+{}@example.com", uuid::Uuid::now_v7()), "correct horse battery");
    let account =
        types::Registration::builder().email(email.as_str()).password(password).name("Ada Lovelace");
    Client::builder(&address).build()?.register().body(account).await?;

    let shop = Client::builder(&address).password(email, password).build()?;
    let products = shop.list_products().active(true).limit(5).await?.items;
    for product in &products {
        println!("{:<40} {:>8} {}", product.name, product.price.amount, product.price.currency);
    }

    let Some(product) = products.iter().find(|product| product.stock > 0) else { return Ok(()) };
    let line = types::OrderLineCreate::builder().product_id(product.id.clone()).quantity(1).try_into()?;
    let order = shop.create_order().body(types::OrderCreate::builder().lines(vec![line])).await?;
    println!("order {} is {}: {} {}", order.id, order.status, order.total.amount, order.total.currency);
    Ok(())
}
