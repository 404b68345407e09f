//! Valid requests, made from the examples that the document gives for parameters and bodies.

use orderly_document::{Document as Source, Pointer};
use serde_json::Value;

use super::document::{Document, Location, Operation, Parameter};

/// A request that the document calls valid.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The method.
    pub method: http::Method,
    /// The path, with an example for every parameter.
    pub path: String,
    /// The headers that the document has an example for.
    pub headers: Vec<(String, String)>,
    /// The body with its media type, if there is one.
    pub body: Option<(String, Value)>,
}

/// A valid request of an operation: path, headers and body from their examples. `None` if the document lacks one that is
/// required.
pub fn request(document: &Document, operation: &Operation) -> Option<Sample> {
    let value = document.source();
    let path = operation.template.fill(|name| {
        let parameter = operation.parameters_in(Location::Path).find(|parameter| parameter.name == name);
        parameter.and_then(|parameter| parameter_example(value, parameter)).unwrap_or_default()
    });
    let mut headers = Vec::new();
    for parameter in operation.parameters_in(Location::Header) {
        match parameter_example(value, parameter) {
            Some(example) => headers.push((parameter.name.clone(), example)),
            None if parameter.required => return None,
            None => {}
        }
    }
    let body = match operation.body.as_ref().and_then(|body| body.content.first()) {
        Some(content) => Some((content.media_type.clone(), example(value, &content.place)?)),
        None => None,
    };
    // An example that is missing left its segment empty.
    operation.template.values(&path)?;
    Some(Sample { method: operation.method.clone(), path, headers, body })
}

fn parameter_example(document: &Source, parameter: &Parameter) -> Option<String> {
    match example(document, &parameter.place)? {
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// The example that stands at a parameter or a body, or else at its schema.
pub fn example(document: &Source, place: &Pointer) -> Option<Value> {
    let here = document.get(place)?;
    if let Some(example) = here.get("example") {
        return Some(example.clone());
    }
    if let Some(name) = here["examples"].as_object().and_then(|examples| examples.keys().next()) {
        let example = document.resolve(&place.path(["examples", name])).ok()?.value;
        return example.get("value").cloned();
    }
    let schema = document.resolve(&place.child("schema")).ok()?.value;
    schema.get("example").cloned()
}
