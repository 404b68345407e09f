//! Credentials are asked for, and looked at.

use crate::{
    check::Check,
    document::{Operation, Requirement},
    exchange::Exchange,
    report::Reported,
    state::{Pool, Session, Story, Variant, Who},
    target::{Credential, Identity, Role},
};
use http::StatusCode;

/// Whether every alternative asks for something.
pub(super) fn applies(_: &Session<'_>, operation: &Operation) -> bool {
    !operation.security.is_empty()
        && operation.security.iter().all(|alternative| !alternative.is_empty())
        && !Pool::ends_login(operation)
}

pub(super) async fn run(session: Session<'_>, operation: &Operation) -> Vec<Reported> {
    let mut story = session.story(operation, "credentials are looked at");
    for (stranger, with) in attempts(&session, operation) {
        story.restart();
        let thing = session.pool.pick(operation);
        let variant = story.next_variant();
        let draft = session
            .draft(operation, thing.as_ref(), variant)
            .or_else(|| session.draft(operation, thing.as_ref(), Variant::Sample));
        let Some(parts) = draft else { break };
        let Some(exchange) = story.send_as(operation, parts, stranger.who()).await else { break };
        if passed(operation, &exchange) {
            let status = exchange.received.status;
            // Something natural is easier to read, if that passes too.
            let seen = story.exchanges();
            let natural = session.draft(operation, thing.as_ref(), Variant::Sample);
            if let Some(parts) = natural.filter(|_| operation.body.is_some()) {
                story.restart();
                let again = story.send_as(operation, parts, stranger.who()).await;
                if again.is_none_or(|again| again.received.status != status) {
                    story.restore(seen);
                }
            }
            story.tell(Check::Authentication, operation, format!("401 {with}"), status.to_string());
        }
    }
    let _ = alternatives(&mut story, operation).await;
    story.end()
}

/// Each way to identify oneself is as good as the others, as far as there is a credential for it.
async fn alternatives(story: &mut Story<'_>, operation: &Operation) -> Option<()> {
    let main = story.session.target.identity(Role::Main)?.clone();
    let mut refused = None;
    let mut accepted = false;
    for alternative in &operation.security {
        let held = |asked: &Requirement| main.credentials.iter().find(|one| one.satisfies(asked)).cloned();
        let Some(credentials) = alternative.iter().map(held).collect::<Option<Vec<_>>>() else { continue };
        story.restart();
        let thing = story.session.pool.pick(operation);
        let parts = story.draft(operation, thing.as_ref(), Variant::Sample)?;
        let identity = Identity { role: Role::Main, credentials };
        let answer = story.send_as(operation, parts, Who::Identity(&identity)).await?;
        match answer.received.status {
            StatusCode::UNAUTHORIZED => refused = Some((alternative, story.exchanges())),
            status => accepted |= status.is_success(),
        }
    }
    // Where none works, it is the credentials that are wrong.
    let (alternative, exchanges) = refused.filter(|_| accepted)?;
    story.restore(exchanges);
    let expected =
        format!("an answer to who presents {alternative:?}, as to who presents another credential");
    story.tell(Check::Authentication, operation, expected, StatusCode::UNAUTHORIZED.to_string());
    Some(())
}

/// Who is not to be let in, and with what.
type Attempt = (Stranger, &'static str);

/// Somebody who is not to be let in.
enum Stranger {
    Nobody,
    Nonsense(Identity),
    /// With what was made from the credential of somebody who is let in.
    Forged(Identity),
    Expired,
}

impl Stranger {
    fn who(&self) -> Who<'_> {
        match self {
            Self::Nobody => Who::Nobody,
            Self::Nonsense(identity) => Who::Identity(identity),
            Self::Forged(identity) => Who::Forged(identity),
            Self::Expired => Who::Role(Role::Expired),
        }
    }
}

fn attempts(session: &Session<'_>, operation: &Operation) -> Vec<Attempt> {
    let mut attempts = vec![(Stranger::Nobody, "without a credential")];
    let nonsensical = operation.security.iter().filter_map(|alternative| match alternative.as_slice() {
        [only] => Some(Identity { role: Role::Main, credentials: vec![nonsense(only)] }),
        _ => None,
    });
    attempts.extend(nonsensical.map(|one| (Stranger::Nonsense(one), "with a credential that is none")));
    if let Some(main) = session.target.identity(Role::Main) {
        let presented = main.for_operation(operation);
        let altered = forged(&presented, "altered", altered).map(Stranger::Forged);
        attempts.extend(altered.map(|one| (one, "with a credential in which one character is another one")));
        let unsigned = forged(&presented, "unsigned", unsigned).map(Stranger::Forged);
        attempts.extend(unsigned.map(|one| (one, "with a token that nobody has signed")));
    }
    let expired = session.target.identity(Role::Expired).map(|expired| expired.for_operation(operation));
    if expired.is_some_and(|expired| !expired.credentials.is_empty()) {
        attempts.push((Stranger::Expired, "with a credential that has expired"));
    }
    attempts
}

/// Something of a credential's form, as far as a form is known.
fn nonsense(requirement: &Requirement) -> Credential {
    let value = match requirement {
        // nobody:nothing
        Requirement::Authorization(scheme) if scheme.eq_ignore_ascii_case("basic") => "bm9ib2R5Om5vdGhpbmc=",
        _ => "this-is-no-credential",
    };
    Credential { name: "nonsense".to_owned(), requirement: requirement.clone(), value: value.to_owned() }
}

/// Somebody with the credentials, each forged in some way that has a name.
fn forged(identity: &Identity, name: &str, forge: fn(&str) -> Option<String>) -> Option<Identity> {
    let forged = |credential: &Credential| {
        let name = format!("{name}_{}", credential.name);
        Some(Credential { name, value: forge(&credential.value)?, ..credential.clone() })
    };
    let credentials: Option<Vec<Credential>> = identity.credentials.iter().map(forged).collect();
    let credentials = credentials.filter(|credentials| !credentials.is_empty())?;
    Some(Identity { role: Role::Main, credentials })
}

/// The value with another letter or digit near its end. The last ones of Base64 may stand for no bit at all.
fn altered(value: &str) -> Option<String> {
    let from_end = value.char_indices().rev().skip(8.min(value.chars().count() / 2));
    let (at, old) = from_end.into_iter().find(|(_, one)| one.is_ascii_alphanumeric())?;
    let new = if old == 'A' { 'B' } else { 'A' };
    Some(format!("{}{new}{}", &value[..at], &value[at + 1..]))
}

/// A JSON Web Token that says that it needs no signature (RFC 7519, section 6).
fn unsigned(value: &str) -> Option<String> {
    let mut parts = value.split('.');
    let (Some(head), Some(claims), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    // {"alg":"none"}
    head.starts_with("eyJ").then(|| format!("eyJhbGciOiJub25lIn0.{claims}."))
}

/// Whether the credential cannot have been looked at. A request may be refused for something else before it is looked at
/// who sends it; what only the state of things says is not known before.
fn passed(operation: &Operation, exchange: &Exchange) -> bool {
    let status = exchange.received.status;
    let of_state = [
        StatusCode::CONFLICT,
        StatusCode::PRECONDITION_FAILED,
        StatusCode::PRECONDITION_REQUIRED,
        StatusCode::UNPROCESSABLE_ENTITY,
    ];
    status.is_success()
        || status == StatusCode::NOT_MODIFIED
        || (operation.answers.contains_key("401")
            && operation.answers.contains_key("400")
            && of_state.contains(&status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_altered_where_each_letter_counts() {
        assert_eq!(altered("0123456789abcdef").unwrap(), "0123456A89abcdef");
        assert_eq!(altered("AAAA").unwrap(), "ABAA");
        assert_eq!(altered("----"), None);
    }

    #[test]
    fn only_a_token_of_three_parts_can_do_without_its_signature() {
        assert_eq!(unsigned("eyJhbGciOiJFZERTQSJ9.e30.c2ln").unwrap(), "eyJhbGciOiJub25lIn0.e30.");
        assert_eq!(unsigned("opaque"), None);
        assert_eq!(unsigned("a.b.c"), None);
    }
}
