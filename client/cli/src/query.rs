//! A part of an answer: a JSON pointer (RFC 6901) or a path like `items[].id`.

use std::str::FromStr;

use serde_json::Value;

/// Where to go, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// A member; in a pointer also the number of an item.
    Member(String),
    Item(usize),
    /// Every item.
    Each,
}

impl FromStr for Query {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(pointer) = text.strip_prefix('/') {
            let steps =
                pointer.split('/').map(|step| Step::Member(step.replace("~1", "/").replace("~0", "~")));
            return Ok(Self(steps.collect()));
        }
        let mut steps = Vec::new();
        let plain = text.strip_prefix("$").unwrap_or(text);
        for part in plain.split('.') {
            let (name, mut brackets) = part.find('[').map_or((part, ""), |at| part.split_at(at));
            if !name.is_empty() {
                steps.push(Step::Member(name.to_owned()));
            }
            while !brackets.is_empty() {
                let inner = brackets.strip_prefix('[').and_then(|rest| rest.split_once(']'));
                let (inner, rest) =
                    inner.ok_or_else(|| format!("`{part}` has a bracket too many or too few"))?;
                steps.push(match inner {
                    "" | "*" => Step::Each,
                    number => {
                        Step::Item(number.parse().map_err(|_| format!("`{number}` is no item's number"))?)
                    }
                });
                brackets = rest;
            }
        }
        Ok(Self(steps))
    }
}

impl Query {
    /// What stands there; or at which step there is nothing.
    pub(crate) fn of(&self, value: &Value) -> Result<Value, String> {
        found(&self.0, value)
    }
}

fn found(steps: &[Step], value: &Value) -> Result<Value, String> {
    let Some((step, rest)) = steps.split_first() else { return Ok(value.clone()) };
    match (step, value) {
        (Step::Each, Value::Array(items)) => {
            let mut all = Vec::new();
            for item in items {
                // What one item has another may lack.
                match found(rest, item).unwrap_or(Value::Null) {
                    Value::Array(inner) if rest.contains(&Step::Each) => all.extend(inner),
                    other => all.push(other),
                }
            }
            Ok(Value::Array(all))
        }
        (Step::Item(at), Value::Array(items)) => match items.get(*at) {
            Some(item) => found(rest, item),
            None => Err(format!("there are {} items, and none with number {at}", items.len())),
        },
        (Step::Member(name), Value::Array(items)) if name.parse::<usize>().is_ok() => {
            let item = name.parse::<usize>().ok().and_then(|at| items.get(at));
            item.map_or_else(
                || Err(format!("there are {} items, and none with number {name}", items.len())),
                |item| found(rest, item),
            )
        }
        (Step::Member(name), Value::Object(members)) => match members.get(name) {
            Some(member) => found(rest, member),
            None => {
                let names: Vec<&str> = members.keys().map(String::as_str).collect();
                Err(format!("there is no `{name}`; there is {}", names.join(", ")))
            }
        },
        (Step::Member(name), _) => Err(format!("`{name}` is looked for in what has no members")),
        (Step::Each | Step::Item(_), _) => Err("what is no list has no items".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_part_is_found_by_pointer_or_path() {
        let value =
            json!({ "items": [{ "id": 1, "tags": ["a", "b"] }, { "id": 2, "tags": [] }], "a/b": true });
        for (query, expected) in [
            ("/items/0/id", json!(1)),
            ("/a~1b", json!(true)),
            ("items[1].id", json!(2)),
            ("items[].id", json!([1, 2])),
            (".items[*].tags[]", json!(["a", "b"])),
            ("items[].gone", json!([null, null])),
            ("", value.clone()),
            ("$", value.clone()),
        ] {
            assert_eq!(query.parse::<Query>().unwrap().of(&value), Ok(expected), "{query}");
        }
    }

    #[test]
    fn what_is_not_there_or_no_path_is_told() {
        let value = json!({ "items": [] });
        for query in ["/item", "items[0]", "/items/0", "items.id", "[]", "/items/x"] {
            assert!(query.parse::<Query>().unwrap().of(&value).is_err(), "{query}");
        }
        for bad in ["items[", "items[x]", "items]0["] {
            assert!(
                bad.parse::<Query>().is_err() || bad.parse::<Query>().unwrap().of(&value).is_err(),
                "{bad}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in ".*") {
            let _ = text.parse::<Query>().map(|query| query.of(&json!({ "a": [1] })));
        }
    }
}
