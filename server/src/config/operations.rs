//! Settings for whoever runs the server: logs, the operations listener, traces.

use std::net::SocketAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{Endpoint, address, rules};

/// What is logged and how.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// "text" for people, "json" for machines.
    pub format: LogFormat,
    /// "error", "warn", "info", "debug", "trace", or a filter by module such as "warn,orderly_server=debug".
    #[validate(custom(function = "rules::log_level"))]
    pub level: String,
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The listener for whoever runs the server.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Operations {
    /// Address and port of metrics, health and version; none is opened when unset.
    #[serde(default, deserialize_with = "address::listen_or_not")]
    #[schemars(with = "Option<String>")]
    pub listen: Option<SocketAddr>,
    /// Whether it also gives CPU profiles and heap figures.
    pub profiling: bool,
}

/// Where traces are sent.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Traces {
    /// Collector that takes OTLP over HTTP, such as http://localhost:4318; nothing is traced when unset.
    pub otlp_endpoint: Option<Endpoint>,
    /// Of a thousand requests that come without a trace, how many begin one.
    #[validate(range(min = 0, max = 1_000))]
    pub sample_per_mille: u32,
}

impl Traces {
    /// The part of the requests that begin a trace, from 0 to 1.
    pub fn sample_ratio(&self) -> f64 {
        f64::from(self.sample_per_mille) / 1000.0
    }
}
