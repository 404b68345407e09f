//! Writes the table of operations: what the transport must know and the client's code does not say.

use std::fmt::Write as _;

use serde_json::Value;

use super::source::{Source, literal};
use crate::codegen::lower::{METHODS, facts};

/// The file with the table, in the order of the ids, so that it can be searched.
pub(super) fn of(view: &Value) -> Result<Source, String> {
    let mut rows = Vec::new();
    for (path, item) in view["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                let id = operation["operationId"].as_str().unwrap_or_default();
                rows.push((id.to_owned(), row(id, method, path, operation)));
            }
        }
    }
    rows.sort();
    let mut code = String::from(
        "//! What each operation is on the wire.\n\
         use sdk::Operation;\n\
         /// All operations, in the order of their ids.\n\
         pub const OPERATIONS: &[Operation] = &[",
    );
    rows.iter().for_each(|(_, row)| code.push_str(row));
    code.push_str("];");
    Source::parse(&code)
}

fn row(id: &str, method: &str, path: &str, operation: &Value) -> String {
    let text = |key: &str| {
        operation
            .get(key)
            .and_then(Value::as_str)
            .map_or_else(|| "None".to_owned(), |text| format!("Some({})", literal(text)))
    };
    let flag = |key: &str| operation.get(key) == Some(&Value::Bool(true));
    let mut row = String::new();
    let _ = write!(
        row,
        "Operation {{ id: {}, method: {}, path: {}, content_type: {}, accept: {}, \
         takes_idempotency_key: {}, is_paged: {}, answers_events: {}, may_answer_empty: {} }},",
        literal(id),
        literal(&method.to_ascii_uppercase()),
        literal(path),
        text(facts::CONTENT_TYPE),
        text(facts::ACCEPT),
        flag(facts::IDEMPOTENCY_KEY),
        flag(facts::PAGED),
        flag(facts::EVENTS),
        flag(facts::EMPTY_ANSWER),
    );
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_table_is_sorted_and_holds_the_facts() {
        let view = json!({"paths": {
            "/b": {"post": {"operationId": "b", "x-sdk-content-type": "text/csv", "x-sdk-idempotency-key": true}},
            "/a": {"get": {"operationId": "a", "x-sdk-accept": "application/json", "x-sdk-paged": true}},
        }});
        let text = of(&view).unwrap().text();
        let (a, b) = (text.find("id: \"a\"").unwrap(), text.find("id: \"b\"").unwrap());
        assert!(a < b, "{text}");
        for part in [
            "content_type: Some(\"text/csv\")",
            "accept: Some(\"application/json\")",
            "method: \"POST\"",
            "is_paged: true",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
