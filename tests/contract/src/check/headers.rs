//! Declared headers are there and valid, and so are those whose form HTTP itself says.

use http::{HeaderMap, HeaderName, StatusCode, header};
use orderly_api_runtime::{Direction, format};
use orderly_document::Pointer;

use super::{Check, Contract, Report};
use crate::{
    document::{Answer, Header, Operation, Requirement},
    exchange::Exchange,
    request::read_header,
};

/// The headers that belong to HTTP itself rather than to an operation.
const TRANSPORT: [HeaderName; 9] = [
    header::DATE,
    header::SERVER,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::CONTENT_ENCODING,
    header::TRANSFER_ENCODING,
    header::VARY,
    HeaderName::from_static("keep-alive"),
];

impl Contract {
    /// What is said of every answer, inside of the document and outside.
    pub(super) fn check_common_headers(&self, exchange: &Exchange, report: &mut Report) {
        for name in self.document.common_headers() {
            if !exchange.received.headers.contains_key(name) {
                let place = Pointer::root().path(["x-common-headers", name]);
                report.add(Check::Headers, &place, format!("the header {name} in every answer"), "none");
            }
        }
    }

    pub(super) fn check_headers(&self, answer: &Answer, exchange: &Exchange, report: &mut Report) {
        let headers = &exchange.received.headers;
        if self.conventions.closed {
            self.check_undeclared_headers(answer, headers, report);
        }
        for header in &answer.headers {
            // "If a response header is defined with the name "Content-Type", it SHALL be ignored."
            if !header.name.eq_ignore_ascii_case(header::CONTENT_TYPE.as_str()) {
                self.check_header(answer, header, headers, report);
            }
        }
    }

    fn check_undeclared_headers(&self, answer: &Answer, headers: &HeaderMap, report: &mut Report) {
        for name in headers.keys() {
            let declared = answer.headers.iter().map(|header| &header.name);
            let shared = self.document.common_headers().iter().chain(self.document.occasional_headers());
            let mut known = declared.chain(shared);
            if !TRANSPORT.contains(name) && !known.any(|known| known.eq_ignore_ascii_case(name.as_str())) {
                let place = answer.place.child("headers");
                report.add(
                    Check::Headers,
                    &place,
                    format!("no {name}, which is not declared"),
                    text(headers, name),
                );
            }
        }
    }

    fn check_header(&self, answer: &Answer, header: &Header, headers: &HeaderMap, report: &mut Report) {
        let Header { name, required, schema, .. } = header;
        let lines: Vec<_> =
            headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
        if lines.is_empty() {
            if *required && !self.cannot_be_kept(schema) {
                let place = answer.place.path(["headers", name]);
                report.add(Check::Headers, &place, format!("the header {name}"), "none");
            }
            return;
        }
        if self.document.source().get(schema).is_none() {
            return;
        }
        // Several lines are one value (RFC 9110, section 5.3), except of `Set-Cookie` (RFC 6265, section 3).
        let texts = match name.eq_ignore_ascii_case(header::SET_COOKIE.as_str()) {
            true => lines.into_iter().map(String::from).collect(),
            false => vec![lines.join(", ")],
        };
        for text in texts {
            let value = read_header(&self.document, header, &text);
            for violation in self.document.violations(schema, Direction::Response, &value) {
                if self.cannot_be_kept(schema) {
                    continue;
                }
                let expected = format!("the header {name}, which {}", violation.detail);
                report.add(Check::Headers, schema, expected, value.to_string());
            }
        }
    }
}

/// Whether a header's text has its form.
type IsRight = fn(&str) -> bool;

/// Headers whose form is HTTP's, whether they are declared or not.
pub(super) fn check_headers_of_http(
    operation: &Operation,
    place: &Pointer,
    exchange: &Exchange,
    report: &mut Report,
) {
    let received = &exchange.received;
    let has = |name: &HeaderName| received.headers.contains_key(name);
    // "A server generating a 401 response MUST send a WWW-Authenticate header field" (RFC 9110, section 11.6.1); for an
    // API key there is no scheme that it could name.
    let challenges = operation.security.iter().flatten();
    let mut challenges = challenges.filter(|one| matches!(one, Requirement::Authorization(_)));
    if received.status == StatusCode::UNAUTHORIZED
        && challenges.next().is_some()
        && !has(&header::WWW_AUTHENTICATE)
    {
        report.add(Check::Headers, place, "the header WWW-Authenticate in a 401", "none");
    }
    let forms: [(HeaderName, &str, IsRight); 2] = [
        // RFC 9110, section 10.2.2.
        (header::LOCATION, "a reference to a resource", |text| format::check("uri-reference", text)),
        // RFC 9110, section 10.2.3.
        (header::RETRY_AFTER, "a number of seconds or a date", is_retry_after),
    ];
    for (name, form, is_right) in forms {
        if has(&name) && !is_right(&text(&received.headers, &name)) {
            let check = if name == header::RETRY_AFTER { Check::RateLimit } else { Check::Headers };
            report.add(check, place, format!("in {name}, {form}"), text(&received.headers, &name));
        }
    }
}

fn is_retry_after(text: &str) -> bool {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number || httpdate::parse_http_date(text).is_ok()
}

fn text(headers: &HeaderMap, name: &HeaderName) -> String {
    headers.get(name).map_or_else(String::new, |value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_a_number_of_seconds_or_a_date() {
        for right in ["0", "120", "Fri, 31 Dec 1999 23:59:59 GMT"] {
            assert!(is_retry_after(right), "{right}");
        }
        for wrong in ["", "-1", "soon", "1.5", "2026-01-01T00:00:00Z"] {
            assert!(!is_retry_after(wrong), "{wrong}");
        }
    }
}
