//! Every operation and every security scheme of the document.

use orderly_api_runtime as runtime;

/// `POST /measures`
pub const CREATE_MEASURE: runtime::Operation = runtime::Operation {
    id: "create_measure",
    method: "POST",
    path: "/measures",
    tag: "measures",
    statuses: &[204],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// All operations, by tag, in the order of the document.
pub const OPERATIONS: &[runtime::Operation] = &[CREATE_MEASURE];
