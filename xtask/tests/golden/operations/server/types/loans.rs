//! Types of `loans`.

use orderly_api_runtime as runtime;

/// `#/paths/~1loans/post/requestBody/content/application~1json/schema`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct CreateLoanBody {
    /// `book_id`.
    pub book_id: String,
}

runtime::object!(CreateLoanBody);
