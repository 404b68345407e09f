//! Reading documents: what the data is, where everything stood, and that nothing brings the reader down.

use orderly_document::{Diagnostics, Document, Location, Pointer};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Reads YAML below the line that makes it a document, which is line 1.
fn yaml(text: &str) -> Result<Document, Diagnostics> {
    Document::parse("shop.yaml", format!("openapi: 3.0.3\n{text}").as_bytes())
}

/// The member `x` of a document.
fn x(document: &Document) -> &Value {
    &document.root()["x"]
}

#[test]
fn keys_are_text_whatever_they_look_like() {
    let document = yaml("x: {200: a, 1.0: b, null: c, true: d, 0x10: e, 'quoted': f}").unwrap();
    let expected = json!({"200": "a", "1.0": "b", "null": "c", "true": "d", "0x10": "e", "quoted": "f"});
    assert_eq!(*x(&document), expected);
}

#[test]
fn a_tag_or_a_quote_decides_over_the_form_of_a_scalar() {
    let document = yaml("x: [1, '1', !!str 1, !!int \"1\", no, !custom 1]").unwrap();
    assert_eq!(*x(&document), json!([1, "1", "1", 1, "no", "1"]));
    assert_eq!(*x(&yaml("x: |-\n  1").unwrap()), json!("1"));
}

#[test]
fn an_alias_repeats_its_anchor() {
    let document = yaml("a: &a {k: [1, 2]}\nx: [*a, *a]").unwrap();
    assert_eq!(*x(&document), json!([{"k": [1, 2]}, {"k": [1, 2]}]));
    assert_eq!(at(&document, "/x/1"), (3, 9), "the alias stands where it is written");
    assert_eq!(at(&document, "/x/1/k/0"), (2, 12), "what it repeats stands at the anchor");
}

#[test]
fn a_merge_key_gives_way_to_explicit_members_and_to_earlier_sources() {
    let document = yaml("a: &a {k: 1, l: 1}\nb: &b {l: 2, m: 2}\nx:\n  <<: [*a, *b]\n  k: 3").unwrap();
    assert_eq!(*x(&document), json!({"k": 3, "l": 1, "m": 2}));
    assert_eq!(at(&document, "/x/k"), (6, 6));
    assert_eq!(at(&document, "/x/m"), (3, 17), "a merged member stands where it came from");
}

#[test]
fn a_quoted_merge_key_is_a_key() {
    assert_eq!(*x(&yaml("x: {'<<': 1}").unwrap()), json!({"<<": 1}));
}

#[test]
fn integers_are_exact_within_64_bits() {
    let text = r#"{"openapi": "3.0.3", "x": [9007199254740993, -9223372036854775808, 18446744073709551615]}"#;
    let expected = json!([9_007_199_254_740_993_u64, i64::MIN, u64::MAX]);
    for name in ["shop.json", "shop.yaml"] {
        assert_eq!(*x(&Document::parse(name, text.as_bytes()).unwrap()), expected, "{name}");
    }
}

#[test]
fn members_keep_their_order() {
    let document = yaml("x: {z: 1, a: 2, m: 3}").unwrap();
    let keys: Vec<&String> = x(&document).as_object().unwrap().keys().collect();
    assert_eq!(keys, ["z", "a", "m"]);
}

#[test]
fn a_byte_order_mark_is_no_content() {
    assert!(Document::parse("shop.yaml", "\u{feff}openapi: 3.0.3".as_bytes()).is_ok());
    assert!(Document::parse("shop.json", "\u{feff}{\"openapi\": \"3.0.3\"}".as_bytes()).is_ok());
}

#[test]
fn a_pointer_to_nothing_stands_where_it_is_missing() {
    let document = yaml("x:\n  y: {z: 1}").unwrap();
    assert_eq!(at(&document, "/x/y/missing/deeper"), (3, 3), "the key of the nearest object");
    assert_eq!(at(&document, "/x/y/z"), (3, 10), "a scalar itself");
    let key = document.locate_key("/x/y/z");
    assert_eq!((key.line, key.column), (3, 7));
    assert_eq!(document.locate("").to_string(), "shop.yaml:1:1");
}

#[test]
fn aliases_may_not_multiply_without_end() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let previous = vec![format!("*a{}", level - 1); 9].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{previous}]\n"));
    }
    let refusals = yaml(&text).unwrap_err().to_string();
    assert!(refusals.contains("aliases add more than 1000000 values"), "{refusals}");
}

#[test]
fn no_depth_overflows_the_stack() {
    for (name, opening) in [("a.json", "["), ("a.json", "{\"a\":"), ("a.yaml", "["), ("a.yaml", "- ")] {
        let refusals = Document::parse(name, opening.repeat(200_000).as_bytes()).unwrap_err().to_string();
        assert!(refusals.contains("nests deeper") || refusals.contains("recursion limit"), "{refusals}");
    }
}

fn at(document: &Document, pointer: &str) -> (u32, u32) {
    let location = document.locate(pointer);
    (location.line, location.column)
}

/// The source from a location on.
fn source_at<'s>(source: &'s str, location: &Location) -> &'s str {
    let line = source.lines().nth(location.line as usize - 1).expect("the line exists");
    let (column, _) = line.char_indices().nth(location.column as usize - 1).expect("the column exists");
    &line[column..]
}

/// Checks that every value is what was written, and stands where it was written.
fn assert_positions(document: &Document, source: &str, pointer: &Pointer, written: &Value) {
    assert_eq!(document.get(pointer), Some(written));
    let here = source_at(source, &document.locate(pointer));
    let key = pointer.last().filter(|_| {
        pointer.parent().is_some_and(|parent| document.get(&parent).is_some_and(Value::is_object))
    });
    if let Some(key) = &key {
        let quoted = Value::from(key.as_str()).to_string();
        assert!(source_at(source, &document.locate_key(pointer)).starts_with(&quoted));
    }
    match written {
        Value::Object(members) => {
            assert!(key.is_none_or(|key| here.starts_with(&Value::from(key).to_string())));
            for (name, member) in members {
                assert_positions(document, source, &pointer.child(name), member);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                assert_positions(document, source, &pointer.index(index), item);
            }
        }
        scalar => assert!(here.starts_with(&scalar.to_string()), "{scalar} stands at {here:?}"),
    }
}

/// Block YAML with every string in JSON's quotes.
fn block_yaml(value: &Value, indent: usize, text: &mut String) {
    let blanks = " ".repeat(indent);
    let mut entry = |head: String, value: &Value| {
        let is_block = match value {
            Value::Object(members) => !members.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => false,
        };
        text.push_str(&format!("{blanks}{head}"));
        if is_block {
            text.push('\n');
            block_yaml(value, indent + 2, text);
        } else {
            text.push_str(&format!(" {value}\n"));
        }
    };
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| entry(format!("{}:", json!(key)), value));
        }
        Value::Array(items) => items.iter().for_each(|item| entry("-".to_owned(), item)),
        scalar => text.push_str(&scalar.to_string()),
    }
}

/// A document of any content, with strings from `strings`.
fn documents(strings: &'static str) -> impl Strategy<Value = Value> {
    let scalars = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        strings.prop_map(Value::from),
    ];
    let content = scalars.prop_recursive(5, 40, 6, move |inner| {
        let members = proptest::collection::vec((strings, inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..6).prop_map(Value::Array),
            members.prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    content.prop_map(|content| {
        Value::Object(Map::from_iter([
            ("openapi".to_owned(), json!("3.0.3")),
            ("content".to_owned(), content),
        ]))
    })
}

/// Text that is often nearly YAML or nearly JSON.
const NEARLY: &str = r#"(openapi: |3\.0\.3|\n|  |- |\? |: |\{|\}|\[|\]|,|"|'|&a |\*a|!!str |<<: |\||>-|#|---|\t|\\u|[a-z0-9é]){0,60}"#;

proptest! {
    #[test]
    fn every_value_of_a_json_document_stands_where_it_was_written(written in documents(".{0,12}")) {
        for source in [format!("{written}"), format!("{written:#}")] {
            let document = Document::parse("a.json", source.as_bytes()).unwrap();
            assert_positions(&document, &source, &Pointer::root(), &written);
        }
    }

    #[test]
    fn every_value_of_a_yaml_document_stands_where_it_was_written(written in documents("[ -~äß€]{0,12}")) {
        let mut source = String::new();
        block_yaml(&written, 0, &mut source);
        let document = Document::parse("a.yaml", source.as_bytes()).unwrap();
        assert_positions(&document, &source, &Pointer::root(), &written);
    }

    #[test]
    fn json_reads_the_same_as_yaml(written in documents("[ -~äß€]{0,12}")) {
        let source = format!("{written:#}");
        let json = Document::parse("a.json", source.as_bytes()).unwrap();
        let yaml = Document::parse("a.yaml", source.as_bytes()).unwrap();
        prop_assert_eq!(json.root(), yaml.root());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for name in ["a.json", "a.yaml"] {
            refused_within(name, &bytes)?;
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in NEARLY) {
        for name in ["a.json", "a.yaml"] {
            refused_within(name, text.as_bytes())?;
        }
    }
}

/// A refusal names a place in the file, or the one just behind its end.
fn refused_within(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    if let Err(refusals) = Document::parse(name, bytes) {
        prop_assert!(!refusals.is_empty());
        for refusal in refusals {
            prop_assert!(refusal.location.line as usize <= lines + 1, "{refusal}");
        }
    }
    Ok(())
}
