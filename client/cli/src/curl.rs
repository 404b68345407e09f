//! A call as a curl command, for `--dry-run`.

use std::fmt::Write as _;

use orderly_client::Operation;
use reqwest::Request;
use reqwest::header::CONTENT_LENGTH;

/// Linux takes no argument of more than 128 KiB.
const LONGEST: usize = 100_000;

/// What a call presents, as the variable of a shell that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presented {
    Nothing,
    Token,
    ApiKey,
}

/// A command for a shell of POSIX that sends the request. Credentials are taken from the environment.
pub(crate) fn command(request: &Request, operation: &Operation, presented: Presented) -> String {
    // The path as it is, and brackets that are no pattern.
    let mut command = String::from("curl -sS --path-as-is -g");
    match operation.method {
        "GET" => {}
        "HEAD" => command.push_str(" --head"),
        method => {
            let _ = write!(command, " -X {}", quoted(method));
        }
    }
    let _ = write!(command, " {}", quoted(request.url().as_str()));
    match presented {
        Presented::Nothing => {}
        Presented::Token => command.push_str(r#" -H "Authorization: Bearer $ORDERLY_TOKEN""#),
        Presented::ApiKey => command.push_str(r#" -H "X-API-Key: $ORDERLY_API_KEY""#),
    }
    for (name, value) in request.headers().iter().filter(|(name, _)| *name != CONTENT_LENGTH) {
        let value = String::from_utf8_lossy(value.as_bytes());
        // `Name:` takes a header away, `Name;` sends it without a value.
        let line = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        let _ = write!(command, " -H {}", quoted(&line));
    }
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    if body.is_empty() {
        return command;
    }
    let text = std::str::from_utf8(body).ok();
    match text.filter(|text| text.len() <= LONGEST && !text.chars().any(is_hidden)) {
        Some(text) => {
            let _ = write!(command, " --data-raw {}", quoted(text));
            command
        }
        None => format!("printf {} | {command} --data-binary @-", escaped(body)),
    }
}

/// What a terminal acts on instead of showing it.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Bytes for `printf`, which a shell has built in: no length is too much for it.
fn escaped(body: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" {}[]:,.\"_/+=@".contains(&byte);
    let mut text = String::from("'");
    for byte in body {
        let _ =
            if plain(*byte) { write!(text, "{}", char::from(*byte)) } else { write!(text, "\\{byte:03o}") };
    }
    text + "'"
}

/// A word for a shell: nothing in it has a meaning.
pub(crate) fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+%".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(
        method: &'static str,
        url: &str,
        headers: &[(&'static str, &str)],
        body: &[u8],
        presented: Presented,
    ) -> String {
        let mut request = Request::new(method.parse().unwrap(), url.parse().unwrap());
        for (name, value) in headers {
            request.headers_mut().append(*name, value.parse().unwrap());
        }
        if !body.is_empty() {
            *request.body_mut() = Some(body.to_vec().into());
        }
        let operation = Operation { method, ..*Operation::find("get_me").unwrap() };
        command(&request, &operation, presented)
    }

    #[test]
    fn nothing_that_is_sent_has_a_meaning_to_the_shell() {
        let url = "http://x/v1/things?q=a%27b&c=$HOME";
        assert_eq!(
            told("GET", url, &[("x-empty", "")], b"", Presented::Nothing),
            "curl -sS --path-as-is -g 'http://x/v1/things?q=a%27b&c=$HOME' -H 'x-empty;'"
        );
        assert_eq!(
            told(
                "POST",
                "http://x/",
                &[("content-type", "application/json")],
                b"it's $HOME",
                Presented::Token
            ),
            "curl -sS --path-as-is -g -X POST http://x/ -H \"Authorization: Bearer $ORDERLY_TOKEN\" \
             -H 'content-type: application/json' --data-raw 'it'\\''s $HOME'"
        );
        assert_eq!(
            told("PUT", "http://x/", &[], b"\x00%\xff", Presented::ApiKey),
            "printf '\\000\\045\\377' | curl -sS --path-as-is -g -X PUT http://x/ -H \"X-API-Key: $ORDERLY_API_KEY\" --data-binary @-"
        );
    }
}
