//! What a help says of a command and its options.

use std::fmt::Write as _;

use super::heading;
use crate::example;
use crate::table::{Access, Command, Form, Kind, Member, Place, Tag, Value};

pub(super) fn placeholder(value: &Value) -> &'static str {
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
pub(super) fn parts_of(parts: &[Member]) -> String {
    let shown: Vec<&Member> = match parts.iter().any(|part| part.required) {
        true => parts.iter().filter(|part| part.required).collect(),
        false => parts.iter().take(2).collect(),
    };
    shown.iter().map(|part| format!("{}=…", part.option)).collect::<Vec<_>>().join(",")
}

/// The option as the document writes it, for who knows that.
pub(super) fn written(member: &Member) -> String {
    let single = member.option.chars().filter(|c| *c == '.').count() + 1 == member.path.len();
    let name = member.path.join(".");
    let plain = !name.contains(|c: char| c.is_whitespace() || c == '=');
    if single && plain && name.replace('_', "-") == member.option { name } else { member.option.to_owned() }
}

pub(super) fn usage(tag: &Tag, command: &Command) -> String {
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
pub(super) fn remarks(tag: &Tag, command: &Command) -> String {
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
pub(super) fn told(description: &str, value: &Value, required: bool) -> String {
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

pub(super) fn sentence(text: &str) -> String {
    let text = first_line(text);
    if text.is_empty() || text.ends_with(['.', '!', '?']) { text } else { text + "." }
}

/// The first paragraph, as one line.
pub(super) fn first_line(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}
