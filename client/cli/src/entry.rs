//! Members on one line: `product_id=prd_…,quantity=2`, or the same as JSON.

use serde_json::{Map, Value};

use crate::table::{Kind, Member};

/// A text as a value of this kind.
pub(crate) fn value(kind: Kind, text: &str) -> Value {
    match kind {
        Kind::Text => text.into(),
        // It was checked when it was given; in an entry, the server says what is wrong with it.
        Kind::Integer | Kind::Number => text.parse().map_or_else(|_| text.into(), Value::Number),
        Kind::Boolean => text.parse::<bool>().map_or_else(|_| text.into(), Value::Bool),
    }
}

/// An object of these members.
pub(crate) fn object(parts: &[Member], text: &str) -> Result<Value, String> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|error| format!("`{text}` is no JSON: {error}"));
    }
    let mut all = Value::Object(Map::new());
    for (name, given) in pairs(text, |name| part(parts, name).is_some())? {
        let Some(part) = part(parts, &name) else {
            let known: Vec<&str> = parts.iter().map(|part| part.option).collect();
            return Err(format!("there is no `{name}`; there is {}", known.join(", ")));
        };
        let nothing_said = part.value.choices.is_empty() || part.value.choices.contains(&given.as_str());
        if !nothing_said {
            return Err(format!("`{name}` is one of {}", part.value.choices.join(", ")));
        }
        put(&mut all, part.path, value(part.value.kind, &given));
    }
    Ok(all)
}

fn part<'a>(parts: &'a [Member], name: &str) -> Option<&'a Member> {
    parts.iter().find(|part| part.option == name || part.option.replace('_', "-") == name)
}

/// `a=1,b=2` as pairs. A comma that no name follows belongs to the value.
pub(crate) fn pairs(text: &str, is_known: impl Fn(&str) -> bool) -> Result<Vec<(String, String)>, String> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for piece in text.split(',') {
        match (piece.split_once('='), pairs.last_mut()) {
            (Some((name, value)), last) => {
                let name = name.trim();
                match last {
                    Some((_, before)) if !is_known(name) && name.contains(char::is_whitespace) => {
                        before.push(',');
                        before.push_str(piece);
                    }
                    _ => pairs.push((name.to_owned(), value.to_owned())),
                }
            }
            (None, Some((_, before))) => {
                before.push(',');
                before.push_str(piece);
            }
            (None, None) => return Err(format!("`{piece}` is no `member=value`")),
        }
    }
    Ok(pairs)
}

/// Puts a value in its place, with the objects around it.
pub(crate) fn put(all: &mut Value, path: &[&str], value: Value) {
    let Some((last, above)) = path.split_last() else { return };
    let mut inner = all;
    for name in above {
        if !inner.get(name).is_some_and(Value::is_object) {
            set(inner, name, Value::Object(Map::new()));
        }
        match inner.get_mut(name) {
            Some(next) => inner = next,
            None => return,
        }
    }
    set(inner, last, value);
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table;
    use serde_json::json;

    const PARTS: &[Member] = &[
        Member { option: "product_id", path: &["product_id"], ..Member::EMPTY },
        Member {
            option: "price.amount",
            path: &["price", "amount"],
            value: table::Value { kind: Kind::Integer, ..table::Value::EMPTY },
            ..Member::EMPTY
        },
    ];

    #[test]
    fn members_stand_on_one_line() {
        for (text, expected) in [
            ("product_id=a,price.amount=2", json!({ "product_id": "a", "price": { "amount": 2 } })),
            ("product-id=a", json!({ "product_id": "a" })),
            ("product_id=Mug, large", json!({ "product_id": "Mug, large" })),
            ("product_id=a=b", json!({ "product_id": "a=b" })),
            ("price.amount=two", json!({ "price": { "amount": "two" } })),
            (r#"{"product_id":"a"}"#, json!({ "product_id": "a" })),
        ] {
            assert_eq!(object(PARTS, text), Ok(expected), "{text}");
        }
        for bad in ["", "a", "colour=red", "{"] {
            assert!(object(PARTS, bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in ".*") {
            let _ = object(PARTS, &text);
        }

        #[test]
        fn values_without_signs_of_their_own_come_through(id in "[^,={]*[^,={ ]", amount: i64) {
            let made = object(PARTS, &format!("product_id={id},price.amount={amount}")).unwrap();
            assert_eq!(made, json!({ "product_id": id, "price": { "amount": amount } }));
        }
    }
}
