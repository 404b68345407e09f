//! Connections: how one is opened that writes, and one that reads.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use orderly_domain::Result;
use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use crate::error::store_error;

/// How long a connection waits for another process to finish its write.
const BUSY: Duration = Duration::from_secs(5);

/// More distinct statements than this crate has.
const STATEMENTS: usize = 128;

/// Opens the connection that writes; makes the file if there is none.
///
/// `synchronous = FULL`: with NORMAL a power cut can take committed transactions (sqlite.org/pragma.html).
/// No memory mapping: there an I/O error would be a signal that ends the process, not an answer.
/// `secure_delete`: what a person asked to be forgotten must not stay in freed pages.
/// `journal_size_limit`: a log that grew, because a backup or a slow read held its beginning, shrinks again once it can
/// begin anew. SQLite moves what is in it to the database every 1,000 pages, which is about 4 MB (`wal_autocheckpoint`).
pub(crate) fn open_writer(path: &Path) -> Result<Connection> {
    let open = || {
        let conn = open(path, OpenFlags::SQLITE_OPEN_CREATE)?;
        into_wal_mode(&conn)?;
        conn.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
             PRAGMA journal_size_limit = 16777216; PRAGMA cache_size = -16384;",
        )?;
        Ok(conn)
    };
    open().map_err(store_error)
}

fn open(path: &Path, more: OpenFlags) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more,
    )?;
    // First, so that it holds for the rest.
    conn.busy_timeout(BUSY)?;
    conn.execute_batch("PRAGMA temp_store = MEMORY;")?;
    // Plans do not depend on the values of parameters. Otherwise a statement with a range is planned again each time
    // that it is run, which took a third of a list's time (sqlite.org/queryplanner-ng.html, section 7).
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(conn)
}

/// Two connections that want to change a new file's mode at once would wait for each other, so SQLite lets one fail at
/// once, whatever its busy timeout. The mode stays with the file, so the other finds it changed soon.
fn into_wal_mode(conn: &Connection) -> rusqlite::Result<()> {
    let began = Instant::now();
    loop {
        match conn.pragma_update(None, "journal_mode", "wal") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && began.elapsed() < BUSY =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}

/// Opens a connection that cannot write to a database that is there.
///
/// A cache of 4 MB: there may be many such connections, and what a commit has changed empties their caches anyway.
pub(crate) fn open_reader(path: &Path) -> Result<Connection> {
    let open = || {
        let conn = open(path, OpenFlags::empty())?;
        conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096;")?;
        Ok(conn)
    };
    open().map_err(store_error)
}
