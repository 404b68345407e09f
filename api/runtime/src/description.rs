//! Compares the description that the code emits with the document that it was generated from.
//!
//! Both are brought into one form first: references to anything but schemas are followed, defaults are
//! written out, and what poem-openapi cannot say is left out of both: callbacks, links, encodings, `not`, extensions
//! (`x-*`), examples of media types, parameters and headers, the servers of an operation, and what a path says beside
//! its operations. What then differs is drift.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::{meta, route};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Puts `additionalProperties: false` where [`meta::closed`] stands in for it.
pub fn restore(emitted: &mut Value) {
    match emitted {
        Value::Object(members) => {
            if let Some(additional) = members.get_mut("additionalProperties")
                && additional.get("title").and_then(Value::as_str) == Some(meta::CLOSED)
            {
                *additional = Value::Bool(false);
            }
            members.values_mut().for_each(restore);
        }
        Value::Array(items) => items.iter_mut().for_each(restore),
        _ => {}
    }
}

/// Every place where the emitted description differs from the document; empty if they say the same.
pub fn differences(document: &Value, emitted: &Value) -> Vec<String> {
    let mut restored = emitted.clone();
    restore(&mut restored);
    let mut found = Vec::new();
    compare(&normalised(document), &normalised(&restored), "", &mut found);
    found
}

/// The operations of a document as lines such as `POST /books/:param0`.
pub fn routes(document: &Value) -> BTreeSet<String> {
    let paths = members(&document["paths"]);
    let lines = paths.flat_map(|(path, item)| {
        let (path, _) = route::poem_path(path);
        operations(item).map(move |(method, _)| format!("{} {path}", method.to_uppercase()))
    });
    lines.collect()
}

/// The operations of a real route table, as [`routes`] writes those of a document.
pub fn table(table: &route::RouteTable) -> BTreeSet<String> {
    let lines =
        table.iter().flat_map(|(path, methods)| methods.keys().map(move |method| format!("{method} {path}")));
    lines.collect()
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn operations(item: &Value) -> impl Iterator<Item = (&String, &Value)> {
    members(item).filter(|(name, _)| METHODS.contains(&name.as_str()))
}

fn normalised(document: &Value) -> Value {
    let paths: Map<String, Value> = members(&document["paths"])
        .map(|(path, item)| {
            let operations = operations(item)
                .map(|(method, operation)| (method.clone(), operation_of(document, item, operation)))
                .collect();
            (path.clone(), Value::Object(operations))
        })
        .collect();
    let schemas = members(&document["components"]["schemas"]);
    let schemas: Map<_, _> = schemas.map(|(name, schema)| (name.clone(), schema_of(schema))).collect();
    let tags = document["tags"].as_array().into_iter().flatten();
    let tags: Map<_, _> = tags.map(|tag| (text(&tag["name"]), without_extensions(tag))).collect();
    let security_schemes = members(&document["components"]["securitySchemes"]);
    let security_schemes: Map<_, _> =
        security_schemes.map(|(name, scheme)| (name.clone(), without_extensions(scheme))).collect();
    json!({
        "info": without_extensions(&document["info"]),
        "externalDocs": document["externalDocs"],
        "servers": document["servers"],
        "tags": tags,
        "paths": paths,
        "schemas": schemas,
        "securitySchemes": security_schemes,
    })
}

fn operation_of(document: &Value, item: &Value, operation: &Value) -> Value {
    let shared = item["parameters"].as_array().into_iter().flatten();
    let own = operation["parameters"].as_array().into_iter().flatten();
    // An operation's parameter replaces the path's of the same place and name.
    let parameters: Map<_, _> =
        shared.chain(own).map(|parameter| parameter_of(document, parameter)).collect();
    let body = operation.get("requestBody").map(|body| {
        let body = followed(document, body);
        json!({
            "description": body["description"],
            "required": body["required"] == true,
            "content": content_of(&body["content"]),
        })
    });
    let responses: Map<_, _> = members(&operation["responses"])
        .map(|(status, response)| (status.clone(), response_of(document, response)))
        .collect();
    let security = operation.get("security").or(document.get("security")).cloned().unwrap_or(json!([]));
    json!({
        "tags": operation["tags"],
        "operationId": operation["operationId"],
        "summary": operation["summary"],
        "description": operation["description"],
        "externalDocs": operation["externalDocs"],
        "deprecated": operation["deprecated"] == true,
        "security": security,
        "parameters": parameters,
        "requestBody": body,
        "responses": responses,
    })
}

fn parameter_of(document: &Value, parameter: &Value) -> (String, Value) {
    let parameter = followed(document, parameter);
    let place = text(&parameter["in"]);
    let default_style = if matches!(place.as_str(), "query" | "cookie") { "form" } else { "simple" };
    let style = parameter["style"].as_str().unwrap_or(default_style);
    let said = json!({
        "description": parameter["description"],
        "required": parameter["required"] == true,
        "deprecated": parameter["deprecated"] == true,
        "style": style,
        "explode": parameter["explode"].as_bool().unwrap_or(style == "form"),
        "schema": schema_of(&parameter["schema"]),
    });
    (format!("{place} {}", text(&parameter["name"])), said)
}

fn response_of(document: &Value, response: &Value) -> Value {
    let response = followed(document, response);
    let headers: Map<_, _> = members(&response["headers"])
        .map(|(name, header)| {
            let header = followed(document, header);
            let said = json!({
                "description": header["description"],
                "required": header["required"] == true,
                "deprecated": header["deprecated"] == true,
                "schema": schema_of(&header["schema"]),
            });
            (name.clone(), said)
        })
        .collect();
    json!({
        "description": response["description"],
        "headers": headers,
        "content": content_of(&response["content"]),
    })
}

fn content_of(content: &Value) -> Value {
    let types = members(content).map(|(name, media_type)| (name.clone(), schema_of(&media_type["schema"])));
    Value::Object(types.collect())
}

/// A schema with what means nothing left out, and every number as the `f64` that poem-openapi keeps.
fn schema_of(schema: &Value) -> Value {
    let Value::Object(members) = without_extensions(schema) else { return schema.clone() };
    let mut said = Map::new();
    for (keyword, value) in members {
        let value = match (keyword.as_str(), value) {
            (
                "deprecated" | "exclusiveMaximum" | "exclusiveMinimum" | "nullable" | "readOnly"
                | "uniqueItems" | "writeOnly",
                Value::Bool(false),
            )
            | ("not", _) => continue,
            ("maximum" | "minimum" | "multipleOf", number) => json!(number.as_f64()),
            ("required", Value::Array(mut names)) => {
                names.sort_by_key(text);
                Value::Array(names)
            }
            ("additionalProperties", Value::Bool(true)) => json!({}),
            ("additionalProperties" | "items", inner) => schema_of(&inner),
            ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => branches.iter().map(schema_of).collect(),
            ("properties", Value::Object(properties)) => {
                let properties =
                    properties.iter().map(|(name, property)| (name.clone(), schema_of(property)));
                Value::Object(properties.collect())
            }
            (_, value) => value,
        };
        said.insert(keyword, value);
    }
    Value::Object(said)
}

fn without_extensions(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| !name.starts_with("x-"));
            Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
        }
        other => other.clone(),
    }
}

/// References to schemas stay, because poem-openapi keeps them; others are followed.
fn followed<'v>(document: &'v Value, value: &'v Value) -> &'v Value {
    match value["$ref"].as_str() {
        Some(reference) if !reference.starts_with("#/components/schemas/") => {
            crate::translate::find(document, reference).unwrap_or(value)
        }
        _ => value,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn compare(document: &Value, emitted: &Value, at: &str, found: &mut Vec<String>) {
    match (document, emitted) {
        (Value::Object(left), Value::Object(right)) => {
            for name in left.keys().chain(right.keys()).collect::<BTreeSet<_>>() {
                let here = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                compare(&document[name], &emitted[name], &here, found);
            }
        }
        _ if document != emitted => {
            found.push(format!("{at}\n  document: {document}\n  code:     {emitted}"))
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(schema: Value) -> Value {
        json!({"paths": {"/a/{b}": {
            "parameters": [{"$ref": "#/components/parameters/B"}],
            "get": {"operationId": "get_a", "responses": {"200": {"description": "ok"}}}}},
            "components": {"schemas": {"It": schema}, "parameters": {
                "B": {"name": "b", "in": "path", "required": true, "schema": {"type": "string"}}}}})
    }

    #[test]
    fn spelling_is_no_difference() {
        let emitted = json!({"paths": {"/a/{b}": {"get": {"operationId": "get_a", "responses": {"200": {"description": "ok"}},
            "parameters": [{"name": "b", "in": "path", "required": true, "style": "simple", "explode": false, "schema": {"type": "string"}}]}}},
            "components": {"schemas": {"It": {"type": "object", "minimum": 1.0, "additionalProperties": {"title": "~false"}}}}});
        let written = document(
            json!({"type": "object", "minimum": 1, "nullable": false, "x-note": 1, "additionalProperties": false}),
        );
        assert_eq!(differences(&written, &emitted), [""; 0]);
    }

    #[test]
    fn a_changed_keyword_is_a_difference() {
        let (left, right) = (document(json!({"maxLength": 3})), document(json!({"maxLength": 4})));
        let found = differences(&left, &right);
        assert_eq!(found, ["/schemas/It/maxLength\n  document: 3\n  code:     4"]);
    }

    #[test]
    fn routes_are_written_as_poem_writes_them() {
        assert_eq!(Vec::from_iter(routes(&document(json!({})))), ["GET /a/:param0"]);
    }
}
