//! The page: what was found and what was not seen are on it, with the commands that show them, and nothing of a document
//! or an answer is more than text.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use orderly_contract::{
    Check, Document, Exception, Exchange, Finding, Received, Sent,
    coverage::{Exceptions, Ratio, page},
    phase,
    report::{Report, Reported},
};
use orderly_document::Pointer;
use serde_json::json;

fn document() -> Document {
    let value = json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets <b>", "version": "1" },
        "paths": { "/pets": { "post": {
            "operationId": "add",
            "requestBody": { "required": true, "content": { "application/json": { "schema": {
                "type": "object", "required": ["name"],
                "properties": { "name": { "type": "string", "maxLength": 9 } },
            } } } },
            "responses": {
                "201": { "description": "It is `there` & well." },
                "400": { "description": "Wrong." },
                "500": { "description": "Never." },
                "503": { "description": "Later." },
            },
        } } },
    });
    let source = orderly_document::Document::parse("pets.json", value.to_string().as_bytes()).unwrap();
    Document::new(source).unwrap()
}

/// The document's own cases, answered by a server that does as it is told.
fn tried(document: &Document) -> Report {
    let mut report = Report { base_url: "http://pets".to_owned(), ..Report::default() };
    let operation = document.operation("add").unwrap();
    for case in phase::coverage(document, operation, &()) {
        let is_valid = case.intent == orderly_contract::Intent::Valid;
        let status = if is_valid { StatusCode::CREATED } else { StatusCode::BAD_REQUEST };
        let sent = case.parts.sent(document, operation);
        let received = Received { status, headers: HeaderMap::new(), body: Bytes::new() };
        report.coverage.count_case(document, &case, &Exchange { via: "test", sent, received });
    }
    report
}

const EXCEPTIONS: Exceptions<'_> = Exceptions {
    answers: &[Exception { operation: "add", status: "500", reason: "it never fails" }],
    sites: &[],
    failures: false,
};

#[test]
fn what_was_not_seen_has_the_call_that_shows_it() {
    let document = document();
    let nothing =
        page(&document, &Report { base_url: "http://pets".to_owned(), ..Report::default() }, &EXCEPTIONS);
    for expected in ["to keep it", "to break it", "curl -sS", "http://pets/pets", "it never fails", "Copy"] {
        assert!(nothing.contains(expected), "{expected}");
    }
}

#[test]
fn what_was_seen_is_counted_on_both_sides() {
    let document = document();
    let report = tried(&document);
    let survey = report.coverage.survey(&document, &EXCEPTIONS);
    assert_eq!(survey.answers(), Ratio { seen: 2, excused: 1, all: 4 });
    assert_eq!(survey.rules().missing(), 0, "{:?}", survey.missing_rules());
    assert!(survey.rules().seen >= 8, "{}", survey.rules());
    let page = page(&document, &report, &EXCEPTIONS);
    assert!(!page.contains("to keep it") && !page.contains("to break it"));
    assert!(page.contains("Server and document agree"));
}

#[test]
fn what_counts_for_one_half_counts_for_the_whole() {
    let document = document();
    let (mut one, other) = (tried(&document).coverage, tried(&document).coverage);
    let before = one.survey(&document, &EXCEPTIONS).exchanges;
    one.merge(other);
    let survey = one.survey(&document, &EXCEPTIONS);
    assert_eq!((survey.exchanges, survey.cases), (2 * before, 2 * before));
    assert_eq!(survey.rules().missing(), 0);
}

#[test]
fn a_finding_is_told_with_its_place_and_its_command_and_is_only_text() {
    let document = document();
    let mut report = tried(&document);
    let finding = Finding {
        check: Check::Echo,
        place: Pointer::from("/paths/~1pets/post/responses"),
        expected: "nothing".to_owned(),
        found: "<script>alert(1)</script>".to_owned(),
    };
    let exchange = Exchange {
        via: "test",
        sent: Sent {
            method: "POST".parse().unwrap(),
            path: "/pets".to_owned(),
            query: None,
            headers: HeaderMap::new(),
            body: Bytes::from_static(b"{}"),
        },
        received: Received {
            status: StatusCode::BAD_REQUEST,
            headers: HeaderMap::new(),
            body: Bytes::from_static(b"<img src=x>"),
        },
    };
    report.findings.push(Reported::new(finding, "add", "a try", vec![exchange]));
    let page = page(&document, &report, &EXCEPTIONS);
    for expected in
        ["differ in one thing", "pets.json:1:", "curl -sS", "&lt;script&gt;alert(1)", "Pets &lt;b&gt;"]
    {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("<script>alert") && !page.contains("<img") && !page.contains("http-equiv"));
    assert!(!page.contains("src=\"http") && !page.contains("href=\"http"), "it needs nothing else");
}
