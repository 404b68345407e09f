//! Strips what only describes a schema and would disturb: titles name types, defaults would be sent,
//! discriminators are not understood. Code in descriptions must not become a failing documentation test.

use serde_json::Value;

use super::facts;
use super::report::Report;
use super::walk::{each_operation, each_schema};

/// Members of a schema that do not change which values it allows.
const ANNOTATIONS: [&str; 8] =
    ["title", "default", "example", "examples", "xml", "externalDocs", "discriminator", "deprecated"];

/// The pass.
pub(super) fn strip(view: &mut Value, report: &mut Report) {
    each_schema(view, |schema, _| {
        let Some(members) = schema.as_object_mut() else { return };
        members.retain(|key, _| !ANNOTATIONS.contains(&key.as_str()) && !is_extension(key));
        defuse(members.get_mut("description"));
    });
    each_operation(view, report, |_, _, operation, _| {
        operation.remove("deprecated");
        defuse(operation.get_mut("description"));
        defuse(operation.get_mut("summary"));
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            defuse(parameter.get_mut("description"));
        }
        Ok(())
    });
    defuse(view.pointer_mut("/info/description"));
    for (_, text) in view[facts::TAG_TEXTS].as_object_mut().into_iter().flatten() {
        defuse(Some(text));
    }
}

/// `x-rust-type` is set by these passes, and means what they say.
fn is_extension(key: &str) -> bool {
    key.starts_with("x-") && key != "x-rust-type"
}

/// Marks code as text and takes away the indentation that would make code.
fn defuse(text: Option<&mut Value>) {
    let Some(value) = text else { return };
    let Some(text) = value.as_str() else {
        *value = "".into();
        return;
    };
    let mut in_fence = false;
    let lines = text.lines().map(|line| {
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            in_fence = !in_fence;
            let opens_unmarked = in_fence && bare.trim_end().len() == 3;
            return if opens_unmarked { format!("{}text", bare.trim_end()) } else { bare.to_owned() };
        }
        let indent = line.len() - bare.len();
        if !in_fence && (indent >= 4 || line.starts_with('\t')) {
            format!("  {bare}")
        } else {
            line.to_owned()
        }
    });
    let lines: Vec<String> = lines.collect();
    *value = lines.join("\n").into();
}

#[cfg(test)]
mod tests {
    use super::super::testing::{run_on_operation, run_on_schemas};
    use super::*;
    use serde_json::json;

    #[test]
    fn annotations_go_and_properties_of_the_same_name_stay() {
        let (schemas, _) = run_on_schemas(
            strip,
            json!({"A": {
                "title": "T", "default": {}, "example": 1, "x-note": 1, "x-rust-type": {},
                "properties": {"title": {"type": "string", "default": "x"}},
            }}),
        );
        assert_eq!(schemas["A"], json!({"x-rust-type": {}, "properties": {"title": {"type": "string"}}}));
    }

    #[test]
    fn code_in_descriptions_is_no_test() {
        let text = "Call it:\n\n    let x = y;\n\n```\nz()\n```\n```json\n{}\n```";
        let (operation, _) = run_on_operation(strip, json!({"description": text}));
        let expected = "Call it:\n\n  let x = y;\n\n```text\nz()\n```\n```json\n{}\n```";
        assert_eq!(operation["description"], expected);
    }
}
