//! The commands of `cargo xtask`: one module each.

pub mod bench;
pub mod compat;
pub mod contract;
pub mod corpus;
pub mod faults;
pub mod generate;
pub mod mock;
pub mod operations;
pub mod sqlx;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::codegen::write::FileError;
use orderly_document::{Diagnostics, Document};

/// Orderly's development commands. The exit code is 0 when all is well, 1 when something was refused
/// or is out of date, 2 when the command could not do its work.
#[derive(Debug, clap::Parser)]
#[command(name = "cargo xtask")]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Operations(operations::Arguments),
    Sqlx(sqlx::Arguments),
    Faults(faults::Arguments),
    Corpus(corpus::Arguments),
    Bench(bench::Arguments),
    Mock(mock::Arguments),
    Contract(contract::Arguments),
    Compat(compat::Arguments),
}

impl CommandLine {
    /// Runs the command and says what came of it.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let outcome = match self.command {
            Command::Generate(arguments) => generate::run(&arguments),
            Command::Operations(arguments) => operations::run(&arguments),
            Command::Sqlx(arguments) => sqlx::run(&arguments),
            Command::Faults(arguments) => faults::run(&arguments),
            Command::Corpus(arguments) => corpus::run(&arguments),
            Command::Bench(arguments) => bench::run(&arguments),
            Command::Mock(arguments) => mock::run(&arguments),
            Command::Contract(arguments) => contract::run(&arguments),
            Command::Compat(arguments) => compat::run(&arguments),
        };
        match outcome {
            Ok(Outcome::Good) => ExitCode::SUCCESS,
            Ok(Outcome::Bad) => ExitCode::FAILURE,
            Err(error) => {
                eprintln!("error: {}", chain(&error));
                ExitCode::from(2)
            }
        }
    }
}

/// What came of a command that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Good,
    /// Something was refused or is out of date, and that has been printed: exit code 1.
    Bad,
}

impl Outcome {
    /// Good if both are.
    fn and(self, other: Self) -> Self {
        if self == Self::Good { other } else { self }
    }
}

/// Why a command could not do its work: exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// A file could not be worked with.
    #[error(transparent)]
    File(#[from] FileError),
    /// Another program could not be started.
    #[error("cannot run {program}")]
    Start {
        /// The program.
        program: String,
        /// Why not.
        source: std::io::Error,
    },
    /// A document cannot be read or compared.
    #[error("the document cannot be used:\n{0}")]
    Document(Diagnostics),
    /// There is no database to work with.
    #[error(transparent)]
    Postgres(#[from] orderly_throwaway_postgres::Error),
    /// This project's own server does not run.
    #[error(transparent)]
    Server(#[from] crate::server::ServerError),
    /// Nothing could be measured.
    #[error(transparent)]
    Bench(#[from] bench::BenchError),
    /// No contract could be tried.
    #[error(transparent)]
    Contract(#[from] contract::ContractError),
    /// What was asked for makes no sense.
    #[error("{0}")]
    Misuse(String),
}

impl CommandError {
    /// For `map_err`: this could not be started.
    fn start(program: &str) -> impl FnOnce(std::io::Error) -> Self {
        let program = program.to_owned();
        move |source| Self::Start { program, source }
    }
}

/// An error and its causes in a line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// The root of this workspace, whatever folder the command was called in.
fn workspace_root() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().unwrap_or(crate_folder).to_owned()
}

/// The document of this workspace, by its path from the root.
const DOCUMENT: &str = "api/openapi.yaml";

/// Reads the document that was asked for, or that of this workspace.
///
/// The first is called what the user called it, the second is called by its path from the root, so that
/// remarks and headers read the same on every machine.
fn load(chosen: Option<&Path>) -> Result<Result<Document, Diagnostics>, FileError> {
    let path = chosen.map_or_else(|| workspace_root().join(DOCUMENT), Path::to_owned);
    let name = chosen.map_or_else(|| DOCUMENT.to_owned(), |path| path.display().to_string());
    let bytes = std::fs::read(&path).map_err(FileError::at(&path))?;
    Ok(Document::parse(&name, &bytes))
}
