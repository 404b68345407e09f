//! This project's own server, for commands that need one running: built as it is released, on a database of its own.

mod database;
mod program;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) use self::database::{Database, Engine};
pub(crate) use self::program::{Program, Running};

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// It cannot be built.
    #[error("the server cannot be built")]
    Build,
    /// A program cannot be started.
    #[error("cannot run {}", program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It does not serve.
    #[error("the server does not serve; it says:\n{output}")]
    NotServing {
        /// What it printed.
        output: String,
    },
    /// There is no PostgreSQL for it.
    #[error(transparent)]
    Postgres(#[from] orderly_throwaway_postgres::Error),
    /// A file or a process failed.
    #[error("a file or a process failed")]
    Io(#[from] io::Error),
}

/// Builds the server of the workspace at `root` as it is released, and says where it is.
pub(crate) fn build(root: &Path) -> Result<PathBuf, ServerError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let start = |source| ServerError::Start { program: PathBuf::from("cargo build"), source };
    let output = Command::new(cargo)
        .args([
            "build",
            "--release",
            "--package",
            "orderly-server",
            "--message-format",
            "json-render-diagnostics",
        ])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .map_err(start)?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let mut executables = messages.lines().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message["executable"].as_str()?))
    });
    executables.next_back().filter(|_| output.status.success()).ok_or(ServerError::Build)
}
