//! What holds for everything that Orderly exchanges: its document, and a few rules that no document can say.

use orderly_contract::{Contract, Conventions, Document, Exchange};

/// What is sent with this word in it must not come back in a problem.
pub const CANARY: &str = "canary";

const CONVENTIONS: Conventions = Conventions {
    problem: "/components/schemas/Problem",
    invalid: "validation_failed",
    unknown_path: "route_not_found",
    unknown_method: "method_not_allowed",
    request_id: "X-Request-ID",
};

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
    Contract::new(document(), CONVENTIONS)
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
