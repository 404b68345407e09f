//! Every rule both ways: the change that it is there for is found by it, at its place, and one beside it is not.

#![allow(clippy::unwrap_used, reason = "a fixture that is not as it should be fails the test")]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use orderly_compat::rules::{Kind, Severity};
use orderly_compat::schema::SchemaRule;
use orderly_compat::{Change, Settings, compare};
use orderly_document::{Document, Pointer};
use serde_json::Value;

const BOOKS: &str = include_str!("fixtures/books.yaml");
const CASES: &str = include_str!("fixtures/rules.yaml");

/// Rules without a fixture, and why.
const WITHOUT: &[(Kind, &str)] = &[(
    Kind::Schema(SchemaRule::ReferenceChanged),
    "documents with references that lead nowhere are refused; the schemas alone can be compared, see schema.rs",
)];

fn cases() -> (Document, Vec<Value>) {
    let document = Document::parse("rules.yaml", CASES.as_bytes()).unwrap();
    let cases = document.root()["x-cases"].as_array().unwrap().clone();
    (document, cases)
}

/// The books with some edits, as a document that tells its places.
fn books(name: &str, version: &str, edits: &[&Value]) -> Document {
    let mut value = Document::parse("books.yaml", BOOKS.as_bytes()).unwrap().root().clone();
    value["info"]["version"] = Value::from(version);
    for edit in edits.iter().flat_map(|edits| edits.as_array().into_iter().flatten()) {
        apply(&mut value, edit);
    }
    Document::parse(name, serde_json::to_string_pretty(&value).unwrap().as_bytes()).unwrap()
}

/// `set` a value, `remove` it, or `move` it to the place in `value`.
fn apply(document: &mut Value, edit: &Value) {
    if let Some(at) = edit["set"].as_str() {
        set(document, at, edit["value"].clone());
    } else if let Some(at) = edit["remove"].as_str() {
        remove(document, at);
    } else {
        let moved = remove(document, edit["move"].as_str().expect("set, remove or move"));
        set(document, edit["value"].as_str().unwrap(), moved);
    }
}

fn parent<'v>(document: &'v mut Value, at: &str) -> (&'v mut Value, String) {
    let pointer = Pointer::from(at);
    let parent = pointer.parent().expect("a place in the document");
    let found = document.pointer_mut(&parent).unwrap_or_else(|| panic!("{at} leads nowhere"));
    (found, pointer.last().unwrap())
}

fn set(document: &mut Value, at: &str, value: Value) {
    match parent(document, at) {
        (Value::Object(members), key) => drop(members.insert(key, value)),
        (Value::Array(items), key) if key == "-" => items.push(value),
        (Value::Array(items), key) => items[key.parse::<usize>().unwrap()] = value,
        _ => panic!("{at} is in no container"),
    }
}

fn remove(document: &mut Value, at: &str) -> Value {
    let removed = match parent(document, at) {
        (Value::Object(members), key) => members.shift_remove(&key),
        (Value::Array(items), key) => Some(items.remove(key.parse().unwrap())),
        _ => None,
    };
    removed.unwrap_or_else(|| panic!("{at} is not there"))
}

fn changes(base: &Document, head: &Document) -> Vec<Change> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    compare(base, head, &[], Settings { today, notice_days: 90 }).unwrap()
}

fn told(changes: &[Change]) -> String {
    let lines = changes.iter().map(|change| {
        let place = change.place().map(|place| format!("{} {}", place.location, place.pointer));
        let shown = change.counterexample.as_ref().map(|it| format!(" shows {}", it.value));
        let (place, shown) = (place.unwrap_or_default(), shown.unwrap_or_default());
        format!("  {} {}: {} ({place}){shown}\n", change.severity, change.kind, change.what)
    });
    lines.collect()
}

#[test]
fn a_rule_finds_its_change_at_its_place_and_nothing_else() {
    let (document, cases) = cases();
    let mut failures = String::new();
    for (index, case) in cases.iter().enumerate() {
        let at = document.locate(&format!("/x-cases/{index}"));
        let rule = case["rule"].as_str().unwrap();
        let base = books("base.json", "1.0.0", &[&case["given"]]);
        let head = books("head.json", "2.0.0", &[&case["given"], &case["found"]]);
        let changes = changes(&base, &head);

        let kinds: BTreeSet<&str> = changes.iter().map(|change| change.kind.id()).collect();
        let also = case["also"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let expected: BTreeSet<&str> = also.chain([rule]).collect();
        let found: Vec<&Change> = changes.iter().filter(|change| change.kind.id() == rule).collect();
        let places: Vec<&str> = found.iter().map(|change| change.place().unwrap().pointer.as_str()).collect();
        let shown = found.iter().filter_map(|change| change.counterexample.as_ref().map(|it| &it.value));
        let is_shown = shown.eq(case.get("shows"));
        if kinds != expected || places != [case["place"].as_str().unwrap()] || !is_shown {
            failures.push_str(&format!("{at} {rule}:\n{}", told(&changes)));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn a_change_beside_it_neither_breaks_nor_warns() {
    let (document, cases) = cases();
    let mut failures = String::new();
    for (index, case) in cases.iter().enumerate() {
        let at = document.locate(&format!("/x-cases/{index}"));
        let rule = case["rule"].as_str().unwrap();
        let base = books("base.json", "1.0.0", &[&case["given"], &case["given_silent"]]);
        let head = books("head.json", "2.0.0", &[&case["given"], &case["given_silent"], &case["silent"]]);
        assert_ne!(base.root(), head.root(), "{at} {rule}: nothing is edited");
        let changes = changes(&base, &head);
        // A schema that takes nothing away is told under the same kind as one that does, as info.
        let is_told = |change: &Change| matches!(change.kind, Kind::Rule(_)) && change.kind.id() == rule;
        let is_loud = |change: &Change| change.severity > Severity::Info || is_told(change);
        if changes.iter().any(is_loud) {
            failures.push_str(&format!("{at} {rule}:\n{}", told(&changes)));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_rule_has_a_fixture() {
    let (_, cases) = cases();
    let fixtures: BTreeSet<&str> = cases.iter().filter_map(|case| case["rule"].as_str()).collect();
    for kind in Kind::all() {
        let without = WITHOUT.iter().any(|(known, _)| *known == kind);
        assert_eq!(fixtures.contains(kind.id()), !without, "{kind}");
    }
    for id in fixtures {
        assert!(Kind::named(id).is_some(), "there is no rule {id}");
    }
}

#[test]
fn a_document_has_nothing_to_say_against_itself() {
    let base = books("base.json", "1.0.0", &[]);
    assert_eq!(changes(&base, &base), []);
}

#[test]
fn what_breaks_only_requests_is_told_beside_what_answers_say_of_it() {
    let shared = |required: &str| {
        let text = format!(
            "openapi: 3.0.3
info: {{title: Books, version: 1.0.0}}
paths:
  /books:
    get: {{responses: {{'200': {{description: It., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Book'}}}}}}}}}}}}
    post:
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Book'}}}}}}}}
      responses: {{'204': {{description: Fine.}}}}
components: {{schemas: {{Book: {{type: object, required: {required}, properties: {{title: {{type: string}}}}}}}}}}
"
        );
        Document::parse("books.yaml", text.as_bytes()).unwrap()
    };
    let changes = changes(&shared("[]"), &shared("[title]"));
    let told: Vec<_> = changes
        .iter()
        .filter(|change| change.kind.id() == "property-became-required")
        .map(|change| (change.severity, change.operations.as_slice()))
        .collect();
    let (get, post) = (["GET /books".to_owned()], ["POST /books".to_owned()]);
    assert_eq!(told, [(Severity::Breaking, &post[..]), (Severity::Info, &get[..])]);
}
