//! Methods that a path does not have.

use http::Method;

use super::Cases;
use crate::{
    case::{Parts, Rule},
    document::Operation,
    route,
};

/// The methods that a path might have (RFC 9110, section 9.3; RFC 5789). `OPTIONS` is for anybody to ask, and `CONNECT` is
/// for proxies.
const METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::TRACE];

impl Cases<'_, '_> {
    /// Every method that is not declared, once for each path.
    pub(super) fn methods(&mut self) {
        let (document, operation) = (self.base.document, self.base.operation);
        let is_same =
            |other: &&Operation| other.template == operation.template && other.base == operation.base;
        let mut here = document.operations().iter().filter(is_same);
        if here.next().is_none_or(|first| first.id != operation.id) {
            return;
        }
        for method in METHODS {
            let parts = Parts { method: method.clone(), body: None, ..self.base.parts(self.known) };
            let path = parts.sent(document, operation).path;
            // A server may well serve the path by another template that fits it too.
            let declared = route::all_at(document.operations(), &path);
            // A GET without its body is a HEAD (RFC 9110, section 9.3.2).
            let has = |other: &&Operation| {
                other.method == method || (method == Method::HEAD && other.method == Method::GET)
            };
            if !declared.iter().any(has) {
                let place = operation.place.parent().unwrap_or_default();
                self.invalid(format!("the method {method}"), parts, Rule::Method, place);
            }
        }
    }
}
