//! The database under the server: SQLite's file, or a PostgreSQL that is thrown away afterwards.

use std::fs;

use orderly_throwaway_postgres::Cluster;

use super::ServerError;

/// What a server keeps its data in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// As a PostgreSQL is run for real; the throw-away one's defaults forgo durability.
const POSTGRES: [&str; 4] = ["fsync=on", "full_page_writes=on", "autovacuum=on", "shared_buffers=256MB"];

/// A database that stands ready.
#[derive(Debug, Default)]
pub(crate) struct Database {
    /// Where the server finds it; the file in its own folder when unset.
    pub(crate) url: Option<String>,
    /// The process that PostgreSQL's others are children of; SQLite works in the server's.
    pub(crate) postmaster: Option<u32>,
}

impl Engine {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// Does `work` on an empty database, of which nothing is left afterwards.
    pub(crate) fn with<T, E: From<ServerError>>(
        self,
        work: impl FnOnce(&Database) -> Result<T, E>,
    ) -> Result<T, E> {
        if self == Self::Sqlite {
            return work(&Database::default());
        }
        let runtime = tokio::runtime::Runtime::new().map_err(ServerError::from)?;
        let cluster = runtime.block_on(Cluster::start(&POSTGRES)).map_err(ServerError::from)?;
        let database = runtime.block_on(cluster.empty_database()).map_err(ServerError::from)?;
        let pid =
            fs::read_to_string(cluster.folder().join("data/postmaster.pid")).map_err(ServerError::from)?;
        let postmaster = pid.lines().next().and_then(|pid| pid.trim().parse().ok());
        work(&Database { url: Some(database.url()), postmaster })
    }
}
