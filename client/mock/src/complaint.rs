//! What is wrong with a request.

use crate::Received;

/// Everything in which a request breaks the document.
#[cfg(feature = "contract")]
pub(crate) fn of(received: &Received) -> Vec<String> {
    use std::sync::LazyLock;

    use orderly_contract::{Document, Match, Sent, mistakes};

    static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
        let text = include_bytes!("../../../api/openapi.yaml");
        let source = orderly_document::Document::parse("openapi.yaml", text);
        let source = source.unwrap_or_else(|remarks| panic!("the document of the SDK: {remarks}"));
        Document::new(source).unwrap_or_else(|remark| panic!("the document of the SDK: {remark}")).at("")
    });
    let sent = Sent {
        method: received.method.clone(),
        path: received.path.clone(),
        query: received.query.clone(),
        headers: received.headers.clone(),
        body: received.body.clone(),
    };
    let Match::Operation(operation, _) = DOCUMENT.find(&sent.method, &sent.path) else { return Vec::new() };
    let mistakes = mistakes(&DOCUMENT, operation, &sent);
    let told = mistakes
        .iter()
        .map(|mistake| format!("{}: expected {}, found {}", operation.id, mistake.expected, mistake.found));
    told.collect()
}

/// Without the document nothing is known.
#[cfg(not(feature = "contract"))]
pub(crate) fn of(_: &Received) -> Vec<String> {
    Vec::new()
}
