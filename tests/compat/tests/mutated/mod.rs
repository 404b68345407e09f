//! Pairs of schemas that differ in one known way, made from the schemas of any document: what has to come out follows
//! from how they were made.

pub(crate) mod kinds;
pub(crate) mod places;
pub(crate) mod reduce;

use std::collections::BTreeMap;

use fastrand::Rng;
use orderly_api_runtime::Schemas;
use orderly_compat::schema::{Comparison, Direction, Verdict};
use orderly_document::{Document, Pointer};
use serde_json::Value;

/// A pair of documents with one schema, and what has to be said of it.
pub(crate) struct Pair {
    pub(crate) kind: String,
    pub(crate) base: Value,
    pub(crate) head: Value,
    /// Whether it breaks requests, and answers.
    pub(crate) breaks: [bool; 2],
}

/// What came out for one kind of change.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) decided: usize,
    pub(crate) undecided: Vec<String>,
    pub(crate) wrong: Vec<String>,
}

/// Makes pairs from every schema of a document, a few of each kind, and holds what is said of them to what is so.
pub(crate) fn run(document: &Document, seed: u64, per_schema: usize, tallies: &mut BTreeMap<String, Tally>) {
    let mut rng = Rng::with_seed(seed);
    for (root, reduced) in reduce::schemas(document) {
        let mut pairs = kinds::pairs(&reduced, &mut rng);
        rng.shuffle(&mut pairs);
        for pair in pairs.into_iter().take(per_schema) {
            judge(&pair, &format!("{} {root}", document.file()), tallies);
        }
    }
}

/// Where the schema stands in the documents of a pair.
pub(crate) fn root() -> Pointer {
    Pointer::root().path(["components", "schemas", reduce::ROOT])
}

fn judge(pair: &Pair, origin: &str, tallies: &mut BTreeMap<String, Tally>) {
    let read = |name: &str, value: &Value| Document::parse(name, value.to_string().as_bytes());
    let (Ok(base), Ok(head)) = (read("base.json", &pair.base), read("head.json", &pair.head)) else {
        panic!("{origin}: a changed document cannot be read");
    };
    let comparison = Comparison::new(&base, &head);
    let schemas = [&base, &head].map(|document| Schemas::from_value(document.root().clone()));
    let tally = tallies.entry(pair.kind.clone()).or_default();
    for (direction, breaks) in [Direction::Request, Direction::Response].into_iter().zip(pair.breaks) {
        let compared = comparison.compare(&root(), &root(), direction);
        let told = || format!("{origin} {} {direction:?}: {:?}", pair.kind, compared.verdict);
        match (&compared.verdict, breaks) {
            (Verdict::Compatible, false) => tally.decided += 1,
            (Verdict::Breaking(breaks), true)
                if breaks.iter().all(|it| shows(&schemas, direction, &it.counterexample)) =>
            {
                tally.decided += 1;
            }
            (Verdict::Undecided { .. }, _) => tally.undecided.push(told()),
            _ => tally.wrong.push(told()),
        }
    }
}

/// Whether the sender allows a value that the receiver refuses.
fn shows([base, head]: &[Schemas; 2], direction: Direction, value: &Value) -> bool {
    let is_valid = |schemas: &Schemas| {
        let mistakes = schemas.violations(&root().to_string(), direction, value);
        mistakes.expect("the schema was compared").is_empty()
    };
    match direction {
        Direction::Request => is_valid(base) && !is_valid(head),
        Direction::Response => is_valid(head) && !is_valid(base),
    }
}
