//! An answer has a declared status, declared headers and a declared body.

use http::{Method, StatusCode};

use super::{Check, Contract, Report, headers::check_headers_of_http};
use crate::{
    document::{Answer, Operation},
    exchange::Exchange,
};

impl Contract {
    /// `is_valid` says whether the document allows the request; it is asked only where that matters.
    pub(super) fn check_answer(
        &self,
        operation: &Operation,
        exchange: &Exchange,
        is_valid: impl FnOnce() -> bool,
        report: &mut Report,
    ) {
        let declared = operation.answer(exchange.received.status).map(|(_, answer)| answer);
        let place =
            declared.map_or_else(|| operation.place.child("responses"), |answer| answer.place.clone());
        check_headers_of_http(operation, &place, exchange, report);
        match declared {
            Some(answer) => {
                self.check_headers(answer, exchange, report);
                self.check_answer_body(answer, exchange, report);
            }
            None => self.check_undeclared_status(operation, exchange, is_valid, report),
        }
    }

    fn check_answer_body(&self, answer: &Answer, exchange: &Exchange, report: &mut Report) {
        let received = &exchange.received;
        // RFC 9110, sections 9.3.2, 15.3.5 and 15.4.5: none of these has content.
        let never = exchange.sent.method == Method::HEAD
            || [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&received.status);
        if never || answer.content.is_empty() {
            // An author who writes down no content need not mean that there is none.
            if !received.body.is_empty() && (never || self.conventions.closed) {
                let found = format!("{} bytes", received.body.len());
                report.add(Check::Body, &answer.place, "no body", found);
            }
            return;
        }
        let declared = || {
            let declared: Vec<&str> = answer.content.iter().map(|one| one.media_type.as_str()).collect();
            declared.join(" or ")
        };
        let place = answer.place.child("content");
        let Some(media_type) = received.media_type() else {
            let found = if received.body.is_empty() { "no body" } else { "no Content-Type" };
            return report.add(Check::MediaType, &place, declared(), found);
        };
        match answer.content.iter().find(|content| content.takes(&media_type)) {
            None => report.add(Check::MediaType, &place, declared(), format!("`{media_type}`")),
            Some(content) if content.is_json() || is_json(&media_type) => {
                self.check_json(answer, content, exchange, report);
            }
            Some(_) => {}
        }
    }
}

/// RFC 6839, section 3.1.
fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.ends_with("+json")
}
