//! Reads an OpenAPI document from YAML or JSON and remembers where everything stood.

mod build;
mod json;
mod scalar;
mod spot;
mod version;
mod yaml;

use std::sync::Arc;

use serde_json::Value;

use self::spot::{Mark, Spot};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use crate::pointer::Pointer;

/// A document: its data and the source position of every value in it.
///
/// Objects keep the order of the source, and integers are exact within `i64` and `u64`. Keys are
/// strings whatever the source made them (`200:` is `"200"`), aliases and merge keys are expanded, and
/// no value nests deeper than [`MAX_DEPTH`](Self::MAX_DEPTH), so that recursion over it is safe.
#[derive(Clone, Debug)]
pub struct Document {
    root: Value,
    spots: Spot,
    file: Arc<str>,
}

impl Document {
    /// How deep a document may nest: just below the 128 of serde_json, so that what was loaded can be
    /// written and read again.
    pub const MAX_DEPTH: usize = 120;

    /// Reads a document. `name` is what diagnostics call it, and its ending tells JSON (`.json`) from YAML.
    ///
    /// # Errors
    /// Everything that makes the bytes unreadable: syntax, repeated keys, depth, a version other than 3.0.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Diagnostics> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let offset = error.valid_up_to();
            at_start(name, format!("is not UTF-8: byte {offset} starts no character"))
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: Arc<str> = Arc::from(name);
        let read = if name.ends_with(".json") { json::read } else { yaml::read };
        let (root, spots) = read(&file, text)?;
        let document = Self { root, spots, file };
        version::check(&document)?;
        Ok(document)
    }

    /// The whole document as data.
    #[must_use]
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The name that diagnostics call the document by.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The value at a pointer, if there is one. References are not followed: see
    /// [`resolve`](Self::resolve).
    #[must_use]
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer)
    }

    /// Where a value stands: a scalar or an element of an array where it begins, an object or an array
    /// under a key at that key, which is the line that a reader looks for.
    ///
    /// A pointer to nothing gives the place of the nearest value above it, so that a missing member is
    /// reported where it is missing.
    #[must_use]
    pub fn locate(&self, pointer: &str) -> Location {
        let (value, spot) = self.descend(pointer);
        let mark = if value.is_object() || value.is_array() { spot.key } else { spot.value };
        self.place(mark)
    }

    /// Where the key of a member stands; for anything that has no key, where it begins.
    #[must_use]
    pub fn locate_key(&self, pointer: &str) -> Location {
        self.place(self.descend(pointer).1.key)
    }

    /// A remark that refuses the document because of the value at `pointer`.
    #[must_use]
    pub fn refused(&self, pointer: &Pointer, message: impl Into<String>) -> Diagnostic {
        self.remark(Severity::Refused, pointer, message.into())
    }

    /// A remark that something at `pointer` was left out or weakened.
    #[must_use]
    pub fn warning(&self, pointer: &Pointer, message: impl Into<String>) -> Diagnostic {
        self.remark(Severity::Warning, pointer, message.into())
    }

    /// A remark that something at `pointer` has no bearing on the result.
    #[must_use]
    pub fn ignored(&self, pointer: &Pointer, message: impl Into<String>) -> Diagnostic {
        self.remark(Severity::Ignored, pointer, message.into())
    }

    fn remark(&self, severity: Severity, pointer: &Pointer, message: String) -> Diagnostic {
        Diagnostic { severity, location: self.locate(pointer), pointer: pointer.clone(), message, hint: None }
    }

    fn place(&self, mark: Mark) -> Location {
        mark.within(&self.file)
    }

    /// Walks data and positions side by side, as far as the pointer leads.
    fn descend(&self, pointer: &str) -> (&Value, &Spot) {
        let (mut value, mut spot) = (&self.root, &self.spots);
        for token in Pointer::from(pointer).tokens() {
            let index = match value {
                Value::Object(members) => members.keys().position(|key| *key == token),
                Value::Array(_) => token.parse().ok(),
                _ => None,
            };
            let next = match value {
                Value::Object(members) => members.get(&token),
                Value::Array(items) => index.and_then(|index: usize| items.get(index)),
                _ => None,
            };
            match (next, index.and_then(|index| spot.children.get(index))) {
                (Some(below), Some(place)) => (value, spot) = (below, place),
                _ => break,
            }
        }
        (value, spot)
    }
}

/// A refusal of the whole file.
fn at_start(name: &str, message: String) -> Diagnostics {
    let location = Location { file: Arc::from(name), line: 1, column: 1 };
    let pointer = Pointer::root();
    Diagnostic { severity: Severity::Refused, location, pointer, message, hint: None }.into()
}
