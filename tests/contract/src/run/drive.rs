//! Sends cases, several at once, waits for a server that is busy, and makes what failed simpler before it is told.

use std::time::Duration;

use futures_util::StreamExt;
use http::{HeaderMap, Method, StatusCode, header};

use super::{
    Progress, RunError, Settings,
    plan::{Named, probe_name},
    tally::Tally,
};
use crate::{
    case::{Case, Intent, Phase},
    check::{Check, Finding},
    document::Operation,
    exchange::{Exchange, Sent},
    phase,
    probe::Probe,
    report::Reported,
    state::{self, Session},
    target::{Role, SendError, Target},
};

/// How often a request is sent to a server that says that it is busy.
const PATIENCE: usize = 4;
/// The longest time that is waited for a server that is busy.
const LONGEST: Duration = Duration::from_secs(5);
/// How many simpler cases are tried in place of one that failed.
const SIMPLER: usize = 60;
/// How many requests a walk makes.
const STEPS: usize = 30;
/// So many cases are told at once to whoever watches.
const STEP: usize = 16;

/// Sends cases.
#[derive(Clone, Copy)]
pub(super) struct Drive<'r> {
    pub(super) session: Session<'r>,
    pub(super) tally: &'r Tally<'r>,
    pub(super) settings: &'r Settings,
}

/// Whether anybody is there.
pub(super) async fn reach(target: &Target) -> Result<(), RunError> {
    let sent = Sent {
        method: Method::GET,
        path: "/".to_owned(),
        query: None,
        headers: HeaderMap::new(),
        body: bytes::Bytes::new(),
    };
    match target.send(sent, None).await {
        Err(source) if source.is_unreachable() || matches!(source, SendError::TimeLimit(_)) => {
            Err(RunError::Unreachable { base_url: target.base_url(), source })
        }
        _ => Ok(()),
    }
}

impl<'r> Drive<'r> {
    /// Sends cases until they or the run are over.
    pub(super) async fn cases(
        self,
        cases: impl Iterator<Item = Named<'r>> + Send,
        progress: &mut dyn Progress,
    ) {
        let tally = self.tally;
        let cases = cases.take_while(|_| !tally.is_over());
        let mut done = futures_util::stream::iter(cases)
            .map(|named| self.case(named))
            .buffer_unordered(self.settings.jobs.max(1))
            .enumerate();
        while let Some((index, ())) = done.next().await {
            if (index + 1) % STEP == 0 {
                progress.advances(index + 1, tally.findings());
            }
        }
    }

    /// Walks over what operations make and need, several at once.
    pub(super) async fn walks(self, numbers: Vec<u64>, progress: &mut dyn Progress) {
        let numbers = numbers.into_iter().take_while(|_| !self.tally.is_over());
        let walk = |number| async move {
            for reported in state::walk(&self.session, number, STEPS).await {
                let name = format!("{}/stateful/{number}", reported.operation);
                self.tally.tell(reported.of_case(name));
            }
        };
        let mut done = futures_util::stream::iter(numbers)
            .map(walk)
            .buffer_unordered(self.settings.jobs.max(1))
            .enumerate();
        while let Some((index, ())) = done.next().await {
            progress.advances(index + 1, self.tally.findings());
        }
    }

    /// Tells stories, several at once; those that have to be alone come afterwards, one by one.
    pub(super) async fn probes(
        self,
        probes: Vec<(&'static Probe, &'r Operation)>,
        progress: &mut dyn Progress,
    ) {
        let (alone, together): (Vec<_>, Vec<_>) = probes.into_iter().partition(|(probe, _)| probe.alone);
        let mut done = 0;
        for (probes, jobs) in [(together, self.settings.jobs.max(1)), (alone, 1)] {
            let probes = probes.into_iter().take_while(|_| !self.tally.is_over());
            let told = |(probe, operation): (&'static Probe, &'r Operation)| async move {
                for reported in (probe.run)(self.session, operation).await {
                    self.tally.tell(reported.of_case(probe_name(operation, probe)));
                }
            };
            let mut telling = futures_util::stream::iter(probes).map(told).buffer_unordered(jobs);
            while let Some(()) = telling.next().await {
                done += 1;
                progress.advances(done, self.tally.findings());
            }
        }
    }

    async fn case(self, named: Named<'r>) {
        let Named { operation, name, case } = named;
        self.tally.begins_case();
        let Some((exchange, findings)) = self.exchange(operation, &case).await else { return };
        for finding in findings {
            let reported = if case.phase == Phase::Random && self.tally.is_new(&finding, operation) {
                self.simplest(operation, &case, &exchange, finding).await
            } else {
                Reported::new(finding, &operation.id, case.title.clone(), vec![exchange.clone()])
            };
            self.tally.tell(reported.of_case(name.clone()));
        }
    }

    /// Sends a case and holds the answer to it.
    async fn exchange(self, operation: &Operation, case: &Case) -> Option<(Exchange, Vec<Finding>)> {
        let Session { contract, pool, .. } = self.session;
        let sent = case.parts.sent(contract.document(), operation);
        let exchange = match self.answer(operation, &sent).await {
            Ok(exchange) => exchange,
            Err(error) => {
                let sent = self.session.target.as_sent(operation, sent, Role::Main);
                self.tally.lose(case, &sent, &error);
                return None;
            }
        };
        if is_busy(&exchange) {
            self.tally.is_busy();
            return None;
        }
        self.login(operation, case, &sent, &exchange).await;
        pool.claim(contract.document(), &exchange);
        pool.learn(contract.document(), &exchange);
        let mut findings = self.tally.judge(case, &exchange);
        // A refusal of a key that was used for something else says nothing of the request; a code of its own tells it from
        // others.
        if contract.conventions().invalid.is_none() && pool.may_be_used(&sent.headers) {
            findings.retain(|finding| finding.check != Check::Acceptance);
        }
        Some((exchange, findings))
    }

    async fn answer(self, operation: &Operation, sent: &Sent) -> Result<Exchange, SendError> {
        let mut exchange = self.session.target.call(operation, sent.clone(), Role::Main).await?;
        for _ in 1..PATIENCE {
            if !is_busy(&exchange) {
                break;
            }
            tokio::time::sleep(pause(&exchange)).await;
            exchange = self.session.target.call(operation, sent.clone(), Role::Main).await?;
        }
        Ok(exchange)
    }

    /// The simplest case that fails in the same way.
    async fn simplest(
        self,
        operation: &Operation,
        case: &Case,
        exchange: &Exchange,
        finding: Finding,
    ) -> Reported {
        let mut best = Reported::new(finding, &operation.id, case.title.clone(), vec![exchange.clone()]);
        let mut case = case.clone();
        let mut tries = SIMPLER;
        'simpler: loop {
            let candidates: Vec<Case> =
                phase::shrink(self.session.contract.document(), operation, &case).take(tries).collect();
            for simpler in candidates {
                if tries == 0 || self.tally.is_over() {
                    break 'simpler;
                }
                tries -= 1;
                let Some((exchange, findings)) = self.exchange(operation, &simpler).await else { continue };
                if let Some(finding) = findings.into_iter().find(|found| best.is_same(found)) {
                    best = Reported::new(finding, &operation.id, simpler.title.clone(), vec![exchange]);
                    case = simpler;
                    continue 'simpler;
                }
            }
            break;
        }
        best
    }

    /// A valid request whose credential was refused: is it the credential that has ended?
    async fn login(self, operation: &Operation, case: &Case, sent: &Sent, exchange: &Exchange) {
        let target = self.session.target;
        let presents = target
            .identity(Role::Main)
            .is_some_and(|main| !main.for_operation(operation).credentials.is_empty());
        if !presents || case.intent != Intent::Valid {
            return;
        }
        let status = exchange.received.status;
        if status.is_success() && case.parts.method == Method::GET {
            self.tally.knows_login(operation, sent);
        }
        if status != StatusCode::UNAUTHORIZED {
            return;
        }
        let Some((known, sent)) = self.tally.known_login() else { return self.tally.refuses_login(None) };
        let Some(known) = self.session.contract.document().operation(&known) else { return };
        let ended = |answer: &Result<Exchange, _>| {
            answer
                .as_ref()
                .is_ok_and(|exchange: &Exchange| exchange.received.status == StatusCode::UNAUTHORIZED)
        };
        if !ended(&target.call(known, sent.clone(), Role::Main).await) {
            return;
        }
        if let Some(login) = &self.settings.login
            && let Some(identity) = login.renewed(Role::Main).await
        {
            target.renew(identity);
            if !ended(&target.call(known, sent, Role::Main).await) {
                return;
            }
        }
        self.tally.refuses_login(Some(&known.id));
    }
}

/// Whether the server asks to come back later (RFC 9110, section 15.6.4; RFC 6585, section 4).
fn is_busy(exchange: &Exchange) -> bool {
    let received = &exchange.received;
    received.status == StatusCode::TOO_MANY_REQUESTS
        || (received.status == StatusCode::SERVICE_UNAVAILABLE
            && received.headers.contains_key(header::RETRY_AFTER))
}

fn pause(exchange: &Exchange) -> Duration {
    let seconds = exchange.received.headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let seconds = seconds.and_then(|text| text.trim().parse().ok()).unwrap_or(1);
    Duration::from_secs(seconds).min(LONGEST)
}
