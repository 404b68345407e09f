//! Whether an answer contradicts an earlier one in what the client has sent.

use serde_json::Value;

/// A member that was sent, that the answer confirmed, and that is another one when it is read; in words.
pub(crate) fn contradiction(sent: &Value, answered: &Value, read: &Value) -> Option<String> {
    let members = sent.as_object()?;
    members.iter().find_map(|(name, value)| {
        let confirmed = answered.get(name).is_some_and(|answer| agrees(value, answer));
        let now = read.get(name)?;
        // What the server writes in its own way, it may write in another way again.
        (confirmed && !agrees(value, now) && !is_time(value))
            .then(|| format!("{name}: {now} instead of {value}"))
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
    fn only_what_was_confirmed_and_is_different_now_is_a_contradiction() {
        let cases = [
            (json!({ "name": "a" }), json!({ "name": "a" }), json!({ "name": "a", "id": 1 }), false),
            (json!({ "name": "a" }), json!({ "name": "a" }), json!({ "name": "b" }), true),
            // Made another one when it was stored, and said so.
            (json!({ "name": " a" }), json!({ "name": "a" }), json!({ "name": "a" }), false),
            (json!({ "secret": "a" }), json!({ "id": 1 }), json!({ "secret": "b" }), false),
            (
                json!({ "price": { "amount": 1 } }),
                json!({ "price": { "amount": 1.0, "text": "1" } }),
                json!({ "price": { "amount": 2 } }),
                true,
            ),
            (json!({ "tags": ["a", "b"] }), json!({ "tags": ["a", "b"] }), json!({ "tags": ["a"] }), true),
            (
                json!({ "at": "2026-01-01T00:00:00Z" }),
                json!({ "at": "2026-01-01T00:00:00Z" }),
                json!({ "at": "2026-01-01" }),
                false,
            ),
        ];
        for (sent, answered, read, expected) in cases {
            assert_eq!(
                contradiction(&sent, &answered, &read).is_some(),
                expected,
                "{sent} {answered} {read}"
            );
        }
    }
}
