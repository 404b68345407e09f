//! Backups: a consistent copy of a database that others are using.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    thread::sleep,
    time::Duration,
};

use orderly_domain::StoreError;
use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup, StepResult},
};

use crate::{connection::open_reader, private};

/// So many pages are copied in one step: 4 MB.
const PAGES: i32 = 1024;

/// How long to wait when the database is locked, which it is for moments only.
const LOCKED: Duration = Duration::from_millis(20);

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file already, and it stays as it is.
    #[error("{} exists already; a backup does not overwrite anything", .0.display())]
    Exists(PathBuf),
    /// The file of the backup cannot be made or written.
    #[error("{} cannot be written", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database cannot be opened.
    #[error("{} cannot be opened as a database", path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// Why.
        source: StoreError,
    },
    /// The database cannot be read, or the copy not be written.
    #[error("the database could not be copied")]
    Copy(#[from] rusqlite::Error),
    /// What was copied is damaged, and most likely the database is, too.
    #[error("the copy is damaged: {0}")]
    Damaged(String),
}

/// Copies the database in `from` to the new file `to`, which only the own user may read. Others, also in other
/// processes, read and write the database meanwhile; the copy has what was committed when it began, and nothing of what
/// came later. It is checked, on disk, and complete once it has its name.
///
/// # Errors
/// If `to` exists, if it cannot be written, if `from` is no database, or if the copy does not pass SQLite's integrity
/// check. No file is left behind then.
pub fn backup(from: &Path, to: &Path) -> Result<(), BackupError> {
    let source =
        open_reader(from).map_err(|source| BackupError::Database { path: from.to_owned(), source })?;
    // An empty file keeps the name until the copy takes it: two backups to one name do not meet.
    let reserved = Unfinished::make(to.to_owned())?;
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    let copied = Unfinished::make(name.into())?;

    copy(&source, &copied.path)?;
    let finish = || {
        File::open(&copied.path)?.sync_all()?;
        fs::rename(&copied.path, to)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    };
    finish().map_err(|source| BackupError::File { path: to.to_owned(), source })?;
    reserved.keep();
    copied.keep();
    Ok(())
}

fn copy(source: &Connection, to: &Path) -> Result<(), BackupError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut target = Connection::open_with_flags(to, flags)?;
    // The whole file is synchronised once, at the end.
    target.pragma_update(None, "synchronous", "off")?;
    // The read transaction holds a snapshot. Without it every write of another connection would begin the copy anew
    // (sqlite.org/c3ref/backup_finish.html), and under load it would never end.
    source.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema;")?;
    let backup = Backup::new(source, &mut target)?;
    loop {
        match backup.step(PAGES)? {
            StepResult::Done => break,
            StepResult::Busy | StepResult::Locked => sleep(LOCKED),
            _ => {}
        }
    }
    drop(backup);
    source.execute_batch("ROLLBACK")?;
    // One plain file, with no log beside it; a server that opens it begins one.
    target.pragma_update(None, "journal_mode", "delete")?;
    match target.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0))? {
        verdict if verdict == "ok" => Ok(()),
        verdict => Err(BackupError::Damaged(verdict)),
    }
}

/// A file that goes unless it is kept.
struct Unfinished {
    path: PathBuf,
    kept: bool,
}

impl Unfinished {
    fn make(path: PathBuf) -> Result<Self, BackupError> {
        match private::new_file(&path) {
            Ok(()) => Ok(Self { path, kept: false }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(BackupError::Exists(path)),
            Err(source) => Err(BackupError::File { path, source }),
        }
    }

    fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.kept
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(%error, path = %self.path.display(), "an unfinished backup could not be removed");
        }
    }
}
