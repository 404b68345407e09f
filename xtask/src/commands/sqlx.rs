//! `cargo xtask sqlx`: what PostgreSQL says about each statement of the store, kept in `.sqlx`, so that the SQL is checked
//! where there is no PostgreSQL.
//!
//! It starts a throw-away PostgreSQL with the schema, has the store's crate compiled against it, and takes what sqlx's
//! macros write down. `sqlx-cli` need not be installed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use orderly_throwaway_postgres::Cluster;
use serde_json::Value;

use super::{CommandError, Outcome, workspace_root};
use crate::codegen::write::{FileError, replace};

/// Write down what PostgreSQL says about the SQL of the store, in server/store/postgres/.sqlx.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Write nothing; fail if what is written down is out of date.
    #[arg(long)]
    check: bool,
}

/// The crate whose SQL is checked, and where it stands.
const CRATE: (&str, &str) = ("orderly-store-postgres", "server/store/postgres");

/// The variable of its `sqlx.toml`.
const URL: &str = "ORDERLY_POSTGRES_SCHEMA_URL";

/// What is known about statements: texts by file name, which is a hash of the statement.
type Prepared = BTreeMap<String, String>;

/// Runs the command.
///
/// # Errors
/// A PostgreSQL or a compiler that cannot be started, a file that cannot be read or written.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    let fresh = tempfile::tempdir().map_err(FileError::at(&std::env::temp_dir()))?;
    let runtime = tokio::runtime::Runtime::new().map_err(CommandError::start("a runtime"))?;
    let compiled = runtime.block_on(prepare(fresh.path()))?;
    if !compiled {
        return Ok(Outcome::Bad);
    }
    let kept = workspace_root().join(CRATE.1).join(".sqlx");
    let (new, old) = (read(fresh.path())?, read(&kept)?);
    if arguments.check {
        let differences = differences(&old, &new);
        for difference in &differences {
            println!("{}: {difference}", kept.display());
        }
        if differences.is_empty() {
            return Ok(Outcome::Good);
        }
        println!("repair it with: cargo xtask sqlx");
        return Ok(Outcome::Bad);
    }
    for (name, text) in &new {
        if old.get(name) != Some(text) {
            replace(&kept.join(name), text)?;
        }
    }
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        let path = kept.join(name);
        fs::remove_file(&path).map_err(FileError::at(&path))?;
    }
    Ok(Outcome::Good)
}

/// Has the crate compiled against a database with the schema; whether that went well.
async fn prepare(folder: &Path) -> Result<bool, CommandError> {
    let cluster = Cluster::start(&[]).await?;
    let database = cluster.database().await?;
    // The compiler does not see that the database is another one: a setting that nobody has had before makes it look.
    let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(workspace_root())
        .args(["rustc", "--quiet", "--package", CRATE.0, "--lib", "--profile", "check", "--"])
        .args(["--cfg", &format!("prepared_at=\"{moment}\"")])
        .env(URL, database.url())
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", folder)
        .status()
        .map_err(CommandError::start("cargo"))?;
    Ok(status.success())
}

fn read(folder: &Path) -> Result<Prepared, FileError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Prepared::new()),
        entries => entries.map_err(FileError::at(folder))?,
    };
    let mut prepared = Prepared::new();
    for entry in entries {
        let path = entry.map_err(FileError::at(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("query-") && name.ends_with(".json") {
            prepared.insert(name, fs::read_to_string(&path).map_err(FileError::at(&path))?);
        }
    }
    Ok(prepared)
}

/// What has to be changed in `old` to be `new`, a line each.
fn differences(old: &Prepared, new: &Prepared) -> Vec<String> {
    let missing = new.iter().filter(|(name, _)| !old.contains_key(*name));
    let missing = missing.map(|(name, text)| format!("{name} is missing: {}", statement(text)));
    let idle = old.iter().filter(|(name, _)| !new.contains_key(*name));
    let idle = idle.map(|(name, text)| format!("{name} is of no statement any more: {}", statement(text)));
    let changed = new.iter().filter(|(name, text)| old.get(*name).is_some_and(|old| old != *text));
    let changed = changed
        .map(|(name, text)| format!("{name} is not what PostgreSQL says about it now: {}", statement(text)));
    missing.chain(idle).chain(changed).collect()
}

/// The beginning of the statement in a file, in a line.
fn statement(text: &str) -> String {
    let file: Value = serde_json::from_str(text).unwrap_or_default();
    let words =
        file["query"].as_str().unwrap_or("no statement").split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(files: &[(&str, &str)]) -> Prepared {
        let text = |query: &str| format!("{{\"query\": {query:?}}}");
        files.iter().map(|(name, query)| ((*name).to_owned(), text(query))).collect()
    }

    #[test]
    fn what_differs_is_named_with_its_statement() {
        let old = prepared(&[
            ("query-1.json", "SELECT 1"),
            ("query-2.json", "SELECT 2"),
            ("query-4.json", "SELECT 4"),
        ]);
        let mut new = prepared(&[
            ("query-1.json", "SELECT 1"),
            ("query-3.json", "SELECT\n    3"),
            ("query-4.json", "SELECT 4"),
        ]);
        new.get_mut("query-4.json").unwrap().push(' ');
        assert_eq!(
            differences(&old, &new),
            [
                "query-3.json is missing: SELECT 3",
                "query-2.json is of no statement any more: SELECT 2",
                "query-4.json is not what PostgreSQL says about it now: SELECT 4",
            ]
        );
        assert_eq!(differences(&new, &new), Vec::<String>::new());
    }

    #[test]
    fn a_folder_that_is_not_there_has_nothing_prepared() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(&folder.path().join("none")).unwrap(), Prepared::new());
        fs::write(folder.path().join("query-1.json"), "{}").unwrap();
        fs::write(folder.path().join("README"), "").unwrap();
        assert_eq!(read(folder.path()).unwrap().len(), 1);
    }
}
