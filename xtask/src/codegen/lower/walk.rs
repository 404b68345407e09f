//! Ways through a document: its operations, its schemas, its references.

use serde_json::{Map, Value};

use super::facts;
use super::report::Report;
use orderly_document::Pointer;

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// The methods under which a path item holds operations (OpenAPI 3.0.3, "Path Item Object").
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Where an operation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The path template.
    pub path: String,
    /// The method in lower case.
    pub method: String,
}

impl At {
    /// The pointer to the operation.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        Pointer::root().path(["paths", &self.path, &self.method])
    }
}

/// Follows `$ref` until something else comes; `None` when it leads nowhere or in a circle.
pub(crate) fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> Option<&'a Value> {
    /// Far more hops than any sensible document takes.
    const HOPS: usize = 32;
    for _ in 0..HOPS {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return Some(value) };
        let pointer = percent_decoded(reference.strip_prefix('#')?);
        value = document.pointer(&pointer)?;
    }
    None
}

/// The name of the component schema that a `$ref` names.
pub(super) fn schema_name(reference: &str) -> Option<String> {
    let name = percent_decoded(reference.strip_prefix("#/components/schemas/")?);
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

/// The reference to a component schema.
pub(super) fn schema_reference(name: &str) -> String {
    Pointer::root().path(["components", "schemas", name]).to_string()
}

/// A pointer in a URI fragment is percent-encoded (RFC 6901 section 6).
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match byte {
            Some(byte) => (bytes.push(byte), rest = &tail[2..]),
            None => (bytes.push(*first), rest = tail),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Runs `change` over every operation; where it gives a reason, the operation is left out.
///
/// `change` sees the rest of the document beside the operation, without the paths.
pub(super) fn each_operation(
    view: &mut Value,
    report: &mut Report,
    mut change: impl FnMut(&Value, &At, &mut Object, &mut Report) -> Result<(), String>,
) {
    let Some(mut paths) = view.get_mut("paths").map(Value::take) else { return };
    for (path, item) in paths.as_object_mut().into_iter().flatten() {
        let Some(item) = item.as_object_mut() else { continue };
        for method in METHODS {
            let Some(Value::Object(operation)) = item.get_mut(method) else { continue };
            let at = At { path: path.clone(), method: method.to_owned() };
            if let Err(reason) = change(view, &at, operation, report) {
                report.left_out(&at, &reason);
                item.shift_remove(method);
            }
        }
    }
    view["paths"] = paths;
}

/// The operations, in the order of the document.
pub(super) fn operations(view: &Value) -> impl Iterator<Item = (At, &Object)> {
    let paths = view.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        METHODS.into_iter().filter_map(move |method| {
            let operation = item.get(method)?.as_object()?;
            Some((At { path: path.clone(), method: method.to_owned() }, operation))
        })
    })
}

/// Runs `change` over every schema of the view, inner ones first.
pub(super) fn each_schema(view: &mut Value, mut change: impl FnMut(&mut Value, &Pointer)) {
    let components = Pointer::root().path(["components", "schemas"]);
    if let Some(Value::Object(schemas)) = view.pointer_mut(&components) {
        for (name, schema) in schemas {
            within(schema, &components.child(name), &mut change);
        }
    }
    for (at, operation) in operations_mut(view) {
        for (_, schema) in operation_schemas(operation) {
            within(schema, &at.pointer(), &mut change);
        }
    }
}

/// The operations, to change.
pub(super) fn operations_mut(view: &mut Value) -> impl Iterator<Item = (At, &mut Object)> {
    let paths = view.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let members = item.as_object_mut().into_iter().flatten();
        members.filter_map(|(method, operation)| {
            let at = At { path: path.clone(), method: method.clone() };
            let operation = operation.as_object_mut()?;
            METHODS.contains(&method.as_str()).then_some((at, operation))
        })
    })
}

/// The schemas of an operation's parameters, body, answers and events, and what each is: the parameter's name, `body`,
/// `response` or `event`.
pub(super) fn operation_schemas(operation: &mut Object) -> Vec<(String, &mut Value)> {
    let mut schemas = Vec::new();
    for (key, member) in operation {
        match (key.as_str(), member) {
            ("parameters", Value::Array(parameters)) => {
                for parameter in parameters {
                    let name = parameter["name"].as_str().unwrap_or_default().to_owned();
                    schemas.extend(parameter.get_mut("schema").map(|schema| (name, schema)));
                }
            }
            ("requestBody", body) => {
                schemas.extend(content_schemas(body).map(|schema| ("body".to_owned(), schema)))
            }
            ("responses", Value::Object(answers)) => {
                for (_, answer) in answers {
                    schemas.extend(content_schemas(answer).map(|schema| ("response".to_owned(), schema)));
                }
            }
            (facts::EVENT_DATA, schema) => schemas.push(("event".to_owned(), schema)),
            _ => {}
        }
    }
    schemas
}

/// The schemas under `content` of a body or an answer.
pub(super) fn content_schemas(holder: &mut Value) -> impl Iterator<Item = &mut Value> {
    let content = holder.get_mut("content").and_then(Value::as_object_mut).into_iter().flatten();
    content.filter_map(|(_, media)| media.get_mut("schema"))
}

/// Runs `change` over a schema and all in it, inner ones first. Recursion is safe: the loader bounds
/// how deep a document may nest.
pub(super) fn within(schema: &mut Value, at: &Pointer, change: &mut impl FnMut(&mut Value, &Pointer)) {
    let Some(members) = schema.as_object_mut() else { return };
    for (key, member) in members.iter_mut() {
        let below = at.child(key);
        match (key.as_str(), member) {
            ("properties", Value::Object(properties)) => {
                properties.iter_mut().for_each(|(name, schema)| within(schema, &below.child(name), change));
            }
            ("items" | "additionalProperties" | "not", inner) => within(inner, &below, change),
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                let parts = parts.iter_mut().enumerate();
                parts.for_each(|(index, part)| within(part, &below.index(index), change));
            }
            _ => {}
        }
    }
    change(schema, at);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_reference_is_followed_through_escapes_and_never_in_circles() {
        let document = json!({"components": {"schemas": {
            "a/b c": {"type": "string"},
            "alias": {"$ref": "#/components/schemas/a~1b%20c"},
            "circle": {"$ref": "#/components/schemas/circle"},
        }}});
        let cases = [
            ("#/components/schemas/alias", Some(json!({"type": "string"}))),
            ("#/components/schemas/circle", None),
            ("#/components/schemas/missing", None),
            ("other.yaml#/x", None),
        ];
        for (reference, expected) in cases {
            let value = json!({"$ref": reference});
            assert_eq!(resolve(&document, &value), expected.as_ref(), "{reference}");
        }
        assert_eq!(schema_name("#/components/schemas/a~1b%20c").as_deref(), Some("a/b c"));
        assert_eq!(schema_name("#/components/schemas/A/properties/b"), None);
    }

    #[test]
    fn every_schema_is_visited_once_and_properties_are_not_keywords() {
        let mut view = json!({
            "components": {"schemas": {"A": {"properties": {"items": {"type": "string"}, "not": {"items": {}}}}}},
            "paths": {"/a": {"get": {
                "parameters": [{"schema": {"x": 1}}],
                "responses": {"200": {"content": {"application/json": {"schema": {"oneOf": [{}, {}]}}}}},
            }}},
        });
        let mut seen = Vec::new();
        each_schema(&mut view, |_, at| seen.push(at.as_str().to_owned()));
        assert_eq!(
            seen,
            [
                "/components/schemas/A/properties/items",
                "/components/schemas/A/properties/not/items",
                "/components/schemas/A/properties/not",
                "/components/schemas/A",
                "/paths/~1a/get",
                "/paths/~1a/get/oneOf/0",
                "/paths/~1a/get/oneOf/1",
                "/paths/~1a/get",
            ]
        );
    }
}
