//! A report for a person at a terminal: what was expected, what came, where the document says it, and the command that
//! repeats it.

use std::fmt;

use super::{Report, Reported, legend, told};
use crate::{coverage::Exceptions, document::Document, exchange::Received};

/// So much of an answer's body is shown.
const EXCERPT: usize = 400;

/// So much of a command is shown.
const LONGEST: usize = 6000;

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
        for (variable, meaning) in legend(self.report, self.document) {
            writeln!(f, "${{{variable}}} stands for {meaning}")?;
        }
        if !findings.is_empty() {
            writeln!(f, "to repeat a finding: its commands, or this command with --seed {seed} --case NAME")?;
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
        let survey = self.report.survey(self.document, &Exceptions::OF_A_RUN);
        writeln!(f, "declared answers seen: {}", survey.answers())?;
        writeln!(f, "rules for requests kept and broken: {}", survey.rules())?;
        writeln!(f, "{found} in {cases} cases, {exchanges} exchanges, {took:.1} s; seed {seed}")
    }
}

impl Text<'_> {
    fn finding(&self, f: &mut fmt::Formatter<'_>, number: usize, reported: &Reported) -> fmt::Result {
        let Reported { finding, operation, title, case, times, .. } = reported;
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
        let steps = told(self.report, reported);
        let last = steps.len().saturating_sub(1);
        for (index, step) in steps.iter().enumerate() {
            let name = if index == last {
                "repeat"
            } else if index == 0 {
                "first"
            } else {
                "then"
            };
            line(name, &shortened(&step.command))?;
            let Some(received) = step.received else { continue };
            match index == last {
                true => line("answer", &answer(received))?,
                false => line("", &format!("→ {}", received.status.as_u16()))?,
            }
            for (name, value) in &step.given {
                line("", &format!("  put the {name} that you get in the place of {value}"))?;
            }
        }
        Ok(())
    }
}

/// A command, if anybody would copy it from a terminal.
fn shortened(command: &str) -> String {
    match command.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let length = command.len();
            format!("{}… ({length} bytes; the whole command is in --report html or json)", &command[..end])
        }
        None => command.to_owned(),
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
