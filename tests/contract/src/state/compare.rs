//! Whether an answer contradicts an earlier one in what the client has sent.

use serde_json::Value;

/// In what two answers contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Contradiction {
    /// What was sent and confirmed is another one when it is read.
    Read(String),
    /// What was sent is what is read, but the answer to it said something else.
    Answered(String),
}

/// A member that was sent, of which the answer and what is read afterwards say different things. What may be written and
/// not be read, by the document, is no contradiction of the server's.
pub(crate) fn contradiction(
    sent: &Value,
    answered: &Value,
    read: &Value,
    may_be_read: impl Fn(&Value) -> bool,
) -> Option<Contradiction> {
    let members = sent.as_object()?;
    let may_be = |name: &str, value: &Value| {
        let mut other = read.clone();
        other[name] = value.clone();
        may_be_read(&other)
    };
    members.iter().find_map(|(name, value)| {
        let (answer, now) = (answered.get(name)?, read.get(name)?);
        // What the server writes in its own way, it may write in another way again.
        if is_time(value) {
            return None;
        }
        match (agrees(value, answer), agrees(value, now)) {
            (true, false) if may_be(name, answer) => {
                Some(Contradiction::Read(format!("{name}: {now} instead of {value}")))
            }
            (false, true) => Some(Contradiction::Answered(format!("{name}: {answer} instead of {value}"))),
            _ => None,
        }
    })
}

/// Whether a value says what was sent: objects may say more.
fn agrees(sent: &Value, value: &Value) -> bool {
    match (sent, value) {
        (Value::Object(sent), Value::Object(members)) => {
            sent.iter().all(|(name, one)| members.get(name).is_some_and(|other| agrees(one, other)))
        }
        (Value::Array(sent), Value::Array(items)) => {
            sent.len() == items.len() && sent.iter().zip(items).all(|(one, other)| agrees(one, other))
        }
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => sent == value,
    }
}

fn is_time(value: &Value) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    value.as_str().is_some_and(|text| {
        text.get(..10).is_some_and(|date| digits(date) == 8 && date.matches('-').count() == 2)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_was_sent_and_came_back_once_is_a_contradiction() {
        let read = |text: &str| Some(Contradiction::Read(text.to_owned()));
        let answered = |text: &str| Some(Contradiction::Answered(text.to_owned()));
        let time = json!({ "at": "2026-01-01T00:00:00Z" });
        let cases = [
            (json!({ "a": 1 }), json!({ "a": 1 }), json!({ "a": 1, "id": 1 }), None),
            (json!({ "a": 1 }), json!({ "a": 1 }), json!({ "a": 2 }), read("a: 2 instead of 1")),
            (json!({ "a": 1 }), json!({ "a": 2 }), json!({ "a": 1 }), answered("a: 2 instead of 1")),
            // Made another one when it was stored, and said so.
            (json!({ "a": " x" }), json!({ "a": "x" }), json!({ "a": "x" }), None),
            (json!({ "secret": 1 }), json!({ "id": 1 }), json!({ "secret": 2 }), None),
            (
                json!({ "a": { "b": 1 } }),
                json!({ "a": { "b": 1.0, "c": 2 } }),
                json!({ "a": { "b": 2 } }),
                read(r#"a: {"b":2} instead of {"b":1}"#),
            ),
            (
                json!({ "a": [1, 2] }),
                json!({ "a": [1, 2] }),
                json!({ "a": [1] }),
                read("a: [1] instead of [1,2]"),
            ),
            (time.clone(), time, json!({ "at": "2026-01-01" }), None),
        ];
        for (sent, answered, now, expected) in cases {
            assert_eq!(contradiction(&sent, &answered, &now, |_| true), expected, "{sent} {answered} {now}");
        }
    }

    #[test]
    fn what_may_not_be_read_as_it_was_written_is_none() {
        let (sent, now) = (json!({ "zip": "?" }), json!({ "zip": "39600" }));
        assert_eq!(contradiction(&sent, &sent, &now, |read| read["zip"] != "?"), None);
    }
}
