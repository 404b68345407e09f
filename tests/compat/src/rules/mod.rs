//! What the gate looks for: one table of rules, from which the code, the command, the documentation and the fixtures take
//! their words.

mod table;

use std::fmt;

pub use self::table::Rule;
use crate::schema::{SchemaRule, Side};

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The rule.
    pub rule: Rule,
    /// Its name in kebab-case, as waivers and reports write it.
    pub id: &'static str,
    /// What part of a document it is about.
    pub subject: Subject,
    /// Whose side of an exchange it concerns.
    pub direction: Flow,
    /// What follows from it.
    pub severity: Severity,
    /// The document whose place is shown first.
    pub shown: Side,
    /// What happened, and whom it concerns.
    pub sentence: &'static str,
    /// What to do instead; empty where there is nothing to do.
    pub instead: &'static str,
}

/// What a change is told under: a row of the table, or a kind of change to a schema, which proof decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A rule of this table.
    Rule(Rule),
    /// A rule of schemas.
    Schema(SchemaRule),
}

impl Kind {
    /// Every kind that a waiver can name.
    pub fn all() -> impl Iterator<Item = Self> {
        let rules = Rule::ALL.iter().map(|row| Self::Rule(row.rule));
        rules.chain(SchemaRule::ALL.iter().copied().map(Self::Schema))
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::all().find(|kind| kind.id() == id)
    }

    /// Its name in kebab-case.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.row().id,
            Self::Schema(rule) => rule.name(),
        }
    }

    /// What happened, and whom it concerns.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.row().sentence,
            Self::Schema(rule) => rule.sentence(),
        }
    }

    /// What to do instead, if there is something.
    #[must_use]
    pub fn instead(self) -> Option<&'static str> {
        match self {
            Self::Rule(rule) => Some(rule.row().instead).filter(|instead| !instead.is_empty()),
            Self::Schema(_) => Some("allow what the base allows, or put the change under another name"),
        }
    }
}

impl From<Rule> for Kind {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

impl From<SchemaRule> for Kind {
    fn from(rule: SchemaRule) -> Self {
        Self::Schema(rule)
    }
}

/// Its name.
impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// The word that reports use for it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.word())
            }
        }
    };
}

words! {
    /// What part of a document a rule is about.
    Subject {
        /// Paths and operations.
        Paths "paths",
        /// Deprecation and sunset.
        Lifecycle "lifecycle",
        /// Parameters.
        Parameters "parameters",
        /// Bodies of requests.
        Bodies "bodies",
        /// Statuses, media types and bodies of answers.
        Answers "answers",
        /// Headers of answers.
        Headers "headers",
        /// Credentials.
        Security "security",
        /// Addresses.
        Servers "servers",
        /// Links and callbacks.
        Callbacks "links and callbacks",
        /// Schemas, wherever they stand.
        Schemas "schemas",
        /// The document's own version.
        Version "version",
    }
}

words! {
    /// Whose side of an exchange a rule concerns.
    Flow {
        /// What a client sends: it may only be accepted more widely.
        Request "request",
        /// What a client receives: it may only be answered more narrowly.
        Answer "answer",
        /// Both.
        Both "both",
    }
}

words! {
    /// What follows from a change. A later one is worse.
    Severity {
        /// Worth knowing; no client notices.
        Info "info",
        /// Whether a client notices cannot be known from the documents.
        Warning "warning",
        /// A client that keeps to the old document can fail.
        Breaking "breaking",
    }
}

/// The table as Markdown, one section for each subject: what `docs/compatibility.md` holds.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::new();
    let mut subject = None;
    for row in Rule::ALL {
        if subject != Some(row.subject) {
            let gap = if subject.is_some() { "\n" } else { "" };
            text.push_str(&format!(
                "{gap}### {}\n\n| rule | concerns | severity | what happened |\n|---|---|---|---|\n",
                capitalised(row.subject.word())
            ));
            subject = Some(row.subject);
        }
        text.push_str(&format!(
            "| `{}` | {} | {} | {} |\n",
            row.id,
            row.direction,
            row.severity,
            row.sentence.replace('|', "\\|")
        ));
    }
    text.push_str("\n### Schemas, by proof\n\n| rule | what happened |\n|---|---|\n");
    for rule in SchemaRule::ALL {
        text.push_str(&format!("| `{}` | {} |\n", rule.name(), rule.sentence().replace('|', "\\|")));
    }
    text
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_in_kebab_case() {
        let mut seen = BTreeSet::new();
        for kind in Kind::all() {
            let id = kind.id();
            assert!(seen.insert(id), "{id} is there twice");
            let is_kebab =
                id.chars().all(|c| c.is_ascii_alphanumeric() && !c.is_ascii_uppercase() || c == '-');
            assert!(is_kebab && !id.starts_with('-') && !id.ends_with('-'), "{id}");
            assert_eq!(Kind::named(id), Some(kind));
        }
        assert_eq!(Kind::named("no-such-rule"), None);
    }

    #[test]
    fn what_breaks_says_what_to_do_instead() {
        for row in Rule::ALL.iter().filter(|row| row.severity == Severity::Breaking) {
            assert!(!row.instead.is_empty(), "{}", row.id);
        }
    }

    #[test]
    fn the_rules_of_a_subject_stand_together() {
        let mut subjects: Vec<Subject> = Rule::ALL.iter().map(|row| row.subject).collect();
        subjects.dedup();
        let distinct: BTreeSet<Subject> = subjects.iter().copied().collect();
        assert_eq!(subjects.len(), distinct.len());
    }
}
