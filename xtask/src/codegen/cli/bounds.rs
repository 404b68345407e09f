//! The bounds of a value in a few words, for the end of an option's help.

use serde_json::{Map, Value};

use super::schema::Kind;

/// Numbers as they are written where no bound is meant: those that only say what a type can hold.
const BOUNDLESS: u64 = 1 << 53;

/// `1 to 100`, `at most 64 characters`; nothing where everything is allowed.
pub(super) fn of(kind: Kind, schema: &Map<String, Value>) -> Option<String> {
    match kind {
        Kind::Boolean => None,
        Kind::Text if schema.contains_key("enum") => None,
        Kind::Text => {
            words(schema.get("minLength"), schema.get("maxLength")).map(|words| format!("{words} characters"))
        }
        Kind::Integer | Kind::Number => {
            let exclusive = |key: &str| schema.get(key) == Some(&Value::Bool(true));
            if exclusive("exclusiveMinimum") || exclusive("exclusiveMaximum") {
                return outside(schema);
            }
            words(schema.get("minimum"), schema.get("maximum"))
        }
    }
}

fn words(least: Option<&Value>, most: Option<&Value>) -> Option<String> {
    let told = |bound: Option<&Value>| {
        let number = bound?.as_number()?;
        let is_meant = number.as_f64().is_some_and(|number| number.abs() < BOUNDLESS as f64 - 1.0);
        is_meant.then(|| number.to_string())
    };
    match (told(least), told(most)) {
        (Some(least), Some(most)) if least == most => Some(format!("exactly {least}")),
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("at least {least}")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (None, None) => None,
    }
}

/// Bounds of which one is not allowed itself.
fn outside(schema: &Map<String, Value>) -> Option<String> {
    let side = |bound: &str, exclusive: &str, open: &str, closed: &str| {
        let number = schema.get(bound)?.as_number()?;
        let word = if schema.get(exclusive) == Some(&Value::Bool(true)) { open } else { closed };
        Some(format!("{word} {number}"))
    };
    let sides = [
        side("minimum", "exclusiveMinimum", "more than", "at least"),
        side("maximum", "exclusiveMaximum", "less than", "at most"),
    ];
    let sides: Vec<String> = sides.into_iter().flatten().collect();
    (!sides.is_empty()).then(|| sides.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bounds_are_told_in_words() {
        let cases = [
            (Kind::Integer, json!({"minimum": 1, "maximum": 100}), Some("1 to 100")),
            (Kind::Integer, json!({"minimum": 0, "maximum": 9_007_199_254_740_991_i64}), Some("at least 0")),
            (
                Kind::Number,
                json!({"minimum": 0, "exclusiveMinimum": true, "maximum": 1}),
                Some("more than 0, at most 1"),
            ),
            (Kind::Text, json!({"maxLength": 64}), Some("at most 64 characters")),
            (Kind::Text, json!({"minLength": 3, "maxLength": 3}), Some("exactly 3 characters")),
            (Kind::Text, json!({"maxLength": 3, "enum": ["a"]}), None),
            (Kind::Integer, json!({"minimum": "1"}), None),
            (Kind::Boolean, json!({"minimum": 1}), None),
        ];
        for (kind, schema, expected) in cases {
            assert_eq!(of(kind, schema.as_object().unwrap()).as_deref(), expected, "{schema}");
        }
    }
}
