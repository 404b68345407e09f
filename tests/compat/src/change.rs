//! One thing that differs between two documents: under which rule, where, for which operations, and what shows it.

use orderly_document::{Location, Pointer};
use serde_json::Value;

use crate::rules::{Kind, Severity};
use crate::schema::Side;

/// A difference. What several operations have in common, such as a shared schema, is told once.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is told under.
    pub kind: Kind,
    /// What follows from it.
    pub severity: Severity,
    /// What changed, in a few words.
    pub what: String,
    /// Where the base says it, if it does.
    pub base: Option<Place>,
    /// Where the head says it, if it does.
    pub head: Option<Place>,
    /// Which of the two places shows the change best.
    pub shown: Side,
    /// The operations that it concerns, such as `POST /v1/orders (create_order)`; none if it is the document's.
    pub operations: Vec<String>,
    /// A value that shows it, for schemas.
    pub counterexample: Option<Counterexample>,
}

/// A place in one of the two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// In the data.
    pub pointer: Pointer,
    /// In the file.
    pub location: Location,
}

/// A value that one document allows and the other one refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct Counterexample {
    /// What it is a value of, such as ``query parameter `limit` `` or `the body`.
    pub part: String,
    /// The whole value.
    pub value: Value,
    /// Where in it the change matters: a JSON pointer, with `*` for any item or member.
    pub path: String,
}

impl Change {
    /// The place to look at first.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self.shown {
            Side::Base => self.base.as_ref().or(self.head.as_ref()),
            Side::Head => self.head.as_ref().or(self.base.as_ref()),
        }
    }

    /// The place to look at next: the same thing in the other document.
    #[must_use]
    pub fn other_place(&self) -> Option<&Place> {
        match self.shown {
            Side::Base if self.base.is_some() => self.head.as_ref(),
            Side::Head if self.head.is_some() => self.base.as_ref(),
            _ => None,
        }
    }
}
