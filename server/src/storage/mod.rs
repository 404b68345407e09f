//! The database that the server runs on: the one place where what is configured becomes a store.

mod figures;
mod measured;

use orderly_domain::{Storage, storage_contract};
use orderly_store_postgres::{Postgres, PostgresOptions};
use orderly_store_sqlite::Sqlite;

pub use self::measured::Measured;
use crate::config::{Config, Database};

/// A database of either kind.
#[derive(Clone)]
pub enum Store {
    /// The embedded one.
    Sqlite(Sqlite),
    /// A PostgreSQL server.
    Postgres(Postgres),
}

/// Why the configured database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The embedded one.
    #[error(transparent)]
    Sqlite(#[from] orderly_store_sqlite::OpenError),
    /// A PostgreSQL server.
    #[error(transparent)]
    Postgres(#[from] orderly_store_postgres::OpenError),
}

impl Store {
    /// Opens the configured database, and brings its schema up to date. A file that is missing is made; a PostgreSQL
    /// database has to be there.
    ///
    /// # Errors
    /// If it cannot be reached, is no database of this program's, or cannot be brought up to date.
    pub async fn open(config: &Config) -> Result<Self, OpenError> {
        match config.database() {
            Database::Sqlite(path) => Ok(Self::Sqlite(Sqlite::open(path)?)),
            Database::Postgres(url) => {
                let pool = &config.database;
                let options = PostgresOptions {
                    min_connections: pool.min_connections,
                    max_connections: pool.max_connections,
                    acquire: pool.acquire(),
                    idle: pool.idle(),
                    lifetime: pool.lifetime(),
                    statement: config.limits.request(),
                    ..PostgresOptions::at(
                        url.secret(),
                        pool.read_url.as_ref().map(|replica| replica.secret()),
                    )?
                };
                Ok(Self::Postgres(Postgres::open(options).await?))
            }
        }
    }

    /// What OpenTelemetry calls the kind of the database (`db.system.name`).
    pub const fn system(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgresql",
        }
    }
}

/// Passes every call on to the database that there is.
macro_rules! dispatch {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $Arg:ty),* $(,)?) -> $Out:ty;)+) => {
        impl Storage for Store {
            $(async fn $name(&self, $($arg: $Arg),*) -> orderly_domain::Result<$Out> {
                match self {
                    Self::Sqlite(store) => store.$name($($arg),*).await,
                    // Boxed: these futures are large, and would make that of every handler as large on either database.
                    Self::Postgres(store) => Box::pin(store.$name($($arg),*)).await,
                }
            })+
        }
    };
}

storage_contract!(dispatch);
