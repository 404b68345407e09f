//! Files that only the server's own user may read: the database holds signing keys and personal data.

use std::{
    fs::{DirBuilder, OpenOptions},
    io,
    path::Path,
};

/// Makes the folder and those above it, as far as they are missing.
pub(crate) fn folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes an empty file if there is none. SQLite gives the files beside a database the mode of the database
/// (sqlite.org/wal.html), so this is the one that has to be right.
pub(crate) fn file(path: &Path) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    match new_file(path) {
        // Another process was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

/// Makes an empty file where there is none.
pub(crate) fn new_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
