//! What is traced of a call: one span for all of its attempts, in OpenTelemetry's words.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use orderly_client::{Client, RetryPolicy};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The fields of all spans called `call`.
#[derive(Clone, Default)]
struct Calls(Arc<Mutex<BTreeMap<u64, BTreeMap<String, String>>>>);

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl<S: tracing::Subscriber> Layer<S> for Calls {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        if attributes.metadata().name() == "call" {
            attributes.record(&mut Fields(self.0.lock().unwrap().entry(id.into_u64()).or_default()));
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        if let Some(fields) = self.0.lock().unwrap().get_mut(&id.into_u64()) {
            values.record(&mut Fields(fields));
        }
    }
}

#[tokio::test]
async fn a_call_is_one_span_however_often_it_is_sent() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(503)).up_to_n_times(2).mount(&server).await;
    let product = "prd_01jd0q5x8yf6r9v2k3m4n5p6q7";
    let gone = ResponseTemplate::new(404).set_body_json(json!({ "code": "not_found" }));
    Mock::given(any()).respond_with(gone).mount(&server).await;
    let retry = RetryPolicy { base: Duration::from_millis(1), ..RetryPolicy::default() };
    let shop = Client::builder(server.uri()).retry(retry).build().unwrap();

    let calls = Calls::default();
    let subscriber = tracing_subscriber::registry().with(calls.clone());
    async { shop.get_product().product_id(product).await.unwrap_err() }.with_subscriber(subscriber).await;

    let calls = calls.0.lock().unwrap();
    assert_eq!(calls.len(), 1, "{calls:?}");
    let call = calls.values().next().unwrap();
    let expected = [
        ("otel.name", "GET /v1/products/{product_id}"),
        ("otel.kind", "client"),
        ("otel.status_code", "ERROR"),
        ("operation", "get_product"),
        ("http.request.method", "GET"),
        ("url.template", "/v1/products/{product_id}"),
        ("url.full", &format!("{}/v1/products/{product}", server.uri())),
        ("server.address", "127.0.0.1"),
        ("server.port", &server.address().port().to_string()),
        ("http.request.resend_count", "2"),
        ("http.response.status_code", "404"),
        ("error.type", "404"),
    ];
    for (name, value) in expected {
        assert_eq!(call.get(name).map(String::as_str), Some(value), "{name} in {call:#?}");
    }
    assert!(call.contains_key("request_id"));
}
