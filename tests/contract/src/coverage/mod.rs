//! What was seen of a document: answers of operations, and the rules of their requests, kept and broken.

mod page;
mod site;
mod survey;
mod table;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
};

use orderly_document::Pointer;
use serde_json::Value;

pub use self::{
    page::page,
    site::{Part, Site, sites},
    survey::{AnswerMarks, Exceptions, Mark, Ratio, SiteException, SiteMarks, Survey, Surveyed},
};
use super::{
    case::{Case, Intent, Polarity, Touch},
    check::Outcome,
    document::{Document, Location, Operation},
    exchange::{Exchange, Received},
    route::Match,
};

/// What the exchanges so far have exercised.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// How often each answer of an operation was seen, by operation and by what the document calls the status.
    seen: BTreeMap<(String, String), usize>,
    /// How often each of its media types was.
    media: BTreeMap<(String, String), BTreeMap<String, usize>>,
    /// How often each rule of an operation's requests was kept and broken, by where it stands.
    touched: BTreeMap<String, HashMap<Pointer, Sides>>,
    /// Which operations were called through which address of the recorder.
    called: BTreeSet<(String, &'static str)>,
    /// Which problems were seen, by their `code`.
    problems: BTreeSet<String>,
    exchanges: usize,
    /// How many of them ended well.
    succeeded: usize,
    cases: usize,
}

/// How often a rule was kept by a request that was accepted, and broken by one that was refused.
#[derive(Debug, Clone, Copy, Default)]
struct Sides {
    kept: usize,
    broken: usize,
}

/// A declared answer that the suite does not bring about, and why.
#[derive(Debug, Clone, Copy)]
pub struct Exception {
    /// The operation.
    pub operation: &'static str,
    /// What the document calls the status.
    pub status: &'static str,
    /// Why it is not exercised.
    pub reason: &'static str,
}

impl Coverage {
    /// Counts an exchange. One that belongs to no operation, or has an undeclared status, counts for no pair.
    pub fn count(&mut self, document: &Document, exchange: &Exchange) {
        self.exchanges += 1;
        let received = &exchange.received;
        self.succeeded += usize::from(received.status.as_u16() < 400);
        let media_type = received.media_type();
        if media_type.as_deref() == Some("application/problem+json") {
            self.count_problem(received);
        }
        let Match::Operation(operation, _) = document.find(&exchange.sent.method, &exchange.sent.path) else {
            return;
        };
        self.called.insert((operation.id.clone(), exchange.via));
        let Some((status, answer)) = operation.answer(received.status) else { return };
        let pair = (operation.id.clone(), status.to_owned());
        let content = media_type
            .and_then(|media_type| answer.content.iter().find(|content| content.takes(&media_type)));
        if let Some(content) = content {
            let media = self.media.entry(pair.clone()).or_default();
            *media.entry(content.media_type.clone()).or_default() += 1;
        }
        *self.seen.entry(pair).or_default() += 1;
    }

    /// Counts the exchange of a case, and the rules that it touched: broken ones if the request was refused as bad
    /// input, kept ones if it was accepted. What the server has not looked at counts for neither.
    pub fn count_case(&mut self, document: &Document, case: &Case, exchange: &Exchange) {
        self.count(document, exchange);
        self.cases += 1;
        let Some(operation) = document.operation(&case.operation) else { return };
        let status = exchange.received.status;
        let outcome = Outcome::of(operation, status, &case.intent);
        for touch in &case.touches {
            let counts = match (touch.polarity, &case.intent) {
                (Polarity::Kept, Intent::Valid) => {
                    // Without a credential to be wrong, what is wrong is what was sent.
                    let is_read = operation.security.is_empty() && status == http::StatusCode::UNAUTHORIZED;
                    outcome == Outcome::Accepted || is_read
                }
                (Polarity::Broken, Intent::Invalid { .. }) => {
                    // A path that breaks its parameter's rule names nothing.
                    let is_nothing = status == http::StatusCode::NOT_FOUND;
                    outcome == Outcome::Refused || is_nothing && is_of_path(document, operation, touch)
                }
                _ => false,
            };
            if counts {
                self.touch(&operation.id, touch);
            }
        }
    }

    fn touch(&mut self, operation: &str, touch: &Touch) {
        if !self.touched.contains_key(operation) {
            self.touched.insert(operation.to_owned(), HashMap::new());
        }
        let Some(places) = self.touched.get_mut(operation) else { return };
        let sides = match places.get_mut(&touch.place) {
            Some(sides) => sides,
            None => places.entry(touch.place.clone()).or_default(),
        };
        match touch.polarity {
            Polarity::Kept => sides.kept += 1,
            Polarity::Broken => sides.broken += 1,
        }
    }

    fn count_problem(&mut self, received: &Received) {
        let problem: Option<Value> = serde_json::from_slice(&received.body).ok();
        let code = problem.as_ref().and_then(|problem| problem["code"].as_str());
        if let Some(code) = code.filter(|code| !self.problems.contains(*code)) {
            self.problems.insert(code.to_owned());
        }
    }

    /// Adds what another one has counted.
    pub fn merge(&mut self, other: Self) {
        for (pair, times) in other.seen {
            *self.seen.entry(pair).or_default() += times;
        }
        for (pair, media) in other.media {
            let known = self.media.entry(pair).or_default();
            media.into_iter().for_each(|(name, times)| *known.entry(name).or_default() += times);
        }
        for (operation, places) in other.touched {
            let known = self.touched.entry(operation).or_default();
            for (place, sides) in places {
                let known = known.entry(place).or_default();
                known.kept += sides.kept;
                known.broken += sides.broken;
            }
        }
        self.called.extend(other.called);
        self.problems.extend(other.problems);
        self.exchanges += other.exchanges;
        self.succeeded += other.succeeded;
        self.cases += other.cases;
    }

    /// Everything that the document says, with a mark at what was seen.
    pub fn survey<'d>(&self, document: &'d Document, exceptions: &Exceptions<'_>) -> Survey<'d> {
        Survey::of(self, document, exceptions)
    }

    /// What is missing: declared answers that were not seen and are no exception, exceptions that are none (seen after
    /// all, or not declared), and operations that were never called through one of the addresses in `via`.
    pub fn gaps(&self, document: &Document, exceptions: &[Exception], via: &[&'static str]) -> Vec<String> {
        let mut gaps = Vec::new();
        for operation in document.operations() {
            for status in operation.answers.keys() {
                let excepted = exceptions.iter().any(|known| known.is_for(operation, status));
                if !excepted && self.times(operation, status) == 0 {
                    gaps.push(format!("{} {status} was never seen", operation.id));
                }
            }
            for name in via {
                if !self.called.contains(&(operation.id.clone(), name)) {
                    gaps.push(format!("{} was never called through `{name}`", operation.id));
                }
            }
        }
        gaps.extend(exceptions.iter().filter_map(|exception| self.stale(document, exception)));
        gaps
    }

    /// The codes of problems that were not seen.
    pub fn missing_codes<'c>(&self, codes: impl Iterator<Item = &'c str>) -> Vec<String> {
        let missing = codes.filter(|code| !self.problems.contains(*code));
        missing.map(|code| format!("no problem had the code `{code}`")).collect()
    }

    /// Whether every answer so far was a refusal or a failure.
    pub fn nothing_succeeded(&self) -> bool {
        self.exchanges > 0 && self.succeeded == 0
    }

    fn times(&self, operation: &Operation, status: &str) -> usize {
        self.seen.get(&(operation.id.clone(), status.to_owned())).copied().unwrap_or_default()
    }

    fn times_of_media(&self, operation: &Operation, status: &str, media_type: &str) -> usize {
        let media = self.media.get(&(operation.id.clone(), status.to_owned()));
        media.and_then(|media| media.get(media_type)).copied().unwrap_or_default()
    }

    fn stale(&self, document: &Document, exception: &Exception) -> Option<String> {
        let Exception { operation: id, status, reason } = exception;
        match document.operation(id) {
            Some(operation) if operation.answers.contains_key(*status) => (self.times(operation, status) > 0)
                .then(|| format!("{id} {status} was seen, though it is excepted because {reason}")),
            _ => Some(format!("{id} {status} is excepted, but not declared")),
        }
    }
}

impl Survey<'_> {
    /// Operations and statuses, as Markdown.
    pub fn table(&self) -> impl fmt::Display {
        table::Table(self)
    }
}

impl Sides {
    fn times(self, polarity: Polarity) -> usize {
        match polarity {
            Polarity::Kept => self.kept,
            Polarity::Broken => self.broken,
        }
    }
}

impl Exception {
    fn is_for(&self, operation: &Operation, status: &str) -> bool {
        self.operation == operation.id && self.status == status
    }
}

/// Whether a rule is one of a path parameter.
fn is_of_path(document: &Document, operation: &Operation, touch: &Touch) -> bool {
    let is_here =
        |site: Site| matches!(site.part, Part::Parameter(Location::Path, _)) && site.place == touch.place;
    operation.parameters_in(Location::Path).next().is_some()
        && sites(document, operation).into_iter().any(is_here)
}
