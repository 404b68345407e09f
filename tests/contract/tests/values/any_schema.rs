//! What holds of values from any schema, also from one that contradicts itself.

use std::collections::BTreeSet;

use fastrand::Rng;
use orderly_contract::{
    Direction, Document,
    value::{self, Labelled, Values},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{document, place};

fn is_valid(document: &Document, direction: Direction, value: &Value) -> bool {
    document.violations(&place(), direction, value).is_empty()
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
