//! Brings together what an operation consists of: shared path items, parameters, bodies and answers are
//! copied in, so that all later passes find them in one place. References to named schemas stay.

use serde_json::{Map, Value, json};

use super::facts;
use super::report::Report;
use super::walk::{METHODS, Object, each_operation, each_schema, resolve, schema_name};

/// What an operation may hold and the SDK has no use for.
const UNUSED: [&str; 5] = ["callbacks", "servers", "security", "externalDocs", "tags"];

/// The pass.
pub(super) fn inline(view: &mut Value, report: &mut Report) {
    inline_path_items(view);
    each_operation(view, report, |document, _, operation, _| inline_operation(document, operation));
    inline_schemas(view, report);
    let schemas = view.pointer_mut("/components/schemas").map(Value::take).filter(Value::is_object);
    let info = |key: &str| view["info"][key].as_str().unwrap_or("unknown");
    *view = json!({
        "openapi": "3.0.3",
        "info": {"title": info("title"), "version": info("version"), "description": view["info"]["description"]},
        facts::TAG_TEXTS: tag_texts(view),
        "paths": view["paths"].as_object().cloned().unwrap_or_default(),
        "components": {"schemas": schemas.unwrap_or_else(|| json!({}))},
    });
}

/// What the document says of its tags, by name.
fn tag_texts(view: &Value) -> Object {
    let tags = view["tags"].as_array().into_iter().flatten();
    let texts = tags.filter_map(|tag| {
        let text = tag["description"].as_str().filter(|text| !text.trim().is_empty())?;
        Some((tag["name"].as_str()?.to_owned(), text.into()))
    });
    texts.collect()
}

/// Copies shared path items in, and the parameters of a path into its operations.
fn inline_path_items(view: &mut Value) {
    let source = view.clone();
    let paths = view.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        if !path.starts_with('/') {
            continue; // an extension
        }
        let Some(Value::Object(resolved)) = resolve(&source, item).cloned() else { continue };
        let shared = resolved.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
        let operations = resolved.into_iter().filter(|(key, _)| METHODS.contains(&key.as_str()));
        *item = operations
            .map(|(method, mut operation)| {
                if !shared.is_empty() && operation.is_object() {
                    let own = operation.get("parameters").and_then(Value::as_array).cloned();
                    let all = shared.iter().cloned().chain(own.unwrap_or_default()).collect();
                    operation["parameters"] = Value::Array(all);
                }
                (method, operation)
            })
            .collect::<Object>()
            .into();
    }
    if let Some(Value::Object(paths)) = view.get_mut("paths") {
        paths.retain(|path, item| path.starts_with('/') && item.is_object());
    }
}

fn inline_operation(document: &Value, operation: &mut Object) -> Result<(), String> {
    let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
    let tags: Vec<Value> = tags.filter(|tag| tag.is_string()).cloned().collect();
    operation.retain(|key, _| !UNUSED.contains(&key.as_str()) && !key.starts_with("x-"));
    let mut parameters: Vec<Value> = Vec::new();
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let parameter = followed(document, parameter)?;
        // The operation's own parameter takes the place of the path's (OpenAPI 3.0.3, "Operation Object").
        let same = |other: &Value| ["name", "in"].iter().all(|key| other[*key] == parameter[*key]);
        parameters.retain(|other| !same(other));
        parameters.push(parameter);
    }
    operation.insert("parameters".to_owned(), parameters.into());
    if !tags.is_empty() {
        operation.insert(facts::TAGS.to_owned(), tags.into());
    }
    if let Some(body) = operation.get_mut("requestBody") {
        *body = followed(document, body)?;
    }
    for (_, answer) in operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten() {
        *answer = followed(document, answer)?;
        if let Some(answer) = answer.as_object_mut() {
            answer.retain(|key, _| matches!(key.as_str(), "description" | "content"));
        }
    }
    Ok(())
}

fn followed(document: &Value, value: &Value) -> Result<Value, String> {
    resolve(document, value)
        .cloned()
        .ok_or_else(|| format!("`{}` leads nowhere", value["$ref"].as_str().unwrap_or_default()))
}

/// References between named schemas stay; those into the middle of something are copied in, and those
/// that lead nowhere become "any value".
fn inline_schemas(view: &mut Value, report: &mut Report) {
    /// A copied schema may hold such references again.
    const ROUNDS: usize = 4;
    for round in 1..=ROUNDS {
        let source = view.clone();
        let mut again = false;
        each_schema(view, |schema, at| {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str).map(str::to_owned) else {
                return;
            };
            match resolve(&source, schema) {
                Some(_) if schema_name(&reference).is_some() => {
                    // Siblings of `$ref` mean nothing (OpenAPI 3.0.3, "Reference Object").
                    *schema = json!({ "$ref": reference });
                }
                Some(target) if round < ROUNDS => (*schema, again) = (target.clone(), true),
                _ => {
                    report
                        .weaker(at.clone(), format!("`{reference}` cannot be followed: any value is taken"));
                    *schema = Map::new().into();
                }
            }
        });
        if !again {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::run;
    use super::*;

    #[test]
    fn shared_parts_are_copied_into_the_operation() {
        let view = json!({
            "openapi": "3.0.3", "servers": [],
            "tags": [{"name": "t", "description": "Things."}, {"name": "u"}, "v"],
            "paths": {
                "/a/{id}": {
                    "parameters": [{"$ref": "#/components/parameters/Id"}, {"name": "q", "in": "query", "x": 1}],
                    "get": {
                        "tags": ["t", 1], "security": [], "x-internal": true,
                        "parameters": [{"name": "q", "in": "query", "x": 2}],
                        "requestBody": {"$ref": "#/components/requestBodies/B"},
                        "responses": {"404": {"$ref": "#/components/responses/Gone"}},
                    },
                },
                "/b": {"$ref": "#/paths/~1a~1{id}"},
                "x-note": {},
            },
            "components": {
                "parameters": {"Id": {"name": "id", "in": "path"}},
                "requestBodies": {"B": {"content": {}}},
                "responses": {"Gone": {"description": "gone", "headers": {}, "links": {}}},
                "schemas": {"S": {"type": "string"}},
            },
        });
        let (view, messages) = run(inline, view);
        assert_eq!(messages, [] as [&str; 0]);
        let operation = json!({
            "parameters": [{"name": "id", "in": "path"}, {"name": "q", "in": "query", "x": 2}],
            "requestBody": {"content": {}},
            "responses": {"404": {"description": "gone"}},
            "x-sdk-tags": ["t"],
        });
        assert_eq!(view[facts::TAG_TEXTS], json!({"t": "Things."}));
        assert_eq!(view["paths"], json!({"/a/{id}": {"get": operation}, "/b": {"get": operation}}));
        assert_eq!(view["components"], json!({"schemas": {"S": {"type": "string"}}}));
        assert_eq!(view.get("servers"), None);
    }

    #[test]
    fn an_operation_with_a_broken_reference_is_left_out() {
        let view = json!({"paths": {"/a": {
            "get": {"parameters": [{"$ref": "#/components/parameters/Missing"}]},
            "post": {},
        }}});
        let (view, messages) = run(inline, view);
        assert_eq!(view["paths"]["/a"], json!({"post": {"parameters": []}}));
        assert_eq!(
            messages,
            [
                "#/paths/~1a/get: the SDK leaves this operation out: `#/components/parameters/Missing` leads nowhere"
            ]
        );
    }

    #[test]
    fn a_reference_into_a_schema_is_copied_in() {
        let view = json!({"paths": {}, "components": {"schemas": {
            "A": {"properties": {"b": {"type": "string"}}},
            "B": {"$ref": "#/components/schemas/A/properties/b"},
            "C": {"$ref": "elsewhere.yaml"},
            "D": {"$ref": "#/components/schemas/A", "description": "ignored"},
        }}});
        let (view, messages) = run(inline, view);
        let schemas = &view["components"]["schemas"];
        assert_eq!(schemas["B"], json!({"type": "string"}));
        assert_eq!(schemas["C"], json!({}));
        assert_eq!(schemas["D"], json!({"$ref": "#/components/schemas/A"}));
        assert_eq!(messages.len(), 1, "{messages:?}");
    }
}
