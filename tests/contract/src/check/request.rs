//! A request that the server took has to be valid, and one that it called invalid has to be invalid.

use http::HeaderMap;

use super::{Check, Contract, Outcome, Report};
use crate::{
    case::Intent,
    document::{Operation, Requirement},
    exchange::{Exchange, Sent},
    request::{Mistake, mistakes},
    state::is_idempotency_key,
};

impl Contract {
    /// A request of which nothing is known but what was sent.
    pub(super) fn check_request(&self, operation: &Operation, exchange: &Exchange, report: &mut Report) {
        match self.outcome(operation, &exchange.received, &Intent::Valid) {
            Outcome::Accepted => {
                // What was accepted if all is well may say less if not: a 404.
                let was_accepted = |mistake: &Mistake| {
                    let intent = Intent::Invalid { rule: mistake.rule, place: mistake.place.clone() };
                    self.outcome(operation, &exchange.received, &intent) == Outcome::Accepted
                };
                let mistakes = mistakes(&self.document, operation, &exchange.sent);
                let mistakes = mistakes.into_iter().filter(|mistake| self.has_to_notice(mistake.rule));
                for mistake in mistakes.filter(was_accepted) {
                    report.add(Check::Refusal, &mistake.place, mistake.expected, mistake.found);
                }
            }
            // A key that was used for something else is refused, and here nobody knows whether it was.
            Outcome::Refused if self.conventions.invalid.is_none() && has_key(&exchange.sent) => {}
            Outcome::Refused if self.is_valid(operation, &exchange.sent) => {
                self.add_acceptance(operation, exchange, report);
            }
            _ => {}
        }
    }

    /// Whether the document allows a request, even where it leaves it to the server how strict to be.
    pub(super) fn is_valid(&self, operation: &Operation, sent: &Sent) -> bool {
        mistakes(&self.document, operation, sent).is_empty()
    }

    /// What was done was asked for with a credential, if the operation wants one.
    pub(super) fn check_credentials(&self, operation: &Operation, exchange: &Exchange, report: &mut Report) {
        let Exchange { sent, received, .. } = exchange;
        let presented = |requirement: &Requirement| match requirement {
            Requirement::Authorization(scheme) => header_values(&sent.headers, "Authorization")
                .iter()
                .any(|text| text.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(scheme))),
            Requirement::Header(name) => sent.headers.contains_key(name),
            Requirement::Query(name) => query(sent).iter().any(|(known, _)| known == name),
            Requirement::Cookie(name) => cookies(&sent.headers).iter().any(|(known, _)| known == name),
        };
        let satisfied = operation.security.iter().any(|alternative| alternative.iter().all(presented));
        let accepted = self.outcome(operation, received, &Intent::Valid) == Outcome::Accepted;
        // A path that names nothing may be answered before anybody is asked who they are.
        let accepted = accepted && (self.conventions.closed || !received.status.is_client_error());
        if accepted && !operation.security.is_empty() && !satisfied {
            let place = operation.place.child("security");
            report.add(Check::Authentication, &place, "a credential", "none, and it was accepted");
        }
    }
}

/// Whether a request carries an idempotency key.
fn has_key(sent: &Sent) -> bool {
    sent.headers.keys().any(|name| is_idempotency_key(name.as_str()))
}

fn query(sent: &Sent) -> Vec<(String, String)> {
    let text = sent.query.as_deref().unwrap_or_default();
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let lines = header_values(headers, "Cookie");
    let pairs = lines.iter().flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn header_values(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}
