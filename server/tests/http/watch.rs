//! The live contract watch: answers that break the document are counted, and go out as they are.

use std::{sync::Arc, time::Duration};

use orderly_api::{DOCUMENT_JSON, DOCUMENT_YAML, OPERATIONS};
use orderly_server::{
    http::{Api, Edge, app, docs::Source, load::Load},
    ops::Readiness,
    rate::RateLimits,
    storage::Store,
    telemetry::Telemetry,
};
use poem::{Endpoint, Request, Response, Route, endpoint::make_sync, get};
use tempfile::TempDir;

use super::{
    client::{PATIENCE, get as http_get, request},
    server::{Captured, Shop, config},
};

/// The metrics once every answer that was taken is checked.
async fn checked(telemetry: &Telemetry) -> String {
    let waiting = async {
        loop {
            let text = telemetry.metrics.text();
            if text.contains("orderly_contract_waiting 0\n") {
                return text;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("the watch checks what it takes")
}

/// The real layers around an endpoint that answers as no document says.
async fn unfaithful(telemetry: &Telemetry) -> impl Endpoint<Output = Response> {
    let folder = TempDir::new().unwrap();
    let mut config = config(&folder);
    config.contract_watch.sample_per_mille = 1000;
    let store = Store::open(&config).await.unwrap();
    let edge = Edge { load: Load::new(&config.limits), rates: RateLimits::new(&config.rate, store) };
    let json = |status: u16, body: &'static str| {
        get(make_sync(move |_| {
            let status = poem::http::StatusCode::from_u16(status).unwrap();
            Response::builder().status(status).content_type("application/json").body(body)
        }))
    };
    let endpoint = Route::new()
        .at("/v1/products", json(200, r#"{"items":"secret"}"#))
        .at("/v1/products/:product_id", json(299, "{}"));
    let api =
        Api { endpoint, operations: OPERATIONS, source: Source { json: DOCUMENT_JSON, yaml: DOCUMENT_YAML } };
    app(api, Readiness::new(Vec::new()), &config, &edge, telemetry, None).unwrap()
}

fn ask(path: &str) -> Request {
    Request::builder().uri_str(path).header("host", "test").finish()
}

#[tokio::test]
async fn an_answer_that_breaks_the_document_is_counted_and_goes_out_as_it_is() {
    let telemetry = Telemetry::default();
    let app = Arc::new(unfaithful(&telemetry).await);
    for _ in 0..2 {
        let answer = app.get_response(ask("/v1/products")).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.into_body().into_string().await.unwrap(), r#"{"items":"secret"}"#);
    }
    app.get_response(ask("/v1/products/prod_1")).await;
    app.get_response(ask("/livez")).await;
    let text = checked(&telemetry).await;
    for line in [
        "orderly_contract_violations_total{operation=\"list_products\",kind=\"body\"} ",
        "orderly_contract_violations_total{operation=\"get_product\",kind=\"status\"} 1",
        "orderly_contract_samples_total{outcome=\"broken\"} 3",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[tokio::test]
async fn the_real_answers_are_sound() {
    let log = Captured::start();
    let telemetry = Telemetry::default();
    let shop = Shop::telling(&telemetry, |config| config.contract_watch.sample_per_mille = 1000).await;
    for path in
        ["/v1/products", "/v1/products/wrong", "/v1/me", "/v1/products?limit=0", "/.well-known/jwks.json"]
    {
        http_get(shop.address, path).await;
    }
    request(shop.address, "HEAD", "/v1/products", &[]).await;
    let text = checked(&telemetry).await;
    assert!(
        text.contains("orderly_contract_samples_total{outcome=\"sound\"} 6\n"),
        "{text} {:#?}",
        log.lines()
    );
    assert!(!text.contains("orderly_contract_violations_total{"), "{text}");
}

#[tokio::test]
async fn nothing_is_watched_unless_the_settings_say_so() {
    let telemetry = Telemetry::default();
    let shop = Shop::telling(&telemetry, |_| {}).await;
    http_get(shop.address, "/v1/products").await;
    assert!(!telemetry.metrics.text().contains("orderly_contract"));
}
