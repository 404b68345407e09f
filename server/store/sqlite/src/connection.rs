//! Connections: how one is opened, and the idle ones that reads borrow.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crossbeam_queue::ArrayQueue;
use orderly_domain::Result;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::store_error;

/// How long a connection waits for another process to finish its write.
const BUSY: Duration = Duration::from_secs(5);

/// More distinct statements than this crate has.
const STATEMENTS: usize = 128;

/// So many connections stay open while nobody reads.
const IDLE: usize = 64;

/// Opens the connection that writes; makes the file if there is none.
///
/// `synchronous = FULL`: with NORMAL a power cut can take committed transactions (sqlite.org/pragma.html).
/// No memory mapping: there an I/O error would be a signal that ends the process, not an answer.
/// `secure_delete`: what a person asked to be forgotten must not stay in freed pages.
pub(crate) fn open_writer(path: &Path) -> Result<Connection> {
    let open = || {
        let conn = open(path, OpenFlags::SQLITE_OPEN_CREATE)?;
        into_wal_mode(&conn)?;
        conn.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
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
    conn.execute_batch("PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;")?;
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

/// The connections that read. A read runs on the caller's thread: most take a few microseconds, less than handing them
/// to another thread would.
pub(crate) struct Readers {
    path: PathBuf,
    idle: ArrayQueue<Connection>,
}

impl Readers {
    /// Readers of the database in this file.
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: ArrayQueue::new(IDLE) }
    }

    /// Runs `work` on a connection that cannot write.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let conn = match self.idle.pop() {
            Some(conn) => conn,
            None => self.open()?,
        };
        let outcome = work(&conn);
        // If enough are idle already, this one is closed.
        drop(self.idle.push(conn));
        outcome
    }

    fn open(&self) -> Result<Connection> {
        let open = || {
            let conn = open(&self.path, OpenFlags::empty())?;
            conn.execute_batch("PRAGMA query_only = ON;")?;
            Ok(conn)
        };
        open().map_err(store_error)
    }
}
