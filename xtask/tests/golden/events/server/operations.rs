//! Every operation and every security scheme of the document.

use orderly_api_runtime as runtime;

/// `GET /news`
pub const FOLLOW_NEWS: runtime::Operation = runtime::Operation {
    id: "follow_news",
    method: "GET",
    path: "/news",
    tag: "news",
    statuses: &[200, 204],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// `GET /rooms/{room}/lines`
pub const FOLLOW_LINES: runtime::Operation = runtime::Operation {
    id: "follow_lines",
    method: "GET",
    path: "/rooms/{room}/lines",
    tag: "news",
    statuses: &[200],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// `POST /summaries`
pub const SUMMARIZE: runtime::Operation = runtime::Operation {
    id: "summarize",
    method: "POST",
    path: "/summaries",
    tag: "news",
    statuses: &[200],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// All operations, by tag, in the order of the document.
pub const OPERATIONS: &[runtime::Operation] = &[FOLLOW_NEWS, FOLLOW_LINES, SUMMARIZE];
