//! What crosses the wire as text is compared as text: in parameters, headers and forms, and not in JSON.

use chrono::NaiveDate;
use orderly_compat::{Settings, compare};
use orderly_document::Document;
use serde_json::{Value, json};

/// A document with one schema as that of a query parameter, of a form's member, of a header and of a JSON answer.
fn document(name: &str, [parameter, member, header, answer]: [&Value; 4]) -> Document {
    let form = json!({"type": "object", "properties": {"member": member}});
    let document = json!({"openapi": "3.0.3", "info": {"title": "Texts", "version": "1"}, "paths": {"/texts": {"post": {
        "parameters": [{"in": "query", "name": "q", "schema": parameter}],
        "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": form}}},
        "responses": {"200": {
            "description": "Fine.",
            "headers": {"X-It": {"schema": header}},
            "content": {"application/json": {"schema": answer}},
        }},
    }}}});
    Document::parse(name, document.to_string().as_bytes()).expect("a document")
}

/// What is told of a change to one of the four schemas: `-` if nothing breaks, or the rule and the value that shows it.
fn told(base: [&Value; 4], head: [&Value; 4]) -> String {
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let (base, head) = (document("base.json", base), document("head.json", head));
    let changes = compare(&base, &head, &[], Settings { today, notice_days: 90 }).expect("a comparison");
    let told = changes.iter().filter_map(|change| {
        let shown = change.counterexample.as_ref()?;
        assert!(head.get(&change.head.as_ref()?.pointer).is_some(), "{change:?}");
        assert!(base.get(&change.base.as_ref()?.pointer).is_some(), "{change:?}");
        Some(format!("{} {}: {}", change.kind, shown.part, shown.value))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "-".to_owned() } else { told.join("; ") }
}

/// Holds a change to a query parameter, a form's member, a header and a JSON answer to what has to be told of each.
#[track_caller]
fn changes(base: Value, head: Value, expected: [&str; 4]) {
    let same = json!({});
    let found = [0, 1, 2, 3].map(|index| {
        let (mut old, mut new) = ([&same; 4], [&same; 4]);
        (old[index], new[index]) = (&base, &head);
        told(old, new)
    });
    assert_eq!(found, expected, "{base} → {head}");
}

#[test]
fn a_number_is_a_text_where_a_text_is_read() {
    changes(
        json!({"type": "integer"}),
        json!({"type": "string"}),
        [
            "-",
            "-",
            "type-changed header `X-It` of answer 200: \"text\"",
            "type-changed answer 200 `application/json`: \"text\"",
        ],
    );
    changes(
        json!({"type": "boolean"}),
        json!({"type": "string", "maxLength": 5}),
        [
            "-",
            "-",
            "type-changed header `X-It` of answer 200: \"text\"",
            "type-changed answer 200 `application/json`: \"text\"",
        ],
    );
    let list = |kind: &str| json!({"type": "array", "items": {"type": kind}, "maxItems": 3});
    changes(
        list("integer"),
        list("string"),
        [
            "-",
            "-",
            "type-changed header `X-It` of answer 200: [\"text\"]",
            "type-changed answer 200 `application/json`: [\"text\"]",
        ],
    );
}

#[test]
fn a_text_that_is_shorter_than_the_number_refuses_it() {
    let number = json!({"type": "integer", "minimum": 0, "maximum": 1000});
    let [parameter, member, _, _] = [0, 1, 2, 3].map(|index| {
        let same = json!({});
        let (mut old, mut new) = ([&same; 4], [&same; 4]);
        let head = json!({"type": "string", "maxLength": 3});
        (old[index], new[index]) = (&number, &head);
        told(old, new)
    });
    assert_eq!(parameter, "type-changed query parameter `q`: \"1000\"");
    assert_eq!(member, "type-changed body `application/x-www-form-urlencoded`: {\"member\":\"1000\"}");
}

#[test]
fn a_list_of_numbers_in_words_is_read_as_numbers() {
    changes(
        json!({"type": "string", "enum": ["1", "2"]}),
        json!({"type": "integer", "maximum": 5}),
        [
            "-",
            "-",
            "type-changed header `X-It` of answer 200: \"-100\"",
            "enum-removed answer 200 `application/json`: 1; type-changed answer 200 `application/json`: 1",
        ],
    );
}

#[test]
fn what_is_composed_or_lies_deeper_is_compared_as_data() {
    let union = json!({"anyOf": [{"type": "integer"}]});
    let same = json!({});
    assert_ne!(told([&union, &same, &same, &same], [&json!({"type": "string"}), &same, &same, &same]), "-");
}
