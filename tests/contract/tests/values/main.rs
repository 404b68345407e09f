//! Values from schemas: what is kept is valid, what is broken is broken once, and every keyword has its table.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

mod any_schema;
mod keywords;

use std::collections::BTreeSet;

use fastrand::Rng;
use orderly_contract::{
    Direction, Document, Keyword, Polarity,
    value::{self, Labelled, Values},
};
use orderly_document::{Document as Source, Pointer};
use serde_json::{Value, json};

fn place() -> Pointer {
    Pointer::from("/components/schemas/It")
}

/// A document with the schema `It`, and some that it may refer to.
fn document(schema: &Value) -> Document {
    let value = json!({
        "openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {},
        "components": {"schemas": {
            "It": schema,
            "Tree": {"type": "object", "required": ["name"], "properties": {
                "name": {"type": "string", "minLength": 1},
                "parent": {"$ref": "#/components/schemas/Tree"},
                "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}},
            "Endless": {"type": "object", "required": ["next"], "properties": {
                "next": {"$ref": "#/components/schemas/Endless"}}},
            "Cat": {"type": "object", "required": ["kind", "lives"], "properties": {
                "kind": {"type": "string"}, "lives": {"type": "integer", "minimum": 1}}},
            "Dog": {"type": "object", "required": ["kind", "name"], "properties": {
                "kind": {"type": "string"}, "name": {"type": "string", "minLength": 2}}},
        }},
    });
    Document::new(Source::parse("test.json", value.to_string().as_bytes()).unwrap()).unwrap()
}

/// The values of one keyword, in the order in which they are tried.
fn of(labelled: &[Labelled], keyword: Keyword) -> Vec<Value> {
    labelled.iter().filter(|one| one.keyword == keyword).map(|one| one.value.clone()).collect()
}

#[test]
fn a_rule_deep_inside_is_broken_within_a_whole_valid_value() {
    let schema = json!({"type": "object", "required": ["name", "lines"], "properties": {
        "name": {"type": "string", "example": "Ada"},
        "lines": {"type": "array", "minItems": 1, "items": {"oneOf": [
            {"type": "object", "required": ["sku"], "additionalProperties": false, "properties": {"sku": {"type": "string", "pattern": "^[A-Z]{3}$"}}},
            {"type": "object", "required": ["amount"], "additionalProperties": false, "properties": {"amount": {"type": "integer", "maximum": 9}}},
        ]}},
    }});
    let document = document(&schema);
    let broken = Values::new(&document, &place(), Direction::Request).broken();
    let amount = broken.iter().find(|one| one.keyword == Keyword::Maximum).unwrap();
    assert_eq!(amount.value, json!({"name": "Ada", "lines": [{"amount": 10}]}));
    assert_eq!(amount.at, "/lines/0/amount");
    assert!(amount.place.ends_with("/items/oneOf/1/properties/amount/maximum"), "{}", amount.place);
    let pattern = broken.iter().find(|one| one.keyword == Keyword::Pattern).unwrap();
    assert_eq!((pattern.at.as_str(), &pattern.value["name"]), ("/lines/0/sku", &json!("Ada")));
}

#[test]
fn a_sample_is_small_and_prefers_what_the_document_shows() {
    for (schema, expected) in [
        (json!({"type": "string", "example": "Ada"}), json!("Ada")),
        (json!({"type": "string", "maxLength": 2, "example": "Ada"}), json!("te")),
        (json!({"type": "integer", "default": 20}), json!(20)),
        (json!({"type": "string", "enum": ["new", "old"]}), json!("new")),
        (json!({"type": "object", "properties": {"a": {"type": "string"}}}), json!({})),
        (json!({"$ref": "#/components/schemas/Tree"}), json!({"name": "text"})),
        (json!({"allOf": [{"type": "integer", "minimum": 5}, {"multipleOf": 4}]}), json!(8)),
        (
            json!({"type": "array", "minItems": 2, "uniqueItems": true, "items": {"enum": ["a", "b"]}}),
            json!(["a", "b"]),
        ),
        (json!({"type": "string", "pattern": "^ord_[0-7]{3}$"}), json!("ord_000")),
        (json!({"not": {"type": "string"}, "type": "string", "nullable": true}), json!(null)),
    ] {
        let document = document(&schema);
        let sample = Values::new(&document, &place(), Direction::Request).sample();
        assert_eq!(sample, Some(expected), "{schema}");
    }
}

#[test]
fn what_has_no_value_has_no_sample_and_does_no_harm() {
    for schema in [
        json!({"type": "string", "minLength": 5, "maxLength": 4}),
        json!({"type": "integer", "minimum": 5, "maximum": 4}),
        json!({"allOf": [{"type": "string"}, {"type": "integer"}]}),
        json!({"$ref": "#/components/schemas/Endless"}),
        json!({"type": "string", "enum": []}),
        json!({"type": "string", "minLength": 10_000_000}),
        json!({"type": "nonsense"}),
        json!({"type": "string", "pattern": "("}),
        json!({"$ref": "#/components/schemas/It"}),
        json!({"type": "array", "minItems": 1, "items": {"$ref": "other.json#/Thing"}}),
    ] {
        let document = document(&schema);
        let values = Values::new(&document, &place(), Direction::Request);
        assert_eq!(values.sample(), None, "{schema}");
        assert_eq!(values.kept(), [], "{schema}");
        assert_eq!(values.random(&mut Rng::with_seed(1)), None, "{schema}");
    }
    let document = document(&json!({}));
    assert_eq!(Values::new(&document, &Pointer::from("/nowhere"), Direction::Request).sample(), None);
}

#[test]
fn direction_decides_which_members_there_are() {
    let schema = json!({"type": "object", "required": ["id", "password"], "additionalProperties": false, "properties": {
        "id": {"type": "integer", "readOnly": true}, "password": {"type": "string", "writeOnly": true}}});
    let document = document(&schema);
    let sample = |direction| Values::new(&document, &place(), direction).sample();
    assert_eq!(sample(Direction::Request), Some(json!({"password": "text"})));
    assert_eq!(sample(Direction::Response), Some(json!({"id": 1})));
}

#[test]
fn a_discriminator_selects_and_is_broken() {
    let schema = json!({"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}}});
    let document = document(&schema);
    let values = Values::new(&document, &place(), Direction::Request);
    assert_eq!(values.sample(), Some(json!({"kind": "cat", "lives": 1})));
    assert!(of(&values.kept(), Keyword::Type).iter().any(|value| value["kind"] == "Dog"));
    let broken = of(&values.broken(), Keyword::Discriminator);
    assert!(broken.contains(&json!({"kind": "no-such-tag", "lives": 1})), "{broken:?}");
}

#[test]
fn every_rule_is_kept_and_broken_or_says_why_not() {
    let schema = json!({"type": "object", "additionalProperties": true, "required": ["email"], "properties": {
        "email": {"type": "string", "format": "email", "minLength": 3, "maxLength": 60},
        "colour": {"type": "string", "format": "colour", "nullable": true},
        "code": {"type": "string", "pattern": "^[A-Z]{3}$", "maxLength": 3},
        "size": {"type": "integer", "minimum": 0, "format": "int64"},
        "id": {"type": "string", "readOnly": true},
        "tags": {"type": "array", "minItems": 0, "maxItems": 100_000, "items": {"type": "string", "enum": ["a"]}},
    }});
    let document = document(&schema);
    let values = Values::new(&document, &place(), Direction::Request);
    let mut kept: BTreeSet<_> =
        values.kept().iter().flat_map(|labelled| values.keeps(&labelled.value)).collect();
    kept.extend(values.kept().into_iter().map(|labelled| (labelled.place, labelled.keyword)));
    let broken: BTreeSet<_> =
        values.broken().into_iter().map(|labelled| (labelled.place, labelled.keyword)).collect();
    let impossible = value::impossible(&document, &place(), Direction::Request);
    let is_impossible = |place: &Pointer, polarity: Polarity| {
        impossible.iter().any(|one| &one.place == place && one.polarity == polarity)
    };
    let rules = value::keywords(&document, &place(), Direction::Request);
    assert!(rules.len() > 15, "{rules:?}");
    for rule in rules {
        assert!(kept.contains(&rule) || is_impossible(&rule.0, Polarity::Kept), "{} is not kept", rule.0);
        assert!(
            broken.contains(&rule) || is_impossible(&rule.0, Polarity::Broken),
            "{} is not broken",
            rule.0
        );
    }
    let reason = |end: &str| {
        let one = impossible.iter().find(|one| one.place.ends_with(end) && one.polarity == Polarity::Broken);
        one.unwrap_or_else(|| panic!("{end} has no reason")).reason.as_str()
    };
    assert_eq!(reason("/email/minLength"), "what breaks it breaks `format` as well");
    assert_eq!(reason("/colour/nullable"), "it allows null, and what is allowed cannot be broken");
    assert_eq!(reason("/colour/format"), "nothing says what the format `colour` refuses");
    assert_eq!(reason("/code/maxLength"), "what breaks it breaks `pattern` as well");
    assert_eq!(reason("/tags/minItems"), "nothing is less than none");
    assert_eq!(reason("/tags/maxItems"), "more than 1000 items or members are not made");
    assert_eq!(reason("/id/readOnly"), "the object is open: a server may take the member and ignore it");
}

#[test]
fn what_is_shrunk_breaks_the_same() {
    let schema = json!({"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string", "maxLength": 3}, "more": {"type": "array", "items": {"type": "integer"}}}});
    let document = document(&schema);
    let values = Values::new(&document, &place(), Direction::Request);
    let smallest = |start: Value| {
        let mut value = start;
        while let Some(next) = values.shrink(&value).next() {
            value = next;
        }
        value
    };
    assert_eq!(smallest(json!({"name": "Guinevere", "more": [1, 2, 3]})), json!({"name": "aaaa"}));
    assert_eq!(smallest(json!({"name": "Ada", "more": [1, 2, 3]})), json!({"name": ""}));
    assert_eq!(smallest(json!({"name": "Ada", "more": [1, "x"]})), json!({"name": "", "more": [""]}));
}

#[test]
fn the_same_seed_gives_the_same_values() {
    let document = document(&json!({"$ref": "#/components/schemas/Tree"}));
    let values = Values::new(&document, &place(), Direction::Request);
    let row = |seed| {
        let mut rng = Rng::with_seed(seed);
        (0..20).map(|_| values.random(&mut rng)).collect::<Vec<_>>()
    };
    assert_eq!(row(7), row(7));
    assert_ne!(row(7), row(8));
    assert!(row(7).iter().collect::<Vec<_>>().windows(2).any(|pair| pair[0] != pair[1]));
}
