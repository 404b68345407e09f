//! Values that are simpler than a given one, the simplest first.

use serde_json::{Map, Value, json};

/// Items of a list that are left out or made simpler one by one, at most.
const MAX_SINGLE: usize = 32;

/// Simpler values, each one step away: less first, then plainer.
pub(super) fn simpler(value: &Value) -> Vec<Value> {
    match value {
        Value::Null | Value::Bool(_) => Vec::new(),
        Value::Number(number) => {
            let mut numbers = vec![json!(0), json!(1)];
            match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => numbers.extend([json!(whole / 2), json!(whole - whole.signum())]),
                (None, Some(float)) => numbers.extend([json!(float.trunc() as i64), json!(float / 2.0)]),
                (None, None) => {}
            }
            numbers.retain(|simpler| size(simpler) < size(value));
            numbers
        }
        Value::String(text) => texts(text).into_iter().map(Value::String).collect(),
        Value::Array(items) => lists(items).into_iter().map(Value::Array).collect(),
        Value::Object(members) => objects(members).into_iter().map(Value::Object).collect(),
    }
}

/// By which numbers are compared: those near zero are simpler, and integers simpler than fractions.
fn size(number: &Value) -> (bool, f64) {
    (number.is_f64(), number.as_f64().unwrap_or_default().abs())
}

fn texts(text: &str) -> Vec<String> {
    let length = text.chars().count();
    let half: String = text.chars().take(length / 2).collect();
    let other_half: String = text.chars().skip(length / 2).collect();
    let shorter: String = text.chars().take(length.saturating_sub(1)).collect();
    let headless: String = text.chars().skip(1).collect();
    let mut found = vec![String::new(), half, other_half, shorter, headless, "a".repeat(length)];
    found.dedup();
    // A text of one letter only is as plain as it gets.
    found.retain(|simpler| {
        simpler.len() < text.len() || (simpler != text && !text.bytes().all(|byte| byte == b'a'))
    });
    found
}

fn lists(items: &[Value]) -> Vec<Vec<Value>> {
    let mut found = Vec::new();
    if items.len() > 1 {
        found.extend([Vec::new(), items[..items.len() / 2].to_vec(), items[items.len() / 2..].to_vec()]);
    }
    for index in 0..items.len().min(MAX_SINGLE) {
        let mut fewer = items.to_vec();
        fewer.remove(index);
        found.push(fewer);
    }
    for (index, item) in items.iter().enumerate().take(MAX_SINGLE) {
        for simpler in simpler(item) {
            let mut plainer = items.to_vec();
            plainer[index] = simpler;
            found.push(plainer);
        }
    }
    found
}

fn objects(members: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut found = Vec::new();
    if members.len() > 1 {
        found.push(Map::new());
    }
    for name in members.keys() {
        let mut fewer = members.clone();
        fewer.shift_remove(name);
        found.push(fewer);
    }
    for (name, value) in members {
        for simpler in simpler(value) {
            let mut plainer = members.clone();
            plainer.insert(name.clone(), simpler);
            found.push(plainer);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How much there is of a value.
    fn weight(value: &Value) -> usize {
        match value {
            Value::Array(items) => 1 + items.iter().map(weight).sum::<usize>(),
            Value::Object(members) => 1 + members.values().map(|value| 1 + weight(value)).sum::<usize>(),
            Value::String(text) => {
                1 + text.chars().map(|letter| 1 + usize::from(letter != 'a')).sum::<usize>()
            }
            Value::Number(number) => (number.as_f64().unwrap_or_default().abs() * 2.0) as usize,
            Value::Null | Value::Bool(_) => 0,
        }
    }

    #[test]
    fn taking_the_first_step_again_and_again_ends() {
        let mut value = json!({"a": [1.5, "łódź", {"b": null, "c": true}], "d": -40, "e": "aaaa"});
        let mut steps = 0;
        while let Some(next) = simpler(&value).into_iter().next() {
            value = next;
            steps += 1;
            assert!(steps < 100);
        }
        assert_eq!(value, json!({}));
    }

    #[test]
    fn every_step_is_simpler() {
        let value = json!({"a": [1.5, "łódź", {"b": null, "c": true}], "d": -40, "e": "aaaa"});
        let steps = simpler(&value);
        assert!(steps.len() > 20);
        for step in steps {
            assert!(weight(&step) < weight(&value), "{step}");
        }
    }

    #[test]
    fn a_mistake_is_shrunk_to_itself() {
        // Whatever has a text longer than three fails.
        let fails = |value: &Value| value["name"].as_str().is_some_and(|name| name.chars().count() > 3);
        let mut value = json!({"name": "a very long name 🦀", "other": [1, 2, 3]});
        while let Some(next) = simpler(&value).into_iter().find(fails) {
            value = next;
        }
        assert_eq!(value, json!({"name": "aaaa"}));
    }
}
