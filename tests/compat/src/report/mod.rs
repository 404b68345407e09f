//! What a comparison says: as text for people, as JSON and JUnit for tools.

mod json;
mod junit;
mod text;

use orderly_document::Document;

use crate::change::Change;
use crate::rules::Severity;
use crate::waivers::{Judged, Stale};

/// A head held against one or several bases.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The head, as the user named it.
    pub head: String,
    /// What was found for each base.
    pub bases: Vec<Compared>,
    /// Waivers for bases that were not compared.
    pub stale: Vec<Stale>,
}

/// What was found for one base.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The base, as the user named it.
    pub base: String,
    /// Its `info.version`, if it has one.
    pub version: Option<String>,
    /// Changes and waivers.
    pub judged: Judged,
}

impl Compared {
    /// What was found for a base.
    #[must_use]
    pub fn new(base: &Document, judged: Judged) -> Self {
        Self { base: base.file().to_owned(), version: version(base), judged }
    }

    fn count(&self, severity: Severity) -> usize {
        self.judged.changes.iter().filter(|change| change.severity == severity).count()
    }
}

impl Report {
    /// Whether nothing was found that is as bad as `limit`, and every waiver excuses something.
    #[must_use]
    pub fn passes(&self, limit: Severity) -> bool {
        let is_bad = |change: &Change| change.severity >= limit;
        let fails = |base: &Compared| base.judged.changes.iter().any(is_bad) || !base.judged.stale.is_empty();
        self.stale.is_empty() && !self.bases.iter().any(fails)
    }
}

/// The `info.version` of a document.
#[must_use]
pub fn version(document: &Document) -> Option<String> {
    Some(document.root().get("info")?.get("version")?.as_str()?.to_owned())
}
