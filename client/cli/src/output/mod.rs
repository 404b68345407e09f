//! How answers are shown.

mod cell;
mod list;
mod table;
mod yaml;

use std::io::{self, IsTerminal as _, Write as _};

use orderly_client::{RawAnswer, ResponseExt as _};
use serde_json::Value;

pub(crate) use self::cell::{money, visible};
pub(crate) use self::list::List;
use crate::error::Failure;
use crate::options::Options;
use crate::query::Query;

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Yaml,
}

/// Shows answers.
#[derive(Debug)]
pub(crate) struct Output<'o> {
    format: Format,
    /// Whether the form was not asked for: a single text is then shown without quotes.
    is_default: bool,
    query: Option<&'o Query>,
}

impl<'o> Output<'o> {
    /// As the options say; without a word a table on a terminal, and JSON for programs.
    pub(crate) fn of(options: &'o Options) -> Self {
        let default = if io::stdout().is_terminal() { Format::Table } else { Format::Json };
        Self {
            format: options.format.unwrap_or(default),
            is_default: options.format.is_none_or(|format| format == Format::Table),
            query: options.query.as_ref(),
        }
    }

    /// Shows an answer.
    pub(crate) fn answer(&self, answer: &RawAnswer) -> Result<(), Failure> {
        if answer.is_not_modified() {
            told("not modified: you have the current version");
            return Ok(());
        }
        if answer.body().is_empty() {
            told("done");
            return Ok(());
        }
        let Ok(value) = answer.json::<Value>() else { return raw(answer.body()) };
        if self.query.is_some() { self.shown(&value) } else { self.value(&value, answer.etag()) }
    }

    /// Shows something that is no answer.
    pub(crate) fn shown(&self, value: &Value) -> Result<(), Failure> {
        match self.query {
            Some(query) => {
                let part = query.of(value).map_err(|reason| Failure::Other(format!("--query: {reason}")))?;
                self.value(&part, None)
            }
            None => self.value(value, None),
        }
    }

    /// Shows a value; of a thing with a version, a table has that too.
    fn value(&self, value: &Value, etag: Option<&str>) -> Result<(), Failure> {
        let mut note = None;
        let text = match (self.format, value) {
            (_, Value::String(text)) if self.is_default => format!("{}\n", on_terminal(text)),
            (_, Value::Array(items))
                if self.is_default && self.query.is_some() && items.iter().all(is_plain) =>
            {
                items.iter().map(|item| format!("{}\n", on_terminal(&plain(item)))).collect()
            }
            (Format::Table, value) => {
                let (text, told) = table::of(value, etag, self.width());
                note = told;
                text
            }
            (Format::Json, value) => format!("{value:#}\n"),
            (Format::Jsonl, Value::Array(items)) => items.iter().map(|item| format!("{item}\n")).collect(),
            (Format::Jsonl, Value::Object(members)) if listed(value).is_some() && members.len() <= 2 => {
                listed(value).into_iter().flatten().map(|item| format!("{item}\n")).collect()
            }
            (Format::Jsonl, value) => format!("{value}\n"),
            (Format::Yaml, value) => yaml::of(value),
        };
        let mut stdout = anstream::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        note.iter().for_each(|note| told(note));
        Ok(())
    }

    /// Shows a list whose items come one after the other.
    pub(crate) fn list(&self) -> List {
        List::new(self.format, self.is_default && self.query.is_some(), self.width())
    }

    /// How wide a table may be; endless where nobody looks.
    fn width(&self) -> Option<usize> {
        let (_, columns) = console::Term::stdout().size_checked()?;
        Some(usize::from(columns))
    }
}

/// The items of an answer that is a list.
fn listed(value: &Value) -> Option<&Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        Value::Object(members) => {
            let mut lists = members.values().filter_map(Value::as_array);
            let first = lists.next()?;
            let others = members.values().filter(|value| !value.is_array());
            let is_alone = lists.next().is_none()
                && others.into_iter().all(|value| value.is_string() || value.is_null());
            (is_alone && (members.contains_key("items") || members.len() == 1)).then_some(first)
        }
        _ => None,
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A text that nothing in it may act on a terminal; for programs as it is.
fn on_terminal(text: &str) -> String {
    if io::stdout().is_terminal() { visible(text) } else { text.to_owned() }
}

/// Shows a line.
pub(crate) fn line(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.write_all(b"\n")?;
    stdout.flush()
}

/// Tells a person something that is no answer.
pub(crate) fn told(text: &str) {
    if io::stderr().is_terminal() {
        // Where it cannot be told nobody looks.
        let _ = writeln!(anstream::stderr(), "{text}");
    }
}

/// A body that is no JSON, byte by byte.
fn raw(body: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    if stdout.is_terminal() {
        let Ok(text) = std::str::from_utf8(body) else {
            return Err(Failure::Other("the answer is no text; redirect it into a file: > FILE".to_owned()));
        };
        let end = if text.ends_with('\n') { "" } else { "\n" };
        write!(stdout, "{}{end}", visible(text))?;
    } else {
        stdout.write_all(body)?;
    }
    Ok(stdout.flush()?)
}
