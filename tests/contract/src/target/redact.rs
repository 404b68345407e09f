//! Keeps credentials out of what is told: in their place stands a variable, which the command that repeats a request
//! takes from its environment.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderValue};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Credential, Identity, Target};
use crate::{
    document::Requirement,
    exchange::{Exchange, Sent},
};

/// What a variable for a credential begins with: `${CONTRACT_BEARER}`, `${CONTRACT_OTHER_BEARER}`.
pub const PLACEHOLDER: &str = "CONTRACT_";

/// What is not shown, with what is shown in its place.
type Secrets = Vec<(String, String)>;

/// A shorter one stands in places that have nothing to do with it.
const SHORTEST: usize = 4;

impl Target {
    /// The exchange without credentials of this target: in their place stands `${CONTRACT_…}`.
    pub fn redacted(&self, exchange: &Exchange) -> Exchange {
        let secrets = self.secrets();
        let mut exchange = exchange.clone();
        exchange.sent = redacted(exchange.sent, &secrets);
        without(&mut exchange.received.headers, &secrets);
        if let Ok(text) = std::str::from_utf8(&exchange.received.body)
            && secrets.iter().any(|(value, _)| text.contains(value))
        {
            exchange.received.body = replaced(text, &secrets).into();
        }
        exchange
    }

    /// The same of a request.
    pub fn redacted_request(&self, sent: Sent) -> Sent {
        redacted(sent, &self.secrets())
    }

    /// The same of what is said of an exchange.
    pub fn redacted_text(&self, text: &str) -> String {
        replaced(text, &self.secrets())
    }

    fn secrets(&self) -> Secrets {
        let identities = self.identities();
        identities.iter().flat_map(|identity: &Identity| &identity.credentials).flat_map(secrets).collect()
    }
}

impl Identity {
    /// The exchange with a variable in place of each of these credentials, for those that no target knows: one that was
    /// made from a secret is nearly the secret.
    pub(crate) fn hidden_in(&self, mut exchange: Exchange) -> Exchange {
        exchange.sent = self.hidden_in_request(exchange.sent);
        exchange
    }

    /// The same of a request.
    pub(crate) fn hidden_in_request(&self, sent: Sent) -> Sent {
        let secrets: Secrets = self.credentials.iter().flat_map(secrets).collect();
        redacted(sent, &secrets)
    }
}

impl Credential {
    /// The variable that stands for the value.
    pub fn variable(&self) -> String {
        variable(&self.name)
    }
}

/// The variable for a credential that reports call so.
pub(crate) fn variable(name: &str) -> String {
    let name = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
    format!("{PLACEHOLDER}{}", name.collect::<String>())
}

/// The value as it is sent, as it is written in a query, and what `Basic` is made of (RFC 7617), which a server may repeat.
fn secrets(credential: &Credential) -> Secrets {
    let variable = format!("${{{}}}", credential.variable());
    let value = &credential.value;
    let mut secrets = vec![(value.clone(), variable.clone())];
    let encoded = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    if encoded != *value {
        secrets.push((encoded, variable.clone()));
    }
    let is_basic = matches!(&credential.requirement, Requirement::Authorization(scheme) if scheme.eq_ignore_ascii_case("basic"));
    if is_basic && let Some((_, password)) = decoded(value).as_deref().and_then(|pair| pair.split_once(':')) {
        secrets.extend((password.len() >= SHORTEST).then(|| (password.to_owned(), variable)));
    }
    secrets
}

fn decoded(value: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(value).ok()?).ok()
}

fn redacted(mut sent: Sent, secrets: &Secrets) -> Sent {
    sent.query = sent.query.map(|query| replaced(&query, secrets));
    without(&mut sent.headers, secrets);
    sent
}

fn without(headers: &mut HeaderMap, secrets: &Secrets) {
    for value in headers.values_mut() {
        if let Ok(text) = value.to_str()
            && let Ok(hidden) = HeaderValue::from_str(&replaced(text, secrets))
        {
            *value = hidden;
        }
    }
}

fn replaced(text: &str, secrets: &Secrets) -> String {
    secrets.iter().fold(text.to_owned(), |text, (value, variable)| text.replace(value, variable))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{Method, StatusCode};

    use super::*;
    use crate::{
        exchange::Received,
        target::{Role, Settings},
    };

    fn credential(name: &str, requirement: Requirement, value: &str) -> Credential {
        Credential { name: name.to_owned(), requirement, value: value.to_owned() }
    }

    #[test]
    fn a_secret_is_shown_nowhere_however_it_is_written() {
        let credentials = vec![
            credential("basic", Requirement::Authorization("basic".to_owned()), "YW5uOnN3b3JkZmlzaA=="),
            credential("key", Requirement::Query("key".to_owned()), "k-1.2"),
        ];
        let identities = vec![Identity { role: Role::Main, credentials }];
        let target = Target::new("http://x", Settings { identities, ..Settings::default() }).unwrap();
        let header = |name: &'static str, value: &str| (name.parse().unwrap(), value.parse().unwrap());
        let sent = Sent {
            method: Method::GET,
            path: "/".to_owned(),
            query: Some("key=k%2D1%2E2&key=k-1.2".to_owned()),
            headers: HeaderMap::from_iter([header("authorization", "Basic YW5uOnN3b3JkZmlzaA==")]),
            body: Bytes::new(),
        };
        let received = Received {
            status: StatusCode::BAD_REQUEST,
            headers: HeaderMap::from_iter([header("x-you-sent", "k-1.2")]),
            body: Bytes::from("ann:swordfish is not known"),
        };
        let shown = format!("{:?}", target.redacted(&Exchange { via: "", sent, received }));
        for secret in ["YW5uOnN3b3JkZmlzaA", "k-1.2", "k%2D1%2E2", "swordfish"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert!(shown.contains("${CONTRACT_BASIC}") && shown.contains("${CONTRACT_KEY}"), "{shown}");
        assert_eq!(target.redacted_text("found k-1.2"), "found ${CONTRACT_KEY}");
    }
}
