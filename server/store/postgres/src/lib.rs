//! Orderly's storage contract on PostgreSQL.
//!
//! Each aggregate write is one statement, which locks rows in the order of their ids: one round trip, and nobody waits in
//! a circle. sqlx checks all SQL when this crate is compiled, against `.sqlx` or a real database. Statements of requests
//! that nobody waits for any more are cancelled.

use std::time::Duration;

use sqlx::{Connection, migrate::MigrateError};

use crate::{
    connection::Connector,
    pool::{Bounds, Pool},
};

pub use sqlx::postgres::PgConnectOptions;

mod account;
mod api_key;
mod attempt;
mod audit;
mod column;
mod connection;
mod error;
mod expiry;
mod idempotency;
mod migrate;
mod note;
mod order;
mod permit;
mod pool;
mod product;
mod session;
mod signing_key;
mod storage;

/// The shop in a PostgreSQL database. Clones share its connections.
#[derive(Clone)]
pub struct Postgres {
    primary: Pool,
    replica: Option<Pool>,
}

/// Which database, over how many connections. There is no `Debug`: the addresses hold passwords.
#[derive(Clone)]
pub struct PostgresOptions {
    /// The database.
    pub primary: PgConnectOptions,
    /// A replica that may lag behind, for long lists; the database itself if there is none.
    pub replica: Option<PgConnectOptions>,
    /// So many connections are kept open.
    pub min_connections: u32,
    /// So many there are at most, to each of the two.
    pub max_connections: u32,
    /// How long a request waits for a connection.
    pub acquire: Duration,
    /// How long a connection may be unused.
    pub idle: Duration,
    /// How long a connection may be used.
    pub lifetime: Duration,
    /// How long a statement may take if nobody cancels it before.
    pub statement: Duration,
}

impl PostgresOptions {
    /// The database at an address as libpq writes it, such as `postgres://user:password@host:5432/name`, and maybe a
    /// replica of it.
    ///
    /// # Errors
    /// [`OpenError::Address`].
    pub fn at(primary: &str, replica: Option<&str>) -> Result<Self, OpenError> {
        let address = |text: &str| text.parse().map_err(OpenError::Address);
        Ok(Self { replica: replica.map(address).transpose()?, ..Self::new(address(primary)?) })
    }

    /// The database at this address, with bounds that suit a small shop.
    pub fn new(primary: PgConnectOptions) -> Self {
        Self {
            primary,
            replica: None,
            min_connections: 0,
            max_connections: 16,
            acquire: Duration::from_secs(2),
            idle: Duration::from_secs(10 * 60),
            lifetime: Duration::from_secs(30 * 60),
            statement: Duration::from_secs(30),
        }
    }
}

/// What the connections are doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// So many there may be.
    pub max: usize,
    /// So many are open.
    pub open: usize,
    /// So many of them are unused.
    pub idle: usize,
    /// So many requests wait for one.
    pub waiting: usize,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is none.
    #[error("the address of PostgreSQL cannot be read")]
    Address(#[source] sqlx::Error),
    /// The server cannot be reached, or refuses the connection.
    #[error("PostgreSQL cannot be reached")]
    Connect(#[source] sqlx::Error),
    /// The schema cannot be brought up to date.
    #[error("the database's schema cannot be brought up to date")]
    Migrate(#[source] MigrateError),
}

impl Postgres {
    /// Opens the database and brings the schema up to date. Several servers may do this at once. A replica is not looked
    /// at: while it cannot be reached, the database itself does its work.
    ///
    /// # Errors
    /// If the server cannot be reached or a migration fails.
    pub async fn open(options: PostgresOptions) -> Result<Self, OpenError> {
        let connector = Connector::new(options.primary.clone(), options.statement);
        let mut conn = connector.connect_unlimited().await.map_err(OpenError::Connect)?;
        migrate::migrate(&mut conn).await.map_err(OpenError::Migrate)?;
        // It has served its purpose, however it ends.
        let _ = conn.close().await;
        let bounds = Bounds {
            min: options.min_connections as usize,
            max: options.max_connections as usize,
            acquire: options.acquire,
            idle: options.idle,
            lifetime: options.lifetime,
        };
        let replica = options
            .replica
            .map(|replica| Pool::new(Connector::new(replica, options.statement), bounds.clone()));
        Ok(Self { primary: Pool::new(connector, bounds), replica })
    }

    /// What the connections to the database are doing.
    pub fn figures(&self) -> Figures {
        self.primary.figures()
    }

    /// What the connections to its replica are doing, if there is one.
    pub fn replica_figures(&self) -> Option<Figures> {
        self.replica.as_ref().map(Pool::figures)
    }
}
