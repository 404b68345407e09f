//! What holds for everything that Orderly exchanges: its document, and a rule for what is sent as a canary.

use orderly_contract::{Contract, Conventions, Document, Exchange};

/// What is sent with this word in it must not come back in a problem.
pub const CANARY: &str = "canary";

/// Orderly's document.
///
/// # Panics
/// If it cannot be read; then nothing can be tested.
pub fn document() -> Document {
    let source = orderly_document::Document::parse("api/openapi.yaml", orderly_api::DOCUMENT_YAML.as_bytes())
        .unwrap_or_else(|diagnostics| panic!("the document cannot be read: {diagnostics}"));
    Document::new(source).unwrap_or_else(|diagnostic| panic!("the document cannot be used: {diagnostic}"))
}

/// Orderly's document as a contract, with what it promises beyond OpenAPI (`x-contract`).
pub fn contract() -> Contract {
    let document = document();
    let conventions = Conventions::of(&document);
    Contract::new(document, conventions)
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
