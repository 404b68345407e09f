//! The report as text: a paragraph a change, the worst first, and a line of counts for each base.

use std::fmt;

use serde_json::Value;

use super::{Compared, Report};
use crate::change::Change;
use crate::rules::Severity;

/// Operations that are named; the others are counted.
const NAMED: usize = 5;

/// Characters of a counterexample that are shown; the JSON report has all of it.
const SHOWN: usize = 400;

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for base in &self.bases {
            base.judged.changes.iter().try_for_each(|change| paragraph(formatter, change))?;
            for (change, waiver) in &base.judged.waived {
                let place = change.place().map_or_else(String::new, |place| format!("{}: ", place.location));
                writeln!(formatter, "{place}waived: {}: {}", change.kind, change.what)?;
                writeln!(formatter, "    reason: {}", waiver.reason)?;
            }
            base.judged.stale.iter().try_for_each(|stale| writeln!(formatter, "{stale}"))?;
            summary(formatter, &self.head, base)?;
        }
        self.stale.iter().try_for_each(|stale| writeln!(formatter, "{stale}"))
    }
}

fn paragraph(formatter: &mut fmt::Formatter<'_>, change: &Change) -> fmt::Result {
    let place = change.place().map_or_else(String::new, |place| format!("{}: ", place.location));
    writeln!(formatter, "{place}{}: {}: {}", change.severity, change.kind, change.what)?;
    if change.severity == Severity::Info {
        return Ok(());
    }
    writeln!(formatter, "    {}", change.kind.sentence())?;
    if !change.operations.is_empty() {
        writeln!(formatter, "    concerns {}", operations(&change.operations))?;
    }
    if let Some(other) = change.other_place() {
        writeln!(formatter, "    see also {}", other.location)?;
    }
    if let Some(shown) = &change.counterexample {
        let path = if shown.path.is_empty() { String::new() } else { format!(", at `{}`", shown.path) };
        writeln!(formatter, "    for example {}{path}: {}", shown.part, shortened(&shown.value))?;
    }
    match change.kind.instead() {
        Some(instead) => writeln!(formatter, "    instead: {instead}"),
        None => Ok(()),
    }
}

fn operations(names: &[String]) -> String {
    let named = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn summary(formatter: &mut fmt::Formatter<'_>, head: &str, base: &Compared) -> fmt::Result {
    let version = base.version.as_ref().map(|version| format!(" ({version})")).unwrap_or_default();
    let verdict = if base.count(Severity::Breaking) == 0 { "compatible with" } else { "breaks" };
    writeln!(
        formatter,
        "{head} {verdict} {}{version}: {} breaking, {} warnings, {} infos, {} waived",
        base.base,
        base.count(Severity::Breaking),
        base.count(Severity::Warning),
        base.count(Severity::Info),
        base.judged.waived.len(),
    )
}
