//! Takes down which operations answer in pages: a query parameter `cursor`, and a 200 answer with an
//! array `items` and a string `next_cursor`.

use serde_json::Value;

use super::facts;
use super::report::Report;
use super::walk::{Object, each_operation, resolve};

/// The pass.
pub(super) fn note(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |document, _, operation, _| {
        if takes_cursor(operation) && answers_page(document, operation) {
            operation.insert(facts::PAGED.to_owned(), true.into());
        }
        Ok(())
    });
}

fn takes_cursor(operation: &Object) -> bool {
    let mut parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    parameters.any(|parameter| {
        parameter["in"] == "query" && parameter["name"] == "cursor" && parameter["required"] != true
    })
}

fn answers_page(document: &Value, operation: &Object) -> bool {
    let answer = operation.get("responses").and_then(|answers| answers.get("200"));
    let schema = answer.and_then(|answer| answer.pointer("/content/application~1json/schema"));
    let Some(page) = schema.and_then(|schema| resolve(document, schema)) else { return false };
    let property = |name: &str| resolve(document, page.get("properties")?.get(name)?);
    let required = |name: &str| {
        page.get("required").and_then(Value::as_array).is_some_and(|names| names.contains(&name.into()))
    };
    let is = |name: &str, kind: &str| property(name).is_some_and(|schema| schema["type"] == kind);
    // Of an optional array the generated type could not tell "none" from "empty"; of a required cursor
    // it could not tell the last page.
    let cursor_may_end =
        !required("next_cursor") || property("next_cursor").is_some_and(|schema| schema["nullable"] == true);
    is("items", "array") && is("next_cursor", "string") && cursor_may_end
}

#[cfg(test)]
mod tests {
    use super::super::testing::run;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_has_items_and_an_optional_cursor() {
        let cases = [
            (json!({"items": {"type": "array"}, "next_cursor": {"type": "string"}}), json!(["items"]), true),
            (
                json!({"items": {"type": "array"}, "next_cursor": {"type": "string"}}),
                json!(["next_cursor"]),
                false,
            ),
            (
                json!({"items": {"type": "array"}, "next_cursor": {"type": "string", "nullable": true}}),
                json!(["next_cursor"]),
                true,
            ),
            (json!({"items": {"type": "object"}, "next_cursor": {"type": "string"}}), json!([]), false),
            (json!({"items": {"type": "array"}}), json!([]), false),
        ];
        for (properties, required, paged) in cases {
            let view = json!({
                "paths": {"/a": {"get": {
                    "parameters": [{"name": "cursor", "in": "query"}],
                    "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/P"}}}}},
                }}},
                "components": {"schemas": {"P": {"type": "object", "properties": properties, "required": required}}},
            });
            let (view, _) = run(note, view);
            let noted = view["paths"]["/a"]["get"].get(facts::PAGED).is_some();
            assert_eq!(noted, paged, "{properties} {required}");
        }
    }
}
