//! An answer has a declared status, declared headers and a declared body, and nothing besides.

use http::{HeaderName, Method, StatusCode, header};
use orderly_api_runtime::Direction;
use orderly_document::Pointer;
use serde_json::Value;

use super::{Contract, Report, undeclared, value};
use crate::{
    document::{Answer, Content, Operation},
    exchange::Exchange,
};

/// The headers that belong to HTTP itself rather than to an operation.
const TRANSPORT: [HeaderName; 8] = [
    header::DATE,
    header::SERVER,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::CONTENT_ENCODING,
    header::TRANSFER_ENCODING,
    header::VARY,
];

impl Contract {
    /// What is said of every answer, inside of the document and outside.
    pub(super) fn check_common_headers(&self, exchange: &Exchange, report: &mut Report) {
        for name in self.document.common_headers() {
            if !exchange.received.headers.contains_key(name) {
                let place = Pointer::root().child("x-common-headers");
                report.add(&place, format!("the header {name} in every answer"), "none");
            }
        }
    }

    pub(super) fn check_answer(&self, operation: &Operation, exchange: &Exchange, report: &mut Report) {
        let status = exchange.received.status;
        let Some((_, answer)) = operation.answer(status) else {
            let declared: Vec<&str> = operation.answers.keys().map(String::as_str).collect();
            let responses = operation.place.child("responses");
            let body = String::from_utf8_lossy(&exchange.received.body);
            return report.add(&responses, declared.join(", "), format!("{}: {body}", status.as_u16()));
        };
        self.check_headers(answer, exchange, report);
        self.check_answer_body(answer, exchange, report);
    }

    fn check_headers(&self, answer: &Answer, exchange: &Exchange, report: &mut Report) {
        let headers = &exchange.received.headers;
        for name in headers.keys() {
            let declared = answer.headers.iter().map(|header| &header.name);
            let shared = self.document.common_headers().iter().chain(self.document.occasional_headers());
            let mut known = declared.chain(shared);
            if !TRANSPORT.contains(name) && !known.any(|known| known.eq_ignore_ascii_case(name.as_str())) {
                report.add(&answer.place.child("headers"), "declared headers only", name.as_str());
            }
        }
        for header in &answer.headers {
            let name = &header.name;
            let lines: Vec<_> =
                headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
            if lines.is_empty() {
                if header.required {
                    report.add(&answer.place, format!("the header {name}"), "none");
                }
                continue;
            }
            // Several lines are one value (RFC 9110, section 5.3).
            let value = value::read(&self.document, &header.schema, &lines.join(", "));
            for violation in self.document.violations(&header.schema, Direction::Response, &value) {
                report.add(&header.schema, format!("{name} that {}", violation.detail), value.to_string());
            }
        }
    }

    fn check_answer_body(&self, answer: &Answer, exchange: &Exchange, report: &mut Report) {
        let received = &exchange.received;
        // RFC 9110, sections 9.3.2, 15.3.5 and 15.4.5: none of these has content.
        let empty = exchange.sent.method == Method::HEAD
            || [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&received.status);
        if empty || answer.content.is_empty() {
            if !received.body.is_empty() {
                report.add(&answer.place, "no body", format!("{} bytes", received.body.len()));
            }
            return;
        }
        let media_type = received.media_type().unwrap_or_default();
        match answer.content.iter().find(|content| content.takes(&media_type)) {
            None => {
                let declared: Vec<&str> = answer.content.iter().map(|one| one.media_type.as_str()).collect();
                report.add(&answer.place.child("content"), declared.join(" or "), format!("`{media_type}`"));
            }
            Some(content) if content.is_json() => self.check_json(answer, content, exchange, report),
            Some(_) => {}
        }
    }

    fn check_json(&self, answer: &Answer, content: &Content, exchange: &Exchange, report: &mut Report) {
        let body = &exchange.received.body;
        let value: Value = match serde_json::from_slice(body) {
            Ok(value) => value,
            Err(error) => return report.add(&content.place, "JSON", error.to_string()),
        };
        let schema = content.schema();
        for violation in self.document.violations(&schema, Direction::Response, &value) {
            report.add(&schema, "an answer's body as declared", format!("{violation:?} in {value}"));
        }
        for member in undeclared::members(self.document.source(), &schema, &value) {
            report.add(&schema, "declared members only", format!("{member} in {value}"));
        }
        if content.media_type == "application/problem+json" {
            self.check_problem(&answer.place, &value, exchange, report);
            self.check_described_code(answer, &value, report);
        }
    }
}
