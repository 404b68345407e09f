//! Every operation and every security scheme of the document.

use orderly_api_runtime as runtime;

/// `GET /time`
pub const GET_TIME: runtime::Operation = runtime::Operation {
    id: "get_time",
    method: "GET",
    path: "/time",
    tag: "clock",
    statuses: &[200],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// All operations, by tag, in the order of the document.
pub const OPERATIONS: &[runtime::Operation] = &[GET_TIME];
