//! Which database an address names.

use std::{borrow::Cow, path::PathBuf, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A database that the server can run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// The embedded database, in this file.
    Sqlite(PathBuf),
}

/// An address that names a supported database, such as `sqlite://data/orderly.db`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct DatabaseUrl {
    text: String,
    database: Database,
}

/// Why an address names no database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    /// Another scheme than `sqlite`.
    #[error("the address has to begin with sqlite://")]
    Scheme,
    /// No file is named.
    #[error("the address names no file: sqlite://path/to/orderly.db")]
    NoPath,
}

impl DatabaseUrl {
    /// The database that this address names.
    pub fn database(&self) -> &Database {
        &self.database
    }
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    /// `sqlite:path` is taken as well as `sqlite://path`, as sqlx does.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.strip_prefix("sqlite:").ok_or(DatabaseUrlError::Scheme)?;
        let path = rest.strip_prefix("//").unwrap_or(rest);
        if path.is_empty() {
            return Err(DatabaseUrlError::NoPath);
        }
        Ok(Self { text: text.to_owned(), database: Database::Sqlite(PathBuf::from(path)) })
    }
}

impl TryFrom<String> for DatabaseUrl {
    type Error = DatabaseUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DatabaseUrl> for String {
    fn from(url: DatabaseUrl) -> Self {
        url.text
    }
}

impl std::fmt::Display for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Database::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
        }
    }
}

impl JsonSchema for DatabaseUrl {
    fn schema_name() -> Cow<'static, str> {
        "DatabaseUrl".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^sqlite:(//)?.+" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_file() {
        let cases = [
            ("sqlite://data/orderly.db", Ok("data/orderly.db")),
            ("sqlite:///var/lib/orderly.db", Ok("/var/lib/orderly.db")),
            ("sqlite:orderly.db", Ok("orderly.db")),
            ("sqlite://", Err(DatabaseUrlError::NoPath)),
            ("mysql://localhost/orderly", Err(DatabaseUrlError::Scheme)),
        ];
        for (text, expected) in cases {
            let found = text.parse::<DatabaseUrl>().map(|url| url.database().clone());
            assert_eq!(found, expected.map(|path| Database::Sqlite(path.into())), "{text}");
        }
    }
}
