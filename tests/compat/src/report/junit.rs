//! The report as JUnit XML: a suite for each base, a case for each change, a failure for what counts as one.

use std::fmt::Write;

use super::{Compared, Report};
use crate::change::Change;
use crate::rules::Severity;

impl Report {
    /// The report as JUnit XML; what is as bad as `limit` is a failure.
    #[must_use]
    pub fn to_junit(&self, limit: Severity) -> String {
        let mut xml =
            String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"compat\">\n");
        for base in &self.bases {
            suite(&mut xml, base, limit);
        }
        if !self.stale.is_empty() {
            let count = self.stale.len();
            xml.push_str(&format!("  <testsuite name=\"waivers\" tests=\"{count}\" failures=\"{count}\">\n"));
            for stale in &self.stale {
                case(&mut xml, "stale waiver", "waivers", Some(&stale.to_string()));
            }
            xml.push_str("  </testsuite>\n");
        }
        xml.push_str("</testsuites>\n");
        xml
    }
}

fn suite(xml: &mut String, base: &Compared, limit: Severity) {
    let judged = &base.judged;
    let failures =
        judged.changes.iter().filter(|change| change.severity >= limit).count() + judged.stale.len();
    let tests = (judged.changes.len() + judged.stale.len()).max(1);
    // Writing into a text cannot fail.
    let _ = writeln!(
        xml,
        "  <testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\">",
        escaped(&base.base)
    );
    if judged.changes.is_empty() && judged.stale.is_empty() {
        case(xml, "no change", "compat", None);
    }
    for change in &judged.changes {
        let failure = (change.severity >= limit).then(|| explained(change));
        case(xml, &change.what, change.kind.id(), failure.as_deref());
    }
    for stale in &judged.stale {
        case(xml, "stale waiver", "waivers", Some(&stale.to_string()));
    }
    xml.push_str("  </testsuite>\n");
}

fn case(xml: &mut String, name: &str, class: &str, failure: Option<&str>) {
    let (name, class) = (escaped(name), escaped(class));
    let _ = match failure {
        Some(text) => writeln!(
            xml,
            "    <testcase name=\"{name}\" classname=\"{class}\"><failure message=\"{name}\">{}</failure></testcase>",
            escaped(text)
        ),
        None => writeln!(xml, "    <testcase name=\"{name}\" classname=\"{class}\"/>"),
    };
}

fn explained(change: &Change) -> String {
    let place = change.place().map_or_else(String::new, |place| format!("{}: ", place.location));
    let example = change.counterexample.as_ref().map(|it| format!("; for example {}", it.value));
    format!("{place}{}{}", change.kind.sentence(), example.unwrap_or_default())
}

/// As XML 1.0 wants it, without the control characters that it cannot hold.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            other if other.is_control() => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}
