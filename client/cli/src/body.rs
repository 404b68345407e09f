//! The body of a call: what `--data` says, and what other options change of it.

use std::path::Path;

use bytes::Bytes;
use clap::ArgMatches;
use orderly_client::Multipart;
use serde_json::{Map, Value};

use crate::entry;
use crate::error::Failure;
use crate::prompt;
use crate::table::{Body, Encoding, Form, Member};

/// The body that was given; nothing if it may be left out and was.
pub(crate) fn given(body: &'static Body, matches: &ArgMatches) -> Result<Option<Bytes>, Failure> {
    let data = matches.get_one::<String>("data").map(|given| read("data", given)).transpose()?;
    match body.encoding {
        Encoding::Raw => Ok(data.map(Bytes::from)),
        Encoding::Form => form(body, matches, data),
        Encoding::Parts => parts(body, matches, data),
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
fn read(option: &str, given: &str) -> Result<Vec<u8>, Failure> {
    match given.strip_prefix('@') {
        _ if given == "-" => prompt::all_of_stdin(),
        Some("-") => prompt::all_of_stdin(),
        Some(path) => {
            std::fs::read(path).map_err(|error| Failure::Usage(format!("--{option}: {path}: {error}")))
        }
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

fn parts(body: &'static Body, matches: &ArgMatches, data: Option<Vec<u8>>) -> Result<Option<Bytes>, Failure> {
    let mut form = Multipart::new();
    let mut is_given = false;
    for member in body.members {
        let name = member.path.join(".");
        for text in matches.get_many::<String>(member.option).into_iter().flatten() {
            form = match member.form {
                Form::Json => form.bytes(&name, "application/json", text),
                _ if member.value.format == "binary" => {
                    let path = text.strip_prefix('@').unwrap_or(text);
                    let source = if path == "-" { path.to_owned() } else { format!("@{path}") };
                    let file_name =
                        Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or("file");
                    form.file(&name, file_name, "application/octet-stream", read(member.option, &source)?)
                }
                _ => form.text(&name, text),
            };
            is_given = true;
        }
    }
    match (data, is_given) {
        (Some(_), true) => {
            Err(Failure::Usage("a form is given with --data or with options, not with both".to_owned()))
        }
        (Some(bytes), false) => Ok(Some(bytes.into())),
        (None, false) if !body.required => Ok(None),
        (None, false) => Err(Failure::Usage(nothing(body))),
        (None, true) => {
            let written = reqwest::Body::from(form);
            Ok(Some(Bytes::copy_from_slice(written.as_bytes().unwrap_or_default())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table;
    use clap::{Arg, ArgAction, Command};

    const PARTS: Body = Body {
        media_type: "multipart/form-data",
        encoding: Encoding::Parts,
        required: true,
        members: &[
            Member { option: "title", path: &["title"], ..Member::EMPTY },
            Member {
                option: "photo",
                path: &["photo"],
                value: table::Value { format: "binary", ..table::Value::EMPTY },
                ..Member::EMPTY
            },
        ],
        ..Body::EMPTY
    };

    const FORM: Body =
        Body { media_type: "application/x-www-form-urlencoded", encoding: Encoding::Form, ..PARTS };

    fn of(body: &'static Body, arguments: &[&str]) -> Result<Option<Bytes>, Failure> {
        let option = |name: &'static str| Arg::new(name).long(name).action(ArgAction::Append);
        let command = Command::new("x").args(["title", "photo", "data"].map(option));
        given(body, &command.get_matches_from([&["x"], arguments].concat()))
    }

    #[test]
    fn a_form_of_parts_takes_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chair.png");
        std::fs::write(&path, b"\x00png").unwrap();
        let bytes = of(&PARTS, &["--title", "A chair", "--photo", path.to_str().unwrap()]).unwrap().unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for expected in
            ["name=\"title\"\r\n\r\nA chair\r\n", "name=\"photo\"; filename=\"chair.png\"", "\0png\r\n"]
        {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        assert!(
            matches!(of(&PARTS, &["--photo", "/nowhere"]), Err(Failure::Usage(told)) if told.contains("--photo: /nowhere"))
        );
        assert!(matches!(of(&PARTS, &[]), Err(Failure::Usage(_))));
    }

    #[test]
    fn a_form_is_given_by_its_members_or_as_it_is() {
        let text = |arguments: &[&str]| of(&FORM, arguments).map(|bytes| bytes.map(|bytes| bytes.to_vec()));
        assert_eq!(text(&["--title", "a b", "--title", "&"]).unwrap().unwrap(), b"title=a+b&title=%26");
        assert_eq!(text(&["--data", "x=1"]).unwrap().unwrap(), b"x=1");
        assert!(text(&["--data", "x=1", "--title", "a"]).is_err());
    }
}
