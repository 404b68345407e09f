//! What the server answers beside its API: its document, the page that shows it, and how it is.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::process::ExitCode;

use http::Method;
use orderly_tests::{engines::Engine, faulty::Fault, on_each_engine, shop::Shop};
use orderly_throwaway_postgres::run;
use serde_json::Value;

fn main() -> ExitCode {
    run(on_each_engine![
        the_document_is_served_as_it_was_written,
        the_page_shows_the_document_and_loads_nothing_from_elsewhere,
        a_server_without_its_database_is_alive_but_not_ready,
    ])
}

async fn the_document_is_served_as_it_was_written(engine: Engine) {
    let shop = Shop::open(engine).await;
    let server = shop.unrecorded();
    let document: Value = serde_json::from_str(orderly_api::DOCUMENT_JSON).unwrap();
    assert_eq!(server.get("/openapi.json").await.expect(200), document);
    let yaml = server.get("/openapi.yaml").await.having(200);
    assert_eq!(yaml.text, orderly_api::DOCUMENT_YAML);
    let again =
        server.call(Method::GET, "/openapi.yaml").header("if-none-match", yaml.header("etag")).send().await;
    assert_eq!(again.having(304).text, "");
}

async fn the_page_shows_the_document_and_loads_nothing_from_elsewhere(engine: Engine) {
    let shop = Shop::open(engine).await;
    let page = shop.unrecorded().get("/docs/").await.having(200);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    let script = shop.unrecorded().get("/docs/swagger-initializer.js").await.having(200).text;
    assert!(script.contains("/openapi.json") && !script.contains("https://"), "{script}");
    shop.unrecorded().get("/docs/../secret").await.problem(404, "route_not_found");
}

async fn a_server_without_its_database_is_alive_but_not_ready(engine: Engine) {
    let shop = Shop::open(engine).await;
    let server = shop.unrecorded();
    server.get("/readyz").await.having(200);
    shop.faults.set(Fault::Unavailable);
    server.get("/livez").await.having(200);
    server.get("/readyz").await.having(503);
    shop.faults.set(None);
    server.get("/readyz").await.having(200);
}
