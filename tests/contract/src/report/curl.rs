//! The command that repeats a request.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{Method, header};

use crate::{exchange::Sent, target::PLACEHOLDER};

/// Linux takes no argument of more than 128 KiB.
const LONGEST: usize = 100_000;

/// A command for a shell of POSIX that sends a request again to the server at `base_url`, and shows the whole answer. A
/// credential's `${CONTRACT_…}` is taken from the environment.
pub fn curl(base_url: &str, sent: &Sent) -> String {
    // The path as it is, and brackets that are no pattern.
    let mut command = String::from("curl -sS --path-as-is -g");
    match sent.method {
        Method::HEAD => command.push_str(" --head"),
        Method::GET if sent.body.is_empty() => command.push_str(" -i"),
        ref method => {
            let _ = write!(command, " -i -X {}", quoted(method.as_str()));
        }
    }
    let query = sent.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let _ = write!(command, " {}", quoted(&format!("{base_url}{}{query}", sent.path)));
    for (name, value) in &sent.headers {
        // curl counts the body itself.
        if [header::CONTENT_LENGTH, header::HOST, header::TRANSFER_ENCODING].contains(name) {
            continue;
        }
        let value = String::from_utf8_lossy(value.as_bytes());
        // `Name:` takes a header away, `Name;` sends it without a value.
        let line = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        let _ = write!(command, " -H {}", quoted(&line));
    }
    if sent.body.is_empty() {
        return command;
    }
    if !sent.headers.contains_key(header::CONTENT_TYPE) {
        command.push_str(" -H 'Content-Type:'");
    }
    match text(&sent.body) {
        Some(text) => {
            let _ = write!(command, " --data-raw {}", quoted(text));
            command
        }
        None => format!("printf {} | {command} --data-binary @-", escaped(&sent.body)),
    }
}

/// The body, if an argument can carry it and a terminal shows it as it is.
fn text(body: &Bytes) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    (body.len() <= LONGEST && !text.chars().any(is_hidden)).then_some(text)
}

/// What a terminal acts on instead of showing it: control characters, and those that turn the direction of text. A command
/// is one line, so that it can be copied from anywhere.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Bytes for `printf`, which a shell has built in: no length is too much for it.
fn escaped(body: &Bytes) -> String {
    let mut text = String::from("'");
    let octal = |text: &mut String, bytes: &[u8]| {
        bytes.iter().for_each(|byte| {
            let _ = write!(text, "\\{byte:03o}");
        });
    };
    for chunk in body.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '%' => text.push_str("%%"),
                '\\' => text.push_str("\\\\"),
                '\n' => text.push_str("\\n"),
                '\r' => text.push_str("\\r"),
                '\t' => text.push_str("\\t"),
                '\'' => octal(&mut text, b"'"),
                // It would begin an option.
                '-' if text.len() == 1 => octal(&mut text, b"-"),
                hidden if is_hidden(hidden) => octal(&mut text, hidden.encode_utf8(&mut [0; 4]).as_bytes()),
                shown => text.push(shown),
            }
        }
        octal(&mut text, chunk.invalid());
    }
    text.push('\'');
    text
}

/// A word for a shell: nothing in it has a meaning, but the variable of a credential.
fn quoted(text: &str) -> String {
    let begins = format!("${{{PLACEHOLDER}");
    let mut word = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(&begins) {
        let Some(length) = rest[at..].find('}') else { break };
        single(&mut word, &rest[..at]);
        let _ = write!(word, "\"{}\"", &rest[at..=at + length]);
        rest = &rest[at + length + 1..];
    }
    single(&mut word, rest);
    if word.is_empty() { "''".to_owned() } else { word }
}

fn single(word: &mut String, text: &str) {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+".contains(c);
    if text.chars().all(is_plain) {
        word.push_str(text);
    } else {
        let _ = write!(word, "'{}'", text.replace('\'', r"'\''"));
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn sent(method: Method, query: Option<&str>, headers: &[(&'static str, &str)], body: &[u8]) -> Sent {
        let headers = headers.iter().map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()));
        Sent {
            method,
            path: "/v1/things".to_owned(),
            query: query.map(str::to_owned),
            headers: headers.collect::<HeaderMap>(),
            body: Bytes::copy_from_slice(body),
        }
    }

    #[test]
    fn a_command_says_what_was_sent_and_nothing_else_has_a_meaning_to_the_shell() {
        let cases = [
            (sent(Method::GET, None, &[], b""), "curl -sS --path-as-is -g -i http://x/v1/things"),
            (
                sent(Method::GET, Some("q=a'b&c[]=$HOME"), &[("x-empty", "")], b""),
                r"curl -sS --path-as-is -g -i 'http://x/v1/things?q=a'\''b&c[]=$HOME' -H 'x-empty;'",
            ),
            (
                sent(Method::POST, None, &[("content-type", "text/plain"), ("content-length", "3")], b"it's"),
                r"curl -sS --path-as-is -g -i -X POST http://x/v1/things -H 'content-type: text/plain' --data-raw 'it'\''s'",
            ),
            (
                sent(Method::PUT, None, &[], &[0, b'%', 0xff, b'a']),
                r"printf '\000%%\377a' | curl -sS --path-as-is -g -i -X PUT http://x/v1/things -H 'Content-Type:' --data-binary @-",
            ),
            (
                sent(Method::HEAD, None, &[("authorization", "Bearer ${CONTRACT_BEARER}")], b""),
                r#"curl -sS --path-as-is -g --head http://x/v1/things -H 'authorization: Bearer '"${CONTRACT_BEARER}""#,
            ),
            (
                sent(Method::PUT, None, &[("content-type", "text/plain")], "é\u{202e}\n".as_bytes()),
                "printf 'é\\342\\200\\256\\n' | curl -sS --path-as-is -g -i -X PUT http://x/v1/things \
                 -H 'content-type: text/plain' --data-binary @-",
            ),
        ];
        for (sent, expected) in cases {
            assert_eq!(curl("http://x", &sent), expected);
        }
    }
}
