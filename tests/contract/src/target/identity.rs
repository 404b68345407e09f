//! Who calls: roles, and the credentials that each of them presents where an operation asks for one.

use std::{fs, path::PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::header;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{AuthError, header_of};
use crate::{
    document::{Document, Operation, Requirement},
    exchange::Sent,
};

/// The schemes that need no name in the document.
pub(crate) const KINDS: [&str; 2] = ["bearer", "basic"];

/// Who somebody is to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The one who calls, unless it matters.
    Main,
    /// Somebody else, who may do the same, but with things of their own.
    Other,
    /// Somebody whose credential is no longer valid.
    Expired,
}

/// Somebody who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who that is.
    pub role: Role,
    /// What they can present.
    pub credentials: Vec<Credential>,
}

/// What is presented for a security scheme.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// What is called a credential of this kind in reports, where the value is not shown.
    pub name: String,
    /// What it satisfies.
    pub requirement: Requirement,
    /// What is sent: behind the scheme in `Authorization`, or the whole value.
    pub value: String,
}

/// The value is a secret.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential")
            .field("name", &self.name)
            .field("requirement", &self.requirement)
            .finish_non_exhaustive()
    }
}

impl Role {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Main, Self::Other, Self::Expired];

    /// The role as it is written in front of a credential.
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Other => "other",
            Self::Expired => "expired",
        }
    }
}

impl Identity {
    /// Reads credentials as a command line gives them, `[ROLE:]SCHEME=VALUE`: the role is `main`, `other` or `expired`,
    /// the scheme `bearer`, `basic` or one that the document names; a value `@FILE` or `env:NAME` is read from there.
    ///
    /// # Errors
    /// The first text that is no credential.
    pub fn parse<'t>(
        texts: impl IntoIterator<Item = &'t str>,
        document: &Document,
    ) -> Result<Vec<Self>, AuthError> {
        let mut identities: Vec<Self> = Vec::new();
        for text in texts {
            let (scheme, value) = text.split_once('=').ok_or(AuthError::NoValue)?;
            let (role, scheme) = role(scheme);
            let credential = Credential::new(role, scheme, &looked_up(value)?, document)?;
            match identities.iter_mut().find(|identity| identity.role == role) {
                Some(identity) => identity.credentials.push(credential),
                None => identities.push(Self { role, credentials: vec![credential] }),
            }
        }
        Ok(identities)
    }

    /// The same with only the credentials that an operation asks for: those of the first alternative that they satisfy.
    /// Where a credential is optional it is presented.
    #[must_use]
    pub fn for_operation(&self, operation: &Operation) -> Self {
        let having = |requirement: &Requirement| {
            self.credentials.iter().find(|credential| credential.satisfies(requirement)).cloned()
        };
        let satisfied = operation.security.iter().filter(|alternative| !alternative.is_empty());
        let credentials = satisfied
            .filter_map(|alternative| alternative.iter().map(having).collect::<Option<Vec<_>>>())
            .next();
        Self { role: self.role, credentials: credentials.unwrap_or_default() }
    }

    /// Adds the credentials to a request. One that the request has already stays.
    pub(super) fn present(&self, sent: &mut Sent) {
        for credential in &self.credentials {
            credential.present(sent);
        }
    }
}

impl Credential {
    /// A credential for a scheme that is named by kind or by the document.
    ///
    /// # Errors
    /// An unknown scheme, or a value that cannot be sent.
    pub fn new(role: Role, scheme: &str, value: &str, document: &Document) -> Result<Self, AuthError> {
        let requirement = match document.scheme(scheme) {
            Some(requirement) => requirement,
            None if KINDS.contains(&scheme) => Requirement::Authorization(scheme.to_owned()),
            None => {
                return Err(AuthError::Scheme { name: scheme.to_owned(), declared: document.scheme_names() });
            }
        };
        let is_basic =
            matches!(&requirement, Requirement::Authorization(kind) if kind.eq_ignore_ascii_case("basic"));
        let value = match is_basic {
            true if !value.contains(':') => return Err(AuthError::NoPassword),
            true => STANDARD.encode(value),
            false => value.to_owned(),
        };
        if value.is_empty() {
            return Err(AuthError::Empty(scheme.to_owned()));
        }
        if header_of("x", &value).is_none() {
            return Err(AuthError::Characters(scheme.to_owned()));
        }
        let name = match role {
            Role::Main => scheme.to_owned(),
            other => format!("{}_{scheme}", other.name()),
        };
        Ok(Self { name, requirement, value })
    }

    /// Whether it is what a security scheme asks for.
    pub(crate) fn satisfies(&self, requirement: &Requirement) -> bool {
        match (&self.requirement, requirement) {
            (Requirement::Authorization(own), Requirement::Authorization(asked)) => {
                own.eq_ignore_ascii_case(asked)
            }
            (Requirement::Header(own), Requirement::Header(asked)) => own.eq_ignore_ascii_case(asked),
            (own, asked) => own == asked,
        }
    }

    fn present(&self, sent: &mut Sent) {
        let encoded = || utf8_percent_encode(&self.value, NON_ALPHANUMERIC);
        let (name, value) = match &self.requirement {
            Requirement::Authorization(scheme) => {
                (header::AUTHORIZATION.as_str(), format!("{} {}", spelled(scheme), self.value))
            }
            Requirement::Header(name) => (name.as_str(), self.value.clone()),
            Requirement::Query(name) => {
                let pair = format!("{}={}", utf8_percent_encode(name, NON_ALPHANUMERIC), encoded());
                sent.query = Some(match sent.query.take() {
                    Some(query) if !query.is_empty() => format!("{query}&{pair}"),
                    _ => pair,
                });
                return;
            }
            Requirement::Cookie(name) => {
                let own = format!("{name}={}", self.value);
                let cookies = sent.headers.get(header::COOKIE).and_then(|value| value.to_str().ok());
                let cookies = cookies.map_or_else(|| own.clone(), |cookies| format!("{cookies}; {own}"));
                if let Some((name, value)) = header_of(header::COOKIE.as_str(), &cookies) {
                    sent.headers.insert(name, value);
                }
                return;
            }
        };
        if let Some((name, value)) = header_of(name, &value)
            && !sent.headers.contains_key(&name)
        {
            sent.headers.insert(name, value);
        }
    }
}

/// The schemes of HTTP are read in any case; servers that are less patient know them as they are registered.
fn spelled(scheme: &str) -> &str {
    let registered = ["Basic", "Bearer", "Digest"];
    registered.into_iter().find(|name| name.eq_ignore_ascii_case(scheme)).unwrap_or(scheme)
}

fn role(scheme: &str) -> (Role, &str) {
    let role = |(name, rest): (&str, &'_ str)| {
        Role::ALL.into_iter().find(|role| role.name() == name).map(|role| (role, rest.len()))
    };
    match scheme.split_once(':').and_then(role) {
        Some((role, length)) => (role, &scheme[scheme.len() - length..]),
        None => (Role::Main, scheme),
    }
}

fn looked_up(value: &str) -> Result<String, AuthError> {
    if let Some(file) = value.strip_prefix('@') {
        let file = PathBuf::from(file);
        return match fs::read_to_string(&file) {
            Ok(text) => Ok(text.trim_end_matches(['\n', '\r']).to_owned()),
            Err(source) => Err(AuthError::File { file, source }),
        };
    }
    match value.strip_prefix("env:") {
        Some(name) => std::env::var(name).map_err(|_| AuthError::Variable(name.to_owned())),
        None => Ok(value.to_owned()),
    }
}
