//! The options that every command has.

use std::time::Duration;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, ValueHint};

use crate::error::Failure;
use crate::output::Format;
use crate::query::Query;

const OUTPUT: &str = "Output";
const CONNECTION: &str = "Connection";

/// What was given for them.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) format: Option<Format>,
    pub(crate) query: Option<Query>,
    pub(crate) is_verbose: bool,
    pub(crate) url: Given,
    pub(crate) profile: Given,
    pub(crate) token: Given,
    pub(crate) api_key: Given,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: Option<u32>,
    pub(crate) headers: Vec<(String, String)>,
}

/// A text, and whether it stands on the command line or in the environment.
#[derive(Clone, Default)]
pub(crate) struct Given {
    pub(crate) on_line: Option<String>,
    pub(crate) in_environment: Option<String>,
}

/// Without what is given: it may be a secret.
impl std::fmt::Debug for Given {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Given(…)")
    }
}

/// The options, for the root of all commands.
pub(crate) fn all() -> Vec<Arg> {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help).global(true)
    };
    let output = [
        text("output", "FORMAT", "How answers are shown; a table on a terminal, else JSON")
            .short('o')
            .value_parser(clap::builder::EnumValueParser::<Format>::new()),
        text("query", "PATH", "Show only a part: a JSON pointer (/items/0/id) or a path (items[].id)"),
        Arg::new("verbose")
            .long("verbose")
            .short('v')
            .action(ArgAction::SetTrue)
            .global(true)
            .help("Show the request and the answer's headers on stderr"),
    ];
    let connection = [
        text("url", "URL", "The API's address").env("ORDERLY_URL").value_hint(ValueHint::Url),
        text("profile", "NAME", "Another profile than the current one").env("ORDERLY_PROFILE"),
        text("token", "TOKEN", "An access token in place of the profile's; `-` reads it from stdin")
            .env("ORDERLY_TOKEN"),
        text("api-key", "KEY", "An API key in place of the profile's; `-` reads it from stdin")
            .env("ORDERLY_API_KEY"),
        text("timeout", "SECONDS", "How long a call may take with all its repetitions").value_parser(seconds),
        text("retries", "N", "How often a call is sent again, if that is safe [default: 3]")
            .value_parser(clap::value_parser!(u32)),
        text("header", "NAME: VALUE", "Another header; may be repeated")
            .short('H')
            .action(ArgAction::Append)
            .value_parser(header),
    ];
    let under = |heading: &'static str| move |arg: Arg| arg.help_heading(heading).hide_env_values(true);
    output.into_iter().map(under(OUTPUT)).chain(connection.into_iter().map(under(CONNECTION))).collect()
}

impl Options {
    /// What was given.
    pub(crate) fn of(matches: &ArgMatches) -> Result<Self, Failure> {
        let query = matches.get_one::<String>("query").map(|text| text.parse()).transpose();
        Ok(Self {
            format: matches.get_one::<Format>("output").copied(),
            query: query.map_err(|reason| Failure::Usage(format!("--query: {reason}")))?,
            is_verbose: matches.get_flag("verbose"),
            url: Given::of(matches, "url")?,
            profile: Given::of(matches, "profile")?,
            token: Given::of(matches, "token")?,
            api_key: Given::of(matches, "api-key")?,
            timeout: matches.get_one::<Duration>("timeout").copied(),
            retries: matches.get_one::<u32>("retries").copied(),
            headers: matches.get_many("header").into_iter().flatten().cloned().collect(),
        })
    }
}

impl Given {
    fn of(matches: &ArgMatches, name: &str) -> Result<Self, Failure> {
        let text = matches.get_one::<String>(name).filter(|text| !text.is_empty()).cloned();
        let is_secret = matches!(name, "token" | "api-key");
        Ok(match matches.value_source(name) {
            Some(ValueSource::CommandLine) if is_secret && text.as_deref() == Some("-") => {
                Self { on_line: Some(crate::prompt::line_of_stdin()?), in_environment: None }
            }
            Some(ValueSource::CommandLine) => Self { on_line: text, in_environment: None },
            _ => Self { on_line: None, in_environment: text },
        })
    }

    /// What was given, the command line first.
    pub(crate) fn any(&self) -> Option<&str> {
        self.on_line.as_deref().or(self.in_environment.as_deref())
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 =
        text.parse().map_err(|_| "has to be a number of seconds, such as 10 or 0.5".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "has to be positive and not endless".to_owned())
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) =
        text.split_once(':').ok_or("has to be a name, a colon and a value: `X-Shop: main`")?;
    let (name, value) = (name.trim(), value.trim());
    http::HeaderName::try_from(name).map_err(|_| format!("`{name}` is no name of a header"))?;
    http::HeaderValue::try_from(value).map_err(|_| "the value is no header's".to_owned())?;
    Ok((name.to_owned(), value.to_owned()))
}
