//! The database engines that a shop runs on: a place for one shop's data on each, and tests that hold on every one.

use std::path::Path;

use libtest_mimic::Trial;
use orderly_throwaway_postgres::{Cluster, Database, missing, trial};
use tempfile::TempDir;

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Engine {
    /// Embedded, in a file.
    Sqlite,
    /// A server; the tests start one themselves.
    Postgres,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// The name, as it stands before a test's.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// Whether it is not on this machine; then its tests count as ignored.
    pub fn is_missing(self) -> bool {
        self == Self::Postgres && missing().is_some()
    }
}

/// An empty database with a folder for what else a shop keeps; both are gone when it is dropped.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
    database: Option<Database<'static>>,
}

impl Home {
    /// A new one.
    ///
    /// # Panics
    /// If there is no room for it, or PostgreSQL cannot be started.
    pub async fn new(engine: Engine) -> Self {
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => {
                let cluster = Cluster::shared().await.unwrap_or_else(|error| panic!("{error}"));
                Some(cluster.database().await.unwrap_or_else(|error| panic!("{error}")))
            }
        };
        Self { folder: tempfile::tempdir().expect("there is room for a folder"), database }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        match &self.database {
            None => format!("sqlite://{}", self.folder.path().join("orderly.db").display()),
            Some(database) => database.url(),
        }
    }

    /// The database on PostgreSQL, if it is there.
    pub fn postgres(&self) -> Option<&Database<'static>> {
        self.database.as_ref()
    }
}

/// A test for each engine.
pub fn on_each<F>(name: &str, test: fn(Engine) -> F) -> impl Iterator<Item = Trial>
where
    F: Future<Output = ()> + 'static,
{
    Engine::ALL.into_iter().map(move |engine| on(engine, name, test))
}

/// A test for one engine.
pub fn on<F>(engine: Engine, name: &str, test: fn(Engine) -> F) -> Trial
where
    F: Future<Output = ()> + 'static,
{
    trial(format!("{}::{name}", engine.name()), move || test(engine)).with_ignored_flag(engine.is_missing())
}

/// The tests of a file for each engine, from the names of its functions.
#[macro_export]
macro_rules! on_each_engine {
    ($($name:ident),+ $(,)?) => {
        ::std::iter::empty()$(.chain($crate::engines::on_each(stringify!($name), $name)))+.collect()
    };
}
