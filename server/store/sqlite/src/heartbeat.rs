//! Whether the database takes writes: only one that reaches the disk shows it.
//!
//! A full disk and a file system that became read-only let transactions begin, and fail when something is written. So
//! the heartbeat writes and commits one number in the file's header, which nothing else uses
//! (sqlite.org/pragma.html#pragma_user_version): one page for the log, and one wait for the disk, which it shares with
//! whatever is written at the same moment.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use orderly_domain::Result;
use rusqlite::Connection;

use crate::transaction::control;

/// So long a write that succeeded is believed: whoever asks all the time does not wear out the disk.
const BELIEVED: Duration = Duration::from_secs(1);

/// When a heartbeat was on disk last.
#[derive(Debug, Default)]
pub(crate) struct Heartbeat(Mutex<Option<Instant>>);

impl Heartbeat {
    /// Whether the last one is too long ago.
    pub(crate) fn is_due(&self) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_none_or(|last| last.elapsed() >= BELIEVED)
    }

    /// One is on disk now.
    pub(crate) fn beat(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

/// Writes the number anew; it is the same each time.
pub(crate) fn write(conn: &Connection) -> Result<()> {
    control(conn, "PRAGMA user_version = 0")
}
