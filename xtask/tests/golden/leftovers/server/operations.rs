//! Every operation and every security scheme of the document.

use orderly_api_runtime as runtime;

/// `GET /files/{name}.{ending}`
pub const GET_FILE: runtime::Operation = runtime::Operation {
    id: "get_file",
    method: "GET",
    path: "/files/{name}.{ending}",
    tag: "",
    statuses: &[200, 304],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// `POST /watches`
pub const CREATE_WATCH: runtime::Operation = runtime::Operation {
    id: "create_watch",
    method: "POST",
    path: "/watches",
    tag: "",
    statuses: &[204],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// All operations, by tag, in the order of the document.
pub const OPERATIONS: &[runtime::Operation] = &[GET_FILE, CREATE_WATCH];
