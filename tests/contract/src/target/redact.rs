//! Keeps credentials out of what is told: in their place stands a variable, which the command that repeats a request
//! takes from its environment.

use http::HeaderValue;

use super::{Credential, Identity, Target};
use crate::exchange::{Exchange, Sent};

/// What a variable for a credential begins with: `${CONTRACT_BEARER}`, `${CONTRACT_OTHER_BEARER}`.
pub const PLACEHOLDER: &str = "CONTRACT_";

impl Target {
    /// The exchange without credentials of this target: in their place stands `${CONTRACT_…}`.
    pub fn redacted(&self, exchange: &Exchange) -> Exchange {
        let secrets: Vec<(String, String)> = self
            .identities()
            .iter()
            .flat_map(|identity: &Identity| &identity.credentials)
            .map(secret)
            .collect();
        let mut exchange = exchange.clone();
        exchange.sent = redacted(exchange.sent, &secrets);
        if let Ok(text) = std::str::from_utf8(&exchange.received.body)
            && secrets.iter().any(|(value, _)| text.contains(value))
        {
            exchange.received.body = replaced(text, &secrets).into();
        }
        exchange
    }
}

impl Identity {
    /// The exchange with a variable in place of each of these credentials, for those that no target knows: one that was
    /// made from a secret is nearly the secret.
    pub(crate) fn hidden_in(&self, mut exchange: Exchange) -> Exchange {
        let secrets: Vec<(String, String)> = self.credentials.iter().map(secret).collect();
        exchange.sent = redacted(exchange.sent, &secrets);
        exchange
    }
}

impl Credential {
    /// The variable that stands for the value.
    pub fn variable(&self) -> String {
        let name =
            self.name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
        format!("{PLACEHOLDER}{}", name.collect::<String>())
    }
}

fn secret(credential: &Credential) -> (String, String) {
    (credential.value.clone(), format!("${{{}}}", credential.variable()))
}

fn redacted(mut sent: Sent, secrets: &[(String, String)]) -> Sent {
    sent.query = sent.query.map(|query| replaced(&query, secrets));
    for value in sent.headers.values_mut() {
        if let Ok(text) = value.to_str()
            && let Ok(hidden) = HeaderValue::from_str(&replaced(text, secrets))
        {
            *value = hidden;
        }
    }
    sent
}

fn replaced(text: &str, secrets: &[(String, String)]) -> String {
    secrets.iter().fold(text.to_owned(), |text, (value, variable)| text.replace(value, variable))
}
