//! One version's schemas: as what a sender sends, as what a receiver takes, and as a form that can be reasoned about.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use jsonschema::Validator;
use jsonschema::canonical::CanonicalSchema;
use orderly_api_runtime::{Schemas, Violation, compile_schema, json_schema};
use orderly_contract::value::Values;
use orderly_document::{Document, Pointer, reference};
use serde_json::Value;

use super::{Direction, closed, proof};

/// One version of the document.
pub(super) struct Version<'d> {
    pub(super) source: &'d Document,
    schemas: Schemas,
    /// The document as the engine reads it, which makes values; nothing if it cannot be read as a whole.
    engine: OnceCell<Option<orderly_contract::Document>>,
    /// Whether there are references that lead nowhere, or out of the document.
    has_loose_ends: OnceCell<bool>,
    senders: Cache<Option<Validator>>,
    forms: RefCell<HashMap<(Pointer, Direction, Role), Form>>,
    samples: Cache<Option<Value>>,
    values: Cache<Made>,
}

/// Which part a schema has in an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Its values are sent.
    Sender,
    /// Values are held to it.
    Receiver,
}

/// Values made from a schema.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Those that it allows.
    pub(super) kept: Vec<Value>,
    /// Those that it refuses.
    pub(super) broken: Vec<Value>,
}

type Cache<T> = RefCell<HashMap<(Pointer, Direction), Rc<T>>>;

/// A canonical form, if there is one.
type Form = Rc<Option<CanonicalSchema>>;

impl<'d> Version<'d> {
    pub(super) fn new(source: &'d Document) -> Self {
        Self {
            source,
            schemas: Schemas::from_value(source.root().clone()),
            engine: OnceCell::new(),
            has_loose_ends: OnceCell::new(),
            senders: Cache::default(),
            forms: RefCell::default(),
            samples: Cache::default(),
            values: Cache::default(),
        }
    }

    /// Why the schema at a pointer cannot be used, if it cannot.
    pub(super) fn fault(&self, at: &Pointer, direction: Direction) -> Option<String> {
        let violations = self.schemas.violations(&at.to_string(), direction, &Value::Null);
        violations.err().map(|error| error.to_string())
    }

    /// Whether a sender may send a value.
    pub(super) fn sends(&self, at: &Pointer, direction: Direction, value: &Value) -> bool {
        let validator = cached(&self.senders, at, direction, || {
            let schema = self.text(at, direction, Role::Sender)?;
            compile_schema(&schema).ok()
        });
        validator.as_ref().as_ref().is_some_and(|validator| validator.is_valid(value))
    }

    /// Whether the schema allows a value.
    pub(super) fn allows(&self, at: &Pointer, direction: Direction, value: &Value) -> bool {
        let mistakes = self.schemas.violations(&at.to_string(), direction, value);
        mistakes.is_ok_and(|mistakes| mistakes.is_empty())
    }

    /// Everything for which a receiver refuses a value.
    pub(super) fn refusals(&self, at: &Pointer, direction: Direction, value: &Value) -> Vec<Violation> {
        self.schemas.violations(&at.to_string(), direction, value).unwrap_or_default()
    }

    /// A plain value of a schema, if one can be made.
    pub(super) fn sample(&self, at: &Pointer, direction: Direction) -> Rc<Option<Value>> {
        cached(&self.samples, at, direction, || self.made(at, direction)?.sample())
    }

    /// Values of a schema, which take long to make where it is large.
    pub(super) fn values(&self, at: &Pointer, direction: Direction) -> Rc<Made> {
        cached(&self.values, at, direction, || {
            let Some(values) = self.made(at, direction) else { return Made::default() };
            let kept = values.kept().into_iter().map(|labelled| labelled.value);
            Made {
                kept: values.sample().into_iter().chain(kept).collect(),
                broken: values.broken().into_iter().map(|labelled| labelled.value).collect(),
            }
        })
    }

    fn made(&self, at: &Pointer, direction: Direction) -> Option<Values<'_>> {
        let engine = self.engine.get_or_init(|| orderly_contract::Document::new(self.source.clone()).ok());
        let engine = engine.as_ref().filter(|_| self.fault(at, direction).is_none())?;
        Some(Values::new(engine, at, direction))
    }

    /// Whether a schema leads to a reference that leads nowhere. Its translation allows anything there, which proves
    /// nothing.
    pub(super) fn is_loose(&self, at: &Pointer) -> bool {
        let is_loose = || self.has_loose_end(self.source.root(), &mut None);
        *self.has_loose_ends.get_or_init(is_loose)
            && self.source.get(at).is_some_and(|schema| self.has_loose_end(schema, &mut Some(HashSet::new())))
    }

    /// Whether a value holds such a reference; with what was followed already, if references are to be followed.
    fn has_loose_end(&self, value: &'d Value, followed: &mut Option<HashSet<Pointer>>) -> bool {
        if let Some(reference) = reference(value) {
            let Ok(target) = self.source.follow(reference, &Pointer::root()) else { return true };
            let is_new = followed.as_mut().is_some_and(|followed| followed.insert(target.pointer));
            return is_new && self.has_loose_end(target.value, followed);
        }
        match value {
            Value::Object(members) => members.values().any(|member| self.has_loose_end(member, followed)),
            Value::Array(items) => items.iter().any(|item| self.has_loose_end(item, followed)),
            _ => false,
        }
    }

    /// The schema as JSON Schema, for the part that it has.
    pub(super) fn text(&self, at: &Pointer, direction: Direction, role: Role) -> Option<Value> {
        let mut schema = json_schema(self.source.root(), &at.to_string(), direction)?;
        if role == Role::Sender {
            closed::close(&mut schema);
        }
        Some(schema)
    }

    /// The form of a schema in which it can be reasoned about. `None` if it has none.
    pub(super) fn form(&self, at: &Pointer, direction: Direction, role: Role) -> Form {
        let key = (at.clone(), direction, role);
        if let Some(known) = self.forms.borrow().get(&key) {
            return Rc::clone(known);
        }
        let text = self.text(at, direction, role).filter(|_| !self.is_loose(at));
        let form = Rc::new(text.and_then(|schema| proof::form(&schema)));
        self.forms.borrow_mut().insert(key, Rc::clone(&form));
        form
    }
}

fn cached<T>(cache: &Cache<T>, at: &Pointer, direction: Direction, make: impl FnOnce() -> T) -> Rc<T> {
    let key = (at.clone(), direction);
    if let Some(known) = cache.borrow().get(&key) {
        return Rc::clone(known);
    }
    let made = Rc::new(make());
    cache.borrow_mut().insert(key, Rc::clone(&made));
    made
}
