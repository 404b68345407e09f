//! Each operation: a row of its statuses, and behind it every answer and every rule with what was seen of it.

use maud::{Markup, html};

use super::{
    Count, bar,
    calls::{Calls, How},
    prose, shell, spot,
};
use crate::{
    case::Polarity,
    coverage::{
        AnswerMarks, Mark, Part, SiteMarks,
        survey::{Percent, Ratio, Surveyed},
    },
    document::Document,
};

/// An operation with the calls that show more of it, and the number of its findings.
type Row<'p> = (&'p Surveyed<'p>, Calls<'p>, usize);

pub(super) fn section(document: &Document, rows: Vec<Row<'_>>) -> Markup {
    html! {
        section {
            div.head { h2 { "Operations" } span.faint.num { (rows.len()) } span #shown .faint {} }
            div.tools {
                input #search type="search" placeholder="Path, name, status, parameter…" aria-label="Search";
                select #which aria-label="Which operations" {
                    option value="all" { "All" }
                    option value="gaps" { "With something not seen" }
                    option value="findings" { "With findings" }
                }
                select #order aria-label="Order" {
                    option value="document" { "As in the document" }
                    option value="name" { "By name" }
                    option value="share" { "Least seen first" }
                }
                button #open type="button" { "Open all" }
            }
            @if rows.iter().any(|(one, ..)| !one.operation.security.is_empty()) {
                p.faint.legend { "In a command, " code { "${CONTRACT_NAME}" } " stands for the credential of " code { "--auth name=…" } "." }
            }
            div.operations {
                @for (index, row) in rows.iter().enumerate() { (operation(document, index, row)) }
            }
        }
    }
}

fn operation(document: &Document, index: usize, (one, calls, findings): &Row<'_>) -> Markup {
    let operation = one.operation;
    let answers: Ratio = one.answers.iter().map(|answer| &answer.mark).collect();
    let rules: Ratio =
        one.parts.iter().flat_map(|(_, sites)| sites).flat_map(|site| [&site.kept, &site.broken]).collect();
    let whole = Ratio {
        seen: answers.seen + rules.seen,
        excused: answers.excused + rules.excused,
        all: answers.all + rules.all,
    };
    let statuses: Vec<&str> = one.answers.iter().map(|answer| answer.status.as_str()).collect();
    let parts: Vec<String> = one.parts.iter().map(|(part, _)| part.to_string()).collect();
    let text =
        [operation.method.as_str(), operation.template.as_str(), &operation.id, &operation.tag].join(" ");
    let text = format!("{text} {} {}", statuses.join(" "), parts.join(" ")).to_lowercase();
    html! {
        details.operation id=(operation.id) data-index=(index) data-name=(operation.id) data-text=(text)
            data-gaps=(whole.missing()) data-findings=(findings) data-share=(format!("{:.3}", whole.percent()))
        {
            summary {
                span.method { (operation.method) }
                span {
                    span.path { (operation.template.as_str()) }
                    span.id { (operation.id) @if *findings > 0 { " · " span.bad { (findings) " differ" } } }
                }
                span.chips { @for answer in &one.answers { (chip(answer)) } }
                span.share.num { (Percent(whole.percent())) (bar(whole)) }
            }
            div.inner {
                (answers_table(one, calls))
                @for (part, sites) in &one.parts { (part_table(document, part, sites, calls)) }
            }
        }
    }
}

/// A status in one word, whose colour says whether it was seen.
fn chip(answer: &AnswerMarks) -> Markup {
    let (class, why) = match &answer.mark {
        Mark::Seen(times) => ("chip good", format!("seen {times} times")),
        Mark::Excused(reason) => ("chip why", format!("not seen, because {reason}")),
        Mark::Missing => ("chip bad", "never seen".to_owned()),
    };
    html! { span class=(class) title=(why) { (answer.status) } }
}

fn mark(mark: &Mark) -> Markup {
    html! {
        @match mark {
            Mark::Seen(times) => span.good.num { "✓ " (Count(*times)) },
            Mark::Excused(reason) => span.why title=(reason) { "– " span.faint { (reason) } },
            Mark::Missing => span.bad { "✕ never" },
        }
    }
}

fn answers_table(one: &Surveyed<'_>, calls: &Calls<'_>) -> Markup {
    html! {
        div {
            div.part { h4 { "Answers" } }
            div.wide { table {
                thead { tr { th { "Status" } th { "Seen" } th { "Body" } th { "When" } } }
                tbody {
                    @for answer in &one.answers {
                        @let description = one.operation.answers.get(&answer.status).map_or("", |one| one.description.as_str());
                        tr {
                            td.mono { (answer.status) }
                            td.mark { (mark(&answer.mark)) }
                            td.mono { @for (media_type, times) in &answer.media {
                                div { (media_type) @if *times == 0 && matches!(answer.mark, Mark::Seen(_)) { " " span.bad { "✕ never" } } }
                            } }
                            td.soft { (prose(description.split("\n\n").next().unwrap_or_default())) }
                        }
                        @if answer.mark == Mark::Missing {
                            tr.call { td {} td colspan="3" {
                                @match calls.of_status(&answer.status) {
                                    How::Command(command) => (shell(&command)),
                                    How::Words(words) => span.faint { (prose(words)) },
                                }
                            } }
                        }
                    }
                }
            } }
        }
    }
}

fn part_table(document: &Document, part: &Part, sites: &[SiteMarks], calls: &Calls<'_>) -> Markup {
    let (kind, name) = match part {
        Part::Parameter(location, name) => (location.to_string(), name.clone()),
        Part::Body(Some(media_type)) => ("body".to_owned(), media_type.clone()),
        Part::Body(None) => ("body".to_owned(), String::new()),
    };
    html! {
        div {
            div.part { h4 { code { (name) } " " span.kind { (kind) } } }
            div.wide { table {
                thead { tr { th { "Rule" } th { "Of" } th { "Kept" } th { "Broken" } } }
                tbody {
                    @for site in sites {
                        @let (keyword, value) = spot::rule(document, &site.site);
                        tr title=(spot::line(document, &site.site.place)) {
                            td.rule { (keyword) " " code.soft { (value) } }
                            td.mono.of { (spot::member(document, &site.site)) }
                            td.mark { (mark(&site.kept)) }
                            td.mark { (mark(&site.broken)) }
                        }
                        @for (side, polarity, seen) in [("keep", Polarity::Kept, &site.kept), ("break", Polarity::Broken, &site.broken)] {
                            @if *seen == Mark::Missing {
                                tr.call { td colspan="4" {
                                    @match calls.of_rule(&site.site.place, polarity) {
                                        Some(command) => { p.faint { "to " (side) " it" } (shell(&command)) },
                                        None => span.faint { "no case of the engine would " (side) " it" },
                                    }
                                } }
                            }
                        }
                    }
                }
            } }
        }
    }
}
