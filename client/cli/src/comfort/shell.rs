//! `orderly completions` and `orderly man`: what shells and `man` know of the commands.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use clap_complete::Shell;

use crate::command::{Listing, tree};
use crate::error::Failure;
use crate::output::told;

pub(super) fn completions() -> Command {
    Command::new("completions")
        .about("Print what completes commands in a shell")
        .after_help(
            "Example:\n  orderly completions bash > ~/.local/share/bash-completion/completions/orderly",
        )
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(value_parser!(Shell))
                .help("For which shell"),
        )
}

pub(super) fn man() -> Command {
    Command::new("man")
        .about("Write a manual page for each command")
        .after_help("Example:\n  orderly man ~/.local/share/man/man1")
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("The folder to write them into"),
        )
}

pub(super) fn write_completions(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(shell) = matches.get_one::<Shell>("shell") else { return Ok(()) };
    // Into memory first: the generator takes a closed pipe for a reason to panic.
    let mut text = Vec::new();
    clap_complete::generate(*shell, &mut tree(Listing::Plain), "orderly", &mut text);
    Ok(std::io::Write::write_all(&mut std::io::stdout().lock(), &text)?)
}

pub(super) fn write_man(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(folder) = matches.get_one::<PathBuf>("dir") else { return Ok(()) };
    let failed = |error| Failure::Other(format!("{}: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(tree(Listing::Plain), folder).map_err(failed)?;
    told(&format!("The manual begins with {}", folder.join("orderly.1").display()));
    Ok(())
}
