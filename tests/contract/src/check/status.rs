//! An answer's status is one that the document declares; and which statuses a server may have that no document knows of.

use http::StatusCode;
use orderly_document::Pointer;

use super::{Check, Contract, Finding, Report, excerpt};
use crate::{
    document::{Location, Operation},
    exchange::Exchange,
};

/// Refusals of broken requests in HTTP's own words: what a server has to say to them is for RFC 9110 and RFC 6585 to
/// know, whatever a document lists. "Documentation is expected to cover a successful operation response and any known
/// errors" (OpenAPI 3.0.3, "Responses Object").
const REFUSALS_OF_HTTP: [StatusCode; 12] = [
    StatusCode::NOT_FOUND,
    StatusCode::METHOD_NOT_ALLOWED,
    StatusCode::NOT_ACCEPTABLE,
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::LENGTH_REQUIRED,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::URI_TOO_LONG,
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    StatusCode::EXPECTATION_FAILED,
    StatusCode::MISDIRECTED_REQUEST,
    StatusCode::PRECONDITION_REQUIRED,
    StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
];

/// How an API says that input is bad.
const BAD_INPUT: [StatusCode; 2] = [StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY];

impl Contract {
    /// The status of an answer that is not declared.
    pub(super) fn check_undeclared_status(
        &self,
        operation: &Operation,
        exchange: &Exchange,
        is_valid: impl FnOnce() -> bool,
        report: &mut Report,
    ) {
        let status = exchange.received.status;
        let place = operation.place.child("responses");
        if status.is_server_error() {
            report.findings.push(server_error(place, exchange));
        } else if self.conventions.closed || !is_beside_the_document(operation, status, is_valid) {
            let declared: Vec<&str> = operation.answers.keys().map(String::as_str).collect();
            let found = format!("{}: {}", status.as_u16(), excerpt(&exchange.received.body));
            report.add(Check::Status, &place, declared.join(", "), found);
        }
    }
}

/// Whether a server may well say this though its document does not.
fn is_beside_the_document(
    operation: &Operation,
    status: StatusCode,
    is_valid: impl FnOnce() -> bool,
) -> bool {
    let declares = |one: &StatusCode| operation.answers.contains_key(one.as_str());
    match status {
        // A document that asks for a credential has said that the request may lack it, or its rights.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => !operation.security.is_empty(),
        // Documents that tell only what can go wrong mean that all else goes well; and of informational answers nobody
        // sees the last.
        _ if !status.is_client_error() && !tells_success(operation) => true,
        // A path with parameters can name what is not there, or no longer.
        StatusCode::NOT_FOUND | StatusCode::GONE
            if operation.parameters_in(Location::Path).next().is_some() =>
        {
            true
        }
        // Said by whatever stands before the server.
        StatusCode::TOO_MANY_REQUESTS => true,
        // Where one way to refuse bad input is declared, it is not refused in another.
        _ if BAD_INPUT.contains(&status) => !BAD_INPUT.iter().any(declares) && !is_valid(),
        _ => REFUSALS_OF_HTTP.contains(&status) && !is_valid(),
    }
}

/// Whether a document says what comes of a request that is right.
fn tells_success(operation: &Operation) -> bool {
    operation.answers.keys().any(|status| status == "default" || status.starts_with(['2', '3']))
}

/// The server failed.
pub(super) fn server_error(place: Pointer, exchange: &Exchange) -> Finding {
    let received = &exchange.received;
    Finding {
        check: Check::NoServerError,
        place,
        expected: "no failure of the server".to_owned(),
        found: format!("{}: {}", received.status.as_u16(), excerpt(&received.body)),
    }
}
