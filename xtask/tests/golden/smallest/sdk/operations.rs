//! What each operation is on the wire.
use sdk::Operation;
/// All operations, in the order of their ids.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        id: "get_time",
        method: "GET",
        path: "/time",
        content_type: None,
        accept: Some("application/json"),
        takes_idempotency_key: false,
        is_paged: false,
        answers_events: false,
        may_answer_empty: false,
    },
];
