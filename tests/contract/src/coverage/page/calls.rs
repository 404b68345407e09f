//! The call that would show what was not seen: for a rule a request that keeps or breaks it, for a status one that should
//! be answered with it.

use std::cell::OnceCell;

use http::{HeaderName, HeaderValue, header};
use orderly_document::Pointer;

use crate::{
    case::{Case, Intent, Polarity, Rule},
    document::{Document, Operation, Requirement},
    exchange::Sent,
    phase,
    report::curl,
    target::variable,
};

/// The cases that can be tried on an operation.
pub(super) struct Calls<'d> {
    document: &'d Document,
    operation: &'d Operation,
    base_url: &'d str,
    cases: OnceCell<Vec<Case>>,
}

/// How something is seen.
pub(super) enum How {
    /// With this command.
    Command(String),
    /// In words, because one request does not do it.
    Words(&'static str),
}

impl<'d> Calls<'d> {
    pub(super) fn new(document: &'d Document, operation: &'d Operation, base_url: &'d str) -> Self {
        Self { document, operation, base_url, cases: OnceCell::new() }
    }

    /// Made when the first of them is wanted: where everything was seen, none is.
    fn cases(&self) -> &[Case] {
        self.cases.get_or_init(|| phase::coverage(self.document, self.operation, &()))
    }

    /// For one side of a rule.
    pub(super) fn of_rule(&self, place: &Pointer, polarity: Polarity) -> Option<String> {
        let case = self.cases().iter().find(|case| {
            let is_valid = case.intent == Intent::Valid;
            is_valid == (polarity == Polarity::Kept)
                && case.touches.iter().any(|touch| touch.place == *place && touch.polarity == polarity)
        });
        case.map(|case| self.command(case, true))
    }

    /// For an answer.
    pub(super) fn of_status(&self, status: &str) -> How {
        let valid = |case: &&Case| case.intent == Intent::Valid;
        let broken = |wanted: fn(Rule) -> bool| {
            let is_wanted =
                move |case: &&Case| matches!(case.intent, Intent::Invalid { rule, .. } if wanted(rule));
            self.cases().iter().find(is_wanted)
        };
        let (case, has_credential) = match status {
            "401" => (self.cases().iter().find(valid), false),
            "415" => (broken(|rule| rule == Rule::MediaType), true),
            "400" | "422" | "4XX" => (broken(|rule| matches!(rule, Rule::Keyword(_) | Rule::Syntax)), true),
            _ if status.starts_with('2') || status == "default" => (self.cases().iter().find(valid), true),
            _ => (None, true),
        };
        match case {
            Some(case) => How::Command(self.command(case, has_credential)),
            None => How::Words(in_words(status)),
        }
    }

    fn command(&self, case: &Case, has_credential: bool) -> String {
        let mut sent = case.parts.sent(self.document, self.operation);
        if has_credential {
            self.authorise(&mut sent);
        }
        curl(self.base_url, &sent)
    }

    /// A variable in the place of a credential.
    fn authorise(&self, sent: &mut Sent) {
        for requirement in self.operation.security.first().into_iter().flatten() {
            let variable = self.variable(requirement);
            let (name, value) = match requirement {
                Requirement::Authorization(scheme) => {
                    (header::AUTHORIZATION.as_str(), format!("{scheme} {variable}"))
                }
                Requirement::Header(name) => (name.as_str(), variable),
                Requirement::Cookie(name) => (header::COOKIE.as_str(), format!("{name}={variable}")),
                Requirement::Query(name) => {
                    let pair = format!("{name}={variable}");
                    sent.query = Some(
                        sent.query.take().map_or_else(|| pair.clone(), |query| format!("{query}&{pair}")),
                    );
                    continue;
                }
            };
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                sent.headers.insert(name, value);
            }
        }
    }

    /// The variable that `--auth` gives a value for this.
    fn variable(&self, requirement: &Requirement) -> String {
        let mut names = self.document.scheme_names().into_iter();
        let name = names.find(|name| self.document.scheme(name).as_ref() == Some(requirement));
        format!("${{{}}}", variable(&name.unwrap_or_default()))
    }
}

/// What has to happen for an answer that no single request brings about.
fn in_words(status: &str) -> &'static str {
    match status {
        "304" => "asked again with `If-None-Match` and the `ETag` of the answer before",
        "403" => "called by somebody who may not do this",
        "404" | "410" => "called for a thing that is not there",
        "408" => "called with a body that does not come",
        "409" => "called when the state stands against it",
        "412" => "called with the `ETag` of an older state in `If-Match`",
        "413" => "called with a body that is larger than the server takes",
        "428" => "called without the precondition that it wants",
        "429" => "called more often than is allowed",
        _ if status.starts_with('5') => "seen only when the server, or what it stands on, fails",
        _ => "no case that the document allows brings it about by itself",
    }
}
