//! The settings: their types, their bounds and how they are put together from defaults, file, environment
//! and flags.

mod database;
mod flags;
mod load;
mod settings;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tracing_subscriber::{EnvFilter, filter::LevelFilter};
use validator::{Validate, ValidationError};

pub use self::{
    database::{Database, DatabaseUrl, DatabaseUrlError},
    flags::{Command, Invocation, invocation},
    load::{Mistakes, load},
};

/// The default of every setting, with its explanation.
pub const DEFAULTS: &str = include_str!("../config.default.toml");

/// Everything that can be set. `config.default.toml` explains each setting at length.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on; port 0 takes a free one.
    #[schemars(with = "String")]
    pub listen: SocketAddr,
    /// Folder for what the server keeps.
    pub data_dir: PathBuf,
    /// Where the data lives, as sqlite://path; orderly.db in the data folder when unset.
    pub database_url: Option<DatabaseUrl>,
    /// File that receives one JSON object once the server serves.
    pub ready_file: Option<PathBuf>,
    /// What is logged and how.
    #[validate(nested)]
    pub log: Log,
    /// Bounds on what one client may use.
    #[validate(nested)]
    pub limits: Limits,
}

/// What is logged and how.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// "text" for people, "json" for machines.
    pub format: LogFormat,
    /// "error", "warn", "info", "debug", "trace", or a filter by module such as "warn,orderly_server=debug".
    #[validate(custom(function = "log_level"))]
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

/// Bounds on time, size and number. None is infinite.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Connections open at once.
    #[validate(range(min = 1, max = 1_000_000))]
    pub max_connections: usize,
    /// Largest request body, in bytes.
    #[validate(range(min = 1, max = 104_857_600))]
    pub max_body_bytes: usize,
    /// Largest request head, in bytes.
    #[validate(range(min = 8_192, max = 1_048_576))]
    pub max_head_bytes: usize,
    /// Milliseconds for a request's head to arrive.
    #[validate(range(min = 1, max = 3_600_000))]
    pub header_read_ms: u64,
    /// Milliseconds for a request's body to arrive.
    #[validate(range(min = 1, max = 3_600_000))]
    pub body_read_ms: u64,
    /// Milliseconds for an answer to begin.
    #[validate(range(min = 1, max = 3_600_000))]
    pub request_ms: u64,
    /// Milliseconds that a connection may be open without a request.
    #[validate(range(min = 1, max = 3_600_000))]
    pub idle_ms: u64,
    /// Milliseconds that a client may leave an answer unread.
    #[validate(range(min = 1, max = 3_600_000))]
    pub write_stall_ms: u64,
    /// Milliseconds from failing readiness to closing the listener, at shutdown.
    #[validate(range(min = 0, max = 600_000))]
    pub shutdown_notice_ms: u64,
    /// Milliseconds for requests in flight to finish, at shutdown.
    #[validate(range(min = 0, max = 600_000))]
    pub drain_ms: u64,
}

impl Config {
    /// The database that is configured, or else the file in the data folder.
    pub fn database(&self) -> Database {
        match &self.database_url {
            Some(url) => url.database().clone(),
            None => Database::Sqlite(self.data_dir.join("orderly.db")),
        }
    }

    /// The JSON Schema of the configuration file, for editors.
    pub fn schema() -> schemars::Schema {
        let mut schema = schemars::schema_for!(Config);
        // A file may leave out what the defaults give.
        for pointer in ["", "/$defs/Log", "/$defs/Limits"] {
            if let Some(object) = schema.pointer_mut(pointer).and_then(serde_json::Value::as_object_mut) {
                object.remove("required");
            }
        }
        schema
    }
}

impl Limits {
    /// Time for a request's head to arrive.
    pub fn header_read(&self) -> Duration {
        Duration::from_millis(self.header_read_ms)
    }

    /// Time for a request's body to arrive.
    pub fn body_read(&self) -> Duration {
        Duration::from_millis(self.body_read_ms)
    }

    /// Time for an answer to begin.
    pub fn request(&self) -> Duration {
        Duration::from_millis(self.request_ms)
    }

    /// Time that a connection may be open without a request.
    pub fn idle(&self) -> Duration {
        Duration::from_millis(self.idle_ms)
    }

    /// Time that a client may leave an answer unread.
    pub fn write_stall(&self) -> Duration {
        Duration::from_millis(self.write_stall_ms)
    }

    /// Time from failing readiness to closing the listener.
    pub fn shutdown_notice(&self) -> Duration {
        Duration::from_millis(self.shutdown_notice_ms)
    }

    /// Time for requests in flight to finish.
    pub fn drain(&self) -> Duration {
        Duration::from_millis(self.drain_ms)
    }
}

/// `EnvFilter` takes any single word as the name of a module: here it has to be a level.
fn log_level(level: &str) -> Result<(), ValidationError> {
    let known = if level.contains(['=', ',']) {
        EnvFilter::builder().parse(level).is_ok()
    } else {
        level.parse::<LevelFilter>().is_ok()
    };
    if known {
        Ok(())
    } else {
        Err(ValidationError::new("level").with_message("is no level or filter".into()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_schema_knows_each_setting_and_its_bounds() {
        let schema = serde_json::to_value(Config::schema()).unwrap();
        // Their order depends on whether another crate of the build asks serde_json to keep it.
        let settings: BTreeSet<_> =
            schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        let known = ["data_dir", "database_url", "limits", "listen", "log", "ready_file"];
        assert_eq!(settings, BTreeSet::from(known));
        assert_eq!(schema["$defs"]["Limits"]["properties"]["max_head_bytes"]["minimum"], 8192);
        assert!(schema["$defs"]["Limits"].get("required").is_none());
    }

    #[test]
    fn a_level_is_a_level_or_a_filter() {
        for good in ["info", "WARN", "warn,orderly_server=debug"] {
            assert!(log_level(good).is_ok(), "{good}");
        }
        for bad in ["loud", "orderly_server=loud"] {
            assert!(log_level(bad).is_err(), "{bad}");
        }
    }
}
