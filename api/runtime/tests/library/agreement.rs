//! The fast path and the document's schema accept and refuse the same bodies.

use orderly_api_runtime::{Direction, Valid};
use proptest::{prelude::*, strategy::ValueTree};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::interface::*;

/// Values that keep or break most keywords of the document.
fn scalar() -> impl Strategy<Value = Value> {
    let texts = [
        "",
        "a",
        "ab",
        "novels",
        "Sult",
        "978-12",
        "en",
        "de",
        "nb-NO",
        "member",
        "branch",
        "cow",
        "2026-02-28",
        "2026-02-30",
        "2026-02-28T10:00:00Z",
        "2026-02-28T10:00:00",
        "2026-02-28 10:00:00Z",
        "2026-02-28T10:00:00+0200",
        "+12026-02-28T10:00:00Z",
        "a@example.com",
        "a@",
        "äöüäöüäöü",
        "123456789",
        "1234567890123",
        "a rather long text",
    ];
    prop_oneof![
        4 => prop::sample::select(texts.to_vec()).prop_map(Value::from),
        2 => prop::sample::select(vec![-5_i64, 0, 1, 5, 7, 1000, 1005, i64::MAX]).prop_map(Value::from),
        1 => prop::sample::select(vec![0.01, 0.005, 19.99, 5.0, -1.5]).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => Just(json!(u64::MAX)),
    ]
}

const NAMES: &[&str] = &[
    "id", "title", "isbn", "copies", "price", "note", "summary", "author", "tags", "labels", "extra",
    "added_at", "contact", "holder", "code", "name", "born", "teacher", "kind", "card", "city", "unknown",
];

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(NAMES.to_vec()), inner, 0..5).prop_map(
                |members| {
                    members
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect::<Map<_, _>>()
                        .into()
                }
            ),
        ]
    })
}

/// Where a good book is changed: every member, and what is inside of them.
const PLACES: &[&str] = &[
    "/id",
    "/title",
    "/isbn",
    "/copies",
    "/price",
    "/note",
    "/summary",
    "/author",
    "/tags",
    "/labels",
    "/extra",
    "/added_at",
    "/contact",
    "/holder",
    "/code",
    "/unknown",
    "/author/name",
    "/author/born",
    "/author/teacher",
    "/author/teacher/name",
    "/author/unknown",
    "/tags/0",
    "/tags/1",
    "/labels/a",
    "/labels/c",
    "/holder/kind",
    "/holder/card",
    "/holder/unknown",
];

/// Good books with some values replaced or removed, so that both answers are common.
fn nearly_a_book() -> impl Strategy<Value = Value> {
    let good = json!({
        "title": "Sult", "isbn": "978-12", "copies": 5, "price": 19.99, "note": null, "summary": "hunger",
        "author": {"name": "Knut", "born": "1859-08-04", "teacher": {"name": "B"}}, "tags": ["en", "de"],
        "labels": {"a": "b", "b": "c"}, "extra": {"a": [1]}, "added_at": "2026-02-28T10:00:00Z", "contact": "a@example.com",
        "holder": {"kind": "member", "card": 3}, "code": "novels",
    });
    let change = prop_oneof![4 => scalar().prop_map(Some), 1 => value().prop_map(Some), 1 => Just(None)];
    let changes = prop::collection::vec((prop::sample::select(PLACES.to_vec()), change), 1..3);
    changes.prop_map(move |changes| {
        let mut book = good.clone();
        for (place, change) in changes {
            let (parent, name) = place.rsplit_once('/').expect("every place begins with a slash");
            match (book.pointer_mut(parent), change) {
                (Some(Value::Object(members)), Some(value)) => {
                    members.insert(name.to_owned(), value);
                }
                (Some(Value::Object(members)), None) => {
                    members.remove(name);
                }
                (Some(Value::Array(items)), Some(value)) => items.push(value),
                _ => {}
            }
        }
        book
    })
}

fn agree<T: DeserializeOwned + Valid>(schema: &str, value: &Value) -> Result<bool, TestCaseError> {
    let fast = serde_json::from_str::<T>(&value.to_string()).is_ok_and(|typed| typed.is_valid());
    let pointer = format!("#/components/schemas/{schema}");
    let mistakes = SCHEMAS.violations(&pointer, Direction::Request, value).expect("the document has it");
    prop_assert_eq!(fast, mistakes.is_empty(), "{} as {}: {:?}", value, schema, mistakes);
    Ok(fast)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_paths_agree_on_books(value in nearly_a_book()) {
        agree::<BookCreate>("BookCreate", &value)?;
    }

    #[test]
    fn both_paths_agree_on_anything(value in value()) {
        agree::<BookCreate>("BookCreate", &value)?;
        agree::<Author>("Author", &value)?;
        agree::<Holder>("Holder", &value)?;
        agree::<Member>("Member", &value)?;
        agree::<Code>("Code", &value)?;
        agree::<Filter>("Filter", &value)?;
    }
}

#[test]
fn books_that_are_nearly_good_are_often_good() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let accepted = (0..200).filter(|_| {
        let book = nearly_a_book().new_tree(&mut runner).unwrap().current();
        agree::<BookCreate>("BookCreate", &book).unwrap()
    });
    let accepted = accepted.count();
    assert!((20..180).contains(&accepted), "{accepted} of 200 would make the properties say little");
}
