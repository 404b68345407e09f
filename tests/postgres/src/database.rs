//! A database of a throw-away cluster: a copy of the template, gone when it is dropped.

use std::sync::{
    PoisonError,
    atomic::{AtomicU64, Ordering},
};

use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgConnectOptions};

use crate::{Cluster, Error, cluster::USER};

/// A database for one test. Dropped, it is removed before the next one is made.
#[derive(Debug)]
pub struct Database<'c> {
    cluster: &'c Cluster,
    name: String,
}

impl<'c> Database<'c> {
    pub(crate) async fn create(cluster: &'c Cluster, template: Option<&str>) -> Result<Self, Error> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let name = format!("orderly_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut admin = cluster.connect().await?;
        for abandoned in cluster.abandoned() {
            let drop = format!("DROP DATABASE IF EXISTS {abandoned} WITH (FORCE)");
            sqlx::query(AssertSqlSafe(drop)).execute(&mut admin).await?;
        }
        let create = match template {
            // Copying the files is three times as fast as writing the copy to the log.
            Some(template) => format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"),
            None => format!("CREATE DATABASE {name}"),
        };
        sqlx::query(AssertSqlSafe(create)).execute(&mut admin).await?;
        admin.close().await?;
        Ok(Self { cluster, name })
    }

    /// The address as `DATABASE_URL` has it.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@localhost/{}?host={}", self.name, self.cluster.folder().display())
    }

    /// How to connect to it.
    pub fn options(&self) -> PgConnectOptions {
        self.cluster.options(&self.name)
    }

    /// A connection to it, for what no store shows.
    ///
    /// # Errors
    /// If the server cannot be reached.
    pub async fn connect(&self) -> Result<PgConnection, Error> {
        Ok(PgConnection::connect_with(&self.options()).await?)
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        let mut abandoned = self.cluster.abandoned.lock().unwrap_or_else(PoisonError::into_inner);
        abandoned.push(std::mem::take(&mut self.name));
    }
}
