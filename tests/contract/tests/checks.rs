//! The checks on somebody else's document, about whose conventions nothing is known: what a right server may do is no
//! finding, and what a wrong one does is found by the check that is for it.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use orderly_contract::{
    Case, Check, Contract, Conventions, Document, Exchange, Intent, Keyword, Outcome, Parts, Phase, Received,
    Rule, Sent,
};
use orderly_document::Pointer;
use serde_json::{Value, json};

fn contract() -> Contract {
    let pet = json!({ "type": "object", "required": ["name"], "properties": { "name": { "type": "string", "maxLength": 20 } } });
    let value = json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets", "version": "1" },
        "components": { "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } },
        "paths": {
            "/pets": {
                "get": {
                    "parameters": [{ "name": "X-Tenant", "in": "header", "required": true, "schema": { "type": "string" } }],
                    "responses": { "200": {
                        "description": "Pets.",
                        "headers": {
                            "X-Total": { "required": true, "schema": { "type": "integer" } },
                            "X-Tags": { "schema": { "type": "array", "items": { "type": "string", "maxLength": 3 } } },
                        },
                        "content": { "application/json": { "schema": { "type": "array", "items": pet } } },
                    } },
                },
                "post": {
                    "operationId": "add",
                    "security": [{ "token": [] }],
                    "requestBody": { "content": { "application/json": { "schema": pet } } },
                    "responses": { "201": { "description": "Added." }, "422": { "description": "Wrong." } },
                },
            },
            "/pets/{name}": { "get": {
                "operationId": "get",
                "parameters": [{ "name": "name", "in": "path", "required": true, "schema": { "type": "string" } }],
                "responses": { "200": { "description": "A pet.", "content": { "application/*": { "schema": {
                    "type": "object", "properties": { "born": { "type": "integer" }, "name": { "type": "string" } },
                } } } } },
            } },
        },
    });
    let source = orderly_document::Document::parse("pets.json", value.to_string().as_bytes()).unwrap();
    let document = Document::new(source).unwrap();
    let conventions = Conventions::of(&document);
    Contract::new(document, conventions)
}

/// `GET /pets/rex`, the request's headers and body, the status, the answer's headers and body.
fn exchange(
    request: &str,
    sent: &[&str],
    input: &str,
    status: u16,
    received: &[&str],
    body: &str,
) -> Exchange {
    let headers = |lines: &[&str]| -> HeaderMap {
        let pairs = lines.iter().map(|line| line.split_once(": ").unwrap());
        pairs
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect()
    };
    let (method, path) = request.split_once(' ').unwrap();
    Exchange {
        via: "test",
        sent: Sent {
            method: method.parse().unwrap(),
            path: path.to_owned(),
            query: None,
            headers: headers(sent),
            body: Bytes::copy_from_slice(input.as_bytes()),
        },
        received: Received {
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers(received),
            body: Bytes::copy_from_slice(body.as_bytes()),
        },
    }
}

fn get(status: u16, received: &[&str], body: &str) -> Exchange {
    exchange("GET /pets/rex", &[], "", status, received, body)
}

fn add(status: u16, received: &[&str], body: &str) -> Exchange {
    let sent = ["authorization: Bearer a-long-secret-0123", "content-type: application/json"];
    exchange("POST /pets", &sent, r#"{"name":"Rex"}"#, status, received, body)
}

fn list(received: &[&str], body: &str) -> Exchange {
    exchange("GET /pets", &["x-tenant: a"], "", 200, received, body)
}

fn case(operation: &str, intent: Intent) -> Case {
    let parts = Parts { method: "POST".parse().unwrap(), arguments: Vec::new(), body: None };
    Case {
        operation: operation.to_owned(),
        phase: Phase::Coverage,
        title: String::new(),
        parts,
        intent,
        touches: Vec::new(),
    }
}

fn broken(rule: Rule) -> Intent {
    Intent::Invalid { rule, place: Pointer::from("/paths/~1pets/post/requestBody") }
}

fn told(findings: &[orderly_contract::Finding]) -> Vec<Check> {
    findings.iter().map(|finding| finding.check).collect()
}

const JSON: &str = "content-type: application/json";
const TOTAL: &str = "x-total: 2";

#[test]
fn what_a_document_leaves_open_is_no_finding() {
    let right = [
        // More members, more headers, and numbers that are larger than the engine's.
        get(200, &[JSON, "x-cache: HIT", "via: 1.1 proxy"], r#"{"name":"Rex","age":3}"#),
        get(200, &[JSON], r#"{"born":123456789012345678901234567890}"#),
        get(200, &["content-type: application/vnd.pet+json; charset=utf-8"], r#"{"name":"Rex"}"#),
        // What HTTP says of things that are not there, and of whoever asks too often.
        get(404, &[], ""),
        get(429, &["retry-after: 3"], ""),
        // A body where none is written down.
        add(201, &[JSON, "location: /pets/Rex"], "{}"),
        // Words that are those of a statement, too.
        get(404, &[JSON], r#"{"error":"SELECT a pet from the list where you found it."}"#),
        // Who is refused has been understood to lack something.
        add(401, &["www-authenticate: Bearer"], ""),
        add(403, &[], ""),
        list(&[JSON, TOTAL, "x-tags: a, bcd"], "[]"),
        // Other methods and other paths.
        exchange("PUT /pets", &[], "", 405, &["allow: GET, POST, OPTIONS"], ""),
        exchange("PUT /pets", &[], "", 404, &[], ""),
        exchange("OPTIONS /pets", &[], "", 204, &[], ""),
        exchange("HEAD /pets/rex", &[], "", 405, &["allow: GET"], ""),
        exchange("HEAD /pets/rex", &[], "", 501, &[], ""),
        // A path that leads nowhere is not looked at any further.
        exchange("GET /pets", &[], "", 404, &[], ""),
        exchange("GET /elsewhere", &[], "", 200, &[], "hello"),
    ];
    for exchange in right {
        assert_eq!(contract().check(&exchange), [], "{exchange}");
    }
}

#[test]
fn each_way_to_be_wrong_is_found_by_its_check() {
    let trace = r#"{"error":"Traceback (most recent call last):\n File x"}"#;
    let wrong = [
        (get(500, &[], "oops"), Check::NoServerError),
        (get(202, &[JSON], "{}"), Check::Status),
        (add(400, &[], ""), Check::Status),
        (get(200, &["content-type: text/html"], "<p>"), Check::MediaType),
        (get(200, &[], "{}"), Check::MediaType),
        (get(200, &[JSON], r#"{"name":1}"#), Check::Body),
        (get(200, &[JSON], r#"{"born":1.5}"#), Check::Body),
        (get(200, &[JSON], "{"), Check::Body),
        (list(&[JSON], "[]"), Check::Headers),
        (list(&[JSON, "x-total: many"], "[]"), Check::Headers),
        (list(&[JSON, TOTAL, "x-tags: a, bcde"], "[]"), Check::Headers),
        (add(201, &["location: /pets/a b"], ""), Check::Headers),
        (add(401, &[], ""), Check::Headers),
        (get(429, &["retry-after: soon"], ""), Check::RateLimit),
        (exchange("PUT /pets", &[], "", 405, &[], ""), Check::Method),
        (exchange("PUT /pets", &[], "", 405, &["allow: GET"], ""), Check::Method),
        (exchange("PUT /pets", &[], "", 405, &["allow: GET, POST, PUT"], ""), Check::Method),
        (exchange("PUT /pets", &[], "", 200, &[], ""), Check::Method),
        (exchange("POST /pets", &[JSON], r#"{"name":"Rex"}"#, 201, &[], ""), Check::Authentication),
        (add(422, &[JSON], r#"{"token":"a-long-secret-0123"}"#), Check::Echo),
        (add(422, &[JSON], trace), Check::Leak),
        (add(422, &[JSON], r#"{"error":"SELECT name FROM pets WHERE id = $1"}"#), Check::Leak),
        (add(422, &[JSON], "{}"), Check::Acceptance),
        (exchange("POST /pets", &[JSON, "authorization: Bearer x"], "{}", 201, &[], ""), Check::Refusal),
    ];
    for (exchange, check) in wrong {
        let findings = contract().check(&exchange);
        assert!(told(&findings).contains(&check), "{exchange}: {check} is not in {findings:#?}");
    }
}

#[test]
fn a_case_is_held_to_what_is_expected_of_it() {
    let max = Rule::Keyword(Keyword::MaxLength);
    let cases = [
        (add(201, &[], ""), case("add", Intent::Valid), None),
        (add(422, &[], ""), case("add", Intent::Valid), Some(Check::Acceptance)),
        (add(413, &[], ""), case("add", Intent::Valid), Some(Check::Status)),
        (add(201, &[], ""), case("add", broken(max)), Some(Check::Refusal)),
        (add(422, &[], ""), case("add", broken(max)), None),
        // One way to refuse is declared, and this is another.
        (add(400, &[], ""), case("add", broken(max)), Some(Check::Status)),
        (add(413, &[], ""), case("add", broken(max)), None),
        (add(415, &[], ""), case("add", broken(Rule::MediaType)), None),
        // Nobody has to look for what is not declared.
        (add(201, &[], ""), case("add", broken(Rule::Undeclared)), None),
        (add(503, &[], ""), case("add", Intent::Valid), Some(Check::NoServerError)),
        // The request went to another operation than the case is of.
        (get(404, &[], ""), case("add", broken(max)), None),
    ];
    for (exchange, case, expected) in cases {
        let found = told(&contract().check_case(&exchange, &case));
        assert_eq!(found, Vec::from_iter(expected), "{exchange} {:?}", case.intent);
    }
}

#[test]
fn a_header_that_has_to_be_there_has_a_check_of_its_own() {
    let contract = contract();
    let document = contract.document();
    let list = document.operations().iter().find(|operation| operation.id.starts_with("GET /pets")).unwrap();
    let place = list.parameters[0].place.clone();
    let intent = Intent::Invalid { rule: Rule::Required, place };
    let exchange = exchange("GET /pets", &[], "", 200, &[JSON, TOTAL], "[]");
    let findings = contract.check_case(&exchange, &case(&list.id, intent));
    assert_eq!(told(&findings), [Check::RequiredHeader], "{findings:#?}");
}

#[test]
fn what_a_status_says_of_a_request_depends_on_what_else_is_declared() {
    let contract = contract();
    let (get, add) =
        (contract.document().operation("get").unwrap(), contract.document().operation("add").unwrap());
    let valid = Intent::Valid;
    let broken = broken(Rule::Syntax);
    let cases = [
        (add, 201, &broken, Outcome::Accepted),
        (add, 422, &broken, Outcome::Refused),
        (add, 422, &valid, Outcome::Refused),
        (add, 409, &valid, Outcome::Accepted),
        (add, 409, &broken, Outcome::Open),
        (get, 404, &valid, Outcome::Accepted),
        (get, 404, &broken, Outcome::Open),
        (get, 401, &broken, Outcome::Open),
        (get, 301, &broken, Outcome::Open),
        (get, 503, &valid, Outcome::Open),
    ];
    for (operation, status, intent, expected) in cases {
        let status = StatusCode::from_u16(status).unwrap();
        assert_eq!(Outcome::of(operation, status, intent), expected, "{status} {intent:?}");
    }
}

#[test]
fn the_schema_of_problems_is_told_from_the_document() {
    let problem = |schema: Value| json!({ "description": "No.", "content": { "application/problem+json": { "schema": schema } } });
    let shared = json!({ "$ref": "#/components/schemas/Problem" });
    let conventions = |first: &Value, second: &Value| {
        let value = json!({
            "openapi": "3.0.3",
            "paths": { "/": { "get": { "responses": { "400": problem(first.clone()), "404": problem(second.clone()) } } } },
            "components": { "schemas": { "Problem": { "properties": { "code": { "type": "string", "enum": ["a", "b"] } } } } },
        });
        let source = orderly_document::Document::parse("x.json", value.to_string().as_bytes()).unwrap();
        let document = Document::new(source).unwrap();
        let conventions = Conventions::of(&document);
        let contract = Contract::new(document, conventions.clone());
        (conventions.problem, contract.codes().map(str::to_owned).collect::<Vec<_>>())
    };
    let (problem, codes) = conventions(&shared, &shared);
    assert_eq!(problem, Some(Pointer::from("/components/schemas/Problem")));
    assert_eq!(codes, ["a", "b"]);
    assert_eq!(conventions(&shared, &json!({ "type": "object" })), (None, Vec::new()));
}
