//! The steps of a finding, so that a person can take them again: what an answer gave that a later request uses is named,
//! because the next time it is another one.

use std::collections::BTreeSet;

use http::header;
use serde_json::Value;

use super::{Report, Reported, curl};
use crate::exchange::{Exchange, Received, Sent};

/// A shorter text is found everywhere.
const SHORTEST: usize = 4;
/// So many of them are named.
const MOST: usize = 4;

/// A step.
pub(crate) struct Told<'r> {
    /// What repeats it.
    pub(crate) command: String,
    /// What came; nothing if that is the finding.
    pub(crate) received: Option<&'r Received>,
    /// What the answer gave that later steps send, each with where it stood: `id`, `Location`, `ETag`.
    pub(crate) given: Vec<(String, String)>,
}

/// The steps of a finding. The last is the one that was judged.
pub(crate) fn told<'r>(report: &Report, reported: &'r Reported) -> Vec<Told<'r>> {
    let Reported { story, unanswered, .. } = reported;
    let sent: Vec<&Sent> = story.iter().map(|exchange| &exchange.sent).chain(unanswered).collect();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let step = |(index, exchange): (usize, &'r Exchange)| {
        let before = &sent[..=index];
        let given = given(&exchange.received)
            .into_iter()
            .filter(|(_, value)| !before.iter().any(|sent| is_in(value, sent)))
            .filter(|(_, value)| sent[index + 1..].iter().any(|sent| is_in(value, sent)))
            .filter(|(_, value)| known.insert(value.clone()))
            .take(MOST)
            .collect();
        let command = curl(&report.base_url, &exchange.sent);
        Told { command, received: Some(&exchange.received), given }
    };
    let mut steps: Vec<Told<'r>> = story.iter().enumerate().map(step).collect();
    steps.extend(unanswered.iter().map(|sent| {
        let command = curl(&report.base_url, sent);
        Told { command, received: None, given: Vec::new() }
    }));
    steps
}

/// What an answer says: its `Location` and `ETag`, and each text and number of its body.
fn given(received: &Received) -> Vec<(String, String)> {
    let mut given = Vec::new();
    let body: Value = serde_json::from_slice(&received.body).unwrap_or_default();
    collect(&body, String::new(), &mut given);
    for (name, shown) in [(header::ETAG, "ETag"), (header::LOCATION, "Location")] {
        if let Some(value) = received.headers.get(&name).and_then(|value| value.to_str().ok()) {
            given.push((shown.to_owned(), value.to_owned()));
        }
    }
    given
}

fn collect(value: &Value, path: String, given: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) if text.len() >= SHORTEST => given.push((path, text.clone())),
        Value::Number(number) => given.push((path, number.to_string())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{path}[{index}]"), given);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(member, path, given);
            }
        }
        _ => {}
    }
}

/// Whether a request has the value: as a segment of its path, a value of its query or of a header, or in its body.
fn is_in(value: &str, sent: &Sent) -> bool {
    let query = sent.query.as_deref().unwrap_or_default();
    let body =
        || std::str::from_utf8(&sent.body).is_ok_and(|body| value.len() >= SHORTEST && body.contains(value));
    sent.path == value
        || sent.path.split('/').any(|segment| segment == value)
        || form_urlencoded::parse(query.as_bytes()).any(|(_, known)| known == value)
        || sent.headers.values().any(|known| known.as_bytes() == value.as_bytes())
        || body()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, Method, StatusCode};
    use orderly_document::Pointer;

    use super::*;
    use crate::check::{Check, Finding};

    fn exchange(method: Method, path: &str, body: &str, answer: &str) -> Exchange {
        Exchange {
            via: "",
            sent: Sent {
                method,
                path: path.to_owned(),
                query: None,
                headers: HeaderMap::new(),
                body: Bytes::copy_from_slice(body.as_bytes()),
            },
            received: Received {
                status: StatusCode::OK,
                headers: HeaderMap::new(),
                body: Bytes::copy_from_slice(answer.as_bytes()),
            },
        }
    }

    #[test]
    fn a_step_names_what_later_ones_use_and_nothing_else() {
        let story = vec![
            exchange(
                Method::POST,
                "/books",
                r#"{"title":"Emma"}"#,
                r#"{"id":17,"title":"Emma","by":{"key":"k-99"}}"#,
            ),
            exchange(Method::GET, "/books/17", "", r#"{"id":17,"title":"Emma"}"#),
            exchange(Method::PUT, "/books/17", r#"{"by":"k-99","title":"Emma"}"#, ""),
        ];
        let finding = Finding {
            check: Check::NoServerError,
            place: Pointer::root(),
            expected: String::new(),
            found: String::new(),
        };
        let reported = Reported::new(finding, "books", "", story);
        let steps = told(&Report::default(), &reported);
        let given: Vec<Vec<String>> = steps
            .iter()
            .map(|step| step.given.iter().map(|(name, value)| format!("{name}={value}")).collect())
            .collect();
        assert_eq!(given, [vec!["id=17".to_owned(), "by.key=k-99".to_owned()], vec![], vec![]]);
    }
}
