//! Schemas at random: no proof may be refuted by a value, and no counterexample by a validator.

use fastrand::Rng;
use orderly_api_runtime::Schemas;
use orderly_compat::schema::{Comparison, Direction, Verdict};
use orderly_contract::value::Values;
use orderly_document::{Document, Pointer};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A schema of a few keywords. Bounds are small, so that two schemas often differ a little.
fn schema() -> impl Strategy<Value = Value> {
    let bound = || proptest::option::of(0..4u32);
    let keyword = |schema: &mut Value, name: &str, value: Option<u32>| {
        if let Some(value) = value {
            schema[name] = json!(value);
        }
    };
    let text = (bound(), bound(), proptest::option::of(0..3usize)).prop_map(move |(min, max, pattern)| {
        let mut schema = json!({"type": "string"});
        keyword(&mut schema, "minLength", min);
        keyword(&mut schema, "maxLength", max.map(|max| max + 2));
        if let Some(pattern) = pattern {
            schema["pattern"] = json!(["^[a-c]+$", "^[a-z]+$", "^[0-9]*$"][pattern]);
        }
        schema
    });
    let number =
        (any::<bool>(), bound(), bound(), any::<bool>()).prop_map(move |(whole, min, max, exclusive)| {
            let mut schema = json!({"type": if whole { "integer" } else { "number" }});
            keyword(&mut schema, "minimum", min);
            keyword(&mut schema, "maximum", max.map(|max| max + 3));
            if exclusive && min.is_some() {
                schema["exclusiveMinimum"] = json!(true);
            }
            schema
        });
    let list = proptest::sample::subsequence(vec!["a", "b", "c"], 1..=3)
        .prop_map(|values| json!({"type": "string", "enum": values}));
    let leaf = prop_oneof![text, number, list, Just(json!({"type": "boolean"}))];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let members = proptest::collection::btree_map("[x-z]", inner.clone(), 1..=3);
        let object = (members, any::<bool>(), proptest::option::of(any::<bool>())).prop_map(
            |(members, is_required, further)| {
                let required: Vec<_> = members.keys().take(usize::from(is_required)).cloned().collect();
                let properties: Map<_, _> = members.into_iter().collect();
                let mut schema = json!({"type": "object", "properties": properties, "required": required});
                if let Some(further) = further {
                    schema["additionalProperties"] = json!(further);
                }
                schema
            },
        );
        let array = (inner.clone(), proptest::option::of(0..3u32)).prop_map(|(items, max)| {
            let mut schema = json!({"type": "array", "items": items});
            if let Some(max) = max {
                schema["maxItems"] = json!(max);
            }
            schema
        });
        let branches = proptest::collection::vec(inner, 1..=2);
        let union = (branches, any::<bool>())
            .prop_map(|(branches, is_one)| json!({if is_one { "oneOf" } else { "anyOf" }: branches}));
        prop_oneof![object, array, union]
    })
}

/// Two schemas: any two, or one with a piece replaced.
fn pair() -> impl Strategy<Value = (Value, Value)> {
    let changed = (schema(), schema(), any::<prop::sample::Index>()).prop_map(|(base, piece, index)| {
        let mut head = base.clone();
        let places = places(&base, String::new());
        let place = index.get(&places);
        *head.pointer_mut(place).expect("a place") = piece;
        (base, head)
    });
    prop_oneof![1 => (schema(), schema()), 4 => changed]
}

fn places(schema: &Value, at: String) -> Vec<String> {
    let mut found = vec![at.clone()];
    for name in schema["properties"].as_object().into_iter().flat_map(Map::keys) {
        found.extend(places(&schema["properties"][name], format!("{at}/properties/{name}")));
    }
    if schema.get("items").is_some() {
        found.extend(places(&schema["items"], format!("{at}/items")));
    }
    for keyword in ["anyOf", "oneOf"] {
        for index in 0..schema[keyword].as_array().map_or(0, Vec::len) {
            found.extend(places(&schema[keyword][index], format!("{at}/{keyword}/{index}")));
        }
    }
    found
}

fn document(schema: &Value) -> Document {
    let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {},
        "components": {"schemas": {"It": schema}}});
    Document::parse("it.json", document.to_string().as_bytes()).expect("a document")
}

/// Whether a sender sends a value: whether it has only members that the schema names, or speaks of.
fn is_sent(schema: &Value, value: &Value) -> bool {
    let parts = parts(schema);
    match value {
        Value::Object(members) => {
            let is_open = parts.iter().any(|part| part["additionalProperties"] == json!(true));
            members.iter().all(|(name, member)| {
                let mut named = parts.iter().filter_map(|part| part["properties"].get(name));
                is_open || named.any(|schema| is_sent(schema, member))
            })
        }
        Value::Array(items) => {
            items.iter().all(|item| parts.iter().any(|part| is_sent(&part["items"], item)))
        }
        _ => true,
    }
}

/// A schema and the alternatives that it holds.
fn parts(schema: &Value) -> Vec<&Value> {
    let branches = ["anyOf", "oneOf"].into_iter().filter_map(|keyword| schema[keyword].as_array()).flatten();
    std::iter::once(schema).chain(branches.flat_map(parts)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_verdict_is_never_refuted((base, head) in pair(), is_request in any::<bool>()) {
        let direction = if is_request { Direction::Request } else { Direction::Response };
        let at = Pointer::root().path(["components", "schemas", "It"]);
        let (base, head) = (document(&base), document(&head));
        let compared = Comparison::new(&base, &head).compare(&at, &at, direction);
        let (sender, receiver) = if is_request { (&base, &head) } else { (&head, &base) };
        let is_valid = |document: &Document, value: &Value| {
            let schemas = Schemas::from_value(document.root().clone());
            schemas.violations(&at.to_string(), direction, value).expect("a schema").is_empty()
        };
        match &compared.verdict {
            Verdict::Compatible => {
                let engine = orderly_contract::Document::new(sender.clone()).expect("a document");
                let values = Values::new(&engine, &at, direction);
                let mut rng = Rng::with_seed(7);
                let random: Vec<_> = (0..20).filter_map(|_| values.random(&mut rng)).collect();
                let kept = values.kept().into_iter().map(|labelled| labelled.value);
                let schema = sender.get(&at).expect("a schema");
                for value in kept.chain(random).filter(|value| is_sent(schema, value)) {
                    prop_assert!(is_valid(receiver, &value), "{value} refutes the proof");
                }
            }
            Verdict::Breaking(breaks) => {
                for broken in breaks {
                    let value = &broken.counterexample;
                    prop_assert!(is_valid(sender, value), "{value} is not sent");
                    prop_assert!(!is_valid(receiver, value), "{value} is not refused");
                }
            }
            Verdict::Undecided { .. } => {}
        }
    }
}
