//! A command line that shows how a command is used, made from the document's examples.

use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::curl::quoted;
use crate::table::{Command, Form, Member, Parameter, Tag};

/// An example of a command with what it needs, and one thing more where it needs nothing.
pub(crate) fn of(tag: &Tag, command: &Command) -> String {
    let mut line = format!("orderly {} {}", tag.name, command.name);
    for parameter in command.parameters.iter().filter(|parameter| parameter.required) {
        let _ = match parameter.place {
            crate::table::Place::Path => write!(line, " {}", quoted(&argument(parameter))),
            _ => write!(line, " --{} {}", parameter.option, quoted(&argument(parameter))),
        };
    }
    if let Some(body) = &command.body {
        match serde_json::from_str::<Json>(body.example) {
            Ok(example) if !body.members.is_empty() => line.push_str(&members(body.members, &example)),
            _ => line.push_str(" --data @body"),
        }
        let if_match = command.parameters.iter().find(|one| one.name.eq_ignore_ascii_case("If-Match"));
        if let Some(parameter) = if_match {
            let _ = write!(line, " --{} v1", parameter.option);
        }
    } else if let Some(parameter) =
        command.parameters.iter().find(|one| !one.required && one.value.example.is_some())
        && command.is_paged
    {
        let _ = write!(line, " --{} {}", parameter.option, quoted(&argument(parameter)));
    }
    in_lines(&line)
}

/// Broken before options, as a shell takes it, where a terminal would break it elsewhere.
fn in_lines(line: &str) -> String {
    const WIDTH: usize = 90;
    let mut text = String::new();
    let mut width = 0;
    for (at, part) in line.split(" --").enumerate() {
        let length = part.chars().count() + 3;
        if at > 0 && width + length > WIDTH {
            text.push_str(" \\\n    --");
            width = 4;
        } else if at > 0 {
            text.push_str(" --");
        }
        text.push_str(part);
        width += length;
    }
    text
}

fn argument(parameter: &Parameter) -> String {
    let value = parameter.value;
    let known = value.example.or(value.default).or(value.choices.first().copied());
    known.map_or_else(|| parameter.option.to_uppercase().replace('-', "_"), str::to_owned)
}

/// The options that say what is needed of an example; where nothing is, the first one that it has.
fn members(members: &[Member], example: &Json) -> String {
    let mut text = String::new();
    let mut done: Vec<&[&str]> = Vec::new();
    let any_required = members.iter().any(|member| member.required);
    for member in members {
        if done.contains(&member.path) || (any_required && !member.required) {
            continue;
        }
        let Some(value) = at(example, member.path) else { continue };
        let options = options(member, value);
        if options.is_empty() {
            continue;
        }
        // One thing is enough, with all its parts.
        if !any_required && done.last().is_some_and(|before| before[0] != member.path[0]) {
            break;
        }
        done.push(member.path);
        text.push_str(&options);
    }
    text
}

fn at<'a>(value: &'a Json, path: &[&str]) -> Option<&'a Json> {
    path.iter().try_fold(value, |value, name| value.get(name))
}

fn options(member: &Member, value: &Json) -> String {
    let option = member.option;
    match (member.form, value) {
        (Form::Json, value) => format!(" --{option} {}", quoted(&value.to_string())),
        (Form::One, Json::Null) => format!(" --null {}", quoted(&member.path.join("."))),
        (Form::One, value) => format!(" --{option} {}", quoted(&plain(value))),
        (Form::Item, Json::Array(items)) => {
            items.iter().map(|item| format!(" --{option} {}", quoted(&plain(item)))).collect()
        }
        (Form::Entry(parts), Json::Array(items)) => {
            items.iter().map(|item| format!(" --{option} {}", quoted(&entry(parts, item)))).collect()
        }
        (Form::Item | Form::Entry(_), _) => String::new(),
    }
}

fn entry(parts: &[Member], item: &Json) -> String {
    let given =
        parts.iter().filter_map(|part| Some(format!("{}={}", part.option, plain(at(item, part.path)?))));
    given.collect::<Vec<_>>().join(",")
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
