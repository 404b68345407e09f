//! Settles which parameters there are and gives each a plain schema: progenitor takes scalars only in the path and in
//! headers, and a cookie is sent in one.

use serde_json::{Value, json};

use super::report::Report;
use super::walk::{At, Object, each_operation, resolve};

/// Header parameters that mean nothing there (OpenAPI 3.0.3, "Parameter Object").
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// The pass.
pub(super) fn settle(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |document, at, operation, report| {
        let Some(Value::Array(parameters)) = operation.remove("parameters") else { return Ok(()) };
        let mut kept = Vec::new();
        for parameter in parameters {
            let Value::Object(parameter) = parameter else {
                return Err("a parameter is no object".to_owned());
            };
            if let Some(parameter) = settled(document, at, parameter, report)? {
                kept.push(Value::Object(parameter));
            }
        }
        kept.extend(undeclared(at, &kept, report));
        operation.insert("parameters".to_owned(), kept.into());
        Ok(())
    });
}

/// The parameter as progenitor takes it; nothing when the call goes without it.
fn settled(
    document: &Value,
    at: &At,
    mut parameter: Object,
    report: &mut Report,
) -> Result<Option<Object>, String> {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (name, place, style) = (text("name"), text("in"), text("style"));
    let described = format!("the {place} parameter `{name}`");
    if parameter.contains_key("content") || !parameter.contains_key("schema") {
        parameter.remove("content");
        parameter.insert("schema".to_owned(), json!({"type": "string"}));
        report.weaker(at.pointer(), format!("{described} takes its text as it is sent"));
    }
    match place.as_str() {
        "path" if !at.path.contains(&format!("{{{name}}}")) => {
            report.weaker(at.pointer(), format!("{described} is not in the path: it is left out"));
            return Ok(None);
        }
        "path" => {
            parameter.insert("required".to_owned(), true.into());
            if style.is_empty() || style == "simple" {
                flatten(document, at, &described, &mut parameter, report);
            } else {
                // `.blue`, `;colour=blue` (OpenAPI 3.0.3, "Style Values"): the sign before the value belongs to it.
                as_text(&mut parameter);
                let message = format!("{described} takes its text as the style `{style}` sends it");
                report.weaker(at.pointer(), message);
            }
        }
        "header" if IGNORED_HEADERS.iter().any(|ignored| name.eq_ignore_ascii_case(ignored)) => {
            return Ok(None);
        }
        "header" | "cookie" => flatten(document, at, &described, &mut parameter, report),
        "query" => {}
        other => return Err(format!("`{name}` is a parameter in `{other}`, which does not exist")),
    }
    parameter.retain(|key, _| {
        matches!(key.as_str(), "name" | "in" | "description" | "required" | "schema" | "style" | "explode")
    });
    Ok(Some(parameter))
}

/// Gives lists, objects and nullable values in a path or a header as the text that is sent.
fn flatten(document: &Value, at: &At, described: &str, parameter: &mut Object, report: &mut Report) {
    let schema = resolve(document, &parameter["schema"]);
    let scalar = schema.is_some_and(|schema| {
        matches!(schema["type"].as_str(), Some("string" | "integer" | "number" | "boolean"))
            && schema["nullable"] != true
    });
    if scalar {
        parameter.remove("style");
        parameter.remove("explode");
    } else {
        as_text(parameter);
        report.weaker(at.pointer(), format!("{described} takes its text as it is sent"));
    }
}

fn as_text(parameter: &mut Object) {
    parameter.insert("schema".to_owned(), json!({"type": "string"}));
    parameter.remove("style");
    parameter.remove("explode");
}

/// Path parameters that stand in the template and nowhere else.
fn undeclared(at: &At, declared: &[Value], report: &mut Report) -> Vec<Value> {
    let mut added: Vec<Value> = Vec::new();
    let parts = at.path.split('{').skip(1).filter_map(|part| part.split_once('}'));
    for (name, _) in parts {
        let is_it = |parameter: &Value| parameter["in"] == "path" && parameter["name"] == name;
        if !declared.iter().chain(&added).any(is_it) {
            report.weaker(
                at.pointer(),
                format!("the path parameter `{name}` is not declared: it takes any text"),
            );
            added.push(json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
        }
    }
    added
}

#[cfg(test)]
mod tests {
    use super::super::testing::{run, run_on_operation};
    use super::*;

    #[test]
    fn parameters_become_what_progenitor_knows_or_go() {
        let cases = [
            (
                "a plain one stays",
                json!({"name": "q", "in": "query", "schema": {"type": "integer"}}),
                Some(json!({"name": "q", "in": "query", "schema": {"type": "integer"}})),
                0,
            ),
            (
                "content",
                json!({"name": "q", "in": "query", "content": {"application/json": {}}}),
                Some(json!({"name": "q", "in": "query", "schema": {"type": "string"}})),
                1,
            ),
            (
                "a list in a header",
                json!({"name": "X-A", "in": "header", "schema": {"type": "array"}}),
                Some(json!({"name": "X-A", "in": "header", "schema": {"type": "string"}})),
                1,
            ),
            ("a header without meaning", json!({"name": "Accept", "in": "header", "schema": {}}), None, 0),
            (
                "a cookie",
                json!({"name": "c", "in": "cookie", "required": true, "style": "form", "schema": {"type": "string"}}),
                Some(json!({"name": "c", "in": "cookie", "required": true, "schema": {"type": "string"}})),
                0,
            ),
            ("a path parameter without a place", json!({"name": "id", "in": "path", "schema": {}}), None, 1),
        ];
        for (case, declared, expected, remarks) in cases {
            let (operation, messages) = run_on_operation(settle, json!({"parameters": [declared]}));
            let expected: Vec<Value> = expected.into_iter().collect();
            assert_eq!(operation["parameters"], Value::Array(expected), "{case}");
            assert_eq!(messages.len(), remarks, "{case}: {messages:?}");
        }
    }

    #[test]
    fn a_sign_before_a_value_in_the_path_is_left_to_the_caller() {
        for (style, schema) in [("label", json!({"type": "integer"})), ("matrix", json!({"type": "array"}))] {
            let declared = json!({"name": "id", "in": "path", "style": style, "schema": schema});
            let view = json!({"paths": {"/a/{id}": {"get": {"parameters": [declared]}}}});
            let (view, messages) = run(settle, view);
            let text = json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]);
            assert_eq!(view["paths"]["/a/{id}"]["get"]["parameters"], text);
            assert_eq!(messages.len(), 1, "{messages:?}");
        }
    }

    #[test]
    fn a_name_in_the_template_gets_its_parameter() {
        let (view, messages) = run(settle, json!({"paths": {"/a/{id}/{id}": {"get": {"parameters": []}}}}));
        let added = json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]);
        assert_eq!(view["paths"]["/a/{id}/{id}"]["get"]["parameters"], added);
        assert_eq!(messages.len(), 1);
    }
}
