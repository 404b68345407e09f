//! The contract engine, tried on a small document: what is right passes, and each way to be wrong is found.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use orderly_contract::coverage::Exceptions;
use orderly_contract::{
    Check, Contract, Conventions, Coverage, Document, Exception, Exchange, Received, Sent, sample,
};
use orderly_document::Pointer;
use serde_json::{Value, json};

fn conventions() -> Conventions {
    Conventions {
        problem: Some(Pointer::from("/components/schemas/Problem")),
        invalid: Some("invalid".to_owned()),
        unknown_path: Some("no_route".to_owned()),
        unknown_method: Some("no_method".to_owned()),
        request_id: Some("X-Request-ID".to_owned()),
        closed: true,
    }
}

fn document() -> Document {
    let problem = json!({
        "description": "It is invalid (`invalid`).",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    let shelf = json!({
        "name": "shelf", "in": "path", "required": true, "schema": { "type": "string", "maxLength": 8 }, "example": "a",
    });
    let value = json!({
        "openapi": "3.0.3",
        "x-common-headers": { "X-Request-ID": "The id." },
        "security": [{ "bearer": [] }],
        "paths": { "/books/{shelf}": {
            "parameters": [shelf],
            "get": {
                "operationId": "list_books", "security": [],
                "parameters": [{ "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1 } }],
                "responses": {
                    "200": {
                        "description": "Books.",
                        "content": { "application/json": { "schema": {
                            "type": "array", "items": { "$ref": "#/components/schemas/Book" },
                        } } },
                    },
                    "400": problem,
                },
            },
            "post": {
                "operationId": "add_book",
                "requestBody": { "required": true, "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/Book" }, "example": { "title": "Emma", "pages": 1 },
                } } },
                "responses": {
                    "201": {
                        "description": "Added.",
                        "headers": { "ETag": { "required": true, "schema": { "type": "string", "minLength": 3 } } },
                        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Book" } } },
                    },
                    "204": { "description": "It was there." },
                    "400": problem,
                    "4XX": problem,
                },
            },
        } },
        "components": {
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "Book": {
                    "type": "object", "required": ["title"],
                    "properties": { "title": { "type": "string" }, "pages": { "type": "integer", "nullable": true } },
                },
                "Problem": {
                    "type": "object", "required": ["status", "code", "request_id"],
                    "properties": {
                        "status": { "type": "integer" }, "request_id": { "type": "string" }, "instance": { "type": "string" },
                        "code": { "type": "string", "enum": ["invalid", "conflict", "no_route", "no_method"] },
                    },
                },
            },
        },
    });
    let source = orderly_document::Document::parse("books.json", value.to_string().as_bytes()).unwrap();
    Document::new(source).unwrap()
}

fn contract() -> Contract {
    Contract::new(document(), conventions())
}

/// `name: value` lines.
fn headers(lines: &[&str]) -> HeaderMap {
    let pairs = lines.iter().map(|line| line.split_once(": ").unwrap());
    pairs
        .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap()))
        .collect()
}

fn exchange(
    request: &str,
    sent: &[&str],
    body: Value,
    status: u16,
    received: &[&str],
    answer: Value,
) -> Exchange {
    let bytes = |value: Value| if value.is_null() { Bytes::new() } else { Bytes::from(value.to_string()) };
    let (method, target) = request.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let mut received = headers(received);
    received.insert("x-request-id", HeaderValue::from_static("r1"));
    Exchange {
        via: "http",
        sent: Sent {
            method: method.parse().unwrap(),
            path: path.to_owned(),
            query: query.map(str::to_owned),
            headers: headers(sent),
            body: bytes(body),
        },
        received: Received {
            status: StatusCode::from_u16(status).unwrap(),
            headers: received,
            body: bytes(answer),
        },
    }
}

fn get(target: &str, status: u16, media_type: &str, answer: Value) -> Exchange {
    exchange(
        &format!("GET {target}"),
        &[],
        Value::Null,
        status,
        &[&format!("content-type: {media_type}")],
        answer,
    )
}

fn post(body: Value, status: u16, received: &[&str], answer: Value) -> Exchange {
    let sent = ["authorization: Bearer x", "content-type: application/json; charset=utf-8"];
    exchange("POST /books/a", &sent, body, status, received, answer)
}

const JSON: &str = "content-type: application/json";
const PROBLEM: &str = "content-type: application/problem+json";

fn problem(status: u16, code: &str) -> Value {
    json!({ "status": status, "code": code, "request_id": "r1", "instance": "/books/a" })
}

#[test]
fn what_the_document_says_is_found_to_be_right() {
    let emma = json!({ "title": "Emma", "pages": null });
    let right = [
        get("/books/a?limit=5", 200, "application/json; charset=utf-8", json!([emma])),
        get("/books/a?limit=0", 400, "application/problem+json", problem(400, "invalid")),
        exchange("HEAD /books/a", &[], Value::Null, 200, &[JSON], Value::Null),
        post(emma.clone(), 201, &[JSON, "etag: \"1\"", "content-length: 9", "date: today"], emma.clone()),
        post(emma.clone(), 204, &[], Value::Null),
        post(json!({ "pages": 1 }), 400, &[PROBLEM], problem(400, "invalid")),
        exchange(
            "GET /nowhere",
            &[],
            Value::Null,
            404,
            &[PROBLEM],
            json!({
                "status": 404, "code": "no_route", "request_id": "r1", "instance": "/nowhere",
            }),
        ),
        exchange(
            "PUT /books/a",
            &[],
            Value::Null,
            405,
            &[PROBLEM, "allow: GET, HEAD, POST"],
            problem(405, "no_method"),
        ),
    ];
    for exchange in right {
        assert_eq!(contract().check(&exchange), [], "{exchange}");
    }
}

#[test]
fn each_way_to_differ_from_the_document_is_found() {
    let emma = json!({ "title": "Emma" });
    let cases = [
        (
            "an undeclared status",
            Check::NoServerError,
            get("/books/a", 500, "text/plain", Value::Null),
            "#/paths/~1books~1{shelf}/get/responses",
        ),
        (
            "an undeclared media type",
            Check::MediaType,
            get("/books/a", 200, "text/html", json!([])),
            "200/content",
        ),
        (
            "a missing member",
            Check::Body,
            get("/books/a", 200, "application/json", json!([{}])),
            "#/components/schemas/Book/required/0",
        ),
        (
            "an undeclared member",
            Check::Body,
            get("/books/a", 200, "application/json", json!([{ "title": "E", "x": 1 }])),
            "schema",
        ),
        (
            "a wrong type",
            Check::Body,
            get("/books/a", 200, "application/json", json!({})),
            "application~1json/schema/type",
        ),
        (
            "a missing header",
            Check::Headers,
            post(emma.clone(), 201, &[JSON], emma.clone()),
            "responses/201/headers/ETag",
        ),
        (
            "an invalid header",
            Check::Headers,
            post(emma.clone(), 201, &[JSON, "etag: 1"], emma.clone()),
            "headers/ETag/schema",
        ),
        (
            "an undeclared header",
            Check::Headers,
            post(emma.clone(), 204, &["x-debug: 1"], Value::Null),
            "204/headers",
        ),
        (
            "a body where none is declared",
            Check::Body,
            post(emma.clone(), 204, &[JSON], json!(1)),
            "responses/204",
        ),
        (
            "an invalid body that was accepted",
            Check::Refusal,
            post(json!({ "title": 1 }), 204, &[], Value::Null),
            "schema",
        ),
        (
            "an invalid parameter that was accepted",
            Check::Refusal,
            get("/books/a?limit=0", 200, "application/json", json!([])),
            "0/schema",
        ),
        (
            "a text for a number",
            Check::Refusal,
            get("/books/a?limit=x", 200, "application/json", json!([])),
            "0/schema",
        ),
        (
            "a parameter sent twice",
            Check::Refusal,
            get("/books/a?limit=1&limit=2", 200, "application/json", json!([])),
            "parameters/0",
        ),
        (
            "an unknown parameter",
            Check::Refusal,
            get("/books/a?colour=red", 200, "application/json", json!([])),
            "get/parameters",
        ),
        (
            "a long path parameter",
            Check::Refusal,
            get("/books/123456789", 200, "application/json", json!([])),
            "parameters/0/schema",
        ),
        (
            "a valid request that was refused",
            Check::Acceptance,
            post(emma.clone(), 400, &[PROBLEM], problem(400, "invalid")),
            "post",
        ),
        (
            "a code that this answer does not name",
            Check::Problem,
            post(json!({}), 409, &[PROBLEM], problem(409, "conflict")),
            "4XX/description",
        ),
        (
            "an unknown code",
            Check::Body,
            get("/books/a?limit=0", 400, "application/problem+json", problem(400, "oops")),
            "#/components/schemas/Problem/properties/code/enum",
        ),
        (
            "a problem of another status",
            Check::Problem,
            get("/books/a?x=1", 400, "application/problem+json", problem(401, "invalid")),
            "400",
        ),
        (
            "no credential",
            Check::Authentication,
            exchange("POST /books/a", &[JSON], emma.clone(), 204, &[], Value::Null),
            "post/security",
        ),
        (
            "another media type that was accepted",
            Check::Refusal,
            exchange(
                "POST /books/a",
                &["authorization: Bearer x", "content-type: text/csv"],
                emma,
                204,
                &[],
                Value::Null,
            ),
            "post/requestBody",
        ),
        (
            "an unknown path that is served",
            Check::Status,
            get("/nowhere", 200, "application/json", json!([])),
            "#/paths",
        ),
        (
            "a wrong Allow",
            Check::Method,
            exchange(
                "PUT /books/a",
                &[],
                Value::Null,
                405,
                &[PROBLEM, "allow: GET"],
                problem(405, "no_method"),
            ),
            "#/paths/~1books~1{shelf}",
        ),
    ];
    for (name, check, exchange, place) in cases {
        let findings = contract().check(&exchange);
        let found = findings.iter().any(|one| one.check == check && one.place.to_string().ends_with(place));
        assert!(found, "{name}: {findings:#?}");
    }
}

#[test]
fn a_missing_common_header_is_found_everywhere() {
    let mut exchange = get("/nowhere", 404, "application/problem+json", problem(404, "no_route"));
    exchange.received.headers.remove("x-request-id");
    let findings = contract().check(&exchange);
    assert!(
        findings.iter().any(|finding| finding.place.to_string() == "#/x-common-headers/X-Request-ID"),
        "{findings:?}"
    );
}

#[test]
fn a_sample_is_a_valid_request() {
    let document = document();
    let sample = sample::request(&document, document.operation("add_book").unwrap()).unwrap();
    assert_eq!((sample.method, sample.path.as_str()), (Method::POST, "/books/a"));
    assert_eq!(sample.body, Some(("application/json".to_owned(), json!({ "title": "Emma", "pages": 1 }))));
}

#[test]
fn coverage_misses_what_was_not_seen_and_what_is_wrongly_excepted() {
    let document = document();
    let mut coverage = Coverage::default();
    coverage.count(&document, &get("/books/a", 200, "application/json", json!([])));
    coverage.count(&document, &post(json!({}), 418, &[PROBLEM], Value::Null));
    let except = |operation, status| Exception { operation, status, reason: "it rains" };
    let exceptions = [except("add_book", "201"), except("list_books", "200"), except("add_book", "599")];
    let gaps = coverage.gaps(&document, &exceptions, &["http"]);
    assert_eq!(
        gaps,
        [
            "list_books 400 was never seen",
            "add_book 204 was never seen",
            "add_book 400 was never seen",
            "list_books 200 was seen, though it is excepted because it rains",
            "add_book 599 is excepted, but not declared",
        ]
    );
    assert_eq!(coverage.gaps(&document, &[], &["sdk"]).iter().filter(|gap| gap.contains("`sdk`")).count(), 2);
    let survey = coverage.survey(&document, &Exceptions { answers: &exceptions, ..Exceptions::default() });
    let table = survey.table().to_string();
    assert!(table.contains("| list_books |     1 |"), "{table}");
    assert!(table.contains("2 of 6 declared answers of 2 operations were seen, in 2 exchanges."), "{table}");
}
