//! Gives every operation the same error type: the SDK's `Problem` reads any error body and keeps it whole,
//! so that one `match` serves all operations, and statuses that the document does not declare too.

use serde_json::{Value, json};

use super::facts::sdk_type;
use super::report::Report;
use super::walk::each_operation;

/// The pass.
pub(super) fn unify(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |_, _, operation, _| {
        let mut answers = match operation.remove("responses") {
            Some(Value::Object(answers)) => answers,
            _ => serde_json::Map::new(),
        };
        answers.retain(|status, _| status.starts_with('2'));
        for range in ["4XX", "5XX"] {
            let schema = json!({ "x-rust-type": sdk_type("Problem", Vec::new()) });
            let answer = json!({"description": "", "content": {"application/json": {"schema": schema}}});
            answers.insert(range.to_owned(), answer);
        }
        operation.insert("responses".to_owned(), answers.into());
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_operation;
    use super::*;

    #[test]
    fn all_errors_are_problems() {
        let declared = json!({"responses": {"200": {"description": "fine"}, "404": {}, "default": {}}});
        let (operation, _) = run_on_operation(unify, declared);
        let answers = operation["responses"].as_object().unwrap();
        assert_eq!(answers.keys().collect::<Vec<_>>(), ["200", "4XX", "5XX"]);
        let schema = &answers["4XX"]["content"]["application/json"]["schema"];
        assert_eq!(schema["x-rust-type"]["path"], "sdk::Problem");
        assert_eq!(answers["4XX"], answers["5XX"]);
    }
}
