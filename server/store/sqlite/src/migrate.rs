//! Brings a database to this version's schema.
//!
//! The migrations are embedded by `sqlx::migrate!` and recorded in sqlx's own table, so that `sqlx migrate info` reads
//! it. They are run here, because sqlx's lock is a no-op on SQLite: of servers that start at once on a new file, some
//! would fail. `BEGIN IMMEDIATE` lets one go first, and the others find nothing left to do. Migrations only go forward;
//! ones that this version does not know are left alone, so that an old server survives a newer schema.

use std::time::Instant;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sqlx::migrate::{Migration, Migrator};

static MIGRATIONS: Migrator = sqlx::migrate!("../../../migrations/sqlite");

/// sqlx's table, as sqlx-sqlite 0.9 makes it.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
)";

/// Why a database could not be brought to the schema.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A migration was changed after it had been run here.
    #[error("migration {version} ({description}) is another than the one that this database was made with")]
    Changed {
        /// Its number.
        version: i64,
        /// Its name.
        description: String,
    },
    /// A migration failed; the database is as it was.
    #[error("migration {version} ({description}) failed")]
    Failed {
        /// Its number.
        version: i64,
        /// Its name.
        description: String,
        /// Why.
        source: rusqlite::Error,
    },
    /// The table of migrations cannot be read or written.
    #[error("the table of migrations cannot be used")]
    Table(#[from] rusqlite::Error),
}

/// Runs what has not been run, all of it or nothing.
pub(crate) fn migrate(conn: &mut Connection) -> Result<(), MigrateError> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(TABLE)?;
    for migration in MIGRATIONS.iter() {
        match installed_checksum(&transaction, migration.version)? {
            None => run(&transaction, migration)?,
            Some(checksum) if checksum == *migration.checksum => {}
            Some(_) => {
                return Err(MigrateError::Changed {
                    version: migration.version,
                    description: migration.description.to_string(),
                });
            }
        }
    }
    Ok(transaction.commit()?)
}

fn installed_checksum(transaction: &Transaction<'_>, version: i64) -> rusqlite::Result<Option<Vec<u8>>> {
    transaction
        .query_row("SELECT checksum FROM _sqlx_migrations WHERE version = ?1", [version], |row| row.get(0))
        .optional()
}

fn run(transaction: &Transaction<'_>, migration: &Migration) -> Result<(), MigrateError> {
    let began = Instant::now();
    transaction.execute_batch(migration.sql.as_str()).map_err(|source| MigrateError::Failed {
        version: migration.version,
        description: migration.description.to_string(),
        source,
    })?;
    let nanoseconds = i64::try_from(began.elapsed().as_nanos()).unwrap_or(i64::MAX);
    transaction.execute(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (?1, ?2, TRUE, ?3, ?4)",
        params![migration.version, migration.description, &migration.checksum[..], nanoseconds],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{sync::Barrier, thread};

    use super::*;
    use crate::connection::open_writer;

    #[test]
    fn of_many_that_migrate_at_once_one_does_and_the_others_find_it_done() {
        for _ in 0..10 {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("shop.db");
            // As after an upgrade: the table is there, and the newest migration has not been run.
            open_writer(&file).unwrap().execute_batch(TABLE).unwrap();
            let barrier = Barrier::new(16);
            let migrated = || {
                let mut conn = open_writer(&file).unwrap();
                barrier.wait();
                migrate(&mut conn)
            };
            thread::scope(|scope| {
                let all: Vec<_> = (0..16).map(|_| scope.spawn(migrated)).collect();
                for one in all {
                    one.join().unwrap().unwrap();
                }
            });
        }
    }
}
