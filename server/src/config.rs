//! The settings: their types, their bounds and how they are put together from defaults, file, environment
//! and flags.

mod address;
mod database;
mod effective;
mod flags;
mod limits;
mod load;
mod operations;
mod rules;
mod settings;
mod shop;

use std::{net::SocketAddr, path::PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

pub use self::{
    address::{Endpoint, Network, Origin},
    database::{Database, DatabaseUrl, DatabaseUrlError, Pool, PostgresUrl},
    effective::Effective,
    flags::{Command, Invocation, invocation},
    limits::{Cors, Limits, Rate, Tls},
    load::{Mistakes, effective, load},
    operations::{Log, LogFormat, Operations, Traces},
    shop::{ContractWatch, Keys},
};

/// The default of every setting, with its explanation.
pub const DEFAULTS: &str = include_str!("../config.default.toml");

/// Everything that can be set. `config.default.toml` explains each setting at length.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on; port 0 takes a free one.
    #[serde(deserialize_with = "address::listen")]
    #[schemars(with = "String")]
    pub listen: SocketAddr,
    /// Folder for what the server keeps.
    #[validate(custom(function = "rules::names_a_file"))]
    pub data_dir: PathBuf,
    /// Where the data lives, as sqlite://path or postgres://user:password@host/name; orderly.db in the data folder
    /// when unset.
    pub database_url: Option<DatabaseUrl>,
    /// File that receives one JSON object once the server serves.
    #[validate(custom(function = "rules::names_a_file"))]
    pub ready_file: Option<PathBuf>,
    /// What is logged and how.
    #[validate(nested)]
    pub log: Log,
    /// Bounds on what one client may use.
    #[validate(nested)]
    pub limits: Limits,
    /// Connections to PostgreSQL.
    #[validate(nested)]
    pub database: Pool,
    /// Requests that one address or account may make in a minute.
    #[validate(nested)]
    pub rate: Rate,
    /// Which web pages of other origins may call the API.
    #[validate(nested)]
    pub cors: Cors,
    /// The certificate to serve HTTPS with.
    #[validate(nested)]
    pub tls: Tls,
    /// The listener for whoever runs the server.
    #[validate(nested)]
    pub operations: Operations,
    /// Where traces are sent.
    #[validate(nested)]
    pub traces: Traces,
    /// The keys that sign access tokens.
    #[validate(nested)]
    pub keys: Keys,
    /// The check of real answers against the document.
    #[validate(nested)]
    pub contract_watch: ContractWatch,
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
        schema.remove("required");
        let sections = schema.get_mut("$defs").and_then(serde_json::Value::as_object_mut);
        for section in sections.into_iter().flat_map(serde_json::Map::values_mut) {
            section.as_object_mut().map(|section| section.remove("required"));
        }
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_asks_for_no_setting_and_knows_their_bounds() {
        let schema = serde_json::to_value(Config::schema()).unwrap();
        assert_eq!(schema["$defs"]["Limits"]["properties"]["max_head_bytes"]["minimum"], 8192);
        assert!(!schema.to_string().contains("\"required\""), "{schema:#}");
    }

    /// An editor with the schema and the program agree on the file that explains everything.
    #[test]
    fn the_defaults_conform_to_the_schema() {
        let schema = serde_json::to_value(Config::schema()).unwrap();
        let defaults: toml::Table = DEFAULTS.parse().unwrap();
        let errors: Vec<_> = jsonschema::validator_for(&schema)
            .unwrap()
            .iter_errors(&serde_json::to_value(defaults).unwrap())
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}
