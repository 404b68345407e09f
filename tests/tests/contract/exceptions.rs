//! Declared answers that no scenario brings about, each with its reason. One that comes after all fails the suite.

use orderly_contract::Exception;

/// Codes of problems that no recorder sees.
pub(crate) const UNRECORDED_CODES: &[&str] = &[
    // Tried past the recorder, which cannot pass on half a request.
    "incomplete_body",
    // Tried past the recorder (server/tests/http/heads.rs), which passes on nothing that is no HTTP.
    "malformed_request",
    "head_too_large",
];

const IN_MEMORY: &str = "the keys are answered from memory, without the database";

pub(crate) const EXCEPTIONS: &[Exception] = &[
    Exception { operation: "get_jwks", status: "500", reason: IN_MEMORY },
    Exception { operation: "get_jwks", status: "503", reason: IN_MEMORY },
    Exception { operation: "get_jwks", status: "504", reason: IN_MEMORY },
];
