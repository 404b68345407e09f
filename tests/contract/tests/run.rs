//! Whole runs against servers made from a document: a right one gives nothing to tell, a wrong one is told once, simply
//! and without credentials, in every report.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::{collections::BTreeSet, sync::Arc};

use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use orderly_contract::{
    Check, Contract, Conventions, Document, FREE_PORT, Listener,
    coverage::Exceptions,
    mock::{self, Mock},
    report::Report,
    run::{self, Progress, RunError, Settings},
    target::{self, Identity, Target},
};
use orderly_document::Document as Source;
use serde_json::{Value, json};

/// Books on shelves, with a credential.
fn books() -> Source {
    let book = json!({ "type": "object", "additionalProperties": false, "required": ["id", "title"], "properties": {
        "id": { "type": "string", "minLength": 1, "readOnly": true },
        "title": { "type": "string", "minLength": 1, "maxLength": 40 },
        "pages": { "type": "integer", "minimum": 1, "maximum": 5000 },
    } });
    let answer = |schema: Value| json!({ "description": "So it is.", "content": { "application/json": { "schema": schema } } });
    let refused = json!({ "description": "No." });
    let one = json!({ "$ref": "#/components/schemas/Book" });
    let body = json!({ "required": true, "content": { "application/json": { "schema": one } } });
    let statuses = |own: Value| {
        let mut all = own;
        for status in ["400", "401", "404", "405", "413", "415"] {
            all[status] = refused.clone();
        }
        all
    };
    let value = json!({
        "openapi": "3.0.3", "info": { "title": "Books", "version": "1" },
        "security": [{ "bearer": [] }],
        "components": {
            "schemas": { "Book": book },
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } },
        },
        "paths": {
            "/books": {
                "get": {
                    "operationId": "list_books", "tags": ["reading"],
                    "parameters": [{ "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 50 } }],
                    "responses": statuses(json!({ "200": answer(json!({ "type": "array", "items": one })) })),
                },
                "post": { "operationId": "add_book", "requestBody": body, "responses": statuses(json!({ "201": answer(one.clone()) })) },
            },
            "/books/{book_id}": {
                "parameters": [{ "name": "book_id", "in": "path", "required": true, "schema": { "type": "string" } }],
                "get": { "operationId": "get_book", "tags": ["reading"], "responses": statuses(json!({ "200": answer(one.clone()) })) },
                "delete": { "operationId": "remove_book", "responses": statuses(json!({ "204": refused })) },
            },
        },
    });
    Source::parse("books.json", value.to_string().as_bytes()).unwrap()
}

const TOKEN: &str = "t0ps3cret-t0ken";

fn contract() -> Contract {
    let document = Document::new(books()).unwrap().at("");
    let conventions = Conventions::of(&document);
    Contract::new(document, conventions)
}

fn target(contract: &Contract, address: std::net::SocketAddr) -> Target {
    let identities = Identity::parse([format!("bearer={TOKEN}").as_str()], contract.document()).unwrap();
    Target::new(&format!("http://{address}"), target::Settings { identities, ..Default::default() }).unwrap()
}

async fn mock() -> Mock {
    let settings = mock::Settings { accepted: vec![TOKEN.to_owned()], ..Default::default() };
    Mock::start(Arc::new(Document::new(books()).unwrap()), settings).await.unwrap()
}

fn small() -> Settings {
    Settings { cases: 200, ..Settings::default() }
}

/// A server that answers everything with this.
async fn always(status: StatusCode, body: &'static str) -> Listener {
    let answer = move |_: Request<Incoming>| async move {
        let answer = Response::builder().status(status).header("content-type", "application/json");
        answer.body(Full::from(body)).unwrap()
    };
    Listener::start(FREE_PORT, answer).await.unwrap()
}

fn checks(report: &Report) -> Vec<Check> {
    report.findings.iter().map(|reported| reported.finding.check).collect()
}

/// Notes which stages go by.
#[derive(Default)]
struct Notes(Vec<&'static str>);

impl Progress for Notes {
    fn begins(&mut self, stage: &'static str, _cases: Option<usize>) {
        self.0.push(stage);
    }
    fn advances(&mut self, _done: usize, _findings: usize) {}
    fn ends(&mut self, stage: &orderly_contract::report::Stage) {
        assert_eq!(self.0.last(), Some(&stage.name));
    }
}

#[tokio::test]
async fn a_right_server_gives_nothing_to_tell() {
    let (contract, server, mut notes) = (contract(), mock().await, Notes::default());
    let report =
        run::run(&contract, &target(&contract, server.address()), &small(), &mut notes).await.unwrap();
    assert!(report.findings.is_empty(), "{}", report.text(contract.document()));
    assert_eq!(report.stopped, None);
    assert_eq!(notes.0, ["setup", "examples", "coverage", "random", "stateful", "probes"]);
    assert_eq!(report.stages[3].cases, 200);
    let text = report.text(contract.document()).to_string();
    assert!(text.contains("no findings in") && text.contains("seed 1"), "{text}");
}

#[tokio::test]
async fn a_wrong_server_is_told_once_each_in_every_report_and_without_the_credential() {
    let (contract, server) = (contract(), always(StatusCode::OK, r#"{"id": 7}"#).await);
    let report = run::run(&contract, &target(&contract, server.address()), &small(), &mut ()).await.unwrap();
    let found = checks(&report);
    for check in [Check::Body, Check::Status, Check::Refusal, Check::Authentication] {
        assert!(found.contains(&check), "{check} is not among {found:?}");
    }
    let mut keys: Vec<_> = report
        .findings
        .iter()
        .map(|one| (one.finding.check, &one.operation, &one.finding.place, &one.finding.expected))
        .collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), report.findings.len());
    assert!(report.findings.iter().any(|reported| reported.times > 1));

    let document = contract.document();
    let text = report.text(document).to_string();
    let json = report.json(document);
    let junit = report.junit(document).unwrap();
    for told in [&text, &json.to_string(), &junit] {
        assert!(!told.contains(TOKEN), "{told}");
        assert!(told.contains("curl -sS"), "{told}");
    }
    assert!(text.contains("books.json:1:"), "{text}");
    assert!(text.contains("${CONTRACT_BEARER} stands for the credential of `--auth bearer=…`"), "{text}");
    assert_eq!(json["findings"].as_array().unwrap().len(), report.findings.len());
    let read = quick_junit::Report::deserialize_from_str(&junit).unwrap();
    assert_eq!(read.test_suites.len(), document.operations().len());
    for suite in &read.test_suites {
        let names: BTreeSet<&str> = suite.test_cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names.len(), suite.test_cases.len(), "{:?}", suite.name);
    }
    assert_eq!(json["coverage"]["answers"]["all"], 28);
    assert!(
        json["coverage"]["missing_answers"]
            .as_array()
            .unwrap()
            .contains(&json!("list_books 404 was never seen"))
    );
}

#[tokio::test]
async fn one_case_can_be_repeated_by_its_name() {
    let (contract, server) = (contract(), always(StatusCode::INTERNAL_SERVER_ERROR, "{}").await);
    let target = target(&contract, server.address());
    let settings = Settings { operations: vec!["list_*".to_owned()], ..small() };
    let report = run::run(&contract, &target, &settings, &mut ()).await.unwrap();
    let failed = report.findings.iter().find(|one| one.case.contains("/coverage/")).unwrap();
    let only = Settings { case: Some(failed.case.clone()), ..small() };
    let again = run::run(&contract, &target, &only, &mut ()).await.unwrap();
    let cases: usize = again.stages.iter().skip(1).map(|stage| stage.cases).sum();
    assert_eq!(cases, 1);
    assert!(again.findings.iter().any(|one| one.case == failed.case && one.finding == failed.finding));
}

#[tokio::test]
async fn a_probe_can_be_repeated_by_its_name_and_a_name_that_is_none_is_told() {
    let (contract, server) = (contract(), always(StatusCode::OK, "[]").await);
    let target = target(&contract, server.address());
    let only = |name: &str| Settings { case: Some(name.to_owned()), ..small() };
    let report =
        run::run(&contract, &target, &only("list_books/probe/authentication"), &mut ()).await.unwrap();
    let probes: Vec<_> = report.findings.iter().filter(|one| one.case.contains("/probe/")).collect();
    assert!(probes.iter().any(|one| one.finding.check == Check::Authentication), "{:?}", checks(&report));
    assert!(probes.iter().all(|one| one.case == "list_books/probe/authentication"));
    let error = run::run(&contract, &target, &only("list_books/random/999999"), &mut ()).await.unwrap_err();
    assert!(matches!(error, RunError::NoCase { .. }), "{error}");
}

#[tokio::test]
async fn a_run_that_is_interrupted_tells_what_it_has_found() {
    /// Says when the first stage after the preparation has come so far.
    struct Watcher(tokio::sync::watch::Sender<bool>);
    impl Progress for Watcher {
        fn begins(&mut self, _stage: &'static str, _cases: Option<usize>) {}
        fn advances(&mut self, _done: usize, findings: usize) {
            self.0.send_replace(findings > 0);
        }
        fn ends(&mut self, _stage: &orderly_contract::report::Stage) {}
    }
    let (contract, server) = (contract(), always(StatusCode::INTERNAL_SERVER_ERROR, "{}").await);
    let target = target(&contract, server.address());
    let (sender, mut receiver) = tokio::sync::watch::channel(false);
    let stop = async move {
        let _ = receiver.wait_for(|found| *found).await;
        "it was interrupted".to_owned()
    };
    let report = run::run_until(&contract, &target, &small(), &mut Watcher(sender), stop).await.unwrap();
    assert_eq!(report.stopped.as_deref(), Some("it was interrupted"));
    assert!(!report.findings.is_empty());
    assert!(report.stages.last().is_some_and(|stage| stage.name != "probes"), "{:?}", report.stages);
    let junit = report.junit(contract.document()).unwrap();
    assert!(junit.contains("it was interrupted"), "{junit}");
}

#[tokio::test]
async fn a_run_in_which_nothing_succeeds_is_doubted() {
    let contract = contract();
    let (wrong, right) = (always(StatusCode::NOT_FOUND, "").await, mock().await);
    let settings = Settings { operations: vec!["list_books".to_owned()], ..small() };
    let report = run::run(&contract, &target(&contract, wrong.address()), &settings, &mut ()).await.unwrap();
    assert!(report.doubt(contract.document()).unwrap().contains("no request has succeeded"));
    let report = run::run(&contract, &target(&contract, right.address()), &settings, &mut ()).await.unwrap();
    assert_eq!(report.doubt(contract.document()), None);
}

#[tokio::test]
async fn what_was_not_asked_for_is_not_missing() {
    let (contract, server) = (contract(), mock().await);
    let settings = Settings { operations: vec!["list_books".to_owned()], ..small() };
    let report = run::run(&contract, &target(&contract, server.address()), &settings, &mut ()).await.unwrap();
    let document = contract.document();
    let survey = report.survey(document, &Exceptions::default());
    assert_eq!(
        survey.operations.iter().map(|one| one.operation.id.as_str()).collect::<Vec<_>>(),
        ["list_books"]
    );
    assert!(!report.junit(document).unwrap().contains("remove_book"));
}

#[tokio::test]
async fn a_run_ends_when_there_are_findings_enough() {
    let (contract, server) = (contract(), always(StatusCode::OK, "[]").await);
    let settings = Settings { max_findings: Some(2), jobs: 1, ..small() };
    let report = run::run(&contract, &target(&contract, server.address()), &settings, &mut ()).await.unwrap();
    assert!(report.findings.len() < 10, "{}", report.findings.len());
    assert!(report.stopped.unwrap().contains("findings"));
}

#[tokio::test]
async fn a_credential_that_is_never_taken_ends_the_run_and_says_so() {
    let (contract, server) = (contract(), always(StatusCode::UNAUTHORIZED, "{}").await);
    let report = run::run(&contract, &target(&contract, server.address()), &small(), &mut ()).await.unwrap();
    assert!(report.stopped.unwrap().contains("does not take the main credential"));
}

#[tokio::test]
async fn a_server_that_goes_away_is_a_finding_with_the_last_request_and_one_that_never_was_is_none() {
    let contract = contract();
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = run::run(&contract, &target(&contract, nobody), &small(), &mut ()).await.unwrap_err();
    assert!(matches!(error, RunError::Unreachable { .. }), "{error}");

    /// Ends the server when the first stage is over.
    struct Ender(Option<Mock>);
    impl Progress for Ender {
        fn begins(&mut self, _stage: &'static str, _cases: Option<usize>) {}
        fn advances(&mut self, _done: usize, _findings: usize) {}
        fn ends(&mut self, _stage: &orderly_contract::report::Stage) {
            self.0 = None;
        }
    }
    let server = mock().await;
    let target = target(&contract, server.address());
    let report = run::run(&contract, &target, &small(), &mut Ender(Some(server))).await.unwrap();
    assert_eq!(report.stopped.as_deref(), Some("the server is gone"));
    assert!(
        checks(&report).contains(&Check::NoServerError)
            && report.findings.iter().any(|one| one.unanswered.is_some())
    );
}

#[tokio::test]
async fn an_operation_that_does_not_exist_is_met_with_names_that_do() {
    let contract = contract();
    for (wanted, expected) in [("list_book", "list_books"), ("tag:readin", "tag:reading")] {
        let settings = Settings { operations: vec![wanted.to_owned()], ..small() };
        let server = always(StatusCode::OK, "[]").await;
        let error =
            run::run(&contract, &target(&contract, server.address()), &settings, &mut ()).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
}
