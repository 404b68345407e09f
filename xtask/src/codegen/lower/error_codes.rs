//! Takes down the codes that errors have: a member `code` with an enum, in the bodies of errors. The SDK has one type
//! for them, as it has one for all errors.

use serde_json::{Value, json};

use super::facts;
use super::report::Report;
use super::walk::{each_operation, resolve};

/// The pass.
pub(super) fn note(view: &mut Value, report: &mut Report) {
    let (mut codes, mut description) = (Vec::new(), Value::Null);
    each_operation(view, report, |document, _, operation, _| {
        let answers = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
        let errors = answers.filter(|(status, _)| !status.starts_with(['1', '2', '3']));
        let bodies = errors.flat_map(|(_, answer)| answer["content"].as_object().into_iter().flatten());
        for schema in bodies.filter_map(|(_, body)| code(document, body.get("schema")?, 0)) {
            for value in schema["enum"].as_array().into_iter().flatten() {
                if value.is_string() && !codes.contains(value) {
                    codes.push(value.clone());
                }
            }
            if description.is_null() {
                description = schema["description"].clone();
            }
        }
        Ok(())
    });
    view[facts::ERROR_CODES] = json!({ "values": codes, "description": description });
}

/// The schema of the member, if it names its values.
fn code<'a>(document: &'a Value, schema: &'a Value, depth: usize) -> Option<&'a Value> {
    /// Deeper compositions are no errors that a person has written.
    const DEEPEST: usize = 4;
    let schema = resolve(document, schema).filter(|_| depth < DEEPEST)?;
    let own = schema["properties"].get("code").and_then(|code| resolve(document, code));
    let own = own.filter(|code| code["enum"].is_array());
    let mut parts =
        ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|keyword| schema[keyword].as_array()).flatten();
    own.or_else(|| parts.find_map(|part| code(document, part, depth + 1)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::run;
    use super::*;

    #[test]
    fn codes_are_those_of_all_errors_once_and_of_no_success() {
        let body = |schema: Value| json!({ "content": { "application/problem+json": { "schema": schema } } });
        let view = json!({
            "paths": { "/a": { "get": { "responses": {
                "200": body(json!({ "properties": { "code": { "enum": ["fine"] } } })),
                "404": body(json!({ "$ref": "#/components/schemas/Problem" })),
                "default": body(json!({ "allOf": [{ "properties": { "code": { "enum": ["gone", "late"] } } }] })),
                "500": body(json!({ "properties": { "code": { "type": "string" } } })),
            } } } },
            "components": { "schemas": {
                "Problem": { "properties": { "code": { "$ref": "#/components/schemas/Code" } } },
                "Code": { "description": "What happened.", "enum": ["missing", "gone", 7] },
            } },
        });
        let (view, _) = run(note, view);
        let expected = json!({ "values": ["missing", "gone", "late"], "description": "What happened." });
        assert_eq!(view[facts::ERROR_CODES], expected);
    }
}
