//! Which answers of which operations were seen, and which were not, with the reasons that are accepted for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde_json::Value;

use super::{
    document::{Document, Operation},
    exchange::Exchange,
    route::Match,
};

/// What the exchanges so far have exercised.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// How often each answer of an operation was seen, by operation and by what the document calls the status.
    seen: BTreeMap<(String, String), usize>,
    /// Which operations were called through which address of the recorder.
    called: BTreeSet<(String, &'static str)>,
    /// Which problems were seen, by their `code`.
    problems: BTreeSet<String>,
    exchanges: usize,
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
        if exchange.received.media_type().as_deref() == Some("application/problem+json")
            && let Ok(problem) = serde_json::from_slice::<Value>(&exchange.received.body)
        {
            self.problems.extend(problem["code"].as_str().map(str::to_owned));
        }
        let Match::Operation(operation, _) = document.find(&exchange.sent.method, &exchange.sent.path) else {
            return;
        };
        self.called.insert((operation.id.clone(), exchange.via));
        if let Some((status, _)) = operation.answer(exchange.received.status) {
            *self.seen.entry((operation.id.clone(), status.to_owned())).or_default() += 1;
        }
    }

    /// Adds what another one has counted.
    pub fn merge(&mut self, other: Self) {
        for (pair, times) in other.seen {
            *self.seen.entry(pair).or_default() += times;
        }
        self.called.extend(other.called);
        self.problems.extend(other.problems);
        self.exchanges += other.exchanges;
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

    /// The table, as Markdown.
    pub fn table<'a>(&'a self, document: &'a Document, exceptions: &'a [Exception]) -> impl fmt::Display {
        Table { coverage: self, document, exceptions }
    }

    fn times(&self, operation: &Operation, status: &str) -> usize {
        self.seen.get(&(operation.id.clone(), status.to_owned())).copied().unwrap_or_default()
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

impl Exception {
    fn is_for(&self, operation: &Operation, status: &str) -> bool {
        self.operation == operation.id && self.status == status
    }
}

struct Table<'a> {
    coverage: &'a Coverage,
    document: &'a Document,
    exceptions: &'a [Exception],
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = self.document.operations();
        let statuses: BTreeSet<&String> = operations.iter().flat_map(|one| one.answers.keys()).collect();
        let width = operations.iter().map(|operation| operation.id.len()).max().unwrap_or_default();
        let row = |f: &mut fmt::Formatter<'_>, name: &str, cells: Vec<String>| {
            let cells: String = cells.iter().map(|cell| format!(" {cell:>5} |")).collect();
            writeln!(f, "| {name:width$} |{cells}")
        };
        row(f, "operation", statuses.iter().map(|status| (*status).clone()).collect())?;
        row(f, &"-".repeat(width), statuses.iter().map(|_| "----:".to_owned()).collect())?;
        for operation in operations {
            let cell = |status: &&String| match self.coverage.times(operation, status) {
                _ if !operation.answers.contains_key(*status) => String::new(),
                0 if self.exceptions.iter().any(|known| known.is_for(operation, status)) => "why".to_owned(),
                0 => "NONE".to_owned(),
                times => times.to_string(),
            };
            row(f, &operation.id, statuses.iter().map(cell).collect())?;
        }
        let declared: usize = operations.iter().map(|operation| operation.answers.len()).sum();
        writeln!(
            f,
            "\n{} of {declared} declared answers of {} operations were seen, in {} exchanges.",
            self.coverage.seen.len(),
            operations.len(),
            self.coverage.exchanges,
        )?;
        for Exception { operation, status, reason } in self.exceptions {
            writeln!(f, "- {operation} {status} is not exercised: {reason}")?;
        }
        Ok(())
    }
}
