//! What the document does not have: logging in and out, profiles, completions and manual pages.

mod login;
mod logout;
mod profiles;
mod shell;
mod whoami;

use clap::{ArgMatches, Command};

use crate::error::Failure;
use crate::options::Options;

/// The commands, as the root lists them.
pub(crate) fn commands() -> Vec<Command> {
    let mut all = vec![login::command(), logout::command()];
    all.extend(whoami::command());
    all.extend([profiles::command(), shell::completions(), shell::man()]);
    all
}

/// Runs the one with this name.
pub(crate) async fn run(name: &str, matches: &ArgMatches) -> Result<(), Failure> {
    match name {
        "login" => login::run(matches, &Options::of(matches)?).await,
        "logout" => logout::run(&Options::of(matches)?).await,
        "whoami" => whoami::run(&Options::of(matches)?).await,
        "profile" => profiles::run(matches),
        "completions" => shell::write_completions(matches),
        "man" => shell::write_man(matches),
        _ => Err(Failure::Usage(format!("there is no command `{name}`"))),
    }
}
