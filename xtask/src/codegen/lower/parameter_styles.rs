//! Spreads an object in the query into one parameter a property, as its style sends it, and gives joined
//! lists as one text: progenitor knows `form` with `explode` only.

use serde_json::{Value, json};

use super::report::Report;
use super::walk::{At, Object, each_operation, resolve};

/// The pass.
pub(super) fn spread(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |document, at, operation, report| {
        let Some(Value::Array(parameters)) = operation.remove("parameters") else { return Ok(()) };
        let mut result = Vec::new();
        for parameter in parameters {
            match parameter {
                Value::Object(parameter) if parameter["in"] == "query" => {
                    result.extend(spread_query(document, at, parameter, report));
                }
                other => result.push(other),
            }
        }
        operation.insert("parameters".to_owned(), result.into());
        Ok(())
    });
}

fn spread_query(document: &Value, at: &At, mut parameter: Object, report: &mut Report) -> Vec<Value> {
    let name = parameter["name"].as_str().unwrap_or_default().to_owned();
    let style = parameter.remove("style").and_then(|style| style.as_str().map(str::to_owned));
    let style = style.unwrap_or_else(|| "form".to_owned());
    let explode = match parameter.remove("explode") {
        Some(Value::Bool(explode)) => explode,
        _ => style == "form",
    };
    let schema = resolve(document, &parameter["schema"]).cloned().unwrap_or_default();
    let kind =
        if schema.get("properties").is_some() { "object" } else { schema["type"].as_str().unwrap_or("any") };
    let spread = match (kind, style.as_str(), explode) {
        ("object", "deepObject", _) => {
            properties(document, &parameter, &schema, |property| format!("{name}[{property}]"))
        }
        ("object", "form", true) => properties(document, &parameter, &schema, str::to_owned),
        ("object", "form", false) => {
            let message =
                format!("the query parameter `{name}` takes its names and values joined by a comma");
            report.weaker(at.pointer(), message);
            parameter.insert("schema".to_owned(), json!({"type": "string"}));
            Some(vec![parameter.clone().into()])
        }
        ("object", ..) => None,
        ("any", ..) if has_parts(&schema) => None,
        ("array", style, false) => {
            let separator = match style {
                "spaceDelimited" => "a space",
                "pipeDelimited" => "a bar",
                _ => "a comma",
            };
            let message = format!("the query parameter `{name}` takes its values joined by {separator}");
            report.weaker(at.pointer(), message);
            parameter.insert("schema".to_owned(), json!({"type": "string"}));
            Some(vec![parameter.clone().into()])
        }
        _ => Some(vec![parameter.clone().into()]),
    };
    if let Some(parameters) = spread {
        return parameters;
    }
    let message = format!(
        "the query parameter `{name}` is an object that cannot be spread: calls add it with `CallOptions::query`"
    );
    report.weaker(at.pointer(), message);
    Vec::new()
}

fn has_parts(schema: &Value) -> bool {
    ["allOf", "anyOf", "oneOf"].iter().any(|key| schema.get(key).is_some())
}

/// One parameter for each property, if all are scalars or lists of scalars.
fn properties(
    document: &Value,
    parameter: &Object,
    schema: &Value,
    wire_name: impl Fn(&str) -> String,
) -> Option<Vec<Value>> {
    let properties = schema.get("properties").and_then(Value::as_object)?;
    let required = schema.get("required").and_then(Value::as_array);
    let spread = properties.iter().map(|(property, inner)| {
        let resolved = resolve(document, inner)?;
        matches!(resolved["type"].as_str(), Some("string" | "integer" | "number" | "boolean")).then(|| {
            let needed = parameter.get("required") == Some(&Value::Bool(true))
                && required.is_some_and(|names| names.contains(&property.as_str().into()));
            json!({"name": wire_name(property), "in": "query", "required": needed, "schema": inner})
        })
    });
    spread.collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_operation;
    use super::*;

    #[test]
    fn objects_are_spread_as_their_style_sends_them() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}});
        let nested = json!({"type": "object", "properties": {"a": {"type": "object"}}});
        let list = json!({"type": "array", "items": {"type": "string"}});
        let cases = [
            (json!({"style": "deepObject", "schema": schema}), Some(vec!["p[a]", "p[b]"]), 0),
            (json!({"schema": schema}), Some(vec!["a", "b"]), 0),
            (json!({"explode": false, "schema": schema}), Some(vec!["p"]), 1),
            (json!({"schema": nested}), Some(vec![]), 1),
            (json!({"schema": nested, "required": true}), Some(vec![]), 1),
            (json!({"schema": list}), Some(vec!["p"]), 0),
            (json!({"schema": list, "explode": false}), Some(vec!["p"]), 1),
            (json!({"schema": {"type": "string"}}), Some(vec!["p"]), 0),
        ];
        for (mut parameter, expected, remarks) in cases {
            parameter["name"] = "p".into();
            parameter["in"] = "query".into();
            let (operation, messages) = run_on_operation(spread, json!({"parameters": [parameter]}));
            let names = operation["parameters"].as_array().map(|parameters| {
                parameters.iter().map(|parameter| parameter["name"].as_str().unwrap()).collect::<Vec<_>>()
            });
            assert_eq!(names, expected, "{parameter}");
            assert_eq!(messages.len(), remarks, "{parameter}: {messages:?}");
        }
    }
}
