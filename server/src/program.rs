//! The whole program: what the command line says is done, and told by the exit code.

mod maintenance;
mod serve;
mod service_manager;
mod settings;

use std::{
    error::Error,
    ffi::OsString,
    fmt,
    io::{self, Write},
    process::ExitCode,
};

use crate::{
    config::{self, Command, Effective, Invocation, Mistakes},
    http::tls::TlsError,
    server::StartError,
    service::{KeyPolicy, ServiceError},
    storage::OpenError,
    telemetry,
};

/// The exit code of a program that cannot be used like this: the command line or the settings have to change.
const USAGE: u8 = 2;

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
enum Undone {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] Mistakes),
    /// The command is not for the configured database.
    #[error("{0}")]
    NotForThis(String),
    /// The certificate cannot be used.
    #[error("the certificate cannot be used")]
    Certificate(#[from] TlsError),
    /// The database cannot be opened.
    #[error("the database cannot be opened")]
    Database(#[from] OpenError),
    /// The database cannot be backed up.
    #[error("there is no backup")]
    Backup(#[from] orderly_store_sqlite::BackupError),
    /// The server does not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The services cannot do it.
    #[error("the services cannot work on the database")]
    Services(#[from] ServiceError),
    /// Anything that the operating system refuses.
    #[error(transparent)]
    System(#[from] Box<dyn Error + Send + Sync>),
}

impl Undone {
    fn exit_code(&self) -> ExitCode {
        match self {
            Undone::Settings(_) | Undone::NotForThis(_) => ExitCode::from(USAGE),
            _ => ExitCode::FAILURE,
        }
    }
}

/// Does what the command line says (its first argument is the program's name); a server serves until a signal ends it.
///
/// The exit code is 0 when it was done, 2 when the command line or the settings cannot be used, and 1 for anything else.
pub async fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let invocation = match config::invocation(arguments) {
        Ok(invocation) => invocation,
        Err(error) => error.exit(),
    };
    match perform(&invocation).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(undone) => {
            // Nobody may be there to read it, which changes nothing.
            let _ = writeln!(io::stderr(), "orderly-server: {}", telemetry::chain(&undone));
            undone.exit_code()
        }
    }
}

async fn perform(invocation: &Invocation) -> Result<(), Undone> {
    if invocation.command == Command::ConfigSchema {
        return settings::schema();
    }
    let applies = config::effective(invocation, |name| std::env::var(name).ok())?;
    let Effective { config, .. } = &applies;
    match &invocation.command {
        Command::Serve => serve::serve(config).await,
        Command::Demo => serve::demo(config).await,
        Command::Migrate => maintenance::migrate(config).await,
        Command::Backup(file) => maintenance::backup(config, file),
        Command::RotateKeys { leaked } => maintenance::rotate_keys(config, *leaked).await,
        Command::CheckConfig => settings::check(config),
        Command::PrintConfig | Command::ConfigSchema => print(&applies),
    }
}

/// Prints a line, also into a pipe that nobody reads to its end.
fn print(line: impl fmt::Display) -> Result<(), Undone> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Undone::System(error.into())),
        _ => Ok(()),
    }
}

/// When signing keys are made and read.
fn key_policy(keys: &config::Keys) -> KeyPolicy {
    KeyPolicy { rotate_after: keys.rotate_after(), check: keys.check() }
}
