//! Settings of the shop itself: the keys that sign access tokens, and the watch over its own answers.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// The keys that sign access tokens.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Age in hours at which a key is replaced; 0 for never.
    #[validate(range(min = 0, max = 87_600))]
    pub rotate_after_hours: u32,
    /// Milliseconds between looks at the keys that other replicas have made.
    #[validate(range(min = 10, max = 3_600_000))]
    pub check_ms: u64,
}

impl Keys {
    /// Age at which a key is replaced, if it is at all.
    pub fn rotate_after(&self) -> Option<Duration> {
        (self.rotate_after_hours > 0).then(|| Duration::from_secs(u64::from(self.rotate_after_hours) * 3600))
    }

    /// Time between looks at the keys that other replicas have made.
    pub fn check(&self) -> Duration {
        Duration::from_millis(self.check_ms)
    }
}

/// The check of real answers against the document.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ContractWatch {
    /// Of a thousand answers, how many are checked against the document.
    #[validate(range(min = 0, max = 1_000))]
    pub sample_per_mille: u32,
}
