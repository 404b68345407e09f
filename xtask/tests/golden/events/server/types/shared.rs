//! Types that several tags use.

use orderly_api_runtime as runtime;

/// `#/components/schemas/Headline`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Headline {
    /// `number`.
    pub number: i32,
    /// `text`.
    pub text: String,
}

runtime::object!(Headline);
