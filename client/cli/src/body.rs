//! The body of a call: what `--data` says, and what other options change of it.

use bytes::Bytes;
use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::entry;
use crate::error::Failure;
use crate::prompt;
use crate::table::{Body, Encoding, Form, Member};

/// The body that was given; nothing if it may be left out and was.
pub(crate) fn given(body: &'static Body, matches: &ArgMatches) -> Result<Option<Bytes>, Failure> {
    let data = matches.get_one::<String>("data").map(|given| read(given)).transpose()?;
    match body.encoding {
        Encoding::Raw => Ok(data.map(Bytes::from)),
        Encoding::Form => form(body, matches, data),
        Encoding::Json => json(body, matches, data),
    }
}

/// The example of a body, for people to begin with.
pub(crate) fn example(body: &Body) -> String {
    match serde_json::from_str::<Value>(body.example) {
        Ok(value) => format!("{value:#}"),
        Err(_) => body.example.to_owned(),
    }
}

/// What stands in a file, or comes from stdin, or is given itself.
fn read(given: &str) -> Result<Vec<u8>, Failure> {
    match given.strip_prefix('@') {
        _ if given == "-" => prompt::all_of_stdin(),
        Some("-") => prompt::all_of_stdin(),
        Some(path) => std::fs::read(path).map_err(|error| Failure::Usage(format!("--data: {path}: {error}"))),
        None => Ok(given.as_bytes().to_vec()),
    }
}

fn json(body: &'static Body, matches: &ArgMatches, data: Option<Vec<u8>>) -> Result<Option<Bytes>, Failure> {
    let mut value = match &data {
        Some(text) => parsed(text)?,
        None => Value::Object(Map::new()),
    };
    let mut is_changed = false;
    for member in body.members {
        if let Some(changed) = one(member, matches)? {
            if !value.is_object() {
                return Err(Failure::Usage(format!(
                    "--data is no object, which --{} could change",
                    member.option
                )));
            }
            entry::put(&mut value, member.path, changed);
            is_changed = true;
        }
    }
    // clap asks for the option only where there is something that may be null.
    if !body.nullable.is_empty() {
        for name in matches.get_many::<String>("null").into_iter().flatten() {
            entry::put(&mut value, &name.split('.').collect::<Vec<_>>(), Value::Null);
            is_changed = true;
        }
    }
    match (data, is_changed) {
        // As it was written.
        (Some(text), false) => Ok(Some(text.into())),
        (None, false) if !body.required => Ok(None),
        (None, false) => Err(Failure::Usage(nothing(body))),
        (_, true) => Ok(Some(value.to_string().into())),
    }
}

fn nothing(body: &Body) -> String {
    let options: Vec<String> = body.members.iter().map(|member| format!("--{}", member.option)).collect();
    match options.as_slice() {
        [] => "nothing to send: give a body with --data".to_owned(),
        options => format!("nothing to send: give at least one of {}, or --data", options.join(", ")),
    }
}

fn parsed(text: &[u8]) -> Result<Value, Failure> {
    serde_json::from_slice(text).map_err(|error| {
        let as_name = std::str::from_utf8(text).unwrap_or_default();
        let is_file = !as_name.is_empty() && std::path::Path::new(as_name).is_file();
        let hint =
            if is_file { format!("; to send the file, give --data @{as_name}") } else { String::new() };
        Failure::Usage(format!("--data is no JSON: {error}{hint}"))
    })
}

/// What the option of a member says.
fn one(member: &Member, matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let wrong = |reason: String| Failure::Usage(format!("--{}: {reason}", member.option));
    let mut given = matches.get_many::<String>(member.option).into_iter().flatten().peekable();
    if given.peek().is_none() {
        return Ok(None);
    }
    let value = match member.form {
        Form::One => given.next_back().map(|text| entry::value(member.value.kind, text)).unwrap_or_default(),
        Form::Json => {
            let text = given.next_back().map_or("", String::as_str);
            serde_json::from_str(text).map_err(|error| wrong(format!("is no JSON: {error}")))?
        }
        Form::Item => given.map(|text| entry::value(member.value.kind, text)).collect(),
        Form::Entry(parts) => {
            let items: Result<Vec<Value>, String> = given.map(|text| entry::object(parts, text)).collect();
            Value::Array(items.map_err(wrong)?)
        }
    };
    Ok(Some(value))
}

fn form(body: &Body, matches: &ArgMatches, data: Option<Vec<u8>>) -> Result<Option<Bytes>, Failure> {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    let mut is_given = false;
    for member in body.members {
        for text in matches.get_many::<String>(member.option).into_iter().flatten() {
            pairs.append_pair(&member.path.join("."), text);
            is_given = true;
        }
    }
    match (data, is_given) {
        (Some(_), true) => {
            Err(Failure::Usage("a form is given with --data or with options, not with both".to_owned()))
        }
        (Some(text), false) => Ok(Some(text.into())),
        (None, true) => Ok(Some(pairs.finish().into())),
        (None, false) if body.required => Err(Failure::Usage(nothing(body))),
        (None, false) => Ok(None),
    }
}
