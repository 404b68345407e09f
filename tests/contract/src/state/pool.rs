//! The things that are known to be on the server, and what names them.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use http::{HeaderMap, HeaderValue, Method};
use serde_json::Value;

use super::{
    Action, Graph, KindId,
    claims::Claims,
    draft::{is_condition, is_valid},
    login::Logins,
    site,
};
use crate::{
    document::{Document, Location, Operation, Parameter},
    phase::Known,
};

/// How many things of a kind are remembered; of those that were only seen, the oldest are forgotten first.
const MOST: usize = 64;
/// How many things of a kind are never offered for deletion, so that the others have something to work on.
const KEPT: usize = 2;

/// Something on the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// What kind of thing it is.
    pub kind: KindId,
    /// What names it.
    pub value: Value,
    /// What names the things that it is in, outermost first.
    pub within: Vec<(KindId, Value)>,
    /// It was made by this run; what was there before is read, and not changed.
    pub made: bool,
}

/// The things that are known, newest first. It is filled from answers: see [`Pool::learn`].
#[derive(Debug)]
pub struct Pool {
    graph: Graph,
    known: Mutex<Things>,
    pub(super) claims: Mutex<Claims>,
    pub(super) logins: Logins,
    turn: AtomicUsize,
    /// Tells the keys of this run from those of another one.
    run: u64,
}

#[derive(Debug, Default)]
struct Things {
    things: BTreeMap<KindId, VecDeque<Thing>>,
    gone: BTreeSet<(KindId, String)>,
}

impl Pool {
    /// A pool that knows nothing yet.
    pub fn new(document: &Document) -> Self {
        Self {
            graph: Graph::of(document),
            known: Mutex::default(),
            claims: Mutex::default(),
            logins: Logins::default(),
            turn: AtomicUsize::new(0),
            run: fastrand::u64(..),
        }
    }

    /// What the operations have to do with each other.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The things of a kind that are there, newest first.
    pub fn things(&self, kind: KindId) -> Vec<Thing> {
        self.lock().things.get(&kind).into_iter().flatten().cloned().collect()
    }

    /// The things of a kind that this run has made, newest first.
    pub fn made(&self, kind: KindId) -> Vec<Thing> {
        let mut things = self.things(kind);
        things.retain(|thing| thing.made);
        things
    }

    /// Remembers a thing.
    pub fn add(&self, thing: Thing) {
        let mut known = self.lock();
        if known.gone.contains(&(thing.kind, text(&thing.value))) {
            return;
        }
        let things = known.things.entry(thing.kind).or_default();
        let same = |other: &&mut Thing| text(&other.value) == text(&thing.value) && other.is_beside(&thing);
        match things.iter_mut().find(same) {
            Some(there) => there.made |= thing.made,
            None => things.push_front(thing),
        }
        if things.len() > MOST {
            let oldest = things.iter().rposition(|thing| !thing.made);
            things.remove(oldest.unwrap_or(MOST));
        }
    }

    /// Remembers that a thing is no longer there, nor anything in it.
    pub fn forget(&self, kind: KindId, value: &Value) {
        let name = text(value);
        let mut known = self.lock();
        for things in known.things.values_mut() {
            things.retain(|thing| {
                let is_it = thing.kind == kind && text(&thing.value) == name;
                let is_in_it =
                    thing.within.iter().any(|(outer, value)| *outer == kind && text(value) == name);
                !is_it && !is_in_it
            });
        }
        known.gone.insert((kind, name));
    }

    /// A thing for an operation: the kind is the last that its path names. What changes is offered what this run has
    /// made, what deletes only what is left over.
    pub fn pick(&self, operation: &Operation) -> Option<Thing> {
        let uses = self.graph.uses(operation);
        let (_, kind) = uses.path.last()?;
        let changes = ![Method::GET, Method::HEAD, Method::OPTIONS].contains(&operation.method);
        let own = if changes { self.made(*kind) } else { self.things(*kind) };
        if uses.action.is_some_and(|(action, _)| action == Action::Remove) {
            // The newest; the oldest ones stay.
            return own.len().checked_sub(KEPT + 1).and_then(|_| own.into_iter().next());
        }
        let living: Vec<Thing> = if own.is_empty() { self.of_kin(*kind, changes) } else { own };
        // The parameters of one path are asked for one by one and have to fit together.
        let turn = if uses.path.len() == 1 { self.turn.fetch_add(1, Ordering::Relaxed) } else { 0 };
        (!living.is_empty()).then(|| living[turn % living.len()].clone())
    }

    /// The same things under another path.
    fn of_kin(&self, kind: KindId, made: bool) -> Vec<Thing> {
        let depth = |thing: &Thing| thing.within.is_empty();
        let kin = self.graph.kin(kind).flat_map(|kin| self.things(kin));
        kin.filter(|thing| (thing.made || !made) && depth(thing))
            .map(|thing| Thing { kind, ..thing })
            .collect()
    }

    /// The value that a path's parameter has for a thing.
    pub fn of_path(&self, operation: &Operation, name: &str, thing: &Thing) -> Option<Value> {
        let kind = self.graph.of_parameter(operation, name)?;
        if kind == thing.kind {
            return Some(thing.value.clone());
        }
        thing.within.iter().find(|(outer, _)| *outer == kind).map(|(_, value)| value.clone())
    }

    /// A thing that something could be made in, where nothing is in it yet.
    fn of_outer(&self, operation: &Operation, name: &str) -> Option<Value> {
        let (last, _) = self.graph.uses(operation).path.last()?;
        let kind = self.graph.of_parameter(operation, name)?;
        (name != last).then(|| self.any(kind)).flatten().map(|thing| thing.value)
    }

    /// Something of a kind, by turns; rather what this run has made.
    pub(super) fn any(&self, kind: KindId) -> Option<Thing> {
        let made = self.made(kind);
        let things = if made.is_empty() { self.things(kind) } else { made };
        let things = if things.is_empty() { self.of_kin(kind, false) } else { things };
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        (!things.is_empty()).then(|| things[turn % things.len()].clone())
    }

    /// An idempotency key that was not used before.
    pub fn fresh_key(&self) -> String {
        format!("{:016x}-{:06}", self.run, self.turn.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether a request carries an idempotency key that did not come from here: it may have been used before, for
    /// something else.
    pub fn may_be_used(&self, headers: &HeaderMap) -> bool {
        let own = format!("{:016x}-", self.run);
        let is_own = |value: &HeaderValue| value.as_bytes().starts_with(own.as_bytes());
        headers.iter().any(|(name, value)| is_idempotency_key(name.as_str()) && !is_own(value))
    }

    /// What tells this run from others.
    pub(super) fn run(&self) -> u64 {
        self.run
    }

    fn lock(&self) -> MutexGuard<'_, Things> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known for Pool {
    /// The value of a parameter: of something that is there, or one that nobody has used.
    fn value(&self, operation: &Operation, parameter: &Parameter) -> Option<Value> {
        if parameter.location == Location::Header {
            if is_idempotency_key(&parameter.name) {
                return Some(Value::String(self.fresh_key()));
            }
            if is_condition(operation, parameter) {
                // Whatever version is there (RFC 9110, section 13.1.1).
                return Some(Value::String("*".to_owned()));
            }
        }
        if parameter.location == Location::Path {
            let thing = self.pick(operation);
            let found = thing.and_then(|thing| self.of_path(operation, &parameter.name, &thing));
            return found.or_else(|| self.of_outer(operation, &parameter.name));
        }
        let uses = self.graph.uses(operation);
        let is_it = |(location, name, _): &&(Location, String, KindId)| {
            *location == parameter.location && *name == parameter.name
        };
        let (_, _, kind) = uses.parameters.iter().find(is_it)?;
        self.any(*kind).map(|thing| thing.value)
    }

    /// Puts things that are there into the members of a body that refer to things, and credentials that work into those
    /// of a login. A reference to nothing is taken out where it may be.
    fn fill(&self, document: &Document, operation: &Operation, media_type: &str, body: &mut Value) {
        self.logins.fill(operation, self.turn.load(Ordering::Relaxed), body);
        let uses = self.graph.uses(operation);
        for (path, kind) in uses.bodies.get(media_type).into_iter().flatten() {
            // The name of what is made is the client's to choose.
            if uses.action == Some((Action::Create, *kind)) {
                continue;
            }
            let Some(there) = site::at(path, body).into_iter().find(|value| !value.is_null()).cloned() else {
                continue;
            };
            match self.any(*kind) {
                Some(thing) => site::replace(path, body, &like(&thing.value, &there)),
                None => {
                    let mut without = body.clone();
                    site::remove(path, &mut without);
                    if may_be(document, operation, media_type, &without) {
                        *body = without;
                    }
                }
            }
        }
    }
}

impl Thing {
    /// Whether both are in the same things, as far as is known.
    fn is_beside(&self, other: &Self) -> bool {
        let pairs = || self.within.iter().zip(&other.within);
        pairs().all(|((kind, value), (other_kind, other))| kind == other_kind && text(value) == text(other))
    }
}

/// Whether a header makes requests repeatable (the IETF's draft "The Idempotency-Key HTTP Header Field").
pub fn is_idempotency_key(name: &str) -> bool {
    ["idempotency-key", "x-idempotency-key"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// A value as a path has it.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The value in the type of another one: a number may have come out of a path, as text.
fn like(value: &Value, other: &Value) -> Value {
    match (value, other) {
        (Value::String(text), Value::Number(_)) => {
            text.parse::<i64>().map_or_else(|_| value.clone(), Value::from)
        }
        (Value::Number(number), Value::String(_)) => Value::String(number.to_string()),
        _ => value.clone(),
    }
}

/// Whether a body is one of the operation's.
fn may_be(document: &Document, operation: &Operation, media_type: &str, body: &Value) -> bool {
    let content = operation.body.iter().flat_map(|body| &body.content);
    let mut here = content.filter(|content| content.media_type == media_type);
    here.all(|content| is_valid(document, &content.schema(), body))
}
