//! What an operation is on the wire.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_found_by_its_id() {
        for operation in OPERATIONS {
            assert_eq!(Operation::find(operation.id), Some(operation));
        }
        assert_eq!(Operation::find("no_such_operation"), None);
    }
}
