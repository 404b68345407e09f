//! Every operation and every security scheme of the document.

use orderly_api_runtime as runtime;

/// `POST /trees`
pub const PLANT_TREE: runtime::Operation = runtime::Operation {
    id: "plant_tree",
    method: "POST",
    path: "/trees",
    tag: "trees",
    statuses: &[201],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// All operations, by tag, in the order of the document.
pub const OPERATIONS: &[runtime::Operation] = &[PLANT_TREE];
