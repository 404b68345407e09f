//! What the document does not know: other paths and other methods.

use std::collections::BTreeSet;

use http::{Method, StatusCode, header};

use super::{Check, Contract, Report, status};
use crate::{exchange::Exchange, route};
use orderly_document::Pointer;

/// Methods that HTTP, its caches and its browsers use on their own, whatever is declared: nothing is said about them
/// (RFC 9110, sections 9.3.2 and 9.3.6 to 9.3.8; the Fetch standard, "CORS-preflight").
const OF_HTTP: [Method; 4] = [Method::HEAD, Method::OPTIONS, Method::TRACE, Method::CONNECT];

/// The place of everything that is not in the document.
fn outside() -> Pointer {
    Pointer::root().child("paths")
}

impl Contract {
    pub(super) fn check_unknown_path(&self, exchange: &Exchange, report: &mut Report) {
        let status = exchange.received.status;
        if status.is_server_error() {
            report.findings.push(status::server_error(outside(), exchange));
        }
        if !self.conventions.closed {
            return;
        }
        if status != StatusCode::NOT_FOUND {
            report.add(Check::Status, &outside(), "404 for an unknown path", status.as_str());
        }
        self.check_problem_outside(self.conventions.unknown_path.as_deref(), exchange, report);
    }

    pub(super) fn check_other_method(&self, methods: &[Method], exchange: &Exchange, report: &mut Report) {
        let Exchange { sent, received, .. } = exchange;
        let status = received.status;
        let is_of_http = OF_HTTP.contains(&sent.method);
        // A server may match `/users/me` as `/users/{id}` where it does not know the method otherwise.
        let everywhere = route::all_at(self.document.operations(), &sent.path);
        let is_elsewhere = everywhere.iter().any(|operation| operation.method == sent.method);
        if !self.conventions.closed && (is_of_http || is_elsewhere) {
            return;
        }
        match status {
            StatusCode::METHOD_NOT_ALLOWED => self.check_allow(methods, exchange, report),
            // RFC 9110, section 15.6.2: a method that it knows of no resource.
            StatusCode::NOT_IMPLEMENTED if !self.conventions.closed => {}
            _ if status.is_server_error() => {
                report.findings.push(status::server_error(outside(), exchange));
            }
            _ if self.conventions.closed || status.is_success() => {
                let expected = format!("405 for {}, which the path does not have", sent.method);
                report.add(Check::Method, &self.path_place(exchange), expected, status.as_str());
            }
            // Who asks is refused before what is asked for, or the path is hidden from them.
            _ => {}
        }
        if self.conventions.closed {
            self.check_problem_outside(self.conventions.unknown_method.as_deref(), exchange, report);
        }
    }

    /// "The origin server MUST generate an Allow header field in a 405 response containing a list of the target
    /// resource's currently supported methods" (RFC 9110, section 15.5.6).
    fn check_allow(&self, methods: &[Method], exchange: &Exchange, report: &mut Report) {
        let Exchange { sent, received, .. } = exchange;
        let place = self.path_place(exchange);
        let lines = received.headers.get_all(header::ALLOW).iter().filter_map(|value| value.to_str().ok());
        let lines: Vec<&str> = lines.collect();
        if lines.is_empty() {
            return report.add(Check::Method, &place, "the header Allow in a 405", "none");
        }
        let found: BTreeSet<&str> = lines
            .iter()
            .flat_map(|line| line.split(','))
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        let mut declared: BTreeSet<&str> = methods.iter().map(Method::as_str).collect();
        // HEAD comes with GET.
        if self.conventions.closed && declared.contains("GET") {
            declared.insert("HEAD");
        }
        let is_right = match self.conventions.closed {
            true => found == declared,
            // The server may have more than the document, but not what it has just refused.
            false => found.is_superset(&declared) && !found.contains(sent.method.as_str()),
        };
        if !is_right {
            let list = |names: &BTreeSet<&str>| names.iter().copied().collect::<Vec<_>>().join(", ");
            report.add(Check::Method, &place, format!("Allow: {}", list(&declared)), list(&found));
        }
    }

    /// Where the path stands that a request of another method went to.
    fn path_place(&self, exchange: &Exchange) -> Pointer {
        let here = route::all_at(self.document.operations(), &exchange.sent.path);
        here.first().map_or_else(outside, |operation| outside().child(operation.template.as_str()))
    }
}
