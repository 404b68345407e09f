//! What the generator has to say about a document, and where in it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::pointer::Pointer;

/// A place in a source file. Lines and columns count from 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What a diagnostic means for the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Refused,
    /// The result leaves something out, or holds it in a weaker form.
    Warning,
    /// The document says something that has no bearing on the result.
    Ignored,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Refused => "refused",
            Self::Warning => "warning",
            Self::Ignored => "ignored",
        })
    }
}

/// One remark on one place in the document.
///
/// Made by [`Document::refused`](crate::Document::refused) and its neighbours, which know the
/// place.
///
/// Diagnostics sort by their place first: the order of the fields is that of comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where it stands.
    pub location: Location,
    /// What it means for the result.
    pub severity: Severity,
    /// The same place within the data.
    pub pointer: Pointer,
    /// What is the matter, in lower case and without a full stop.
    pub message: String,
    /// What the author of the document can do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// Adds what the author of the document can do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// `file:line:column: refused: message (at #/pointer)`, and the hint on a line of its own.
impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { severity, location, pointer, message, hint } = self;
        write!(formatter, "{location}: {severity}: {message} (at {pointer})")?;
        match hint {
            Some(hint) => write!(formatter, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

/// Nothing was generated; the reasons are in the [`Diagnostics`] that were passed along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the document was refused")]
pub struct Refused;

/// Everything that was remarked on one document, in the order of the document and without repetitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(BTreeSet<Diagnostic>);

impl Diagnostics {
    /// No remarks yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a remark, unless the same one was made before: several operations may lead to one schema.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.insert(diagnostic);
    }

    /// Adds the remark of a failed step and goes on with `None`.
    pub fn absorb<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(diagnostic) => {
                self.push(diagnostic);
                None
            }
        }
    }

    /// `Err` when anything was refused: how a step ends after it has collected all it could.
    ///
    /// # Errors
    /// [`Refused`] when one of the remarks is a refusal.
    pub fn verdict(&self) -> Result<(), Refused> {
        let refused = self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Refused);
        if refused { Err(Refused) } else { Ok(()) }
    }

    /// The remarks in the order of the document.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// The remarks as a JSON array, for tools; in the order of the document.
    #[must_use]
    pub fn to_json(&self) -> String {
        let remarks: Vec<serde_json::Value> = self
            .iter()
            .map(|Diagnostic { severity, location, pointer, message, hint }| {
                serde_json::json!({
                    "severity": severity.to_string(),
                    "file": &*location.file,
                    "line": location.line,
                    "column": location.column,
                    "pointer": pointer.as_str(),
                    "message": message,
                    "hint": hint,
                })
            })
            .collect();
        format!("{:#}\n", serde_json::Value::Array(remarks))
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.0.extend(diagnostics);
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(BTreeSet::from([diagnostic]))
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::collections::btree_set::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// One remark a paragraph, in the order of the document.
impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|diagnostic| writeln!(formatter, "{diagnostic}"))
    }
}
