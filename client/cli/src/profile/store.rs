//! The file of the profiles: mode 0600 in a folder of 0700, replaced as a whole, by one process at a time.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::Profiles;

const FILE: &str = "profiles.toml";
const LOCK: &str = "profiles.lock";

/// The folder of the profiles.
#[derive(Clone, Debug)]
pub(crate) struct Store(PathBuf);

/// Held while the file is read, changed and written; dropped it lets others.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "closing the file unlocks it")] File);

/// Why the profiles cannot be had or kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// There is no home to keep them in.
    #[error("there is no folder for the profiles: {0}")]
    Homeless(etcetera::HomeDirError),
    /// The system refuses.
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    /// It was written by hand, and wrongly.
    #[error("{} is not as it was written: {source}\nrepair it, or remove it and log in again", path.display())]
    Unreadable { path: PathBuf, source: Box<toml::de::Error> },
    /// It cannot be written.
    #[error("the profiles cannot be written as TOML: {0}")]
    Unwritable(#[from] toml::ser::Error),
    /// Others could take the credentials.
    #[error("{} may be read by others; it holds credentials\nkeep it to yourself: chmod 600 '{}'", path.display(), path.display())]
    Exposed { path: PathBuf },
}

impl Store {
    /// The folder for settings of this platform: `~/.config/orderly` on Linux.
    pub(crate) fn open() -> Result<Self, StoreError> {
        let base = etcetera::base_strategy::choose_native_strategy().map_err(StoreError::Homeless)?;
        Ok(Self(base.config_dir().join("orderly")))
    }

    /// The file itself.
    pub(crate) fn path(&self) -> PathBuf {
        self.0.join(FILE)
    }

    /// What is in it; nothing if there is none yet.
    pub(crate) fn read(&self) -> Result<Profiles, StoreError> {
        let path = self.path();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Profiles::default()),
            Err(source) => return Err(StoreError::Io { path, source }),
        };
        if is_exposed(&path) {
            return Err(StoreError::Exposed { path });
        }
        toml::from_str(&text).map_err(|source| StoreError::Unreadable { path, source: Box::new(source) })
    }

    /// Changes it. Others that change it wait.
    pub(crate) fn update<T>(&self, change: impl FnOnce(&mut Profiles) -> T) -> Result<T, StoreError> {
        let lock = self.lock()?;
        let mut profiles = self.read()?;
        let result = change(&mut profiles);
        self.write(&lock, &profiles)?;
        Ok(result)
    }

    /// Waits until no other process changes the file.
    pub(crate) fn lock(&self) -> Result<Lock, StoreError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            |source| StoreError::Io { path, source }
        };
        make_private(&self.0).map_err(at(&self.0))?;
        let path = self.0.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(at(&path))?;
        file.lock().map_err(at(&path))?;
        Ok(Lock(file))
    }

    /// Replaces it: whoever reads sees the old one or the new one.
    pub(crate) fn write(&self, _lock: &Lock, profiles: &Profiles) -> Result<(), StoreError> {
        let text = toml::to_string(profiles)?;
        let path = self.path();
        let replaced = || -> io::Result<()> {
            // A temporary file is made for its owner only, and stays so.
            let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
            io::Write::write_all(&mut file, text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            Ok(())
        };
        replaced().map_err(|source| StoreError::Io { path: path.clone(), source })
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut permissions = fs::metadata(folder)?.permissions();
    if permissions.mode() & 0o077 != 0 {
        permissions.set_mode(0o700);
        fs::set_permissions(folder, permissions)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    // Settings of a user are the user's own there.
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn is_exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_path: &Path) -> bool {
    false
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::profile::{Credentials, Profile};

    fn store() -> (tempfile::TempDir, Store) {
        let home = tempfile::tempdir().unwrap();
        let store = Store(home.path().join("deep/orderly"));
        (home, store)
    }

    fn profile(url: &str) -> Profile {
        let credentials = Some(Credentials::Token { token: "secret".to_owned() });
        Profile { url: url.to_owned(), account: None, credentials }
    }

    #[test]
    fn what_is_kept_is_for_its_owner_only() {
        let (_home, store) = store();
        assert!(store.read().unwrap().profiles.is_empty());
        store.update(|all| all.profiles.insert("a".to_owned(), profile("http://a"))).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&store.0), mode(&store.path())), (0o700, 0o600));
        assert_eq!(store.read().unwrap().profiles["a"].url, "http://a");

        fs::set_permissions(store.path(), fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(store.read(), Err(StoreError::Exposed { .. })));
    }

    #[test]
    fn many_that_change_it_at_once_lose_nothing() {
        let (_home, store) = store();
        std::thread::scope(|scope| {
            for number in 0..16 {
                let store = store.clone();
                scope.spawn(move || {
                    store
                        .update(|all| all.profiles.insert(format!("p{number}"), profile("http://x")))
                        .unwrap();
                });
            }
        });
        assert_eq!(store.read().unwrap().profiles.len(), 16);
        let left: Vec<_> = fs::read_dir(&store.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left.len(), 2, "{left:?}");
    }

    #[test]
    fn a_file_that_was_spoilt_is_told_and_kept() {
        let (_home, store) = store();
        store.update(|_| ()).unwrap();
        fs::write(store.path(), "profiles = 3").unwrap();
        let told = store.update(|_| ()).unwrap_err().to_string();
        assert!(told.contains("profiles.toml") && told.contains("repair it"), "{told}");
        assert_eq!(fs::read_to_string(store.path()).unwrap(), "profiles = 3");
    }
}
