//! The two ways to judge a body agree: the typed one that every request takes, and the document's schema
//! that explains what is wrong. Each example of the document is spoilt in every place and in many ways.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

use std::collections::BTreeSet;

use orderly_api::*;
use runtime::{Direction, Valid};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Values of every kind, at the ends of what is usual.
fn strangers() -> Vec<Value> {
    let mut values = vec![json!(null), json!(true), json!([]), json!({}), json!([null]), json!({ "x": 1 })];
    values.extend([-1, 0, 1, 100, 1_000_000_001, i64::MAX].map(Value::from));
    values.extend([0.5, 1.0, 1e300].map(Value::from));
    values.extend(
        ["", " ", "a", "a\0b", "ABC", "a@b.example", "2026-01-01T00:00:00Z", "-1", "1"].map(Value::from),
    );
    values.extend([json!("ä".repeat(100)), json!("x".repeat(10_000)), json!([1, 1]), json!(["a", "a"])]);
    values
}

/// The places of all values within a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, member)| places(member, &format!("{at}/{key}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| places(item, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

/// The example with one place changed: another value, nothing, or one member more.
fn variations(example: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    places(example, "", &mut found);
    let mut variations = vec![example.clone()];
    for place in found {
        let mut change = |change: &dyn Fn(&mut Value)| {
            let mut changed = example.clone();
            change(changed.pointer_mut(&place).unwrap());
            variations.push(changed);
        };
        for stranger in strangers() {
            change(&|value| *value = stranger.clone());
        }
        change(&|value| {
            if let Value::Object(members) = value {
                members.insert("unheard_of".to_owned(), json!(1));
            }
        });
        change(&|value| {
            if let Value::Array(items) = value {
                *items = items.iter().cycle().take(items.len() * 200).cloned().collect();
            }
        });
        let Some((parent, key)) = place.rsplit_once('/') else { continue };
        let mut shorter = example.clone();
        if let Value::Object(members) = shorter.pointer_mut(parent).unwrap() {
            members.remove(key);
        }
        variations.push(shorter);
    }
    variations
}

/// Judges all variations of an operation's example both ways; says how many were good.
fn judge<T: DeserializeOwned + Valid>(operation: &str) -> usize {
    let (pointer, media) = request(operation);
    let examples = media["examples"].as_object().into_iter().flatten().map(|(_, example)| &example["value"]);
    let mut good = 0;
    for variation in examples.chain(media.get("example")).flat_map(variations) {
        let typed = serde_json::from_value::<T>(variation.clone()).is_ok_and(|value| value.is_valid());
        let violations = SCHEMAS.violations(&pointer, Direction::Request, &variation).unwrap();
        assert_eq!(typed, violations.is_empty(), "{operation}: {variation}: {violations:?}");
        good += usize::from(typed);
    }
    good
}

/// Where the schema of an operation's body stands, and what the document says of the body.
fn request(operation: &str) -> (String, Value) {
    let document: Value = serde_json::from_str(DOCUMENT_JSON).unwrap();
    let found = OPERATIONS.iter().find(|known| known.id == operation).unwrap();
    let path = found.path.replace('~', "~0").replace('/', "~1");
    let content = format!("/paths/{path}/{}/requestBody/content", found.method.to_lowercase());
    let media = document.pointer(&content).unwrap().as_object().unwrap();
    let (name, media) = media.iter().next().unwrap();
    (format!("#{content}/{}/schema", name.replace('/', "~1")), media.clone())
}

/// Each operation with a body, judged as the type of its request.
macro_rules! bodies {
    ($($operation:literal: $type:ty,)*) => {
        #[test]
        fn types_and_schemas_judge_every_body_alike() {
            $(assert!(judge::<$type>($operation) > 0, "{}: the example itself is refused", $operation);)*
        }

        /// The operations that are judged.
        const JUDGED: &[&str] = &[$($operation),*];
    };
}

bodies! {
    "register": Registration,
    "create_tokens": TokenRequest,
    "revoke_tokens": TokenRevocation,
    "update_me": ProfilePatch,
    "change_password": PasswordChange,
    "create_user": UserCreate,
    "change_role": RoleChange,
    "create_api_key": ApiKeyCreate,
    "create_product": ProductCreate,
    "update_product": ProductPatch,
    "adjust_stock": StockAdjust,
    "create_order": OrderCreate,
    "create_note": NoteWrite,
    "replace_note": NoteWrite,
    "update_note": NotePatch,
}

#[test]
fn no_body_is_left_out() {
    let document: Value = serde_json::from_str(DOCUMENT_JSON).unwrap();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    let with_body: BTreeSet<&str> = operations
        .filter(|operation| operation.get("requestBody").is_some())
        .filter_map(|operation| operation["operationId"].as_str())
        .collect();
    assert_eq!(with_body, JUDGED.iter().copied().collect());
}
