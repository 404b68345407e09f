//! What is no HTTP is refused by the protocol's own code, with a bare status. Here such a refusal becomes a problem like
//! every other error (RFC 9457).

use std::{fmt::Write, time::SystemTime};

use orderly_api_runtime::{Failure, StatusCode};
use poem::http::{HeaderMap, HeaderValue, header};

use super::layers::{headers, request_id};

/// The codes that hyper refuses a head with.
const REFUSALS: [(u16, &str, &str); 3] = [
    (400, "malformed_request", "The request is not HTTP/1.1 as RFC 9112 writes it."),
    (414, "head_too_large", "The request's target is too long."),
    (431, "head_too_large", "The request's head is too large, or it has too many headers."),
];

/// A problem to write in place of `answer`, if that is a refusal of hyper's own: those have a status of [`REFUSALS`],
/// no body, and none of the headers that every answer of ours has.
pub(super) fn in_place_of(answer: &[u8]) -> Option<Vec<u8>> {
    const LONGEST: usize = 256;
    if answer.len() > LONGEST || !answer.starts_with(b"HTTP/1.") || !answer.ends_with(b"\r\n\r\n") {
        return None;
    }
    let head = std::str::from_utf8(answer).ok()?;
    let status: u16 = head.get(9..12)?.parse().ok()?;
    let (_, code, detail) = REFUSALS.iter().find(|(known, ..)| *known == status)?;
    let is_bare = head.contains("\r\ncontent-length: 0\r\n") && !head.contains(request_id::HEADER.as_str());
    is_bare.then(|| problem(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), code, detail))
}

/// The answer to a client that speaks plain HTTP where TLS is spoken.
pub(super) fn plain_http() -> Vec<u8> {
    problem(StatusCode::BAD_REQUEST, "malformed_request", "This port speaks TLS: use https.")
}

/// A whole HTTP/1.1 answer after which the connection is closed.
fn problem(status: StatusCode, code: &'static str, detail: &str) -> Vec<u8> {
    let id = request_id::RequestId::generate();
    tracing::info!(status = status.as_u16(), code, request_id = id.as_str(), "a request was refused unread");
    let body = Failure::new(status, code, detail).to_problem(id.as_str(), "");
    let mut fields = HeaderMap::new();
    headers::secure(&mut fields);
    fields.insert(header::CONNECTION, HeaderValue::from_static("close"));
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    fields.insert(header::CONTENT_LENGTH, body.len().into());
    fields.insert(request_id::HEADER, id.header());
    let mut head = format!("HTTP/1.1 {status}\r\ndate: {}\r\n", httpdate::fmt_http_date(SystemTime::now()));
    for (name, value) in &fields {
        // Every value above is text; a header that is none would be left out, not break the answer.
        if let Ok(value) = value.to_str() {
            let _ = write!(head, "{name}: {value}\r\n");
        }
    }
    head.push_str("\r\n");
    [head.into_bytes(), body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_refusals_are_replaced() {
        let bare = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\ndate: x\r\n\r\n";
        let text = String::from_utf8(in_place_of(bare.as_bytes()).unwrap()).unwrap();
        assert!(text.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{text}");
        assert!(text.contains("\r\nx-request-id: ") && text.contains("\"malformed_request\""), "{text}");
        for other in [
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nx-request-id: a\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}",
            "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
            "{\"status\":400}",
            "",
        ] {
            assert_eq!(in_place_of(other.as_bytes()), None, "{other}");
        }
    }
}
