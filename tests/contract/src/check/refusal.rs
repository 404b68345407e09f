//! Bad input is refused and good input is not: which broken rules a server has to notice, and which answers say that it
//! did.

use http::StatusCode;
use orderly_document::Pointer;
use serde_json::Value;

use super::{Check, Contract, Report, conventions::PROBLEM, excerpt};
use crate::{
    case::{Intent, Rule},
    document::{Document, Operation},
    exchange::{Exchange, Received},
    probe::is_cursor,
};

/// What an answer says of the request's validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server found it to be valid: it did what was asked, or could not for the state that it met.
    Accepted,
    /// The server refused it as bad input.
    Refused,
    /// The server did not get that far, or does not say.
    Open,
}

use self::Outcome::{Accepted, Open, Refused};

/// What a status says of a request that breaks the document, and of one that does not (RFC 9110, section 15; RFC 6585).
/// One that is not here says nothing: neither who is refused (401, 403) nor who is too fast (429) has been understood.
const OUTCOMES: &[(u16, Outcome, Outcome)] = &[
    (303, Accepted, Accepted),
    (304, Accepted, Accepted),
    // "The server cannot or will not process the request due to something that is perceived to be a client error."
    (400, Refused, Refused),
    // What is not there may not have been looked at; what was understood may not be there.
    (404, Open, Accepted),
    (405, Refused, Refused),
    (406, Refused, Open),
    // A conflict with the state of the target, which a valid request can have too.
    (409, Open, Accepted),
    (410, Open, Accepted),
    (411, Refused, Refused),
    (412, Open, Accepted),
    // How much a server takes is for the server to say.
    (413, Refused, Open),
    (414, Refused, Open),
    (415, Refused, Refused),
    (416, Refused, Open),
    (417, Refused, Open),
    // Well-formed but wrong: with a 400 beside it, the state is meant; without, see `Outcome::of`.
    (422, Refused, Accepted),
    // A precondition has to be there, which the document calls optional.
    (428, Refused, Accepted),
    (431, Refused, Open),
];

impl Outcome {
    /// What an answer of an operation says of a request that breaks the document or does not.
    pub fn of(operation: &Operation, status: StatusCode, intent: &Intent) -> Self {
        let row = OUTCOMES.iter().find(|(known, ..)| *known == status.as_u16());
        let declares_bad_request = || operation.answers.contains_key(StatusCode::BAD_REQUEST.as_str());
        match (intent, row) {
            _ if status.is_success() => Accepted,
            (Intent::Valid, Some((422, ..))) if !declares_bad_request() => Refused,
            (Intent::Valid, Some((_, _, outcome))) => *outcome,
            (Intent::Invalid { .. }, Some((_, outcome, _))) => *outcome,
            (_, None) => Open,
        }
    }
}

impl Contract {
    /// What was meant to be valid is accepted, and what was meant to be broken is not.
    pub(super) fn check_intent(
        &self,
        operation: &Operation,
        intent: &Intent,
        exchange: &Exchange,
        report: &mut Report,
    ) {
        let outcome = self.outcome(operation, &exchange.received, intent);
        match intent {
            Intent::Valid if outcome == Outcome::Refused => self.add_acceptance(operation, exchange, report),
            Intent::Invalid { rule, place } if outcome == Outcome::Accepted && self.has_to_notice(*rule) => {
                let check = match rule {
                    Rule::Method => Check::Method,
                    Rule::Required if is_header(&self.document, place) => Check::RequiredHeader,
                    _ => Check::Refusal,
                };
                let found = format!("{}", exchange.received.status.as_u16());
                report.add(check, place, format!("a refusal, because {}", rule_in_words(*rule)), found);
            }
            _ => {}
        }
    }

    pub(super) fn add_acceptance(&self, operation: &Operation, exchange: &Exchange, report: &mut Report) {
        // A cursor is whatever the server gave out, which no schema says.
        let query = exchange.sent.query.as_deref().unwrap_or_default();
        if form_urlencoded::parse(query.as_bytes()).any(|(name, _)| is_cursor(&name)) {
            return;
        }
        let received = &exchange.received;
        let found = format!("{}: {}", received.status.as_u16(), excerpt(&received.body));
        report.add(Check::Acceptance, &operation.place, "a valid request to be accepted", found);
    }

    /// What an answer says of the request's validity; by the problem's code, where the conventions know one for it.
    pub(super) fn outcome(&self, operation: &Operation, received: &Received, intent: &Intent) -> Outcome {
        let outcome = Outcome::of(operation, received.status, intent);
        let Some(invalid) = &self.conventions.invalid else { return outcome };
        match received.status.as_u16() {
            // Who looks at the state has found the request to be valid.
            409 | 412 => Accepted,
            400 | 422 if received.media_type().as_deref() == Some(PROBLEM) => {
                let problem: Option<Value> = serde_json::from_slice(&received.body).ok();
                match problem.is_some_and(|problem| problem["code"] == invalid.as_str()) {
                    true => Refused,
                    false if received.status == StatusCode::UNPROCESSABLE_ENTITY => Accepted,
                    // For another reason than the document's.
                    false if *intent == Intent::Valid => Open,
                    false => outcome,
                }
            }
            _ => outcome,
        }
    }

    /// Whether OpenAPI says that a server refuses what breaks a rule, or the conventions do.
    pub(super) fn has_to_notice(&self, rule: Rule) -> bool {
        self.conventions.closed || rule.is_certain()
    }
}

/// Whether what stands there, or what its `required` stands in, is a header parameter.
fn is_header(document: &Document, place: &Pointer) -> bool {
    let parent = place.parent().filter(|_| place.last().as_deref() == Some("required"));
    let parameter = document.source().resolve(&parent.unwrap_or_else(|| place.clone()));
    parameter.is_ok_and(|parameter| parameter.value["in"] == "header")
}

fn rule_in_words(rule: Rule) -> String {
    match rule {
        Rule::Keyword(keyword) => format!("`{keyword}` is broken"),
        Rule::Required => "what is required is missing".to_owned(),
        Rule::Undeclared => "a parameter is not declared".to_owned(),
        Rule::Repeated => "a single parameter is there twice".to_owned(),
        Rule::Method => "the path does not have the method".to_owned(),
        Rule::MediaType => "the body may not have this media type".to_owned(),
        Rule::Unlabelled => "the body has no media type".to_owned(),
        Rule::Syntax => "the body is not of its media type".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_is_an_answer_that_can_be_told_once() {
        assert!(OUTCOMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(OUTCOMES.iter().all(|(status, ..)| StatusCode::from_u16(*status).is_ok()));
    }
}
