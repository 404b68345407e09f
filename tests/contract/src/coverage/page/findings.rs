//! What was found: what was expected, what came, where the document says it, and the command that shows it again.

use maud::{Markup, html};

use super::{prose, shell, spot};
use crate::{
    document::Document,
    exchange::Received,
    report::{Report, Reported, legend, told},
};

/// So much of an answer is shown.
const LONGEST: usize = 2000;

pub(super) fn section(document: &Document, report: &Report) -> Markup {
    html! {
        @if !report.findings.is_empty() {
            section #findings {
                div.head { h2 { "What differs" } span.faint.num { (report.findings.len()) } }
                @for (variable, meaning) in legend(report, document) {
                    p.faint { code { "${" (variable) "}" } " stands for " (prose(&meaning)) "." }
                }
                @for found in &report.findings { (finding(document, report, found)) }
            }
        }
    }
}

fn finding(document: &Document, report: &Report, found: &Reported) -> Markup {
    let Reported { finding, operation, title, case, times, .. } = found;
    let steps = told(report, found);
    html! {
        article.finding {
            div.head {
                span.tag { (finding.check.name()) }
                @if !operation.is_empty() { h3 { a href=(format!("#{operation}")) { (operation) } } }
                @if *times > 1 { span.faint.num { (times) " times" } }
            }
            dl.said {
                dt { "expected" } dd { (prose(&finding.expected)) }
                dt { "found" } dd { (prose(&finding.found)) }
                @if !title.is_empty() { dt { "tried" } dd { (prose(title)) } }
                @if !case.is_empty() { dt { "case" } dd { code { (case) } } }
                dt { "said at" }
                dd { code { (spot::line(document, &finding.place)) } " " span.faint.mono { (finding.place) } }
            }
            @for (index, step) in steps.iter().enumerate() {
                @if steps.len() > 1 { p.step.faint.num { (index + 1) " of " (steps.len()) } }
                (shell(&step.command))
                @if let Some(received) = step.received { (answer(received)) }
                @for (name, value) in &step.given {
                    p.faint { "Below, put the " code { (name) } " that you get in the place of " code { (value) } "." }
                }
            }
        }
    }
}

fn answer(received: &Received) -> Markup {
    html! {
        details {
            summary.faint { "Answered " (received.status.as_u16()) }
            pre {
                @for (name, value) in &received.headers {
                    (name) ": " (String::from_utf8_lossy(value.as_bytes())) "\n"
                }
                "\n" (body(&received.body))
            }
        }
    }
}

fn body(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}
