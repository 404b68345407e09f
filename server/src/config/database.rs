//! Which database an address names, and how its connections are kept.

use std::{borrow::Cow, fmt, path::PathBuf, str::FromStr, time::Duration};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use url::Url;
use validator::Validate;

/// What stands where a password was.
const REDACTED: &str = "***";

/// The parameters that sqlx takes in an address; it would skip any other, and a misspelt `sslmode` is a hole.
const PARAMETERS: [&str; 19] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
    "options[…]",
];

const SSL_MODES: [&str; 6] = ["allow", "disable", "prefer", "require", "verify-ca", "verify-full"];

/// A database that the server can run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// The embedded database, in this file.
    Sqlite(PathBuf),
    /// PostgreSQL, at this address.
    Postgres(PostgresUrl),
}

/// The address of a PostgreSQL database. It is shown without its password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PostgresUrl(String);

/// An address that names a supported database, such as `sqlite://data/orderly.db` or
/// `postgres://orderly:password@db.example/orderly`. It is shown without its password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct DatabaseUrl(Database);

/// Why an address names no database. None repeats the address, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    /// Another scheme than those.
    #[error("the address has to begin with sqlite://, postgres:// or postgresql://")]
    Scheme,
    /// Another scheme than PostgreSQL's where only that will do.
    #[error("the address has to begin with postgres:// or postgresql://")]
    NotPostgres,
    /// No file is named.
    #[error("the address names no file: sqlite://path/to/orderly.db")]
    NoPath,
    /// A database that is gone with its connection.
    #[error(
        "a database in memory would be another one for each connection: name a file, sqlite://path/to/orderly.db"
    )]
    Memory,
    /// `?mode=ro` and the like.
    #[error("an address of SQLite takes no parameters: leave out what stands after `?`")]
    SqliteParameters,
    /// Not an address.
    #[error("this is no address such as postgres://user:password@host:5432/name: {0}")]
    Malformed(url::ParseError),
    /// No database is named.
    #[error("the address names no database: postgres://user:password@host:5432/name")]
    NoName,
    /// A parameter that nothing would read.
    #[error("there is no parameter `{name}`: those of an address are {known}", known = PARAMETERS.join(", "))]
    Parameter {
        /// Its name.
        name: String,
    },
    /// A misspelt `sslmode`.
    #[error("`{mode}` is no sslmode: it has to be one of {known}", known = SSL_MODES.join(", "))]
    SslMode {
        /// What was written.
        mode: String,
    },
}

/// Connections to PostgreSQL. SQLite needs none of this.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Connections that are kept open whether they are used or not.
    #[validate(range(min = 0, max = 10_000))]
    pub min_connections: u32,
    /// Connections open at once.
    #[validate(range(min = 1, max = 10_000))]
    pub max_connections: u32,
    /// Milliseconds that a request waits for a connection.
    #[validate(range(min = 1, max = 600_000))]
    pub acquire_ms: u64,
    /// Milliseconds after which an unused connection is closed.
    #[validate(range(min = 1_000, max = 86_400_000))]
    pub idle_ms: u64,
    /// Milliseconds after which a connection is closed, used or not.
    #[validate(range(min = 1_000, max = 86_400_000))]
    pub lifetime_ms: u64,
    /// Address of a replica of the database, for what may be read a little late.
    pub read_url: Option<PostgresUrl>,
}

impl Pool {
    /// Time that a request waits for a connection.
    pub fn acquire(&self) -> Duration {
        Duration::from_millis(self.acquire_ms)
    }

    /// Time after which an unused connection is closed.
    pub fn idle(&self) -> Duration {
        Duration::from_millis(self.idle_ms)
    }

    /// Time after which a connection is closed, used or not.
    pub fn lifetime(&self) -> Duration {
        Duration::from_millis(self.lifetime_ms)
    }
}

impl DatabaseUrl {
    /// The database that this address names.
    pub fn database(&self) -> &Database {
        &self.0
    }
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    /// `sqlite:path` is taken as well as `sqlite://path`, as sqlx does.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(rest) = text.strip_prefix("sqlite:") {
            return sqlite(rest.strip_prefix("//").unwrap_or(rest)).map(Self);
        }
        match text.parse() {
            Ok(url) => Ok(Self(Database::Postgres(url))),
            Err(DatabaseUrlError::NotPostgres) => Err(DatabaseUrlError::Scheme),
            Err(error) => Err(error),
        }
    }
}

fn sqlite(path: &str) -> Result<Database, DatabaseUrlError> {
    if path.is_empty() {
        Err(DatabaseUrlError::NoPath)
    } else if path.starts_with(":memory:") || path.contains("mode=memory") {
        Err(DatabaseUrlError::Memory)
    } else if path.contains('?') {
        Err(DatabaseUrlError::SqliteParameters)
    } else {
        Ok(Database::Sqlite(PathBuf::from(path)))
    }
}

impl PostgresUrl {
    /// The whole address, with its password: for whoever connects, and for nobody who prints.
    pub fn secret(&self) -> &str {
        &self.0
    }

    fn url(&self) -> Url {
        Url::parse(&self.0).expect("the address was parsed when it was made")
    }
}

impl FromStr for PostgresUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !(text.starts_with("postgres://") || text.starts_with("postgresql://")) {
            return Err(DatabaseUrlError::NotPostgres);
        }
        let url = Url::parse(text).map_err(DatabaseUrlError::Malformed)?;
        let mut named = !url.path().trim_start_matches('/').is_empty();
        for (key, value) in url.query_pairs() {
            let known = PARAMETERS.contains(&&*key) || (key.starts_with("options[") && key.ends_with(']'));
            if !known {
                return Err(DatabaseUrlError::Parameter { name: key.into_owned() });
            }
            if matches!(&*key, "sslmode" | "ssl-mode") && !SSL_MODES.contains(&&*value) {
                return Err(DatabaseUrlError::SslMode { mode: value.into_owned() });
            }
            named |= key == "dbname" && !value.is_empty();
        }
        if !named {
            return Err(DatabaseUrlError::NoName);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.url();
        if url.password().is_some() {
            // Refused only for an address without a host, and such a one has no password.
            let _ = url.set_password(Some(REDACTED));
        }
        if url.query_pairs().any(|(key, _)| key == "password") {
            let shown: Vec<_> = url
                .query_pairs()
                .map(|(key, value)| if key == "password" { (key, REDACTED.into()) } else { (key, value) })
                .map(|(key, value)| (key.into_owned(), value.into_owned()))
                .collect();
            url.query_pairs_mut().clear().extend_pairs(shown);
        }
        url.fmt(f)
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresUrl({self})")
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Database::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Database::Postgres(url) => url.fmt(f),
        }
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
        url.0.to_string()
    }
}

impl TryFrom<String> for PostgresUrl {
    type Error = DatabaseUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PostgresUrl> for String {
    fn from(url: PostgresUrl) -> Self {
        url.to_string()
    }
}

impl JsonSchema for DatabaseUrl {
    fn schema_name() -> Cow<'static, str> {
        "DatabaseUrl".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(sqlite:(//)?|postgres(ql)?://).+" })
    }
}

impl JsonSchema for PostgresUrl {
    fn schema_name() -> Cow<'static, str> {
        "PostgresUrl".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^postgres(ql)?://.+" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_sqlite_names_a_file() {
        let cases = [
            ("sqlite://data/orderly.db", Ok("data/orderly.db")),
            ("sqlite:///var/lib/orderly.db", Ok("/var/lib/orderly.db")),
            ("sqlite:orderly.db", Ok("orderly.db")),
            ("sqlite://", Err(DatabaseUrlError::NoPath)),
            ("sqlite::memory:", Err(DatabaseUrlError::Memory)),
            ("sqlite://x.db?mode=memory", Err(DatabaseUrlError::Memory)),
            ("sqlite://x.db?mode=ro", Err(DatabaseUrlError::SqliteParameters)),
            ("mysql://localhost/orderly", Err(DatabaseUrlError::Scheme)),
        ];
        for (text, expected) in cases {
            let found = text.parse::<DatabaseUrl>().map(|url| url.database().clone());
            assert_eq!(found, expected.map(|path| Database::Sqlite(path.into())), "{text}");
        }
    }

    #[test]
    fn an_address_of_postgresql_is_kept_as_it_was_written() {
        let good = [
            "postgres://orderly:s3cret@db.example:5432/orderly?sslmode=verify-full",
            "postgresql://localhost/orderly",
            "postgres:///orderly?host=/run/postgresql",
            "postgres://localhost?dbname=orderly&options[search_path]=shop",
        ];
        for text in good {
            let url: DatabaseUrl = text.parse().unwrap();
            assert!(matches!(url.database(), Database::Postgres(url) if url.secret() == text), "{text}");
        }
        let bad = [
            ("postgres://localhost", DatabaseUrlError::NoName),
            (
                "postgres://localhost/a?sslmod=require",
                DatabaseUrlError::Parameter { name: "sslmod".to_owned() },
            ),
            ("postgres://localhost/a?sslmode=yes", DatabaseUrlError::SslMode { mode: "yes".to_owned() }),
            ("postgres://localhost:port/a", DatabaseUrlError::Malformed(url::ParseError::InvalidPort)),
        ];
        for (text, expected) in bad {
            assert_eq!(text.parse::<DatabaseUrl>(), Err(expected), "{text}");
        }
    }

    #[test]
    fn an_address_without_a_password_is_shown_as_it_was_written() {
        for text in
            ["postgres://orderly@localhost/orderly?host=/run/postgresql", "sqlite:///var/lib/orderly.db"]
        {
            assert_eq!(text.parse::<DatabaseUrl>().unwrap().database().to_string(), text);
        }
    }

    #[test]
    fn nothing_shows_a_password() {
        let text = "postgres://orderly:s3cret@db.example/orderly?password=s3cret&application_name=shop";
        let url: DatabaseUrl = text.parse().unwrap();
        let shown = [url.database().to_string(), format!("{url:?}"), String::from(url)];
        for shown in shown {
            assert!(!shown.contains("s3cret") && shown.contains("db.example/orderly"), "{shown}");
            assert!(shown.contains("application_name=shop"), "{shown}");
        }
    }
}
