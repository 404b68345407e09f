//! What an operation is on the wire.

use reqwest::Url;

use crate::generated::OPERATIONS;

/// An operation of the API, as the document declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its id, which is the name of the method on [`Client`](crate::Client).
    pub id: &'static str,
    /// Its HTTP method in upper case.
    pub method: &'static str,
    /// Its path template.
    pub path: &'static str,
    /// The media type of the request body that the SDK sends; none if the operation takes no body.
    pub content_type: Option<&'static str>,
    /// The media types of its answers, as the `Accept` header says them.
    pub accept: Option<&'static str>,
    /// Whether it takes an `Idempotency-Key`.
    pub takes_idempotency_key: bool,
    /// Whether it answers in pages.
    pub is_paged: bool,
    /// Whether it answers with server-sent events.
    pub answers_events: bool,
    /// Whether a success may come without a body, which then reads as nothing.
    pub may_answer_empty: bool,
}

impl Operation {
    /// The operation with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        // The table is in the order of the ids.
        OPERATIONS.binary_search_by(|operation| operation.id.cmp(id)).ok().map(|index| &OPERATIONS[index])
    }
}

impl Operation {
    /// Whether an address below `base` is one of this operation. A path parameter that is empty or made of dots would
    /// lead elsewhere: a URL forgets such segments, encoded or not (WHATWG URL, "path state").
    pub(crate) fn is_at(&self, url: &Url, base: &str) -> bool {
        let slashes = |path: &str| path.matches('/').count();
        let template = self.path.split(['?', '#']).next().unwrap_or_default();
        let (_, below) = base.split_once("://").unwrap_or_default();
        let (path, missing) = (url.path(), template.contains("//") || template.ends_with('/'));
        if base.ends_with('/') {
            return true; // whose own slash looks like an empty parameter
        }
        if !missing && (path.contains("//") || path.ends_with('/')) {
            return false;
        }
        slashes(path) == slashes(below) + slashes(template)
            // A base that was not in its normal form.
            || base.parse::<Url>().is_ok_and(|base| {
                slashes(path) == slashes(base.path().trim_end_matches('/')) + slashes(template)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_an_operations_unless_a_parameter_leads_elsewhere() {
        let at = |path, address: &str, base| {
            let operation = Operation { path, ..OPERATIONS[0] };
            operation.is_at(&format!("{base}{address}").parse().unwrap(), base)
        };
        let cases = [
            ("/v1/users/{id}", "/v1/users/7", true),
            ("/v1/users/{id}", "/v1/users/a%2Fb", true),
            ("/v1/users/{id}", "/v1/users/...?a=/", true),
            ("/v1/users/{id}", "/v1/users/..", false),
            ("/v1/users/{id}", "/v1/users/%2e%2E", false),
            ("/v1/users/{id}", "/v1/users/.", false),
            ("/v1/users/{id}", "/v1/users/", false),
            ("/v1/users/{id}/role", "/v1/users/../role", false),
            ("/v1/users/{id}/role", "/v1/users/./role", false),
            ("/v1/users/{id}/role", "/v1/users//role", false),
            ("/v1/users/{a}{b}", "/v1/users/..", false),
            ("/things/", "/things/", true),
            ("/", "/", true),
            ("/a?b=/{c}", "/a?b=/..", true),
        ];
        for (path, address, expected) in cases {
            for base in
                ["https://shop.example", "https://shop.example/base", "https://shop.example/a/../base"]
            {
                assert_eq!(at(path, address, base), expected, "{base} {path} {address}");
            }
        }
    }

    #[test]
    fn every_operation_is_found_by_its_id() {
        for operation in OPERATIONS {
            assert_eq!(Operation::find(operation.id), Some(operation));
        }
        assert_eq!(Operation::find("no_such_operation"), None);
    }
}
