//! The command of an operation: its parameters and the members of its body as options.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ValueHint};

use super::words::{first_line, parts_of, placeholder, remarks, sentence, told, usage, written};
use super::{BODY, OUTPUT, PARAMETERS, TEMPLATE};
use crate::table::{Body, Command, Encoding, Form, Kind, Member, Parameter, Place, Style, Tag, Value};

pub(super) fn leaf(tag: &'static Tag, command: &'static Command) -> clap::Command {
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
    let arg = if parameter.style == Style::One { arg } else { arg.action(ArgAction::Append) };
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
