//! Holds two versions of a document against each other, operation by operation, and collects what differs.

mod answers;
mod bodies;
mod callbacks;
mod lifecycle;
mod parameters;
mod paths;
mod schemas;
mod security;
mod servers;
mod texts;
mod version;

use std::collections::HashMap;

use chrono::NaiveDate;
use orderly_document::{Diagnostics, Document, Pointer};

use crate::change::{Change, Counterexample, Place};
use crate::node::Node;
use crate::rules::{Kind, Rule, Severity};
use crate::schema::{Comparison, Side};
use crate::unchanged::Unchanged;
use crate::{api, references};

/// What a comparison depends on besides the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The day on which a sunset has passed or not.
    pub today: NaiveDate,
    /// How many days clients have to be told before something ends.
    pub notice_days: u32,
}

/// What of `base`, the older version, `head` takes away, changes and adds; the worst first, then in the order of the
/// documents.
///
/// `between` are versions that were released after `base`: what one of them has announced counts as announced.
///
/// # Errors
/// References of one of the documents that cannot be followed.
pub fn compare(
    base: &Document,
    head: &Document,
    between: &[&Document],
    settings: Settings,
) -> Result<Vec<Change>, Diagnostics> {
    references::check(base)?;
    references::check(head)?;
    let mut walk = Walk {
        base,
        head,
        between,
        settings,
        schemas: Comparison::new(base, head),
        unchanged: Unchanged::between(base, head),
        operation: None,
        changes: Vec::new(),
        known: HashMap::new(),
    };
    walk.paths();
    walk.root_servers();
    walk.schemes();
    walk.version();
    let mut changes = walk.changes;
    changes.sort_by(|a, b| {
        let place = |change: &Change| change.place().map(|place| place.location.clone());
        b.severity.cmp(&a.severity).then_with(|| (a.shown, place(a)).cmp(&(b.shown, place(b))))
    });
    Ok(changes)
}

/// What a change is told once by. The same change may break requests and be harmless in answers.
type Key = (Severity, Kind, Option<Pointer>, Option<Pointer>, String);

/// A comparison that is under way.
struct Walk<'d> {
    base: &'d Document,
    head: &'d Document,
    between: &'d [&'d Document],
    settings: Settings,
    schemas: Comparison<'d>,
    unchanged: Unchanged<'d>,
    /// The operation that is being compared.
    operation: Option<String>,
    changes: Vec<Change>,
    known: HashMap<Key, usize>,
}

impl<'d> Walk<'d> {
    /// Compares what two versions say of one operation.
    fn operation(&mut self, base: &api::Operation<'d>, head: &api::Operation<'d>) {
        self.operation = Some(head.name());
        self.identity(base, head);
        self.lifecycle(base, head);
        self.parameters(base, head);
        self.body(&base.node, &head.node);
        self.answers(&base.node, &head.node);
        self.security(base, head);
        self.servers(base, head);
        self.callbacks(&base.node, &head.node);
        self.operation = None;
    }

    /// Tells a change of the operation that is being compared, or of the document.
    fn tell(&mut self, rule: Rule, base: Option<Pointer>, head: Option<Pointer>, what: impl Into<String>) {
        let row = rule.row();
        self.keep(rule.into(), row.severity, row.shown, (base, head), what.into(), None);
    }

    /// Tells a change of a member that has a place in both documents.
    fn both(&mut self, rule: Rule, base: &Node<'_>, head: &Node<'_>, key: &str, what: impl Into<String>) {
        self.tell(rule, Some(base.place(key)), Some(head.place(key)), what);
    }

    /// Tells a change, or adds the operation to one that was told before.
    fn keep(
        &mut self,
        kind: Kind,
        severity: Severity,
        shown: Side,
        (base, head): (Option<Pointer>, Option<Pointer>),
        what: String,
        counterexample: Option<Counterexample>,
    ) {
        let key = (severity, kind, base, head, what);
        if let Some(index) = self.known.get(&key) {
            let operations = &mut self.changes[*index].operations;
            operations.extend(self.operation.clone().filter(|operation| !operations.contains(operation)));
            return;
        }
        let place = |document: &Document, pointer: &Option<Pointer>| {
            pointer.clone().map(|pointer| Place { location: document.locate(&pointer), pointer })
        };
        self.changes.push(Change {
            kind,
            severity,
            what: key.4.clone(),
            base: place(self.base, &key.2),
            head: place(self.head, &key.3),
            shown,
            operations: self.operation.clone().into_iter().collect(),
            counterexample,
        });
        self.known.insert(key, self.changes.len() - 1);
    }
}

/// Names in a sentence: `` `a`, `b` ``.
fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
