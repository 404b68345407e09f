//! A value in a cell of a table: money and time as people read them.

use chrono::{DateTime, FixedOffset, Local, TimeZone};
use serde_json::Value;

/// The currencies whose minor unit is not a hundredth (ISO 4217).
const MINOR_DIGITS: &[(usize, &[&str])] = &[
    (
        0,
        &[
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
            "XAF", "XOF", "XPF",
        ],
    ),
    (3, &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]),
    (4, &["CLF", "UYW"]),
];

/// A value in one line.
pub(super) fn line(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => one_line(&time(text, &Local).unwrap_or_else(|| text.clone())),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(line).collect::<Vec<_>>().join(", ")
        }
        Value::Array(items) => format!("({})", items.len()),
        Value::Object(_) => money(value).unwrap_or_else(|| one_line(&value.to_string())),
    }
}

/// A value that may have several lines.
pub(super) fn block(value: &Value) -> String {
    match value {
        Value::String(text) if text.contains('\n') => visible(text),
        value => line(value),
    }
}

/// An amount in minor units and its currency: `18.90 EUR`.
pub(crate) fn money(value: &Value) -> Option<String> {
    let members = value.as_object().filter(|members| members.len() == 2)?;
    let amount = members.get("amount")?.as_i64()?;
    let currency = members.get("currency")?.as_str()?;
    if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    let digits =
        MINOR_DIGITS.iter().find(|(_, all)| all.contains(&currency)).map_or(2, |(digits, _)| *digits);
    let (sign, amount) = (if amount < 0 { "-" } else { "" }, amount.unsigned_abs());
    let unit = 10_u64.pow(u32::try_from(digits).ok()?);
    let minor = if digits == 0 { String::new() } else { format!(".{:0digits$}", amount % unit) };
    Some(format!("{sign}{}{minor} {currency}", amount / unit))
}

/// A time of RFC 3339 in the zone of whoever reads it, to the second.
fn time<Zone: TimeZone>(text: &str, zone: &Zone) -> Option<String>
where
    Zone::Offset: std::fmt::Display,
{
    // Numbers and short words are parsed by mistake.
    let looks_like_one = text.len() >= 20 && text.as_bytes().get(10) == Some(&b'T');
    let time: DateTime<FixedOffset> =
        looks_like_one.then(|| DateTime::parse_from_rfc3339(text).ok()).flatten()?;
    Some(time.with_timezone(zone).format("%Y-%m-%d %H:%M:%S").to_string())
}

/// Whether it is shown as a time.
pub(super) fn is_time(value: &Value) -> bool {
    value.as_str().is_some_and(|text| time(text, &Local).is_some())
}

fn one_line(text: &str) -> String {
    visible(&text.split(['\n', '\r', '\t']).collect::<Vec<_>>().join(" "))
}

/// A text whose control characters, and those that turn its direction, do nothing: a terminal obeys what it is shown.
pub(crate) fn visible(text: &str) -> String {
    let acts = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.chars().any(acts) {
        return text.to_owned();
    }
    text.chars().map(|c| if acts(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Utc;
    use serde_json::json;

    #[test]
    fn money_is_written_with_the_digits_of_its_currency() {
        for (amount, currency, expected) in [
            (1890, "EUR", Some("18.90 EUR")),
            (5, "EUR", Some("0.05 EUR")),
            (-5, "EUR", Some("-0.05 EUR")),
            (1890, "JPY", Some("1890 JPY")),
            (1890, "KWD", Some("1.890 KWD")),
            (i64::MIN, "EUR", Some("-92233720368547758.08 EUR")),
            (1, "euro", None),
        ] {
            let value = json!({ "amount": amount, "currency": currency });
            assert_eq!(money(&value).as_deref(), expected);
        }
        assert_eq!(money(&json!({ "amount": 1.5, "currency": "EUR" })), None);
        assert_eq!(money(&json!({ "amount": 1, "currency": "EUR", "tax": 1 })), None);
    }

    #[test]
    fn a_time_is_told_to_the_second_and_other_texts_are_left_alone() {
        let told = |text| time(text, &Utc);
        assert_eq!(told("2026-11-21T09:00:00.123456Z").as_deref(), Some("2026-11-21 09:00:00"));
        assert_eq!(told("2026-11-21T09:00:00+02:00").as_deref(), Some("2026-11-21 07:00:00"));
        assert_eq!(told("2026-11-21"), None);
        assert_eq!(told("MUG-STONE-350 and more words"), None);
    }

    #[test]
    fn what_a_terminal_would_obey_is_not_shown_to_it() {
        assert_eq!(line(&json!("a\u{1b}[2Jb\u{202e}c\nd")), "a\u{fffd}[2Jb\u{fffd}c d");
        assert_eq!(visible("two\nlines"), "two\nlines");
    }

    #[test]
    fn lists_are_told_by_their_items_or_their_number() {
        assert_eq!(line(&json!(["a", 1, true])), "a, 1, yes");
        assert_eq!(line(&json!([{ "a": 1 }, {}])), "(2)");
        assert_eq!(line(&json!(null)), "");
    }
}
