//! Brings a database to this version's schema.
//!
//! The migrations are embedded by `sqlx::migrate!`, which runs each in a transaction under an advisory lock: of servers
//! that start at once, one migrates and the others wait for it. Migrations only go forward; ones that this version does
//! not know are left alone, so that an old server survives a newer schema.

use sqlx::{
    PgConnection,
    migrate::{MigrateError, Migrator},
};

static MIGRATIONS: Migrator =
    Migrator { ignore_missing: true, ..sqlx::migrate!("../../../migrations/postgres") };

/// Runs what has not been run. A migration may take longer than a request may.
pub(crate) async fn migrate(conn: &mut PgConnection) -> Result<(), MigrateError> {
    // What `run` does, by a function whose future is `Send` for a borrowed connection: all of them, none skipped.
    MIGRATIONS.run_direct(None, conn, false).await
}
