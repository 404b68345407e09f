//! A PostgreSQL that tests and tools start themselves: one cluster a process, one database a test, and nothing is left.
//!
//! Whatever PostgreSQL is installed is used, by its own programs: `initdb`, and `postgres` on a socket in a temporary
//! folder. Root hands it to another user, because PostgreSQL does not run as root. A small shell watches over it and
//! removes it when this process ends, even by `SIGKILL`.
//!
//! ```no_run
//! # async fn example() -> Result<(), orderly_throwaway_postgres::Error> {
//! use orderly_throwaway_postgres::Cluster;
//!
//! let database = Cluster::shared().await?.database().await?;
//! println!("a shop without anything in it: {}", database.url());
//! # Ok(())
//! # }
//! ```

mod cluster;
mod database;
mod installation;
mod supervisor;
mod trials;

pub use self::{
    cluster::{Cluster, Error},
    database::Database,
    installation::{Installation, NotInstalled},
    trials::{missing, run, tell_what_is_missing, trial},
};
