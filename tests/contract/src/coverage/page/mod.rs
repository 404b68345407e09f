//! The page that a person reads: what was found and how to see it again, what was seen of each operation, and what was
//! not, with the call that would show it. One file that needs nothing else.

mod calls;
mod findings;
mod operations;
mod spot;

use std::{fmt, time::Duration};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::calls::Calls;
use super::{
    Exceptions,
    survey::{Percent, Ratio, Survey},
};
use crate::{
    check::Check,
    document::Document,
    report::{Report, Reported},
};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A report as one file of HTML.
pub fn page(document: &Document, report: &Report, exceptions: &Exceptions<'_>) -> String {
    let survey = report.survey(document, exceptions);
    let info = |key: &str| document.source().root()["info"][key].as_str().unwrap_or_default().to_owned();
    let (title, version) = (info("title"), info("version"));
    let operations = survey.operations.iter().map(|one| {
        let calls = Calls::new(document, one.operation, &report.base_url);
        let findings = report.findings.iter().filter(|found| found.operation == one.operation.id).count();
        (one, calls, findings)
    });
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " " (version) ": contract" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header.top {
                    p.eyebrow { "Contract report" }
                    h1 { (title) " " span.version { (version) } }
                    (verdict(report, &survey))
                    @if let Some(doubt) = report.doubt(document) { p.why.doubt { (doubt) } }
                    (facts(report, &survey))
                    (tiles(&survey))
                }
                main {
                    (findings::section(document, report))
                    (operations::section(document, operations.collect()))
                    (checks(&report.findings))
                    (stages(report))
                }
                footer { "Held to " code { (document.source().file()) } "." }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn verdict(report: &Report, survey: &Survey<'_>) -> Markup {
    let missing = survey.answers().missing() + survey.rules().missing();
    html! {
        @match (&report.stopped, report.findings.len()) {
            (Some(why), 0) => p.verdict.bad { span { "✕" } "The run ended early: " (why) },
            (Some(why), 1) => p.verdict.bad { span { "✕" } "One difference until the run ended early: " (why) },
            (Some(why), count) => p.verdict.bad { span { "✕" } (count) " differences until the run ended early: " (why) },
            (None, 0) if missing == 0 => p.verdict.good { span { "✓" } "Server and document agree, in everything that the document says" },
            (None, 0) => p.verdict.good { span { "✓" } "Server and document agree" },
            (None, 1) => p.verdict.bad { span { "✕" } "Server and document differ in one thing" },
            (None, count) => p.verdict.bad { span { "✕" } "Server and document differ in " (count) " things" },
        }
    }
}

fn facts(report: &Report, survey: &Survey<'_>) -> Markup {
    let took: Duration = report.stages.iter().map(|stage| stage.took).sum();
    html! {
        div.facts {
            @if survey.cases > 0 { span { b.num { (Count(survey.cases)) } " cases" } }
            span { b.num { (Count(survey.exchanges)) } " exchanges" }
            @if !took.is_zero() { span { b.num { (Seconds(took)) } } }
            @if report.seed > 0 { span { "seed " b.num { (report.seed) } } }
            @if !report.base_url.is_empty() { span { code { (report.base_url) } } }
        }
    }
}

fn tiles(survey: &Survey<'_>) -> Markup {
    let tiles = [
        ("Operations", survey.called(), "called"),
        ("Answers", survey.answers(), "statuses of operations seen"),
        ("Media types", survey.media(), "of seen answers"),
        ("Rules", survey.rules(), "kept, or broken, by a request"),
    ];
    html! {
        div.tiles {
            @for (name, ratio, of) in tiles {
                div.tile.none[ratio.all == 0] {
                    h3 { (name) }
                    @if ratio.all == 0 {
                        p.big.faint { "none" }
                    } @else {
                        p.big.num { (Percent(ratio.percent())) }
                    }
                    p.faint.num { (Count(ratio.seen)) " of " (Count(ratio.all - ratio.excused)) " " (of) }
                    @if ratio.excused > 0 { p.faint.num { (Count(ratio.excused)) " more cannot be, or need not be" } }
                    (bar(ratio))
                }
            }
        }
    }
}

/// How much was seen, and how much need not be.
fn bar(ratio: Ratio) -> Markup {
    let share = |part: usize| format!("width:{:.2}%", 100.0 * part as f64 / ratio.all.max(1) as f64);
    html! {
        div.bar { i style=(share(ratio.seen)) {} @if ratio.excused > 0 { i style=(share(ratio.excused)) {} } }
    }
}

fn checks(findings: &[Reported]) -> Markup {
    html! {
        section #checks {
            div.head { h2 { "What was looked at" } }
            ul.chk {
                @for check in Check::ALL {
                    @let count = findings.iter().filter(|found| found.finding.check == *check).count();
                    li {
                        @if count == 0 { span.sign.good { "✓" } } @else { span.sign.bad { (count) } }
                        span { (check.sentence()) " " span.faint { (check.name()) } }
                    }
                }
            }
        }
    }
}

fn stages(report: &Report) -> Markup {
    html! {
        @if !report.stages.is_empty() {
            section #stages {
                div.head { h2 { "What was done" } }
                div.wide {
                    table {
                        thead { tr {
                            th { "Stage" } th.num { "Cases" } th.num { "Exchanges" } th.num { "Findings" } th.num { "Time" }
                        } }
                        tbody {
                            @for stage in &report.stages {
                                tr {
                                    td { (stage.name) }
                                    td.num { (Count(stage.cases)) }
                                    td.num { (Count(stage.exchanges)) }
                                    td.num { (stage.findings) }
                                    td.num { (Seconds(stage.took)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A sentence whose `code` stands in backticks.
fn prose(text: &str) -> Markup {
    html! {
        @for (index, piece) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (piece) } } @else { (piece) }
        }
    }
}

/// A command with a button that copies it.
fn shell(command: &str) -> Markup {
    html! { div.shell { pre { (command) } button type="button" { "Copy" } } }
}

/// A number with its thousands apart.
struct Count(usize);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_str("\u{202f}")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl maud::Render for Count {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.to_string());
    }
}

impl maud::Render for Percent {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.to_string());
    }
}

/// A time as a person says it.
struct Seconds(Duration);

impl maud::Render for Seconds {
    fn render_to(&self, buffer: &mut String) {
        let seconds = self.0.as_secs_f64();
        buffer.push_str(&if seconds < 10.0 { format!("{seconds:.1} s") } else { format!("{seconds:.0} s") });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_kept_apart() {
        for (count, text) in
            [(0, "0"), (999, "999"), (1000, "1\u{202f}000"), (1_234_567, "1\u{202f}234\u{202f}567")]
        {
            assert_eq!(Count(count).to_string(), text);
        }
    }
}
