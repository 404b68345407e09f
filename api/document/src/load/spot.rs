//! Source positions, in a tree that runs parallel to the data.

use std::sync::Arc;

use crate::diagnostic::Location;

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) line: u32,
    pub(super) column: u32,
}

impl Mark {
    /// The first character of a file.
    pub(super) const START: Self = Self { line: 1, column: 1 };

    /// The same place, with the file's name.
    pub(super) fn within(self, file: &Arc<str>) -> Location {
        Location { file: Arc::clone(file), line: self.line, column: self.column }
    }
}

/// The positions of a value and of what it contains.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Where the key stands; for the root and for elements of arrays, where the value begins.
    pub(super) key: Mark,
    /// Where the value begins.
    pub(super) value: Mark,
    /// Members or elements, in the order in which the data holds them.
    pub(super) children: Vec<Spot>,
}

impl Spot {
    /// A value without children.
    pub(super) fn new(mark: Mark) -> Self {
        Self { key: mark, value: mark, children: Vec::new() }
    }
}
