//! Makes clap's commands of the table.

use std::fmt::Write as _;

use clap::builder::PossibleValuesParser;
use clap::builder::styling::Style;
use clap::{Arg, ArgAction, ValueHint};

use crate::generated::TAGS;
use crate::table::{Access, Body, Command, Encoding, Form, Kind, Member, Parameter, Place, Tag, Value};
use crate::{comfort, example, exit, options};

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

fn leaf(tag: &'static Tag, command: &'static Command) -> clap::Command {
    let mut all = clap::Command::new(command.name)
        .about(first_line(command.summary))
        .help_template(TEMPLATE)
        .override_usage(usage(tag, command))
        .after_help(remarks(tag, command));
    let deprecated = if command.is_deprecated { "It will go away: do not build on it.\n\n" } else { "" };
    let described = format!("{deprecated}{}", command.description.trim());
    if !described.trim().is_empty() {
        all = all.before_help(described.trim().to_owned());
    }
    if let Some(body) = &command.body {
        all = all.args(body.members.iter().map(|one| member(body, one))).args(whole(body));
    }
    all = all.args(command.parameters.iter().map(parameter));
    if command.is_paged {
        all = all.arg(
            flag("all", "All pages, one after the other; without it the first one").help_heading(OUTPUT),
        );
    }
    all.arg(flag("dry-run", "Print the call as a curl command, and send nothing").help_heading(OUTPUT))
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

fn parameter(parameter: &'static Parameter) -> Arg {
    let Parameter { option, value, .. } = parameter;
    if parameter.place == Place::Path {
        let arg = Arg::new(*option).value_name(option.to_uppercase().replace('-', "_")).required(true);
        return typed(arg, value).help(told(parameter.description, value, false));
    }
    let arg = Arg::new(*option).long(*option).value_name(placeholder(value)).help_heading(PARAMETERS);
    let arg = if parameter.style == crate::table::Style::One { arg } else { arg.action(ArgAction::Append) };
    typed(arg, value).required(parameter.required).help(told(
        parameter.description,
        value,
        parameter.required,
    ))
}

fn member(body: &'static Body, member: &'static Member) -> Arg {
    let Member { option, value, .. } = member;
    let mut arg = Arg::new(*option).long(*option).help_heading(BODY);
    let written = written(member);
    if written != *option {
        arg = arg.alias(written);
    }
    // The other option for the same list.
    let twins = body.members.iter().filter(|other| other.path == member.path && other.option != *option);
    let twins: Vec<&str> = twins.map(|other| other.option).collect();
    let is_first = !body
        .members
        .iter()
        .take_while(|other| other.option != *option)
        .any(|other| other.path == member.path);
    let required = member.required && is_first;
    arg = arg.conflicts_with_all(&twins);
    if required {
        arg = arg.required_unless_present_any(twins.iter().chain(&["data", "example"]).copied());
    }
    match member.form {
        Form::One => {
            typed(arg.value_name(placeholder(value)), value).help(told(member.description, value, required))
        }
        Form::Json => {
            let help = if twins.is_empty() {
                told(member.description, value, required)
            } else {
                format!("The same as a whole, in place of --{}", twins.join(", --"))
            };
            arg.value_name("JSON").help(help)
        }
        Form::Item => {
            let description = format!("{} Repeat it for each item.", sentence(member.description));
            typed(arg.value_name(placeholder(value)).action(ArgAction::Append), value).help(told(
                &description,
                value,
                required,
            ))
        }
        Form::Entry(parts) => {
            let description = format!("{} Repeat it for each item.", sentence(member.description));
            arg.value_name(parts_of(parts)).action(ArgAction::Append).help(told(
                &description,
                value,
                required,
            ))
        }
    }
}

/// The options for a body as a whole.
fn whole(body: &'static Body) -> Vec<Arg> {
    let what = match body.encoding {
        Encoding::Json if body.members.is_empty() => "The body as JSON, @FILE, or - for stdin",
        Encoding::Json => "A whole body as JSON, @FILE, or - for stdin; other options change what it says",
        Encoding::Form | Encoding::Parts | Encoding::Raw => "The body as it is, @FILE, or - for stdin",
    };
    let data =
        Arg::new("data").long("data").short('d').value_name("JSON|@FILE|-").help(what).help_heading(BODY);
    let data = if body.encoding == Encoding::Json { data } else { data.value_name("TEXT|@FILE|-") };
    let required = body.required && body.members.is_empty();
    let mut all = vec![data.value_hint(ValueHint::FilePath)];
    if !body.example.is_empty() {
        all.push(flag("example", "Print a body to begin with, and send nothing").help_heading(BODY));
        all[0] = all[0].clone().required_unless_present_any(required.then_some("example"));
    } else {
        all[0] = all[0].clone().required(required);
    }
    if !body.nullable.is_empty() {
        let null =
            Arg::new("null").long("null").value_name("MEMBER").action(ArgAction::Append).help_heading(BODY);
        let parser = PossibleValuesParser::new(body.nullable);
        all.push(null.value_parser(parser).help("Set a member to null, which removes what it says"));
    }
    all
}

/// Checks what can be known without the server.
fn typed(arg: Arg, value: &'static Value) -> Arg {
    if !value.choices.is_empty() {
        return arg.value_parser(PossibleValuesParser::new(value.choices));
    }
    match value.kind {
        Kind::Text => arg,
        Kind::Boolean => arg.value_parser(PossibleValuesParser::new(["true", "false"])),
        Kind::Integer => arg.allow_negative_numbers(true).value_parser(|text: &str| number(text, true)),
        Kind::Number => arg.allow_negative_numbers(true).value_parser(|text: &str| number(text, false)),
    }
}

fn number(text: &str, is_whole: bool) -> Result<String, String> {
    let number: Result<serde_json::Number, _> = text.parse();
    match number {
        Ok(number) if !is_whole || !number.is_f64() => Ok(text.to_owned()),
        _ if is_whole => Err("has to be a whole number".to_owned()),
        _ => Err("has to be a number".to_owned()),
    }
}

fn placeholder(value: &Value) -> &'static str {
    match (value.kind, value.format) {
        (Kind::Integer, _) => "INTEGER",
        (Kind::Number, _) => "NUMBER",
        (Kind::Boolean, _) => "BOOL",
        (Kind::Text, "date-time") => "TIME",
        (Kind::Text, "date") => "DATE",
        (Kind::Text, "email") => "EMAIL",
        (Kind::Text, "uuid") => "UUID",
        (Kind::Text, "uri") => "URL",
        (Kind::Text, "password") => "PASSWORD",
        (Kind::Text, "binary") => "FILE",
        (Kind::Text, _) if !value.choices.is_empty() => "VALUE",
        (Kind::Text, _) => "TEXT",
    }
}

/// `product_id=…,quantity=…`
fn parts_of(parts: &[Member]) -> String {
    let shown: Vec<&Member> = match parts.iter().any(|part| part.required) {
        true => parts.iter().filter(|part| part.required).collect(),
        false => parts.iter().take(2).collect(),
    };
    shown.iter().map(|part| format!("{}=…", part.option)).collect::<Vec<_>>().join(",")
}

/// The option as the document writes it, for who knows that.
fn written(member: &Member) -> String {
    let single = member.option.chars().filter(|c| *c == '.').count() + 1 == member.path.len();
    let name = member.path.join(".");
    let plain = !name.contains(|c: char| c.is_whitespace() || c == '=');
    if single && plain && name.replace('_', "-") == member.option { name } else { member.option.to_owned() }
}

fn usage(tag: &Tag, command: &Command) -> String {
    let mut text = format!("orderly {} {}", tag.name, command.name);
    for parameter in command.parameters.iter().filter(|parameter| parameter.required) {
        let _ = match parameter.place {
            Place::Path => write!(text, " <{}>", parameter.option.to_uppercase().replace('-', "_")),
            _ => write!(text, " --{} <{}>", parameter.option, placeholder(&parameter.value)),
        };
    }
    let members = command.body.as_ref().map_or(&[][..], |body| body.members);
    for (at, member) in members.iter().enumerate().filter(|(_, member)| member.required) {
        if members[..at].iter().any(|before| before.path == member.path) {
            continue;
        }
        let _ = match member.form {
            Form::Entry(parts) => write!(text, " --{} <{}>", member.option, parts_of(parts)),
            Form::Json => write!(text, " --{} <JSON>", member.option),
            Form::One | Form::Item => write!(text, " --{} <{}>", member.option, placeholder(&member.value)),
        };
    }
    if command.body.as_ref().is_some_and(|body| body.members.is_empty() && body.required) {
        text.push_str(" --data <JSON|@FILE|->");
    }
    text + " [OPTIONS]"
}

/// What stands below the options: an example, and what the call is on the wire.
fn remarks(tag: &Tag, command: &Command) -> String {
    let access = match command.access {
        Access::Public => "no login needed",
        Access::Optional => "no login needed, though it may change the answer",
        Access::Login => "needs a login",
    };
    let mut text = format!("{}\n  {}\n\n", heading("Example:"), example::of(tag, command));
    let _ = write!(text, "{} {}", command.method, command.path);
    if let Some(body) = command.body.as_ref().filter(|body| body.media_type != "application/json") {
        let _ = write!(text, " with {}", body.media_type);
    }
    let _ = write!(text, "; {access}.");
    if !command.answer.is_empty() {
        let _ = write!(text, " Shows: {}", first_line(command.answer));
    }
    text
}

/// A description with what is known of the value.
fn told(description: &str, value: &Value, required: bool) -> String {
    let mut notes = Vec::new();
    if required {
        notes.push("required".to_owned());
    }
    if !value.bounds.is_empty() && !description.contains(value.bounds) {
        notes.push(value.bounds.to_owned());
    }
    if let Some(default) = value.default {
        notes.push(format!("default: {default}"));
    }
    let text = first_line(description);
    match (text.is_empty(), notes.is_empty()) {
        (_, true) => text,
        (true, false) => format!("[{}]", notes.join("; ")),
        (false, false) => format!("{text} [{}]", notes.join("; ")),
    }
}

fn sentence(text: &str) -> String {
    let text = first_line(text);
    if text.is_empty() || text.ends_with(['.', '!', '?']) { text } else { text + "." }
}

/// The first paragraph, as one line.
fn first_line(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
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
