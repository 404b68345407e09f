//! Takes down which operations take an `Idempotency-Key`, and makes it optional for the caller: the SDK
//! makes one for each logical call and keeps it over the retries.

use serde_json::Value;

use super::facts;
use super::report::Report;
use super::walk::each_operation;

/// The pass.
pub(super) fn note(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |_, _, operation, _| {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        let key = parameters.into_iter().flatten().find(|parameter| is_key(parameter));
        if let Some(parameter) = key {
            parameter["required"] = false.into();
            operation.insert(facts::IDEMPOTENCY_KEY.to_owned(), true.into());
        }
        Ok(())
    });
}

fn is_key(parameter: &Value) -> bool {
    let named = |name: &str| name.eq_ignore_ascii_case("Idempotency-Key");
    parameter["in"] == "header" && parameter["name"].as_str().is_some_and(named)
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_operation;
    use super::*;
    use serde_json::json;

    #[test]
    fn the_key_is_noted_and_no_longer_asked_for() {
        let declared = json!({"parameters": [{"name": "idempotency-key", "in": "header", "required": true}]});
        let (operation, _) = run_on_operation(note, declared);
        assert_eq!(operation["parameters"][0]["required"], false);
        assert_eq!(operation[facts::IDEMPOTENCY_KEY], true);

        let other = json!({"parameters": [{"name": "Idempotency-Key", "in": "query", "required": true}]});
        assert_eq!(run_on_operation(note, other.clone()).0, other);
    }
}
