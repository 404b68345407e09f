//! Waivers excuse what they name, and nothing that is not there.

#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use chrono::NaiveDate;
use orderly_compat::rules::Severity;
use orderly_compat::{Compared, Judged, Report, Settings, Waivers, compare};
use orderly_document::Document;

const BASE: &str = "openapi: 3.0.3
info: {title: Books, version: 1.0.0}
paths:
  /books:
    get: {responses: {'200': {description: Books.}}}
    post: {responses: {'201': {description: A book.}}}
";
const HEAD: &str = "openapi: 3.0.3
info: {title: Books, version: 2.0.0}
paths:
  /books:
    get: {responses: {'200': {description: Books.}}}
";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn judged(waivers: &str) -> Judged {
    let read = |name, text: &str| Document::parse(name, text.as_bytes()).unwrap();
    let (base, head) = (read("base.yaml", BASE), read("head.yaml", HEAD));
    let changes = compare(&base, &head, &[], Settings { today: today(), notice_days: 90 }).unwrap();
    Waivers::parse("waivers.toml", waivers).unwrap().judge("1.0.0", changes, today())
}

fn report(judged: Judged) -> Report {
    let base = Document::parse("base.yaml", BASE.as_bytes()).unwrap();
    Report { head: "head.yaml".to_owned(), bases: vec![Compared::new(&base, judged)], stale: Vec::new() }
}

fn refusal(waivers: &str) -> String {
    Waivers::parse("waivers.toml", waivers).unwrap_err().to_string()
}

const WAIVER: &str = r#"
[[waiver]]
rule = "operation-removed"
base = "1.0.0"
operation = "POST /books"
reason = "Nobody called it."
"#;

#[test]
fn without_a_waiver_a_break_fails_and_says_where() {
    let report = report(judged(""));
    assert!(!report.passes(Severity::Breaking));
    let text = report.to_string();
    assert!(text.starts_with("base.yaml:6:5: breaking: operation-removed: POST /books is gone\n"), "{text}");
    assert!(text.contains("    concerns POST /books\n"), "{text}");
    assert!(text.contains("    instead: keep it, `deprecated`"), "{text}");
    assert!(
        text.ends_with("head.yaml breaks base.yaml (1.0.0): 1 breaking, 0 warnings, 0 infos, 0 waived\n"),
        "{text}"
    );
}

#[test]
fn a_waiver_excuses_its_operation_and_is_shown_with_its_reason() {
    let report = report(judged(WAIVER));
    assert!(report.passes(Severity::Warning));
    let text = report.to_string();
    assert!(text.contains("waived: operation-removed"), "{text}");
    assert!(text.contains("reason: Nobody called it."), "{text}");
    assert!(text.contains("head.yaml compatible with base.yaml"), "{text}");
}

#[test]
fn a_waiver_by_place_excuses_what_is_within() {
    let by_place = WAIVER.replace("operation = \"POST /books\"", "place = \"#/paths/~1books\"");
    assert_eq!(judged(&by_place).changes, []);
    let elsewhere = WAIVER.replace("operation = \"POST /books\"", "place = \"#/paths/~1book\"");
    assert_eq!(judged(&elsewhere).changes.len(), 1);
}

#[test]
fn a_waiver_that_excuses_nothing_fails() {
    for (changed, reason) in [
        (
            WAIVER.replace("POST", "GET"),
            "waivers.toml:2: the waiver of operation-removed excuses nothing: remove it",
        ),
        (format!("{WAIVER}until = \"2026-11-20\"\n"), "the waiver of operation-removed ended on 2026-11-20"),
    ] {
        let judged = judged(&changed);
        assert_eq!(judged.changes.len(), 1);
        let report = report(judged);
        assert!(!report.passes(Severity::Breaking));
        assert!(report.to_string().contains(reason), "{report}");
    }
    let last_day = judged(&format!("{WAIVER}until = \"2026-11-21\"\n"));
    assert_eq!((last_day.changes.len(), last_day.stale.len()), (0, 0));
}

#[test]
fn a_waiver_for_a_base_that_is_gone_is_stale() {
    let waivers = Waivers::parse("waivers.toml", WAIVER).unwrap();
    assert_eq!(waivers.without_base(&["1.0.0"]), []);
    assert_eq!(waivers.without_base(&["1.1.0"]).len(), 1);
}

#[test]
fn a_waiver_says_what_it_lifts_for_whom_and_why() {
    for (line, reason) in [
        ("reason", "waivers.toml:2: a waiver needs a `reason`"),
        ("rule", "a waiver needs the `rule` that it lifts"),
        ("base", "a waiver needs the `base`"),
        ("operation", "a waiver needs an `operation`"),
    ] {
        let without: Vec<&str> = WAIVER.lines().filter(|text| !text.starts_with(line)).collect();
        let refusal = refusal(&without.join("\n"));
        assert!(refusal.contains(reason), "{refusal}");
    }
    assert!(refusal(&WAIVER.replace("operation-removed", "no-rule")).contains("there is no rule `no-rule`"));
    assert!(refusal(&format!("{WAIVER}until = \"soon\"")).contains("has to be a day"));
    assert!(refusal(&format!("{WAIVER}because = \"x\"")).starts_with("waivers.toml: "));
}

#[test]
fn reports_for_tools_have_everything() {
    let report = report(judged(""));
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    let change = &json["bases"][0]["changes"][0];
    assert_eq!(change["rule"], "operation-removed");
    assert_eq!(change["base"]["line"], 6);
    assert_eq!(change["operations"][0], "POST /books");
    let junit = report.to_junit(Severity::Breaking).unwrap();
    assert!(
        junit.contains("<testsuite name=\"base.yaml\" tests=\"1\" skipped=\"0\" errors=\"0\" failures=\"1\""),
        "{junit}"
    );
    assert!(junit.contains("type=\"operation-removed\""), "{junit}");
}
