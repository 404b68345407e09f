//! What was found: what was expected, what came, where the document says it, and the command that shows it again.

use maud::{Markup, html};

use super::{prose, shell, spot};
use crate::{
    document::Document,
    exchange::Exchange,
    report::{Report, Reported, curl},
};

/// So much of an answer is shown.
const LONGEST: usize = 2000;

pub(super) fn section(document: &Document, report: &Report) -> Markup {
    html! {
        @if !report.findings.is_empty() {
            section #findings {
                div.head { h2 { "What differs" } span.faint.num { (report.findings.len()) } }
                @for found in &report.findings { (finding(document, report, found)) }
            }
        }
    }
}

fn finding(document: &Document, report: &Report, found: &Reported) -> Markup {
    let Reported { finding, operation, title, story, unanswered, times, .. } = found;
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
                dt { "said at" }
                dd { code { (spot::line(document, &finding.place)) } " " span.faint.mono { (finding.place) } }
            }
            @for exchange in story { (told(report, exchange)) }
            @if let Some(sent) = unanswered { (shell(&curl(&report.base_url, sent))) }
        }
    }
}

fn told(report: &Report, exchange: &Exchange) -> Markup {
    let received = &exchange.received;
    html! {
        (shell(&curl(&report.base_url, &exchange.sent)))
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
