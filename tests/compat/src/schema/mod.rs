//! Whether a schema still allows what it has to: decided by proof, and refused with a value that shows why.
//!
//! A request goes from an old client to a new server: what [`Side::Base`] allows, [`Side::Head`] has to allow. An
//! answer goes the other way. A sender adds no members of its own where the document does not speak of further ones; a
//! receiver that does not speak of them lets them pass. So a new optional property breaks nobody, unless the receiver
//! is closed (`additionalProperties: false`).
//!
//! Three steps decide. The schemas are walked side by side: without a difference they are the same. Where they differ,
//! their canonical forms are held against each other: if the receiver's covers the sender's, the change is harmless.
//! Otherwise values are tried until the validators confirm one that is sent and refused: that is the break, with its
//! counterexample. What neither step decides is said to be undecided.

mod branches;
mod closed;
mod disjoint;
mod keywords;
mod members;
mod pattern;
mod proof;
mod rule;
mod version;
mod walk;
mod witness;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use jsonschema::canonical::CanonicalSchema;
use orderly_document::{Document, Pointer};
use serde_json::Value;

pub use orderly_api_runtime::Direction;
pub use rule::SchemaRule;

use pattern::Patterns;
use proof::Written;
use version::{Role, Version};
use walk::{Level, Site, Walk};
use witness::{Exchange, Witnesses};

/// The schemas of two versions of a document. What was decided once about a shared schema is kept.
pub struct Comparison<'d> {
    base: Version<'d>,
    head: Version<'d>,
    known: RefCell<HashMap<(Pointer, Pointer, Direction), Arc<Compared>>>,
    equal: RefCell<HashMap<Direction, HashSet<(Pointer, Pointer)>>>,
    proofs: RefCell<HashMap<(Pointer, Pointer, Direction), bool>>,
    own_words: RefCell<HashMap<(Pointer, Pointer, Direction), bool>>,
    witnesses: Witnesses,
    patterns: Patterns,
}

/// One of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The older.
    Base,
    /// The newer.
    Head,
}

/// What came out for a pair of schemas.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Whether the newer schema keeps what the older one promised.
    pub verdict: Verdict,
    /// Changes that break nothing, and that somebody may still want to know of.
    pub notes: Vec<Difference>,
    /// Changes of which nothing was proved, and that no break explains.
    pub open: Vec<Difference>,
}

/// Whether the newer schema keeps what the older one promised.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It does: there is a proof.
    Compatible,
    /// It does not: there is a value for each break that shows it. Never empty.
    Breaking(Vec<SchemaBreak>),
    /// Nothing was proved either way.
    Undecided {
        /// Why not.
        reason: String,
    },
}

/// A change that takes a value away.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemaBreak {
    /// The change.
    pub difference: Difference,
    /// A whole value: valid in the version that sends it, refused by the one that has to take it.
    pub counterexample: Value,
}

/// Something in which two schemas differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The kind of change.
    pub rule: SchemaRule,
    /// The version that shows it best: the newer one, or the older one for what was removed.
    pub side: Side,
    /// Its place in the older version, or that of the schema around it.
    pub base: Pointer,
    /// Its place in the newer version, or that of the schema around it.
    pub head: Pointer,
    /// Where it matters in the value, as a JSON pointer with `*` for any item or member.
    pub path: String,
    /// What the older version says.
    pub expected: String,
    /// What the newer version says.
    pub found: String,
}

impl<'d> Comparison<'d> {
    /// Compares the schemas of `base`, the older version, with those of `head`, the newer one.
    pub fn new(base: &'d Document, head: &'d Document) -> Self {
        Self {
            base: Version::new(base),
            head: Version::new(head),
            known: RefCell::default(),
            equal: RefCell::default(),
            proofs: RefCell::default(),
            own_words: RefCell::default(),
            witnesses: Witnesses::default(),
            patterns: Patterns::default(),
        }
    }

    /// Compares the schema at `base_at` in the older version with the one at `head_at` in the newer one, for values
    /// that go in `direction`.
    pub fn compare(&self, base_at: &Pointer, head_at: &Pointer, direction: Direction) -> Arc<Compared> {
        let key = (base_at.clone(), head_at.clone(), direction);
        if let Some(known) = self.known.borrow().get(&key) {
            return Arc::clone(known);
        }
        let compared = Arc::new(self.decide(base_at, head_at, direction));
        self.known.borrow_mut().insert(key, Arc::clone(&compared));
        compared
    }

    /// Whether one of the versions allows a value; a schema that cannot be used allows none.
    pub fn allows(&self, side: Side, at: &Pointer, direction: Direction, value: &Value) -> bool {
        let version = match side {
            Side::Base => &self.base,
            Side::Head => &self.head,
        };
        version.allows(at, direction, value)
    }

    fn decide(&self, base_at: &Pointer, head_at: &Pointer, direction: Direction) -> Compared {
        let sites = self.sites(base_at, head_at, direction);
        if sites.is_empty() {
            return Compared::without_notes(Verdict::Compatible);
        }
        for (version, at, name) in [(&self.base, base_at, "older"), (&self.head, head_at, "newer")] {
            if let Some(fault) = version.fault(at, direction) {
                let reason = format!("the {name} schema cannot be used: {fault}");
                return Compared::without_notes(Verdict::Undecided { reason });
            }
        }
        self.judge(sites, direction)
    }

    /// Everything in which two schemas differ.
    fn sites(&self, base_at: &Pointer, head_at: &Pointer, direction: Direction) -> Vec<Site> {
        let mut equal = self.equal.borrow_mut();
        let equal = equal.entry(direction).or_default();
        let mut walk = Walk::new(self.base.source, self.head.source, direction, equal);
        walk.run(base_at, head_at);
        let sites = std::mem::take(&mut walk.sites);
        if sites.is_empty() {
            let pairs: Vec<_> = walk.pairs().collect();
            equal.extend(pairs);
        }
        sites
    }

    /// Sorts differences into those that break something and those that do not.
    fn judge(&self, sites: Vec<Site>, direction: Direction) -> Compared {
        let exchange = self.exchange(direction);
        let (mut breaks, mut notes, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for site in sites {
            if self.own_words_hold(&site, direction) || self.holds(&site.level.provable(), direction) {
                notes.push(site);
            } else if let Some(counterexample) = exchange.witness(&site) {
                breaks.push(broken(site, counterexample));
            } else {
                open.push(site);
            }
        }
        // What was not decided where it stands may be decided further up: a schema that was only put together in
        // another way differs in its parts.
        open.retain(|site| {
            let holds = self.holds_above(&site.level, direction);
            notes.extend(holds.then(|| site.clone()));
            !holds
        });
        if breaks.is_empty()
            && let Some(site) = open.first()
            && let Some(counterexample) = exchange.any(&whole(&site.level))
        {
            breaks.push(broken(open.remove(0), counterexample));
        }
        open.retain(|site| !breaks.iter().any(|broken| broken.explains(site)));
        let verdict = match open.first().filter(|_| breaks.is_empty()) {
            Some(site) => Verdict::Undecided { reason: unproved(site) },
            None if breaks.is_empty() => Verdict::Compatible,
            None => Verdict::Breaking(breaks),
        };
        Compared { verdict, notes: told(notes), open: open.into_iter().map(Difference::from).collect() }
    }

    fn exchange(&self, direction: Direction) -> Exchange<'_, 'd> {
        let (sender, receiver) = match direction {
            Direction::Request => (&self.base, &self.head),
            Direction::Response => (&self.head, &self.base),
        };
        Exchange { sender, receiver, direction, patterns: &self.patterns, known: &self.witnesses }
    }

    /// Whether the receiver is proved to take all that the sender sends at a level.
    fn holds(&self, level: &Level, direction: Direction) -> bool {
        let key = (level.base.clone(), level.head.clone(), direction);
        if let Some(known) = self.proofs.borrow().get(&key) {
            return *known;
        }
        let exchange = self.exchange(direction);
        let (sent, taken) = exchange.at(level);
        let sender = exchange.sender.form(sent, direction, Role::Sender);
        let receiver = exchange.receiver.form(taken, direction, Role::Receiver);
        let holds = match (&*sender, &*receiver) {
            (Some(sender), Some(receiver)) => {
                proof::covers(receiver, sender) || self.holds_by_patterns(level, direction, receiver)
            }
            _ => false,
        };
        self.proofs.borrow_mut().insert(key, holds);
        holds
    }

    /// Whether it is proved with what the expressions of one side say about those of the other.
    fn holds_by_patterns(&self, level: &Level, direction: Direction, receiver: &CanonicalSchema) -> bool {
        let exchange = self.exchange(direction);
        let (sent, taken) = exchange.at(level);
        let sender = exchange.sender.text(sent, direction, Role::Sender);
        let taken = exchange.receiver.text(taken, direction, Role::Receiver);
        let implied =
            sender.zip(taken).and_then(|(sent, taken)| proof::implied(&sent, &taken, &self.patterns));
        let sender = implied.and_then(|implied| proof::form(&implied));
        sender.is_some_and(|sender| proof::covers(receiver, &sender))
    }

    /// Whether the schemas that differ are proved to be compatible in what they say themselves; those within them have
    /// differences of their own.
    fn own_words_hold(&self, site: &Site, direction: Direction) -> bool {
        let is_whole = site.base == site.level.base && site.head == site.level.head;
        let is_its_own = Rc::ptr_eq(&site.level.provable(), &site.level);
        if !is_whole || !is_its_own {
            return false;
        }
        let key = (site.base.clone(), site.head.clone(), direction);
        if let Some(known) = self.own_words.borrow().get(&key) {
            return *known;
        }
        let exchange = self.exchange(direction);
        let (sent, taken) = exchange.at(&site.level);
        let written = |version: &Version<'d>, at| {
            let schema = version.source.get(at).and_then(Value::as_object)?;
            Some(Written { document: version.source, schema })
        };
        let schemas = written(exchange.sender, sent).zip(written(exchange.receiver, taken));
        let holds = schemas.and_then(|(sent, taken)| proof::own_words_hold(sent, taken, direction));
        let holds = holds.unwrap_or(false);
        self.own_words.borrow_mut().insert(key, holds);
        holds
    }

    fn holds_above(&self, level: &Rc<Level>, direction: Direction) -> bool {
        let mut here = Rc::clone(level);
        while let Some((above, _)) = &here.above {
            let above = Rc::clone(above);
            if self.holds(&above.provable(), direction) {
                return true;
            }
            here = above;
        }
        false
    }
}

fn whole(level: &Rc<Level>) -> Rc<Level> {
    let mut here = Rc::clone(level);
    while let Some((above, _)) = &here.above {
        here = Rc::clone(above);
    }
    here
}

impl Compared {
    fn without_notes(verdict: Verdict) -> Self {
        Self { verdict, notes: Vec::new(), open: Vec::new() }
    }
}

impl SchemaBreak {
    /// Whether a difference is one in the same part of the value, or within it: whoever looks at the break sees it too.
    fn explains(&self, site: &Site) -> bool {
        let path = site.path();
        let rest = path.strip_prefix(self.difference.path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl From<Site> for Difference {
    fn from(site: Site) -> Self {
        let path = site.path();
        let Site { rule, side, places: (base, head), expected, found, .. } = site;
        Self { rule, side, base, head, path, expected, found }
    }
}

fn broken(site: Site, counterexample: Value) -> SchemaBreak {
    SchemaBreak { difference: site.into(), counterexample }
}

fn unproved(site: &Site) -> String {
    let (path, rule) = (site.path(), site.rule.name());
    format!("neither a proof nor a counterexample was found for {rule} at `{path}`")
}

/// Harmless changes in words. How a schema is put together is nobody's business as long as it allows the same.
fn told(sites: Vec<Site>) -> Vec<Difference> {
    let is_told = |site: &Site| {
        !matches!(
            site.rule,
            SchemaRule::CompositionChanged | SchemaRule::AllOfBranchAdded | SchemaRule::AllOfBranchRemoved
        )
    };
    sites.into_iter().filter(is_told).map(Difference::from).collect()
}
