//! Finds the PostgreSQL that is installed, and runs its programs as somebody who may.

use std::{
    env, fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
};

/// The oldest release that can make a cluster with ICU's rules of sorting (`initdb --locale-provider`).
const OLDEST: u32 = 15;

/// Where packages put what they do not put on the `PATH`: Debian, RPM, Homebrew, a build from the sources.
const FOLDERS: [&str; 5] =
    ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt", "/usr/local/pgsql"];

/// PostgreSQL does not run as root: root runs it as `nobody`.
const NOBODY: u32 = 65534;

/// The programs of a PostgreSQL.
#[derive(Debug, Clone)]
pub struct Installation {
    folder: PathBuf,
}

/// There is no PostgreSQL that can be used.
#[derive(Debug, Clone, thiserror::Error)]
#[error(
    "no PostgreSQL {OLDEST} or newer is installed: `initdb` and `postgres` are neither on the PATH nor in \
     /usr/lib/postgresql; install them with `apt-get install postgresql` or `brew install postgresql@17`"
)]
pub struct NotInstalled;

impl Installation {
    /// Finds the newest PostgreSQL that is installed; what is on the `PATH` comes first.
    ///
    /// # Errors
    /// If there is none, or only older ones.
    pub fn find() -> Result<Self, NotInstalled> {
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path).map(|folder| Self { folder });
        let mut packaged: Vec<Self> = FOLDERS.iter().flat_map(|parent| inside(Path::new(parent))).collect();
        packaged.sort_by_key(|found| std::cmp::Reverse(found.version()));
        on_path.chain(packaged).find(|found| found.version() >= Some(OLDEST)).ok_or(NotInstalled)
    }

    /// A program of it, to be run as a user that PostgreSQL accepts.
    pub(crate) fn program(&self, name: &str) -> Command {
        as_nobody(Command::new(self.folder.join(name)))
    }

    /// The path of a program.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The major version, if both programs are there.
    fn version(&self) -> Option<u32> {
        if !self.path("initdb").is_file() {
            return None;
        }
        // `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`, `postgres (PostgreSQL) 18beta1`
        let output = Command::new(self.path("postgres")).arg("--version").output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let digits = text.split_whitespace().nth(2)?;
        digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }
}

/// `bin` in a folder, and in each of its folders.
fn inside(parent: &Path) -> Vec<Installation> {
    let children = fs::read_dir(parent).into_iter().flatten().flatten().map(|entry| entry.path());
    let named = children.filter(|child| {
        let name = child.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_digit())
            || name.starts_with("postgresql")
            || name.starts_with("pgsql")
    });
    named.chain([parent.to_owned()]).map(|folder| Installation { folder: folder.join("bin") }).collect()
}

/// A command that root runs as `nobody`, and everybody else as themselves.
pub(crate) fn as_nobody(mut command: Command) -> Command {
    if is_root() {
        // The folder of this process may be closed to others.
        command.uid(NOBODY).gid(NOBODY).current_dir("/");
    }
    command
}

/// Gives a folder to the user that PostgreSQL runs as.
pub(crate) fn give_to_nobody(folder: &Path) -> std::io::Result<()> {
    if is_root() { std::os::unix::fs::chown(folder, Some(NOBODY), Some(NOBODY)) } else { Ok(()) }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
