//! Types of `news`.

use orderly_api_runtime as runtime;

/// `#/paths/~1summaries/post/requestBody/content/application~1json/schema`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct SummarizeBody {
    /// `text`.
    pub text: String,
}

runtime::object!(SummarizeBody);
