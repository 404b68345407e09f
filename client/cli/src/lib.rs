//! The command line of Orderly: every operation of its OpenAPI document as a command, by tag.
//!
//! The `table` of commands is generated from the document. `command` makes clap's commands of it, `call` makes a call of the
//! SDK of what was given, and `output` shows what came. What is not in the document, such as logging in, stands in `comfort`.

mod body;
mod call;
mod comfort;
mod command;
mod curl;
mod entry;
mod error;
mod example;
mod exit;
#[rustfmt::skip]
#[allow(clippy::all)]
mod generated;
mod options;
mod output;
mod pages;
mod profile;
mod prompt;
mod query;
mod session;
mod suggest;
mod table;
mod verbose;

use std::process::ExitCode;

use clap::ArgMatches;

use self::error::Failure;
use self::exit::Exit;
use self::options::Options;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let matches = match command::tree(command::Listing::Grouped).try_get_matches() {
        Ok(matches) => matches,
        Err(told) => {
            // A help that nobody reads to its end is no mistake.
            let _ = told.print();
            if told.kind() == clap::error::ErrorKind::InvalidSubcommand {
                let given =
                    std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
                suggest::of(given).iter().for_each(|command| error::tip(command));
            }
            return if told.use_stderr() { Exit::Usage } else { Exit::Done }.into();
        }
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            error::tell(&Failure::Other(format!("cannot start: {error}")));
            return Exit::Other.into();
        }
    };
    let result = runtime.block_on(async {
        tokio::select! {
            result = run(&matches) => result,
            // What runs is dropped first, and puts the terminal back in order.
            _ = tokio::signal::ctrl_c() => {
                profile::renewals_ended().await;
                Err(Failure::Interrupted)
            }
        }
    });
    // A thread that still waits for a line is not waited for.
    runtime.shutdown_background();
    match result {
        Ok(()) => Exit::Done.into(),
        Err(failure) => {
            error::tell(&failure);
            failure.exit().into()
        }
    }
}

/// The operation that tells who is logged in, if the document has one.
fn whoami_operation() -> Option<&'static table::Command> {
    table::Command::of_operation("get_me")
}

async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some((name, inner)) = matches.subcommand() else {
        return Err(Failure::Usage("no command".to_owned()));
    };
    match table::Tag::find(name) {
        Some(tag) => {
            let found = inner.subcommand().and_then(|(name, inner)| Some((tag.command(name)?, inner)));
            let (command, inner) = found.ok_or_else(|| Failure::Usage("no command".to_owned()))?;
            call::run(command, inner, &Options::of(inner)?).await
        }
        None => comfort::run(name, inner).await,
    }
}
