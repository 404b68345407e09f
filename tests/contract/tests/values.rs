//! Values from schemas: what is kept is valid, what is broken is broken once, and every keyword has its table.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::collections::BTreeSet;

use fastrand::Rng;
use orderly_contract::{
    Direction, Document, Keyword, Polarity,
    value::{self, Labelled, Values},
};
use orderly_document::{Document as Source, Pointer};
use proptest::prelude::*;
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

fn is_valid(document: &Document, direction: Direction, value: &Value) -> bool {
    document.violations(&place(), direction, value).is_empty()
}

/// The values of one keyword, in the order in which they are tried.
fn of(labelled: &[Labelled], keyword: Keyword) -> Vec<Value> {
    labelled.iter().filter(|one| one.keyword == keyword).map(|one| one.value.clone()).collect()
}

#[test]
fn every_keyword_is_kept_at_its_bounds_and_broken_beyond() {
    let letters = |length: usize| Value::String("texttexttext".chars().take(length).collect());
    for (schema, keyword, kept, broken) in [
        (
            json!({"type": "string", "minLength": 2}),
            Keyword::MinLength,
            vec![letters(2), letters(3)],
            vec![letters(1), letters(0)],
        ),
        (
            json!({"type": "string", "maxLength": 6}),
            Keyword::MaxLength,
            vec![letters(6), letters(5)],
            vec![letters(7)],
        ),
        (
            json!({"type": "integer", "minimum": 3}),
            Keyword::Minimum,
            vec![json!(3), json!(4), json!(10)],
            vec![json!(2), json!(-4)],
        ),
        (
            json!({"type": "integer", "maximum": 30}),
            Keyword::Maximum,
            vec![json!(30), json!(29), json!(23)],
            vec![json!(31)],
        ),
        (
            json!({"type": "number", "minimum": 0.5}),
            Keyword::Minimum,
            vec![json!(0.5), json!(0.51)],
            vec![json!(0.49)],
        ),
        (
            json!({"type": "integer", "minimum": 3, "exclusiveMinimum": true}),
            Keyword::ExclusiveMinimum,
            vec![],
            vec![json!(3)],
        ),
        (
            json!({"type": "number", "maximum": 3, "exclusiveMaximum": true}),
            Keyword::ExclusiveMaximum,
            vec![],
            vec![json!(3)],
        ),
        (json!({"type": "integer", "multipleOf": 5}), Keyword::MultipleOf, vec![json!(5)], vec![json!(6)]),
        (
            json!({"type": "number", "multipleOf": 0.1}),
            Keyword::MultipleOf,
            vec![json!(0.1)],
            vec![json!(0.15)],
        ),
        (
            json!({"type": "integer", "format": "int32"}),
            Keyword::Format,
            vec![json!(i32::MAX), json!(i32::MIN)],
            vec![json!(2_147_483_648_i64)],
        ),
        (
            json!({"type": "string", "format": "date"}),
            Keyword::Format,
            vec![json!("2024-02-29")],
            vec![json!("2026-02-30")],
        ),
        (
            json!({"type": "string", "enum": ["a", "b"]}),
            Keyword::Enum,
            vec![json!("a"), json!("b")],
            vec![json!("ax")],
        ),
        (json!({"type": "integer", "enum": [1, 7]}), Keyword::Enum, vec![json!(1), json!(7)], vec![json!(0)]),
        (json!({"type": "string", "pattern": "^[a-z]{2}$"}), Keyword::Pattern, vec![], vec![json!("aax")]),
        (
            json!({"type": "boolean"}),
            Keyword::Type,
            vec![json!(true), json!(false)],
            vec![json!("text"), json!(1), json!([]), json!({}), json!(null)],
        ),
        (
            json!({"type": "integer"}),
            Keyword::Type,
            vec![json!(1), json!(0)],
            vec![json!(1.5), json!("text"), json!(true)],
        ),
        (json!({"type": "string", "nullable": true}), Keyword::Nullable, vec![json!(null)], vec![]),
        (
            json!({"type": "array", "items": {"type": "integer"}, "minItems": 2}),
            Keyword::MinItems,
            vec![json!([1, 1, 1])],
            vec![json!([1])],
        ),
        (
            json!({"type": "array", "items": {"type": "boolean"}, "maxItems": 3}),
            Keyword::MaxItems,
            vec![json!([true, true, true])],
            vec![json!([true, true, true, true])],
        ),
        (
            json!({"type": "array", "items": {"type": "boolean"}, "uniqueItems": true}),
            Keyword::UniqueItems,
            vec![],
            vec![json!([true, true])],
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1}),
            Keyword::MinProperties,
            vec![],
            vec![json!({})],
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "boolean"}, "maxProperties": 1}),
            Keyword::MaxProperties,
            vec![],
            vec![json!({"member1": true, "member2": true})],
        ),
        (
            json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}),
            Keyword::Required,
            vec![],
            vec![json!({})],
        ),
        (
            json!({"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": false}),
            Keyword::AdditionalProperties,
            vec![],
            vec![json!({"unexpectedMember": "unexpected"})],
        ),
        (
            json!({"type": "object", "properties": {"id": {"type": "integer", "readOnly": true}}, "additionalProperties": false}),
            Keyword::ReadOnly,
            vec![],
            vec![json!({"id": 1})],
        ),
        (json!({"type": "string", "not": {"enum": ["text"]}}), Keyword::Not, vec![], vec![json!("text")]),
        (
            json!({"oneOf": [{"type": "integer"}, {"type": "string"}]}),
            Keyword::OneOf,
            vec![],
            vec![json!(1.5), json!(true), json!([])],
        ),
        (
            json!({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
            Keyword::AnyOf,
            vec![],
            vec![json!(1.5), json!(true), json!([])],
        ),
        (
            json!({"allOf": [{"type": "integer", "minimum": 5}, {"maximum": 6}]}),
            Keyword::AllOf,
            vec![],
            vec![json!(4)],
        ),
    ] {
        let document = document(&schema);
        let values = Values::new(&document, &place(), Direction::Request);
        let (found_kept, found_broken) = (of(&values.kept(), keyword), of(&values.broken(), keyword));
        for value in kept {
            assert!(found_kept.contains(&value), "{schema}: {value} is not among the kept {found_kept:?}");
        }
        for value in broken {
            assert!(
                found_broken.contains(&value),
                "{schema}: {value} is not among the broken {found_broken:?}"
            );
        }
    }
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

/// Schemas of all kinds, some of which contradict themselves.
fn schemas() -> impl Strategy<Value = Value> {
    let text = (0..4u64, 0..8u64, 0..9usize).prop_map(|(min, max, kind)| match kind {
        0 => json!({"type": "string", "minLength": min, "maxLength": max}),
        1 => json!({"type": "string", "pattern": "^[a-c]{1,3}(x|yy)?$", "maxLength": max}),
        2 => json!({"type": "string", "pattern": "b+", "minLength": min}),
        3 => json!({"type": "string", "format": "date-time"}),
        4 => json!({"type": "string", "format": "email", "maxLength": 20 + max}),
        5 => json!({"type": "string", "enum": ["a", "bb", "ccc"], "maxLength": max}),
        6 => json!({"type": "string", "nullable": true, "minLength": min}),
        7 => json!({"type": "string", "pattern": "^(?!ab)[a-z]+$", "minLength": min}),
        _ => json!({"minLength": min}),
    });
    let number = (-5..5i64, -3..9i64, 0..7usize).prop_map(|(min, max, kind)| match kind {
        0 => json!({"type": "integer", "minimum": min, "maximum": max}),
        1 => json!({"type": "integer", "minimum": min, "exclusiveMinimum": true, "multipleOf": 3}),
        2 => json!({"type": "number", "maximum": max, "exclusiveMaximum": true}),
        3 => json!({"type": "number", "minimum": min, "multipleOf": 0.25}),
        4 => json!({"type": "integer", "format": "int32", "nullable": true}),
        5 => json!({"type": "boolean"}),
        _ => json!({"type": "number", "enum": [min, max, 1.5]}),
    });
    let known = prop::sample::select(vec!["Tree", "Endless", "Cat"])
        .prop_map(|name| json!({"$ref": format!("#/components/schemas/{name}")}));
    let leaf = prop_oneof![4 => text, 4 => number, 1 => known, 1 => Just(json!({}))];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let list = (inner.clone(), 0..3u64, 0..4u64, any::<bool>()).prop_map(|(items, min, max, unique)| {
            json!({"type": "array", "items": items, "minItems": min, "maxItems": max, "uniqueItems": unique})
        });
        let members = prop::collection::btree_map("[a-d]", inner.clone(), 0..4);
        let object = (members, prop::collection::btree_set("[a-e]", 0..3), 0..4usize, 0..4u64);
        let object = object.prop_map(|(members, required, kind, bound)| {
            let mut schema = json!({"type": "object", "properties": members, "required": required});
            match kind {
                0 => schema["additionalProperties"] = json!(false),
                1 => schema["additionalProperties"] = json!({"type": "integer", "minimum": 1}),
                2 => schema["minProperties"] = json!(bound),
                _ => schema["maxProperties"] = json!(bound + 1),
            }
            if let (0, Some(member)) = (bound, schema["properties"]["a"].as_object_mut()) {
                member.insert("readOnly".to_owned(), json!(true));
            }
            schema
        });
        let several = (prop::collection::vec(inner.clone(), 1..4), 0..4usize, any::<bool>());
        let several = several.prop_map(|(branches, kind, nullable)| match kind {
            0 => json!({"allOf": branches, "nullable": nullable}),
            1 => json!({"oneOf": branches, "nullable": nullable}),
            2 => json!({"anyOf": branches}),
            _ => json!({"type": "object", "not": branches[0], "anyOf": branches}),
        });
        prop_oneof![list, object, several]
    })
}

/// Whether all that is wrong is wrong at the place or around it.
fn is_about(document: &Document, direction: Direction, labelled: &Labelled) -> bool {
    let found = document.violations(&place(), direction, &labelled.value);
    let around = |pointer: &str| {
        let within = |inner: &str, outer: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        within(pointer, &labelled.at) || within(&labelled.at, pointer)
    };
    !found.is_empty()
        && found.iter().all(|violation| match &violation.at {
            orderly_api_runtime::At::Pointer(pointer) => around(pointer),
            orderly_api_runtime::At::Parameter { .. } => false,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_valid_and_what_is_broken_is_not(schema in schemas(), seed in any::<u64>()) {
        let document = document(&schema);
        for direction in [Direction::Request, Direction::Response] {
            let values = Values::new(&document, &place(), direction);
            let kept = values.kept();
            for labelled in &kept {
                prop_assert!(is_valid(&document, direction, &labelled.value), "{labelled:?}");
            }
            for labelled in values.broken() {
                prop_assert!(is_about(&document, direction, &labelled), "{labelled:?}");
            }
            let sample = values.sample();
            prop_assert_eq!(sample.is_some(), !kept.is_empty(), "{:?} {:?}", sample, kept);
            let rules: BTreeSet<_> = value::keywords(&document, &place(), direction).into_iter().collect();
            let mut rng = Rng::with_seed(seed);
            for _ in 0..5 {
                if let Some(value) = values.random(&mut rng) {
                    prop_assert!(is_valid(&document, direction, &value), "{value}");
                    for rule in values.keeps(&value) {
                        prop_assert!(rules.contains(&rule), "{rule:?}");
                    }
                }
                if let Some(labelled) = values.random_broken(&mut rng) {
                    prop_assert!(is_about(&document, direction, &labelled), "{labelled:?}");
                }
            }
        }
    }
}
