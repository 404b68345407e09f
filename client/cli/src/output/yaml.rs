//! YAML, of which a part is enough: blocks, and texts in double quotes unless they are plainly texts. Whatever reads
//! YAML 1.1 or 1.2 reads the same value from it.

use std::fmt::Write as _;

use serde_json::Value;

/// Words that some reader takes for something else than a text.
const NO_TEXTS: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"];

/// A value as a document.
pub(super) fn of(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value, 0);
    text
}

/// The items of a list.
pub(super) fn items(items: &[Value]) -> String {
    let mut text = String::new();
    items.iter().for_each(|item| write_item(&mut text, item, 0));
    text
}

fn write(text: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                let _ = write!(text, "{:indent$}{}:", "", scalar(name));
                if is_block(member) {
                    text.push('\n');
                    write(text, member, indent + 2);
                } else {
                    text.push(' ');
                    write(text, member, 0);
                }
            }
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().for_each(|item| write_item(text, item, indent))
        }
        Value::String(inner) => {
            let _ = writeln!(text, "{}", scalar(inner));
        }
        other => {
            let _ = writeln!(text, "{other}");
        }
    }
}

/// `- ` stands where the first line of the item is indented.
fn write_item(text: &mut String, item: &Value, indent: usize) {
    let mut inner = String::new();
    write(&mut inner, item, if is_block(item) { indent + 2 } else { 0 });
    let _ = write!(text, "{:indent$}- {}", "", inner.trim_start_matches(' '));
}

fn is_block(value: &Value) -> bool {
    match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

fn scalar(text: &str) -> String {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let plain = |c: char| c.is_ascii_alphanumeric() || " _-./@+".contains(c);
    let is_text = begins
        && text.chars().all(plain)
        && !text.ends_with(' ')
        && !NO_TEXTS.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_text {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // Neither printable nor a line's end to every reader (YAML 1.2.2, section 5.1).
            '\0'..='\x1f'
            | '\x7f'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use orderly_document::{Document, Pointer};
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_value_is_written_in_blocks() {
        let value = json!({
            "id": "prd_1", "active": true, "word": "no", "at": "2026-11-21T09:00:00Z", "text": "a: b\n\"c\"",
            "tags": ["x", []], "lines": [{ "sku": "A", "parts": [1] }], "none": {}, "gone": null,
        });
        let expected = r#"id: prd_1
active: true
word: "no"
at: "2026-11-21T09:00:00Z"
text: "a: b\n\"c\""
tags:
  - x
  - []
lines:
  - sku: A
    parts:
      - 1
none: {}
gone: null
"#;
        assert_eq!(of(&value), expected);
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e9_f64..1e9).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[a-z0-9 .:#-]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same_value(value in any_value()) {
            // The loader of documents reads YAML, if it says that it is one.
            let text = of(&json!({ "openapi": "3.0.3", "value": value }));
            let document = Document::parse("value.yaml", text.as_bytes())
                .map_err(|error| TestCaseError::fail(format!("{error} in {text}")))?;
            prop_assert_eq!(document.get(&Pointer::root().child("value")), Some(&value), "{}", text);
        }
    }
}
