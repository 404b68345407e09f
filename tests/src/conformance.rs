//! What holds for everything that Orderly exchanges: its document, and a few rules that no document can say.

use orderly_contract::{Contract, Conventions, Document, Exchange};
use orderly_document::Pointer;

/// What is sent with this word in it must not come back in a problem.
pub const CANARY: &str = "canary";

/// What Orderly promises beyond OpenAPI.
pub fn conventions() -> Conventions {
    Conventions {
        problem: Some(Pointer::from("/components/schemas/Problem")),
        invalid: Some("validation_failed".to_owned()),
        unknown_path: Some("route_not_found".to_owned()),
        unknown_method: Some("method_not_allowed".to_owned()),
        request_id: Some("X-Request-ID".to_owned()),
        closed: true,
    }
}

/// Orderly's document.
///
/// # Panics
/// If it cannot be read; then nothing can be tested.
pub fn document() -> Document {
    let source = orderly_document::Document::parse("api/openapi.yaml", orderly_api::DOCUMENT_YAML.as_bytes())
        .unwrap_or_else(|diagnostics| panic!("the document cannot be read: {diagnostics}"));
    Document::new(source).unwrap_or_else(|diagnostic| panic!("the document cannot be used: {diagnostic}"))
}

/// Orderly's document as a contract.
pub fn contract() -> Contract {
    Contract::new(document(), conventions())
}

/// Everything that is wrong with an exchange, in words.
pub fn mistakes(contract: &Contract, exchange: &Exchange) -> Vec<String> {
    let mut mistakes: Vec<String> =
        contract.check(exchange).iter().map(|finding| format!("{exchange}: {finding}")).collect();
    let body = String::from_utf8_lossy(&exchange.received.body);
    // The path is the problem's `instance`.
    let leaks = exchange.received.status.as_u16() >= 400
        && body.to_ascii_lowercase().contains(CANARY)
        && !exchange.sent.path.contains(CANARY);
    if leaks {
        mistakes.push(format!("{exchange}: the problem says what was sent: {body}"));
    }
    mistakes
}
