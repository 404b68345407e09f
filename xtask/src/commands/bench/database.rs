//! The database under the server: SQLite's file, or a PostgreSQL of this measurement's own.

use std::fs;
use std::io;
use std::time::Duration;

use orderly_throwaway_postgres::{Cluster, Error};

use super::usage;

/// Which databases to measure on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Databases {
    /// The embedded one.
    Sqlite,
    /// A PostgreSQL that is started for this.
    Postgres,
    /// One after the other.
    Both,
}

/// One that a server is measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

/// As a PostgreSQL is run for real; the throw-away one's defaults forgo durability.
const POSTGRES: [&str; 4] = ["fsync=on", "full_page_writes=on", "autovacuum=on", "shared_buffers=256MB"];

/// A database that stands ready.
#[derive(Debug, Default)]
pub(super) struct Database {
    /// Where the server finds it; the file in its own folder when unset.
    pub(super) url: Option<String>,
    postmaster: Option<u32>,
}

impl Databases {
    pub(super) fn engines(self) -> &'static [Engine] {
        match self {
            Self::Sqlite => &[Engine::Sqlite],
            Self::Postgres => &[Engine::Postgres],
            Self::Both => &[Engine::Sqlite, Engine::Postgres],
        }
    }
}

impl Engine {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// Does `work` on an empty database, of which nothing is left afterwards.
    pub(super) fn with<T, E: From<Error> + From<io::Error>>(
        self,
        work: impl FnOnce(&Database) -> Result<T, E>,
    ) -> Result<T, E> {
        if self == Self::Sqlite {
            return work(&Database::default());
        }
        let runtime = tokio::runtime::Runtime::new()?;
        let cluster = runtime.block_on(Cluster::start(&POSTGRES))?;
        let database = runtime.block_on(cluster.empty_database())?;
        let pid = fs::read_to_string(cluster.folder().join("data/postmaster.pid"))?;
        let postmaster = pid.lines().next().and_then(|pid| pid.trim().parse().ok());
        work(&Database { url: Some(database.url()), postmaster })
    }
}

impl Database {
    /// CPU time that the database's own processes have used. SQLite has none: it works in the server's.
    pub(super) fn cpu(&self) -> io::Result<Duration> {
        self.postmaster.map_or(Ok(Duration::ZERO), usage::cpu_with_children)
    }
}
