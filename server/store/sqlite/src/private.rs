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

/// Whether nobody but the file's user may read or write it. Where files have no such modes, nobody can tell.
pub(crate) fn is_private(path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    return Ok(std::os::unix::fs::PermissionsExt::mode(&path.metadata()?.permissions()) & 0o077 == 0);
    #[cfg(not(unix))]
    return path.metadata().map(|_| true);
}

/// Makes an empty file where there is none.
pub(crate) fn new_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    #[test]
    fn a_file_is_private_if_neither_the_group_nor_others_may_do_anything() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        new_file(&path).unwrap();
        for (mode, private) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o620, false)]
        {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(is_private(&path).unwrap(), private, "{mode:o}");
        }
        assert!(is_private(&folder.path().join("missing")).is_err());
    }
}
