//! The API as data: every operation, and a call of one by its name: `cargo run --example operations -- http://localhost:8080`.

use orderly_client::{Client, Error, OPERATIONS, Operation, RawAnswer};

/// Lists what there is to call, and calls one of it with text for arguments.
pub(crate) async fn run(address: &str) -> Result<RawAnswer, Error> {
    for Operation { id, method, path, .. } in OPERATIONS {
        println!("{id:<24} {method:<6} {path}");
    }
    let shop = Client::builder(address).build()?;
    let operation = Operation::find("list_products");
    let operation = operation.ok_or_else(|| Error::InvalidRequest("no such operation".to_owned()))?;
    let answer = shop.raw(operation).query("limit", "1").await?;
    println!("{} {}", answer.status(), String::from_utf8_lossy(answer.body()));
    Ok(answer)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "http://localhost:8080".to_owned());
    run(&address).await.map(drop)
}
