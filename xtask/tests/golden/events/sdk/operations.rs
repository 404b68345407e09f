//! What each operation is on the wire.
use sdk::Operation;
/// All operations, in the order of their ids.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        id: "follow_lines",
        method: "GET",
        path: "/rooms/{room}/lines",
        content_type: None,
        accept: Some("text/event-stream"),
        takes_idempotency_key: false,
        is_paged: false,
        answers_events: true,
        may_answer_empty: false,
    },
    Operation {
        id: "follow_news",
        method: "GET",
        path: "/news",
        content_type: None,
        accept: Some("text/event-stream"),
        takes_idempotency_key: false,
        is_paged: false,
        answers_events: true,
        may_answer_empty: false,
    },
    Operation {
        id: "summarize",
        method: "POST",
        path: "/summaries",
        content_type: Some("application/json"),
        accept: Some("text/event-stream"),
        takes_idempotency_key: false,
        is_paged: false,
        answers_events: true,
        may_answer_empty: false,
    },
];
