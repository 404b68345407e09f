//! Types of `clock`.

use orderly_api_runtime as runtime;

/// `#/components/schemas/Time`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Time {
    /// `now`.
    pub now: runtime::DateTime,
}

runtime::object!(Time);
