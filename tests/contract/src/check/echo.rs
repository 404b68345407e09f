//! No error repeats what was sent: never a credential, and, where the conventions promise it, none of the input that was
//! refused.

use std::collections::HashSet;

use http::{HeaderMap, header};
use orderly_document::Pointer;
use serde_json::Value;

use super::{Check, Contract, Report};
use crate::{
    case::Intent,
    document::{Document, Operation, Requirement},
    exchange::{Exchange, Sent},
    route::Match,
};

/// Shorter texts, and those with fewer letters, are found in other words too.
const UNMISTAKABLE: usize = 12;
const LETTERS: usize = 6;

/// Members of a body that hold a secret, whatever the document says of them.
const SECRETS: [&str; 6] =
    ["password", "current_password", "new_password", "client_secret", "refresh_token", "secret"];

/// Every text of a document. What stands there, an error may say.
#[derive(Debug)]
pub(super) struct Words(HashSet<String>);

impl Words {
    pub(super) fn of(document: &Document) -> Self {
        let mut words = HashSet::new();
        collect(document.source().root(), &mut |text| {
            words.insert(text.to_owned());
        });
        Self(words)
    }

    fn contains(&self, text: &str) -> bool {
        self.0.contains(text)
    }
}

fn is_unmistakable(text: &str) -> bool {
    let letters: HashSet<char> = text.chars().collect();
    text.len() >= UNMISTAKABLE && letters.len() >= LETTERS
}

impl Contract {
    /// Whether the document itself has this text somewhere, as an example for instance.
    pub(crate) fn says(&self, text: &str) -> bool {
        self.words.contains(text)
    }

    /// `intent` is that of the case, where there is one.
    pub(super) fn check_echo(&self, exchange: &Exchange, intent: Option<&Intent>, report: &mut Report) {
        let Exchange { sent, received, .. } = exchange;
        let is_error = received.status.is_client_error() || received.status.is_server_error();
        if !is_error || received.body.is_empty() {
            return;
        }
        let operation = match self.document.find(&sent.method, &sent.path) {
            Match::Operation(operation, _) => Some(operation),
            _ => None,
        };
        let place =
            operation.map_or_else(|| Pointer::root().child("paths"), |one| one.place.child("responses"));
        let body = String::from_utf8_lossy(&received.body);
        let echoed = |text: &str| is_unmistakable(text) && body.contains(text);
        let input: Value = serde_json::from_slice(&sent.body).unwrap_or_default();
        let secrets = operation.into_iter().flat_map(|operation| credentials(operation, sent));
        if secrets.chain(secret_members(&input)).any(|text| echoed(&text)) {
            report.add(
                Check::Echo,
                &place,
                "an error without the credential that was sent",
                "it is in there",
            );
        }
        if self.conventions.closed && matches!(intent, Some(Intent::Invalid { .. })) {
            let mut found = None;
            collect(&input, &mut |text| {
                if found.is_none() && !self.words.contains(text) && echoed(text) {
                    found = Some(text.to_owned());
                }
            });
            if let Some(text) = found {
                report.add(
                    Check::Echo,
                    &place,
                    "an error that does not repeat what was sent",
                    format!("`{text}`"),
                );
            }
        }
    }
}

/// The credentials that a request carries.
fn credentials(operation: &Operation, sent: &Sent) -> Vec<String> {
    let text = |headers: &HeaderMap, name: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let requirements = operation.security.iter().flatten();
    let found = requirements.filter_map(|requirement| match requirement {
        Requirement::Authorization(_) => text(&sent.headers, header::AUTHORIZATION.as_str())
            .and_then(|value| value.split_once(' ').map(|(_, token)| token.trim().to_owned())),
        Requirement::Header(name) => text(&sent.headers, name),
        Requirement::Query(name) => {
            let query = sent.query.as_deref().unwrap_or_default();
            form_urlencoded::parse(query.as_bytes())
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.into())
        }
        Requirement::Cookie(_) => None,
    });
    found.collect()
}

fn secret_members(input: &Value) -> impl Iterator<Item = String> {
    let members = input.as_object().into_iter().flatten();
    members
        .filter(|(name, _)| SECRETS.contains(&name.as_str()))
        .filter_map(|(_, value)| value.as_str().map(str::to_owned))
}

/// Every text in a value.
fn collect(value: &Value, take: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => take(text),
        Value::Array(items) => items.iter().for_each(|item| collect(item, take)),
        Value::Object(members) => members.values().for_each(|member| collect(member, take)),
        _ => {}
    }
}
