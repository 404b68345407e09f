//! Waivers: breaking changes that somebody has decided to make, each with a reason, for one base, until a day.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::change::Change;
use crate::rules::{Kind, Severity};

/// A file of waivers.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    /// As the user named it.
    file: String,
    waivers: Vec<Waiver>,
}

/// A change that is known and accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// What the change is told under.
    pub kind: Kind,
    /// The `info.version` of the base for which it counts.
    pub base: String,
    /// The operation, as `GET /v1/orders`, if it counts for one.
    pub operation: Option<String>,
    /// The place in one of the documents, or one around it, if it counts for one: `#/components/schemas/Order`.
    pub place: Option<String>,
    /// Why the change is made.
    pub reason: String,
    /// The last day on which it counts.
    pub until: Option<NaiveDate>,
    /// The line in the file, from 1.
    line: usize,
}

/// Why a file of waivers cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WaiverError {
    /// It is no TOML, or has keys that mean nothing.
    #[error("{file}: {reason}")]
    Syntax {
        /// The file.
        file: String,
        /// What is wrong, and where.
        reason: String,
    },
    /// A waiver says too little, or names what is not there.
    #[error("{file}:{line}: {reason}")]
    Useless {
        /// The file.
        file: String,
        /// Where the waiver begins.
        line: usize,
        /// What is missing.
        reason: String,
    },
}

/// A waiver that excuses nothing: it has to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Where it stands, as `file:line`.
    pub place: String,
    /// The rule that it names.
    pub kind: Kind,
    /// Why it excuses nothing.
    pub why: StaleReason,
}

/// Why a waiver excuses nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaleReason {
    /// Its day has passed.
    Expired(NaiveDate),
    /// There is no such change.
    Unused,
}

/// What became of the changes between one base and the head.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The changes that count.
    pub changes: Vec<Change>,
    /// The changes that are waived, with the reason.
    pub waived: Vec<(Change, Waiver)>,
    /// Waivers for this base that excuse nothing.
    pub stale: Vec<Stale>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<toml::Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: Option<String>,
    base: Option<String>,
    operation: Option<String>,
    place: Option<String>,
    reason: Option<String>,
    until: Option<String>,
}

impl Waivers {
    /// Reads waivers from TOML: a `[[waiver]]` each.
    ///
    /// # Errors
    /// Keys that mean nothing; a rule that does not exist; no base, no place and no operation, or no reason.
    pub fn parse(file: &str, text: &str) -> Result<Self, WaiverError> {
        let read: File = toml::from_str(text).map_err(|error| WaiverError::Syntax {
            file: file.to_owned(),
            reason: error.to_string().trim_end().to_owned(),
        })?;
        let mut waivers = Vec::new();
        for entry in read.waiver {
            let line = 1 + text[..entry.span().start.min(text.len())].matches('\n').count();
            let useless = |reason: String| WaiverError::Useless { file: file.to_owned(), line, reason };
            waivers.push(waiver(entry.into_inner(), line).map_err(useless)?);
        }
        Ok(Self { file: file.to_owned(), waivers })
    }

    /// Sets aside the changes that are waived. `base` is the `info.version` of the base.
    #[must_use]
    pub fn judge(&self, base: &str, changes: Vec<Change>, today: NaiveDate) -> Judged {
        let mut used = vec![false; self.waivers.len()];
        let mut judged = Judged { changes: Vec::new(), waived: Vec::new(), stale: Vec::new() };
        for change in changes {
            let found = self.waivers.iter().position(|waiver| {
                waiver.base == base && !waiver.has_expired(today) && waiver.excuses(&change)
            });
            match found {
                Some(index) => {
                    used[index] = true;
                    judged.waived.push((change, self.waivers[index].clone()));
                }
                None => judged.changes.push(change),
            }
        }
        for (waiver, used) in self.waivers.iter().zip(used).filter(|(waiver, _)| waiver.base == base) {
            let why = match waiver.until.filter(|_| waiver.has_expired(today)) {
                Some(until) => StaleReason::Expired(until),
                None if used => continue,
                None => StaleReason::Unused,
            };
            let place = format!("{}:{}", self.file, waiver.line);
            judged.stale.push(Stale { place, kind: waiver.kind, why });
        }
        judged
    }

    /// Waivers for bases that nobody compares with any more.
    #[must_use]
    pub fn without_base(&self, bases: &[&str]) -> Vec<Stale> {
        let lost = self.waivers.iter().filter(|waiver| !bases.contains(&waiver.base.as_str()));
        lost.map(|waiver| Stale {
            place: format!("{}:{}", self.file, waiver.line),
            kind: waiver.kind,
            why: StaleReason::Unused,
        })
        .collect()
    }
}

impl Waiver {
    fn has_expired(&self, today: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// Whether it is about this change: the rule and what it says of operation and place. A change that concerns several
    /// operations is excused for all of them by its place only.
    fn excuses(&self, change: &Change) -> bool {
        let is_operation = |operation: &String| match &self.operation {
            Some(chosen) => operation.split(" (").next() == Some(chosen.as_str()),
            None => true,
        };
        let is_within = |place: &str| {
            let around = |pointer: &str| {
                pointer.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            [&change.base, &change.head].into_iter().flatten().any(|at| around(&at.pointer.to_string()))
        };
        let operations_fit = self.operation.is_none()
            || (!change.operations.is_empty() && change.operations.iter().all(is_operation));
        change.kind == self.kind
            && change.severity > Severity::Info
            && operations_fit
            && self.place.as_deref().is_none_or(is_within)
    }
}

fn waiver(entry: Entry, line: usize) -> Result<Waiver, String> {
    let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let rule = said(entry.rule).ok_or("a waiver needs the `rule` that it lifts")?;
    let kind = Kind::named(&rule)
        .ok_or_else(|| format!("there is no rule `{rule}`; `cargo xtask compat --rules` lists them"))?;
    let base = said(entry.base).ok_or("a waiver needs the `base`, the version that it counts for")?;
    let reason = said(entry.reason).ok_or("a waiver needs a `reason`")?;
    let (operation, place) = (said(entry.operation), said(entry.place));
    if operation.is_none() && place.is_none() {
        return Err("a waiver needs an `operation`, such as `GET /v1/orders`, or a `place`, such as \
                    `#/components/schemas/Order`"
            .to_owned());
    }
    let until = match said(entry.until) {
        Some(text) => Some(
            NaiveDate::parse_from_str(&text, "%Y-%m-%d")
                .map_err(|_| format!("`until` is `{text}`, and has to be a day: YYYY-MM-DD"))?,
        ),
        None => None,
    };
    Ok(Waiver { kind, base, operation, place, reason, until, line })
}

impl fmt::Display for Stale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, kind, why } = self;
        match why {
            StaleReason::Expired(day) => write!(formatter, "{place}: the waiver of {kind} ended on {day}"),
            StaleReason::Unused => {
                write!(formatter, "{place}: the waiver of {kind} excuses nothing: remove it")
            }
        }
    }
}
