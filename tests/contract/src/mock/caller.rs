//! Who asks: the credential that a request presents for one of the alternatives that its operation asks for.

use http::{HeaderMap, header};

use crate::{
    document::{Operation, Requirement},
    exchange::Sent,
};

/// What was presented; nothing where nothing has to be.
pub(super) type Caller = Option<String>;

/// The caller of a request. `Err` if none of the alternatives is satisfied by credentials that the mock accepts: the
/// given ones, or any if none are given.
pub(super) fn of(operation: &Operation, sent: &Sent, accepted: &[String]) -> Result<Caller, NoCredential> {
    let satisfied = operation.security.iter().filter_map(|alternative| {
        let presented = alternative.iter().map(|requirement| presented(requirement, sent));
        let presented: Option<Vec<String>> = presented.collect();
        presented.filter(|all| all.iter().all(|one| is_accepted(one, accepted)))
    });
    // One that says who asks before one that does not.
    match satisfied.max_by_key(Vec::len) {
        Some(credentials) => Ok((!credentials.is_empty()).then(|| credentials.join(" "))),
        None if operation.security.is_empty() => Ok(None),
        None => Err(NoCredential),
    }
}

/// The request presents no credential that would do.
#[derive(Debug)]
pub(super) struct NoCredential;

/// The challenge of a 401 (RFC 9110, section 11.6.1).
pub(super) fn challenge(operation: &Operation) -> String {
    let challenges = operation.security.iter().flatten().map(|requirement| match requirement {
        Requirement::Authorization(scheme) => format!("{scheme} realm=\"mock\""),
        _ => "ApiKey realm=\"mock\"".to_owned(),
    });
    let mut challenges: Vec<String> = challenges.collect();
    challenges.dedup();
    challenges.join(", ")
}

fn is_accepted(credential: &str, accepted: &[String]) -> bool {
    !credential.is_empty() && (accepted.is_empty() || accepted.iter().any(|known| known == credential))
}

fn presented(requirement: &Requirement, sent: &Sent) -> Option<String> {
    match requirement {
        Requirement::Authorization(scheme) => {
            let value = text(&sent.headers, header::AUTHORIZATION.as_str())?;
            let (word, credential) = value.split_once(' ')?;
            word.eq_ignore_ascii_case(scheme).then(|| credential.trim().to_owned())
        }
        Requirement::Header(name) => text(&sent.headers, name).map(str::to_owned),
        Requirement::Query(name) => {
            let query = sent.query.as_deref().unwrap_or_default();
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
        }
        Requirement::Cookie(name) => {
            let cookies = text(&sent.headers, header::COOKIE.as_str())?;
            let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(known, _)| known == name).map(|(_, value)| value.to_owned())
        }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
