//! A report for a person at a terminal: what was expected, what came, where the document says it, and the command that
//! repeats it.

use std::fmt;

use super::{Report, Reported, credentials, curl};
use crate::{coverage::Exceptions, document::Document, exchange::Received};

/// So much of an answer's body is shown.
const EXCERPT: usize = 400;

/// The lines of a finding begin under each other.
const MARGIN: usize = 10;

struct Text<'a> {
    report: &'a Report,
    document: &'a Document,
}

impl Report {
    /// The findings and a summary, in words.
    pub fn text<'a>(&'a self, document: &'a Document) -> impl fmt::Display {
        Text { report: self, document }
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { seed, findings, stages, stopped, .. } = self.report;
        for (index, reported) in findings.iter().enumerate() {
            self.finding(f, index + 1, reported)?;
            writeln!(f)?;
        }
        for (variable, option) in credentials(self.report) {
            writeln!(f, "${{{variable}}} stands for the credential of --auth {option}")?;
        }
        if let Some(reason) = stopped {
            writeln!(f, "stopped before the end: {reason}")?;
        }
        let cases: usize = stages.iter().map(|stage| stage.cases).sum();
        let exchanges: usize = stages.iter().map(|stage| stage.exchanges).sum();
        let took: f64 = stages.iter().map(|stage| stage.took.as_secs_f64()).sum();
        let found = match findings.len() {
            0 => "no findings".to_owned(),
            1 => "1 finding".to_owned(),
            several => format!("{several} findings"),
        };
        let survey = self.report.coverage.survey(self.document, &Exceptions::default());
        writeln!(f, "declared answers seen: {}", survey.answers())?;
        writeln!(f, "rules for requests kept and broken: {}", survey.rules())?;
        writeln!(f, "{found} in {cases} cases, {exchanges} exchanges, {took:.1} s; seed {seed}")
    }
}

impl Text<'_> {
    fn finding(&self, f: &mut fmt::Formatter<'_>, number: usize, reported: &Reported) -> fmt::Result {
        let Reported { finding, operation, title, case, story, unanswered, times } = reported;
        let times = if *times > 1 { format!(" ({times} times)") } else { String::new() };
        writeln!(f, "{number}. {}: {operation}{times}", finding.check)?;
        let mut line = |name: &str, text: &str| {
            let mut lines = text.lines();
            writeln!(f, "   {name:<MARGIN$} {}", lines.next().unwrap_or_default())?;
            lines.try_for_each(|more| writeln!(f, "   {:<MARGIN$} {more}", ""))
        };
        line("tried", title)?;
        line("expected", &finding.expected)?;
        line("found", &finding.found)?;
        line("document", &format!("{} {}", self.document.source().locate(&finding.place), finding.place))?;
        if !case.is_empty() {
            line("case", case)?;
        }
        let (steps, last) = story.split_at(story.len().saturating_sub(1));
        for exchange in steps {
            line("first", &curl(&self.report.base_url, &exchange.sent))?;
            line("", &format!("→ {}", exchange.received.status.as_u16()))?;
        }
        for exchange in last {
            line("repeat", &curl(&self.report.base_url, &exchange.sent))?;
            line("answer", &answer(&exchange.received))?;
        }
        if let Some(sent) = unanswered {
            line("repeat", &curl(&self.report.base_url, sent))?;
        }
        Ok(())
    }
}

/// The answer in a line.
fn answer(received: &Received) -> String {
    let media_type = received.media_type().map(|media_type| format!(" {media_type}")).unwrap_or_default();
    let body = String::from_utf8_lossy(&received.body);
    let excerpt = match body.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}… ({} bytes)", &body[..end], received.body.len()),
        None => body.into_owned(),
    };
    format!("{}{media_type} {excerpt}", received.status.as_u16()).trim_end().to_owned()
}
