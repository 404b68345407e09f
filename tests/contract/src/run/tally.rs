//! What a run has seen so far: each finding once, with its simplest exchange, and what was covered.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use orderly_document::Pointer;

use super::Settings;
use crate::{
    case::Case,
    check::{Check, Contract, Finding},
    coverage::Coverage,
    document::Operation,
    exchange::{Exchange, Sent},
    report::{Report, Reported, Stage},
    state::Witness,
    target::{SendError, Target},
};

/// A server that is gone for so many requests in a row is not coming back.
const GONE: usize = 20;
/// So many refusals of a credential that was never accepted are no accident.
const REFUSED: usize = 30;
/// A server that is too busy for so many requests in spite of waiting is not going to answer the rest.
const BUSY: usize = 50;

/// What a run has seen so far.
pub(super) struct Tally<'r> {
    contract: &'r Contract,
    target: &'r Target,
    settings: &'r Settings,
    state: Mutex<State>,
}

/// What makes two findings one: the check, the operation, the place and what was expected there.
type Key = (Check, String, Pointer, String);

#[derive(Default)]
struct State {
    coverage: Coverage,
    findings: Vec<Reported>,
    known: HashMap<Key, usize>,
    cases: usize,
    exchanges: usize,
    /// How many requests in a row have found nobody, and the first of them.
    gone: usize,
    busy: usize,
    last: Option<(String, Sent)>,
    /// A request that the server has answered for its credential.
    login: Option<(String, Sent)>,
    refused: usize,
    stopped: Option<String>,
}

impl<'r> Tally<'r> {
    pub(super) fn new(contract: &'r Contract, target: &'r Target, settings: &'r Settings) -> Self {
        Self { contract, target, settings, state: Mutex::default() }
    }

    /// Counts an exchange and holds it to its case.
    pub(super) fn judge(&self, case: &Case, exchange: &Exchange) -> Vec<Finding> {
        let findings = self.contract.check_case(exchange, case);
        let mut state = self.state();
        state.exchanges += 1;
        state.gone = 0;
        state.last = Some((case.operation.clone(), exchange.sent.clone()));
        state.coverage.count_case(self.contract.document(), case, exchange);
        findings
    }

    /// Adds a finding, or counts it again.
    pub(super) fn tell(&self, mut reported: Reported) {
        let mut state = self.state();
        match state.known.get(&key(&reported.finding, &reported.operation)).copied() {
            Some(index) => {
                let told = &mut state.findings[index];
                told.times += reported.times;
                if reported.effort() < told.effort() {
                    reported.times = told.times;
                    *told = self.redacted(reported);
                }
            }
            None => {
                let index = state.findings.len();
                state.known.insert(key(&reported.finding, &reported.operation), index);
                state.findings.push(self.redacted(reported));
            }
        }
    }

    /// Whether nothing like it was told.
    pub(super) fn is_new(&self, finding: &Finding, operation: &Operation) -> bool {
        !self.state().known.contains_key(&key(finding, &operation.id))
    }

    /// A request that got no answer.
    pub(super) fn lose(&self, case: &Case, sent: &Sent, error: &SendError) {
        // What cannot be sent is nobody's mistake.
        if matches!(error, SendError::NotHttp(_)) {
            return;
        }
        let document = self.contract.document();
        let (mut id, mut sent) = (case.operation.clone(), sent.clone());
        let mut title = case.title.clone();
        if error.is_unreachable() {
            let mut state = self.state();
            state.gone += 1;
            // Some connections may be refused while the server lives.
            if state.gone < GONE || state.stopped.is_some() {
                return;
            }
            state.stopped = Some("the server is gone".to_owned());
            if let Some((last, answered)) = &state.last {
                (id, sent) = (last.clone(), answered.clone());
            }
            title = "the last request that was answered before the server was gone".to_owned();
        }
        let Some(operation) = document.operation(&id) else { return };
        let finding = Finding {
            check: Check::NoServerError,
            place: operation.place.child("responses"),
            expected: "an answer".to_owned(),
            found: error.chain(),
        };
        let mut reported = Reported::new(finding, &operation.id, title, Vec::new());
        reported.unanswered = Some(sent);
        self.tell(reported);
    }

    /// A request that the server was too busy for, however often it was sent.
    pub(super) fn is_busy(&self) {
        let mut state = self.state();
        state.busy += 1;
        if state.busy >= BUSY {
            state.stopped = Some(
                "the server refuses requests for their rate (429 or 503) in spite of waiting: raise its limits, or send \
                 fewer at once"
                    .to_owned(),
            );
        }
    }

    /// A request that shows whether the credential is still taken.
    pub(super) fn knows_login(&self, operation: &Operation, sent: &Sent) {
        let mut state = self.state();
        if state.login.is_none() && operation.security.iter().all(|alternative| !alternative.is_empty()) {
            state.login = Some((operation.id.clone(), sent.clone()));
        }
    }

    pub(super) fn known_login(&self) -> Option<(String, Sent)> {
        self.state().login.clone()
    }

    /// The credential is refused; `before` is an operation that took it before.
    pub(super) fn refuses_login(&self, before: Option<&str>) {
        let mut state = self.state();
        state.refused += 1;
        let reason = match before {
            Some(operation) => {
                format!("the server no longer takes the main credential, which {operation} took before")
            }
            None if state.refused < REFUSED => return,
            None => "the server does not take the main credential: all requests with it were answered 401"
                .to_owned(),
        };
        state.stopped.get_or_insert(reason);
    }

    /// Nothing more is to be sent.
    pub(super) fn stop(&self, reason: String) {
        self.state().stopped.get_or_insert(reason);
    }

    /// Whether nothing more is to be sent.
    pub(super) fn is_over(&self) -> bool {
        let state = self.state();
        state.stopped.is_some() || self.settings.max_findings.is_some_and(|most| state.findings.len() >= most)
    }

    pub(super) fn begins_case(&self) {
        self.state().cases += 1;
    }

    /// How many cases there were, and how many exchanges.
    pub(super) fn counts(&self) -> (usize, usize) {
        let state = self.state();
        (state.cases, state.exchanges)
    }

    /// How many findings there are.
    pub(super) fn findings(&self) -> usize {
        self.state().findings.len()
    }

    /// What came of it.
    pub(super) fn report(self, stages: Vec<Stage>, operations: Vec<String>) -> Report {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut findings = state.findings;
        findings.sort_by(|one, other| {
            one.finding.cmp(&other.finding).then_with(|| one.operation.cmp(&other.operation))
        });
        let limit = self.settings.max_findings.filter(|most| findings.len() >= *most);
        let stopped = state.stopped.or_else(|| limit.map(|most| format!("there are {most} findings")));
        Report {
            seed: self.settings.seed,
            operations,
            base_url: self.target.base_url(),
            findings,
            coverage: state.coverage,
            stages,
            stopped,
        }
    }

    fn redacted(&self, mut reported: Reported) -> Reported {
        for exchange in &mut reported.story {
            *exchange = self.target.redacted(exchange);
        }
        reported.unanswered = reported.unanswered.map(|sent| self.target.redacted_request(sent));
        reported.finding.found = self.target.redacted_text(&reported.finding.found);
        reported
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Witness for Tally<'_> {
    /// Credentials may be missing on purpose, and what is sent may meet anything: only the exchange itself is judged.
    fn saw(&self, case: &Case, exchange: &Exchange) {
        let mut findings = self.contract.check(exchange);
        if !findings.iter().any(|finding| finding.check == Check::NoServerError) {
            findings.extend(self.contract.check_no_server_error(exchange));
        }
        let mut state = self.state();
        state.cases += 1;
        state.exchanges += 1;
        state.coverage.count_case(self.contract.document(), case, exchange);
        drop(state);
        for finding in findings {
            self.tell(Reported::new(finding, &case.operation, case.title.clone(), vec![exchange.clone()]));
        }
    }

    fn lost(&self, case: &Case, sent: &Sent, error: &SendError) {
        self.lose(case, sent, error);
    }
}

fn key(finding: &Finding, operation: &str) -> Key {
    (finding.check, operation.to_owned(), finding.place.clone(), finding.expected.clone())
}
