//! Cases that the phases make of a document: what they try, and that each is what it claims to be.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::{collections::BTreeSet, sync::LazyLock};

use http::Method;
use orderly_contract::{
    Case, Document, Intent, Keyword, Location, Operation, Parameter, PayloadContent, Phase, Polarity, Rule,
    mistakes,
    phase::{self, Known},
};
use serde_json::{Value, json};

fn document() -> Document {
    let text = include_bytes!("documents/library.yaml");
    let source = orderly_document::Document::parse("library.yaml", text).unwrap();
    let document = Document::new(source).unwrap();
    assert_eq!(document.remarks(), []);
    document
}

fn coverage(document: &Document, id: &str) -> Vec<Case> {
    phase::coverage(document, document.operation(id).unwrap(), &())
}

/// Every case of every phase, with nothing known of the server.
static ALL: LazyLock<Vec<Case>> = LazyLock::new(|| all(&document()));

fn all(document: &Document) -> Vec<Case> {
    let of = |operation: &Operation| {
        let mut cases = phase::examples(document, operation, &());
        cases.extend(phase::coverage(document, operation, &()));
        let random = (0..100).filter_map(|number| {
            phase::random(document, operation, &(), &mut phase::rng(1, operation, number))
        });
        cases.extend(random);
        cases
    };
    document.operations().iter().flat_map(of).collect()
}

fn titles(cases: &[Case]) -> Vec<&str> {
    cases.iter().map(|case| case.title.as_str()).collect()
}

#[test]
fn every_case_is_what_it_claims_to_be() {
    let document = document();
    assert!(ALL.len() > 800, "{}", ALL.len());
    for case in &*ALL {
        let operation = document.operation(&case.operation).unwrap();
        let sent = case.parts.sent(&document, operation);
        if case.parts.method != operation.method {
            continue;
        }
        let mistakes = mistakes(&document, operation, &sent);
        assert_eq!(mistakes.is_empty(), case.intent == Intent::Valid, "{case:#?} {mistakes:#?}");
    }
}

#[test]
fn every_case_names_a_place_of_the_document() {
    let document = document();
    for case in &*ALL {
        let places = case.touches.iter().map(|touch| &touch.place);
        let broken = match &case.intent {
            Intent::Valid => None,
            Intent::Invalid { place, .. } => Some(place),
        };
        // What is said by leaving it out, as `additionalProperties` is in an open object, stands nowhere.
        for place in places.chain(broken) {
            let above = place.parent().unwrap();
            assert!(document.source().get(&above).is_some(), "{place}: {}", case.title);
        }
    }
}

#[test]
fn the_coverage_phase_tries_each_way_to_send_a_request() {
    let document = document();
    let cases = coverage(&document, "add_book");
    let titles = titles(&cases);
    for expected in [
        "only what is required",
        "Idempotency-Key: missing",
        "a parameter that is not declared",
        "dry_run: twice",
        "dry_run: a text",
        "dry_run: nothing",
        "body: as application/json; charset=utf-8",
        "body: as APPLICATION/JSON",
        "body: a media type that is not declared",
        "body: no media type",
        "body: truncated JSON",
        "body: something after the JSON",
        "body: JSON that is not UTF-8",
        "body: no JSON",
        "body: empty",
        "body: missing",
    ] {
        assert!(titles.contains(&expected), "{expected} is missing from {titles:#?}");
    }
    let broken: BTreeSet<Keyword> = cases
        .iter()
        .filter_map(|case| match case.intent {
            Intent::Invalid { rule: Rule::Keyword(keyword), .. } => Some(keyword),
            _ => None,
        })
        .collect();
    for keyword in [
        Keyword::Type,
        Keyword::Required,
        Keyword::MinLength,
        Keyword::MaxLength,
        Keyword::Minimum,
        Keyword::Enum,
        Keyword::Pattern,
        Keyword::AdditionalProperties,
        Keyword::UniqueItems,
        Keyword::MaxItems,
    ] {
        assert!(broken.contains(&keyword), "{keyword} is not broken, only {broken:?}");
    }
}

#[test]
fn methods_are_tried_once_for_each_path_and_only_where_nothing_takes_them() {
    let document = document();
    let tried = |id: &str| -> Vec<Method> {
        let is_method = |case: &Case| matches!(case.intent, Intent::Invalid { rule: Rule::Method, .. });
        coverage(&document, id).into_iter().filter(is_method).map(|case| case.parts.method).collect()
    };
    assert_eq!(tried("list_books"), [Method::PUT, Method::PATCH, Method::DELETE, Method::TRACE]);
    assert_eq!(tried("add_book"), [] as [Method; 0]);
    // `/books/{isbn}` has DELETE, and fits this path too.
    assert!(!tried("newest_book").contains(&Method::DELETE));
}

#[test]
fn a_path_leads_where_it_should() {
    let document = document();
    for case in &*ALL {
        let operation = document.operation(&case.operation).unwrap();
        let sent = case.parts.sent(&document, operation);
        assert!(sent.path.starts_with("/api/books"), "{}", sent.path);
        assert!(!sent.path.contains("//") && !sent.path.ends_with('/'), "{}", sent.path);
        if case.operation == "book_cover" {
            assert!(sent.path.ends_with(".png"), "{}", sent.path);
        }
    }
}

#[test]
fn forms_and_files_are_tried_too() {
    let document = document();
    let cases = coverage(&document, "add_cover");
    let media_types: BTreeSet<&str> = cases
        .iter()
        .filter_map(|case| case.parts.body.as_ref())
        .map(|body| body.media_type.as_str())
        .collect();
    assert!(media_types.contains("multipart/form-data"), "{media_types:?}");
    assert!(media_types.contains("application/x-www-form-urlencoded"), "{media_types:?}");
    for media_type in ["multipart/form-data", "application/x-www-form-urlencoded"] {
        let is_short = |case: &Case| {
            let is_of = case.parts.body.as_ref().is_some_and(|body| body.media_type == media_type);
            is_of && matches!(case.intent, Intent::Invalid { rule: Rule::Keyword(Keyword::MinLength), .. })
        };
        assert!(cases.iter().any(is_short), "{media_type}: {:#?}", titles(&cases));
    }
}

#[test]
fn examples_are_cases_unless_their_own_schema_forbids_them() {
    let document = document();
    let cases = phase::examples(&document, document.operation("add_book").unwrap(), &());
    let titles = titles(&cases);
    assert!(titles.contains(&"application/json: the example `emma`"), "{titles:?}");
    assert!(!titles.contains(&"application/json: the example `unnamed`"), "{titles:?}");
    assert!(cases.iter().all(|case| case.phase == Phase::Examples && case.intent == Intent::Valid));
    let remarks: Vec<String> = phase::example_remarks(&document).iter().map(ToString::to_string).collect();
    assert_eq!(remarks.len(), 1, "{remarks:?}");
    assert!(remarks[0].starts_with("library.yaml:"), "{remarks:?}");
    assert!(remarks[0].contains("the example breaks its own schema: /title is required"), "{remarks:?}");
}

/// A server that has one book.
struct OneBook;

impl Known for OneBook {
    fn value(&self, _: &Operation, parameter: &Parameter) -> Option<Value> {
        (parameter.location == Location::Path).then(|| json!("9780141439587"))
    }

    fn fill(&self, _: &Document, _: &Operation, _: &str, body: &mut Value) {
        if body["sequel_of"].is_string() {
            body["sequel_of"] = json!("9780141439587");
        }
    }
}

#[test]
fn what_is_known_of_the_server_is_asked_for() {
    let document = document();
    let operation = document.operation("delete_book").unwrap();
    let cases = phase::coverage(&document, operation, &OneBook);
    assert_eq!(cases[0].parts.sent(&document, operation).path, "/api/books/9780141439587");

    let add = document.operation("add_book").unwrap();
    let cases = phase::coverage(&document, add, &OneBook);
    let whole = cases.iter().find(|case| case.title == "body: all members").unwrap();
    let Some(PayloadContent::Value(body)) = whole.parts.body.as_ref().map(|body| &body.content) else {
        panic!("{whole:#?}");
    };
    assert_eq!(body["sequel_of"], "9780141439587");
    // A case that is about the reference keeps its own value.
    let is_broken = |case: &&Case| {
        case.parts.body.as_ref().is_some_and(|body| match &body.content {
            PayloadContent::Value(body) => {
                body["sequel_of"].is_string() && body["sequel_of"] != "9780141439587"
            }
            PayloadContent::Bytes(_) => false,
        })
    };
    assert!(cases.iter().any(|case| is_broken(&case) && case.intent != Intent::Valid));
}

#[test]
fn the_same_seed_makes_the_same_cases() {
    let document = document();
    assert_eq!(all(&document), *ALL);
    let operation = document.operation("add_book").unwrap();
    let case =
        |seed, number| phase::random(&document, operation, &(), &mut phase::rng(seed, operation, number));
    assert_eq!(case(1, 7), case(1, 7));
    assert_ne!(case(1, 7), case(2, 7));
    assert_ne!(case(1, 7), case(1, 8));
}

#[test]
fn random_requests_are_mostly_valid() {
    let document = document();
    let operation = document.operation("add_book").unwrap();
    let random = phase::Random::new(&document, operation);
    let cases: Vec<Case> =
        (0..200).filter_map(|number| random.case(&(), &mut phase::rng(3, operation, number))).collect();
    let valid = cases.iter().filter(|case| case.intent == Intent::Valid).count();
    assert_eq!(cases.len(), 200);
    assert!((120..190).contains(&valid), "{valid} of 200 are valid");
    let broken = cases.iter().filter(|case| case.intent != Intent::Valid);
    assert!(broken.clone().all(|case| case.touches.iter().all(|touch| touch.polarity == Polarity::Broken)));
}

#[test]
fn a_case_shrinks_to_one_that_has_no_more_than_the_mistake() {
    let document = document();
    let operation = document.operation("list_books").unwrap();
    let random = phase::Random::new(&document, operation);
    let is_too_little =
        |case: &Case| matches!(&case.intent, Intent::Invalid { rule: Rule::Keyword(Keyword::Minimum), .. });
    let mut case = (0..2000)
        .filter_map(|number| random.case(&(), &mut phase::rng(5, operation, number)))
        .find(|case| is_too_little(case) && case.parts.arguments.len() > 2)
        .unwrap();
    let intent = case.intent.clone();
    for _ in 0..100 {
        let Some(simpler) = phase::shrink(&document, operation, &case).next() else { break };
        case = simpler;
    }
    assert_eq!(case.intent, intent);
    let names: Vec<&str> = case.parts.arguments.iter().map(|argument| argument.name.as_str()).collect();
    assert_eq!(names, ["limit"]);
}

#[test]
fn operations_that_cannot_be_read_are_left_out_with_a_remark() {
    let value = json!({ "openapi": "3.0.3", "info": { "title": "A", "version": "1" }, "paths": {
        "/right": { "get": { "responses": {} } },
        "/outside": { "get": { "parameters": [{ "$ref": "other.yaml#/P" }], "responses": {} } },
        "/undeclared/{id}": { "get": { "responses": {} } },
        "/query?x": { "get": { "responses": {} } },
        "/style": { "get": { "parameters": [{ "name": "a", "in": "query", "style": "matrix", "schema": {} }], "responses": {} } },
        "/same": { "get": { "operationId": "twice", "responses": {} }, "put": { "operationId": "twice", "responses": {} } },
        "/headers": { "get": { "operationId": "headers", "responses": {},
            "parameters": [{ "name": "accept", "in": "header", "required": true, "schema": {} }] } },
        "/circle": { "get": { "responses": {}, "parameters": [
            { "name": "a", "in": "query", "schema": { "$ref": "#/components/schemas/Circle" } }] } },
        "/broken": { "post": { "operationId": "broken", "responses": {}, "requestBody": { "content": {
            "application/json": { "schema": { "type": "strong", "minLength": -1 } } } } } },
    }, "components": { "schemas": { "Circle": { "$ref": "#/components/schemas/Circle" } } } });
    let source = orderly_document::Document::parse("test.json", value.to_string().as_bytes()).unwrap();
    let document = Document::new(source).unwrap();
    let ids: Vec<&str> = document.operations().iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, ["GET /right", "twice", "PUT /same", "headers", "GET /circle", "broken"]);
    for operation in document.operations() {
        phase::coverage(&document, operation, &());
        phase::random(&document, operation, &(), &mut phase::rng(1, operation, 1));
    }
    let remarks: Vec<String> = document.remarks().iter().map(|remark| remark.message.clone()).collect();
    for expected in [
        "leads out of the document",
        "`{id}` is not declared",
        "is more than a path",
        "the style `matrix` does not exist for what is in a query",
        "another operation has the id `twice`",
        "`accept` is no parameter",
        "cannot be used",
    ] {
        assert!(remarks.iter().any(|remark| remark.contains(expected)), "{expected}: {remarks:#?}");
    }
}
