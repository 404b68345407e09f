//! What every operation of the document has in common, tried on every one of them with its own examples.

use orderly_contract::{Document, Operation, Requirement, sample};
use orderly_tests::{
    conformance::{CANARY, document},
    shop::{Call, Caller, Shop, Wire},
};

use crate::scenario::{Scenario, scenarios};

pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    every_operation_refuses_unknown_query_parameters,
    every_operation_refuses_a_credential_that_does_not_work,
    every_operation_with_a_body_refuses_what_is_no_json,
    every_operation_with_a_body_refuses_to_go_without,
    every_operation_with_a_body_refuses_other_media_types,
    every_operation_with_a_body_refuses_too_much,
    every_operation_with_a_body_gives_up_on_one_that_does_not_come,
];

/// A request of an operation with its examples, but without the body; and the body with its media type.
pub(crate) fn without_body(
    caller: &Caller,
    document: &Document,
    operation: &Operation,
) -> (Call, Option<(String, String)>) {
    let sample = sample::request(document, operation).expect("every operation of the document has examples");
    let call = caller.call(sample.method, &sample.path);
    let call = sample.headers.iter().fold(call, |call, (name, value)| call.header(name, value));
    (call, sample.body.map(|(media_type, body)| (media_type, body.to_string())))
}

/// A valid request of an operation.
pub(crate) fn valid(caller: &Caller, document: &Document, operation: &Operation) -> Call {
    match without_body(caller, document, operation) {
        (call, Some((media_type, body))) => call.body(&media_type, body),
        (call, None) => call,
    }
}

/// The operations that take a body, with its media type.
fn with_bodies(document: &Document) -> impl Iterator<Item = (&Operation, &str)> {
    document.operations().iter().filter_map(|operation| {
        let content = operation.body.as_ref()?.content.first()?;
        Some((operation, content.media_type.as_str()))
    })
}

async fn every_operation_refuses_unknown_query_parameters(shop: &Shop) {
    let document = document();
    for operation in document.operations() {
        let call = valid(&shop.administrator, &document, operation).query("colour", CANARY);
        let problem = call.send().await.problem(400, "validation_failed");
        assert_eq!(problem["errors"][0]["parameter"], "colour", "{}", operation.id);
        assert_eq!(problem["errors"][0]["code"], "unknown_parameter", "{}", operation.id);
    }
}

async fn every_operation_refuses_a_credential_that_does_not_work(shop: &Shop) {
    let document = document();
    let key = Requirement::Header("X-API-Key".to_owned());
    for operation in document.operations().iter().filter(|operation| !operation.security.is_empty()) {
        let mut callers = vec![shop.anonymous.bearer(CANARY)];
        if operation.security.iter().flatten().any(|requirement| *requirement == key) {
            callers.push(shop.anonymous.api_key(CANARY));
        }
        if operation.security.iter().all(|alternative| !alternative.is_empty()) {
            callers.extend([shop.anonymous.clone(), shop.anonymous.bearer("")]);
        }
        for caller in callers {
            let reply = valid(&caller, &document, operation).send().await;
            assert!(reply.header("www-authenticate").contains("Bearer"), "{}: {}", operation.id, reply.text);
            reply.problem(401, "unauthenticated");
        }
    }
}

async fn every_operation_with_a_body_refuses_what_is_no_json(shop: &Shop) {
    let document = document();
    let broken =
        [format!("{{\"{CANARY}\": "), format!("{CANARY} {{}}"), "\u{feff}{}".to_owned(), "[".repeat(500)];
    for (operation, media_type) in with_bodies(&document) {
        for body in &broken {
            let (call, _) = without_body(&shop.administrator, &document, operation);
            call.body(media_type, body.clone()).send().await.problem(400, "malformed_json");
        }
        let (call, _) = without_body(&shop.administrator, &document, operation);
        call.body(media_type, b"{\"a\": \"\xff\"}".to_vec()).send().await.problem(400, "malformed_json");
    }
}

async fn every_operation_with_a_body_refuses_to_go_without(shop: &Shop) {
    let document = document();
    for (operation, _) in with_bodies(&document) {
        let (call, _) = without_body(&shop.administrator, &document, operation);
        let problem = call.send().await.problem(400, "validation_failed");
        assert_eq!(problem["errors"][0]["code"], "required", "{}", operation.id);
    }
}

async fn every_operation_with_a_body_refuses_other_media_types(shop: &Shop) {
    let document = document();
    for (operation, _) in with_bodies(&document) {
        for other in ["text/plain", "application/xml", "application/x-www-form-urlencoded"] {
            let (call, body) = without_body(&shop.administrator, &document, operation);
            let (_, body) = body.expect("an operation with a body has an example of it");
            call.body(other, body).send().await.problem(415, "unsupported_media_type");
        }
    }
}

async fn every_operation_with_a_body_refuses_too_much(shop: &Shop) {
    let document = document();
    for (operation, media_type) in with_bodies(&document) {
        let padded = |body: String| format!("{body}{}", " ".repeat(shop.limits().max_body_bytes));
        let (call, body) = without_body(&shop.administrator, &document, operation);
        let (_, body) = body.expect("an operation with a body has an example of it");
        call.body(media_type, padded(body)).send().await.problem(413, "payload_too_large");
    }
}

async fn every_operation_with_a_body_gives_up_on_one_that_does_not_come(shop: &Shop) {
    let shop = shop.another(|config| config.limits.body_read_ms = 300).await;
    let document = document();
    for (operation, media_type) in with_bodies(&document) {
        let sample =
            sample::request(&document, operation).expect("every operation of the document has examples");
        let mut head =
            format!("{} {} HTTP/1.1\r\nhost: shop\r\ncontent-length: 1000\r\n", sample.method, sample.path);
        head += &format!(
            "content-type: {media_type}\r\nauthorization: {}\r\n",
            shop.administrator.authorization()
        );
        for (name, value) in sample.headers {
            head += &format!("{name}: {value}\r\n");
        }
        let mut wire = Wire::connect(shop.address()).await.unwrap();
        wire.send(format!("{head}\r\n{{\"{CANARY}")).await.unwrap();
        let answer = wire.read_answer().await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 408 "), "{}: {answer}", operation.id);
        assert!(answer.contains("\"request_timeout\""), "{}: {answer}", operation.id);
    }
}
