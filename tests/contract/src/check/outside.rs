//! What the document does not know: other paths are 404, other methods 405 with the ones that there are.

use std::collections::BTreeSet;

use http::{Method, StatusCode, header};

use super::{Contract, Report};
use crate::exchange::Exchange;
use orderly_document::Pointer;

impl Contract {
    pub(super) fn check_unknown_path(&self, exchange: &Exchange, report: &mut Report) {
        let status = exchange.received.status;
        if status != StatusCode::NOT_FOUND {
            report.add(&Pointer::root().child("paths"), "404 for an unknown path", status.as_str());
        }
        self.check_refusal(self.conventions.unknown_path, exchange, report);
    }

    pub(super) fn check_other_method(&self, methods: &[Method], exchange: &Exchange, report: &mut Report) {
        let place = Pointer::root().child("paths");
        let received = &exchange.received;
        if received.status != StatusCode::METHOD_NOT_ALLOWED {
            report.add(&place, "405 for another method", received.status.as_str());
        }
        let mut expected: BTreeSet<&str> = methods.iter().map(Method::as_str).collect();
        if expected.contains("GET") {
            expected.insert("HEAD");
        }
        let allow =
            received.headers.get(header::ALLOW).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let found: BTreeSet<&str> = allow.split(',').map(str::trim).collect();
        if found != expected {
            report.add(&place, format!("Allow: {expected:?}"), format!("{found:?}"));
        }
        self.check_refusal(self.conventions.unknown_method, exchange, report);
    }

    fn check_refusal(&self, code: &str, exchange: &Exchange, report: &mut Report) {
        if exchange.sent.method != Method::HEAD {
            self.check_problem_outside(code, exchange, report);
        }
    }
}
