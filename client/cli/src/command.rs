//! Makes clap's commands of the table.

mod leaf;
mod words;

use std::fmt::Write as _;

use clap::builder::styling::Style;
use clap::{Arg, ArgAction};

use self::leaf::leaf;
use self::words::first_line;
use crate::generated::TAGS;
use crate::table::Tag;
use crate::{comfort, exit, options};

const BODY: &str = "Body";
const PARAMETERS: &str = "Parameters";
const OUTPUT: &str = "Output";

const TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";
const ROOT: &str = "{about-with-newline}\n{usage-heading} {usage}\n\n{before-help}{all-args}{after-help}";

/// How the root lists its commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listing {
    /// In two groups, for people.
    Grouped,
    /// As clap does, for completions and manual pages, which leave hidden commands out.
    Plain,
}

/// All commands.
pub(crate) fn tree(listing: Listing) -> clap::Command {
    let own = comfort::commands();
    let grouped = groups(&own);
    let after = format!(
        "{}\n{}\nBegin with `orderly login`; `orderly COMMAND --help` tells more about one command.",
        heading("Exit codes:"),
        exit::help()
    );
    let root = clap::Command::new("orderly")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Orders, products, notes and accounts of an Orderly shop, at the terminal")
        .override_usage("orderly <COMMAND> [OPTIONS]")
        .subcommand_value_name("COMMAND")
        .after_help(after)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .max_term_width(100)
        .args(options::all())
        .subcommands(own)
        .subcommands(TAGS.iter().map(tag));
    match listing {
        Listing::Plain => root,
        Listing::Grouped => root
            .help_template(ROOT)
            .before_help(grouped)
            .mut_subcommands(|command| shortened(command).hide(true)),
    }
}

/// A command whose help tells of its own options only, and one of the table also of how its answer is shown: those of all
/// commands are told by the root.
fn shortened(command: clap::Command) -> clap::Command {
    let name = command.get_name().to_owned();
    let shows_answers = TAGS.iter().any(|tag| tag.name == name);
    let pointer = if command.has_subcommands() {
        format!("`orderly {name} <COMMAND> --help` tells more about one of them.")
    } else {
        "Options of all commands: orderly --help".to_owned()
    };
    told_below(command, &pointer).args(options::all().into_iter().map(|arg| arg.hide(true))).mut_subcommands(
        |leaf| {
            let shown = options::all().into_iter().filter(|arg| arg.get_help_heading() == Some(OUTPUT));
            told_below(leaf, "Options of all commands: orderly --help")
                .args(shown.map(|arg| arg.hide(!shows_answers)))
        },
    )
}

/// A command that everybody knows to have a help.
fn told_below(command: clap::Command, pointer: &str) -> clap::Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("Print help").hide(true);
    let after = match command.get_after_help() {
        Some(after) => format!("{}\n\n{pointer}", after.ansi()),
        None => pointer.to_owned(),
    };
    command.disable_help_flag(true).arg(help).after_help(after)
}

fn heading(text: &str) -> String {
    let style = Style::new().bold().underline();
    format!("{style}{text}{style:#}")
}

/// The commands of the root: the tags, and what makes them comfortable.
fn groups(own: &[clap::Command]) -> String {
    let tags: Vec<(String, String)> =
        TAGS.iter().map(|tag| (tag.name.to_owned(), first_line(tag.description))).collect();
    let own: Vec<(String, String)> = own
        .iter()
        .map(|one| (one.get_name().to_owned(), one.get_about().map(ToString::to_string).unwrap_or_default()))
        .collect();
    let width = tags.iter().chain(&own).map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let literal = Style::new().bold();
    let mut text = String::new();
    for (title, rows) in [("Commands by subject:", tags), ("Other commands:", own)] {
        let _ = writeln!(text, "{}", heading(title));
        for (name, about) in rows {
            let gap = width - name.chars().count();
            let _ = writeln!(text, "  {literal}{name}{literal:#}{:gap$}  {about}", "");
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

fn tag(tag: &'static Tag) -> clap::Command {
    clap::Command::new(tag.name)
        .about(first_line(tag.description))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(tag.commands.iter().map(|command| leaf(tag, command)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_commands_are_what_clap_takes() {
        for listing in [Listing::Grouped, Listing::Plain] {
            tree(listing).debug_assert();
        }
    }

    #[test]
    fn the_generator_knows_every_built_in_name() {
        let told: BTreeSet<&str> = include_str!("../built_in.txt")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect();
        let mut there = BTreeSet::from(["help".to_owned(), "--help".to_owned(), "--version".to_owned()]);
        there.extend(comfort::commands().iter().map(|command| command.get_name().to_owned()));
        there.extend(options::all().iter().filter_map(|arg| arg.get_long()).map(|long| format!("--{long}")));
        there.extend(["--all", "--data", "--dry-run", "--example", "--null"].map(str::to_owned));
        assert_eq!(told, there.iter().map(String::as_str).collect());
    }

    #[test]
    fn the_sdk_has_every_operation_of_the_table() {
        for command in TAGS.iter().flat_map(|tag| tag.commands) {
            assert!(orderly_client::Operation::find(command.operation).is_some(), "{}", command.operation);
        }
    }
}
