//! What can go wrong, and how it is told.

use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use orderly_client::{Error, Problem, Violation};
use serde_json::Value;

use crate::exit::Exit;
use crate::profile::StoreError;
use crate::table::{Command, Form};

/// Members of a problem that are told in their own way, or not at all.
const TOLD: [&str; 8] = ["type", "title", "status", "detail", "instance", "code", "request_id", "errors"];

/// Why the program does not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line is wrong.
    Usage(String),
    /// A call failed.
    Call(Box<FailedCall>),
    /// The profiles cannot be read or written.
    Profiles(StoreError),
    /// What was to be shown cannot be.
    Output(io::Error),
    /// Somebody pressed Ctrl-C.
    Interrupted,
    /// Everything else.
    Other(String),
}

/// A call that failed, and what is known of it.
#[derive(Debug)]
pub(crate) struct FailedCall {
    pub(crate) error: Error,
    pub(crate) command: Option<&'static Command>,
    pub(crate) url: String,
    /// Something about this call that helps.
    pub(crate) hint: Option<String>,
}

impl Failure {
    /// How the program ends.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Call(call) => match &call.error {
                Error::InvalidRequest(_) => Exit::Usage,
                Error::Transport { .. } | Error::Timeout { .. } => Exit::Unreachable,
                error => error.status().map_or(Exit::Other, |status| Exit::of_status(status.as_u16())),
            },
            // Whoever read has seen enough.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::Profiles(_) | Self::Output(_) | Self::Other(_) => Exit::Other,
            Self::Interrupted => Exit::Interrupted,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Profiles(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Tells a failure on stderr. Where that is closed there is nobody to tell.
pub(crate) fn tell(failure: &Failure) {
    let (error, plain) = (Style::new().bold().fg_color(Some(AnsiColor::Red.into())), Style::new());
    let mut stderr = anstream::stderr().lock();
    let text = match failure {
        Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return,
        Failure::Interrupted => {
            let _ = writeln!(stderr);
            return;
        }
        Failure::Usage(text) => format!("{text}\n\nSee --help."),
        Failure::Other(text) => text.clone(),
        Failure::Output(error) => format!("the answer cannot be shown: {error}"),
        Failure::Profiles(error) => error.to_string(),
        Failure::Call(call) => told(call),
    };
    let _ = writeln!(stderr, "{error}error:{error:#}{plain} {}", crate::output::visible(&text));
}

/// Tells a command that may have been meant.
pub(crate) fn tip(command: &str) {
    let green = Style::new().fg_color(Some(AnsiColor::Green.into()));
    let _ = writeln!(anstream::stderr(), "  {green}tip:{green:#} {command}");
}

fn told(call: &FailedCall) -> String {
    let mut text = match &call.error {
        Error::Problem(problem) => problem_told(problem, call.command),
        Error::Transport { .. } => format!("cannot reach {}: {}", call.url, root_cause(&call.error)),
        error => format!("{error}{}", causes(error)),
    };
    if let Some(id) = call.error.request_id() {
        text.push_str(&format!("\nrequest id: {id}"));
    }
    if let Some(hint) = call.hint.clone().or_else(|| hint(call)) {
        text.push_str(&format!("\nhint: {hint}"));
    }
    text
}

/// What it comes from; what stands between repeats itself.
fn root_cause(error: &Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

fn causes(error: &Error) -> String {
    let mut text = String::new();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let told = inner.to_string();
        if !text.contains(&told) {
            text.push_str(&format!(": {told}"));
        }
        cause = inner.source();
    }
    text
}

fn problem_told(problem: &Problem, command: Option<&'static Command>) -> String {
    let title = if problem.title.is_empty() {
        format!("the server answered {}", problem.status)
    } else {
        problem.title.clone()
    };
    let mut text = match &problem.detail {
        Some(detail) => format!("{title}: {detail}"),
        None => title,
    };
    text.push_str(&format!(" ({})", problem.code));
    for mistake in &problem.errors {
        text.push_str(&format!("\n  {}: {}", place(mistake, command), mistake.detail));
    }
    for (name, value) in problem.body.as_object().into_iter().flatten() {
        if !TOLD.contains(&name.as_str()) {
            text.push_str(&format!("\n  {name}: {}", plain(value)));
        }
    }
    if let Value::String(page) = &problem.body {
        const LENGTH: usize = 300;
        let begin: String = page.chars().take(LENGTH).collect();
        if !begin.trim().is_empty() {
            text.push_str(&format!("\n  {}", begin.trim()));
        }
    }
    text
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(members) => crate::output::money(value).unwrap_or_else(|| {
            members
                .iter()
                .map(|(name, value)| format!("{name} {}", plain(value)))
                .collect::<Vec<_>>()
                .join(", ")
        }),
        other => other.to_string(),
    }
}

/// The option that a mistake is about, or where it is.
fn place(mistake: &Violation, command: Option<&'static Command>) -> String {
    let of_parameter = |name: &str| {
        let parameter = command?.parameters.iter().find(|parameter| parameter.name == name)?;
        Some(match parameter.place {
            crate::table::Place::Path => parameter.option.to_uppercase().replace('-', "_"),
            _ => format!("--{}", parameter.option),
        })
    };
    match (&mistake.pointer, &mistake.parameter) {
        (_, Some(name)) => of_parameter(name).unwrap_or_else(|| name.clone()),
        (Some(pointer), None) => of_pointer(pointer, command).unwrap_or_else(|| match pointer.as_str() {
            "" => "the body".to_owned(),
            pointer => pointer.to_owned(),
        }),
        (None, None) => "the request".to_owned(),
    }
}

/// `/lines/0/quantity` is `--line 1, quantity`.
fn of_pointer(pointer: &str, command: Option<&'static Command>) -> Option<String> {
    let names: Vec<String> = pointer
        .strip_prefix('/')?
        .split('/')
        .map(|name| name.replace("~1", "/").replace("~0", "~"))
        .collect();
    let members = command?.body.as_ref()?.members;
    let begins = |path: &[&str]| path.len() <= names.len() && path.iter().zip(&names).all(|(a, b)| a == b);
    let member = members.iter().find(|member| begins(member.path))?;
    let rest = &names[member.path.len()..];
    let mut place = format!("--{}", member.option);
    match (member.form, rest) {
        (Form::Item | Form::Entry(_), [index, inner @ ..]) => {
            let number = index.parse::<usize>().ok()?.checked_add(1)?;
            place.push_str(&format!(" {number}"));
            if !inner.is_empty() {
                place.push_str(&format!(", {}", inner.join(".")));
            }
        }
        (_, []) => {}
        (_, inner) => place.push_str(&format!(", {}", inner.join("."))),
    }
    Some(place)
}

/// What to do about it.
fn hint(call: &FailedCall) -> Option<String> {
    let seconds = |problem: &Problem| problem.retry_after.map(|wait| wait.as_secs());
    match &call.error {
        Error::Problem(problem) => match problem.status {
            401 => Some("log in with `orderly login`".to_owned()),
            412 => Some("get it again; its ETag is the new --if-match".to_owned()),
            428 => Some("get it first; its ETag is what --if-match takes".to_owned()),
            429 | 503 => seconds(problem).map(|seconds| format!("try again in {seconds} seconds")),
            _ => None,
        },
        Error::Transport { .. } => {
            Some("the address comes from --url, ORDERLY_URL or `orderly login`".to_owned())
        }
        Error::Timeout { .. } => Some("--timeout and --retries say how long to wait".to_owned()),
        _ => None,
    }
}
