//! A command of the table as a call of the SDK.

use clap::ArgMatches;
use orderly_client::{Client, Operation, RawCall};

use crate::curl::{self, Presented};
use crate::error::{FailedCall, Failure};
use crate::options::Options;
use crate::output::{self, Output};
use crate::session::Session;
use crate::table::{Access, Command, Parameter, Place, Style};
use crate::{body, entry, pages, verbose};

/// What is made anew each time that a call is prepared.
const REQUEST_ID: &str = "x-request-id";
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Runs a command of the table.
pub(crate) async fn run(
    command: &'static Command,
    matches: &ArgMatches,
    options: &Options,
) -> Result<(), Failure> {
    if let Some(body) = &command.body
        && !body.example.is_empty()
        && matches.get_flag("example")
    {
        return Ok(output::line(&body::example(body))?);
    }
    let session = Session::of(options)?;
    let is_dry = matches.get_flag("dry-run");
    let presented = match command.access {
        Access::Public => Presented::Nothing,
        // A place for the token, which whoever runs the printed command has.
        Access::Login if is_dry && session.presented() == Presented::Nothing => Presented::Token,
        Access::Optional | Access::Login => session.presented(),
    };
    let client = session.client(options, command.access != Access::Public && !is_dry)?;
    let failed = |error| {
        let hint = session.hint(command.access);
        Failure::Call(Box::new(FailedCall { error, command: Some(command), url: session.url.clone(), hint }))
    };
    let operation = Operation::find(command.operation)
        .ok_or_else(|| Failure::Other(format!("the SDK has no operation `{}`", command.operation)))?;
    let mut call = assembled(&client, operation, command, matches, options)?;
    let is_all = command.is_paged && matches.get_flag("all");
    let mut request = call.prepare().map_err(failed)?;
    if is_dry {
        return Ok(output::line(&curl::command(&request, operation, presented))?);
    }
    if is_all {
        // Each page has a request of its own.
        request.headers_mut().remove(REQUEST_ID);
    }
    if options.is_verbose {
        verbose::request(&request, presented);
    }
    if is_all {
        return pages::show(call, options, failed).await;
    }
    for name in [REQUEST_ID, IDEMPOTENCY_KEY] {
        // Those that are told are those that are sent; what was given for them is in the call already.
        let made = request.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(value) = made.filter(|_| !is_given(name, command, matches, options)) {
            call = call.header(name, value);
        }
    }
    let answer = call.send().await.map_err(failed)?;
    if options.is_verbose {
        verbose::answer(&answer);
    }
    Output::of(options).answer(&answer)
}

/// Whether a header was given, as a parameter or as itself.
fn is_given(name: &str, command: &Command, matches: &ArgMatches, options: &Options) -> bool {
    let own = |parameter: &&Parameter| {
        parameter.place == Place::Header && parameter.name.eq_ignore_ascii_case(name)
    };
    let as_parameter =
        command.parameters.iter().filter(own).any(|parameter| matches.contains_id(parameter.option));
    as_parameter || options.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name))
}

/// A call with what was given for it.
fn assembled<'a>(
    client: &'a Client,
    operation: &'static Operation,
    command: &'static Command,
    matches: &ArgMatches,
    options: &Options,
) -> Result<RawCall<'a>, Failure> {
    let mut call = client.raw(operation);
    let mut cookies = Vec::new();
    for parameter in command.parameters {
        let given: Vec<&str> =
            matches.get_many::<String>(parameter.option).into_iter().flatten().map(String::as_str).collect();
        if given.is_empty() {
            continue;
        }
        let wrong = |reason: String| Failure::Usage(format!("--{}: {reason}", parameter.option));
        for (name, value) in written(parameter, &given).map_err(wrong)? {
            call = match parameter.place {
                Place::Path => call.path(name, value),
                Place::Query => call.query(name, value),
                Place::Header => call.header(name, value),
                Place::Cookie => {
                    cookies.push(format!("{name}={value}"));
                    call
                }
            };
        }
    }
    if !cookies.is_empty() {
        // They stand in one header (RFC 6265 section 5.4).
        call = call.header("cookie", cookies.join("; "));
    }
    if let Some(body) = &command.body
        && let Some(bytes) = body::given(body, matches)?
    {
        call = call.body(bytes);
    }
    Ok(options.headers.iter().fold(call, |call, (name, value)| call.header(name, value)))
}

/// A parameter as it is written: names and values.
fn written(parameter: &Parameter, given: &[&str]) -> Result<Vec<(String, String)>, String> {
    let name = parameter.name.to_owned();
    let last = given.last().copied().unwrap_or_default();
    Ok(match parameter.style {
        Style::One if is_entity_tag(parameter) => vec![(name, entity_tag(last))],
        Style::One | Style::Json => vec![(name, last.to_owned())],
        Style::Repeated => given.iter().map(|value| (name.clone(), (*value).to_owned())).collect(),
        Style::Joined(by) => vec![(name, given.join(&by.to_string()))],
        Style::Deep => {
            members(given)?.into_iter().map(|(member, value)| (format!("{name}[{member}]"), value)).collect()
        }
        Style::Spread => members(given)?,
    })
}

/// `a=1,b=2`, or a JSON object.
fn members(given: &[&str]) -> Result<Vec<(String, String)>, String> {
    let mut all = Vec::new();
    for text in given {
        if text.trim_start().starts_with('{') {
            let object: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(text).map_err(|error| format!("is no JSON object: {error}"))?;
            all.extend(object.into_iter().map(|(name, value)| {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                (name, text)
            }));
        } else {
            all.extend(entry::pairs(text, |_| false)?);
        }
    }
    Ok(all)
}

fn is_entity_tag(parameter: &Parameter) -> bool {
    let is = |name: &str| parameter.name.eq_ignore_ascii_case(name);
    parameter.place == Place::Header && (is("If-Match") || is("If-None-Match"))
}

/// An entity tag stands in quotes (RFC 9110 section 8.8.3), which a shell takes away.
fn entity_tag(text: &str) -> String {
    if text == "*" || text.contains('"') { text.to_owned() } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(style: Style) -> Parameter {
        Parameter { name: "p", option: "p", style, ..Parameter::EMPTY }
    }

    #[test]
    fn each_style_is_written_as_openapi_says() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        for (style, given, expected) in [
            (Style::One, &["a"][..], vec![pair("p", "a")]),
            (Style::Repeated, &["a", "b"], vec![pair("p", "a"), pair("p", "b")]),
            (Style::Joined('|'), &["a", "b"], vec![pair("p", "a|b")]),
            (Style::Deep, &["a=1,b=2"], vec![pair("p[a]", "1"), pair("p[b]", "2")]),
            (Style::Spread, &[r#"{"a":1,"b":"x"}"#], vec![pair("a", "1"), pair("b", "x")]),
            (Style::Json, &["{}"], vec![pair("p", "{}")]),
        ] {
            assert_eq!(written(&parameter(style), given), Ok(expected), "{style:?}");
        }
    }

    #[test]
    fn an_entity_tag_gets_the_quotes_that_the_shell_took() {
        for (given, sent) in [("v1", "\"v1\""), ("\"v1\"", "\"v1\""), ("*", "*"), ("W/\"v1\"", "W/\"v1\"")] {
            assert_eq!(entity_tag(given), sent);
        }
    }
}
