//! Types that several tags use.

use orderly_api_runtime as runtime;

/// `#/components/schemas/Ripening`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Ripening {
    /// `ripe_on`.
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub ripe_on: runtime::Patch<chrono::NaiveDate>,
}

runtime::object!(Ripening);
