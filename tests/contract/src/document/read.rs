//! Reads the operations out of a document.

use std::collections::BTreeMap;

use http::Method;
use orderly_document::{Diagnostic, Document as Source, Pointer};
use serde_json::Value;

use super::{Answer, Body, Content, Header, Location, Operation, Parameter, Requirement, Template};

type Result<T> = std::result::Result<T, Diagnostic>;

/// The methods that a path item may have (OpenAPI 3.0.3, "Path Item Object").
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub(super) fn operations(document: &Source) -> Result<Vec<Operation>> {
    let paths = Pointer::root().child("paths");
    let mut operations = Vec::new();
    for path in keys(document, &paths) {
        let (item, _) = follow(document, &paths.child(path))?;
        for method in METHODS {
            if document.get(&item.child(method)).is_some() {
                operations.push(operation(document, path, &item, method)?);
            }
        }
    }
    Ok(operations)
}

/// The names of headers that an extension of the document explains.
pub(super) fn header_names(document: &Source, extension: &str) -> Vec<String> {
    keys(document, &Pointer::root().child(extension)).map(str::to_owned).collect()
}

fn operation(document: &Source, path: &str, item: &Pointer, method: &str) -> Result<Operation> {
    let place = item.child(method);
    let mut answers = BTreeMap::new();
    let responses = place.child("responses");
    for status in keys(document, &responses) {
        answers.insert(status.to_owned(), answer(document, &responses.child(status))?);
    }
    let body = match document.get(&place.child("requestBody")) {
        Some(_) => Some(body(document, &place.child("requestBody"))?),
        None => None,
    };
    Ok(Operation {
        id: text(document, &place.child("operationId"))?.to_owned(),
        tag: document.get(&place.path(["tags", "0"])).and_then(Value::as_str).unwrap_or_default().to_owned(),
        method: Method::from_bytes(method.to_ascii_uppercase().as_bytes())
            .expect("the methods of OpenAPI are methods of HTTP"),
        template: Template::new(path),
        parameters: parameters(document, item, &place)?,
        body,
        answers,
        security: security(document, &place)?,
        place,
    })
}

fn parameters(document: &Source, item: &Pointer, operation: &Pointer) -> Result<Vec<Parameter>> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for list in [item.child("parameters"), operation.child("parameters")] {
        let length = document.get(&list).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..length {
            let parameter = parameter(document, &list.index(index))?;
            parameters.retain(|known| known.name != parameter.name || known.location != parameter.location);
            parameters.push(parameter);
        }
    }
    Ok(parameters)
}

fn parameter(document: &Source, place: &Pointer) -> Result<Parameter> {
    let (place, value) = follow(document, place)?;
    let location = match text(document, &place.child("in"))? {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => return Err(document.refused(&place.child("in"), "this is no part of a request")),
    };
    Ok(Parameter {
        name: text(document, &place.child("name"))?.to_owned(),
        location,
        required: value["required"] == true,
        schema: place.child("schema"),
        place,
    })
}

fn body(document: &Source, place: &Pointer) -> Result<Body> {
    let (place, value) = follow(document, place)?;
    Ok(Body { required: value["required"] == true, content: content(document, &place), place })
}

fn answer(document: &Source, place: &Pointer) -> Result<Answer> {
    let (place, value) = follow(document, place)?;
    let mut headers = Vec::new();
    for name in keys(document, &place.child("headers")) {
        let (header, value) = follow(document, &place.path(["headers", name]))?;
        headers.push(Header {
            name: name.to_owned(),
            required: value["required"] == true,
            schema: header.child("schema"),
        });
    }
    let description = value["description"].as_str().unwrap_or_default().to_owned();
    Ok(Answer { description, headers, content: content(document, &place), place })
}

fn content(document: &Source, place: &Pointer) -> Vec<Content> {
    let content = place.child("content");
    keys(document, &content)
        .map(|media_type| Content { media_type: media_type.to_owned(), place: content.child(media_type) })
        .collect()
}

/// The operation's own `security`, or else the document's.
fn security(document: &Source, operation: &Pointer) -> Result<Vec<Vec<Requirement>>> {
    let own = operation.child("security");
    let place = if document.get(&own).is_some() { own } else { Pointer::root().child("security") };
    let length = document.get(&place).and_then(Value::as_array).map_or(0, Vec::len);
    (0..length)
        .map(|index| {
            let alternative = place.index(index);
            keys(document, &alternative).map(|scheme| requirement(document, scheme)).collect()
        })
        .collect()
}

pub(super) fn scheme_names(document: &Source) -> Vec<String> {
    let schemes = Pointer::root().path(["components", "securitySchemes"]);
    keys(document, &schemes).map(str::to_owned).collect()
}

pub(super) fn requirement(document: &Source, scheme: &str) -> Result<Requirement> {
    let (place, value) = follow(document, &Pointer::root().path(["components", "securitySchemes", scheme]))?;
    let unknown = document.refused(&place, "this is no security scheme of OpenAPI 3.0");
    match (value["type"].as_str(), value["in"].as_str()) {
        (Some("http"), _) => {
            Ok(Requirement::Authorization(text(document, &place.child("scheme"))?.to_owned()))
        }
        (Some("oauth2" | "openIdConnect"), _) => Ok(Requirement::Authorization("bearer".to_owned())),
        (Some("apiKey"), Some(location)) => {
            let name = text(document, &place.child("name"))?.to_owned();
            match location {
                "header" => Ok(Requirement::Header(name)),
                "query" => Ok(Requirement::Query(name)),
                "cookie" => Ok(Requirement::Cookie(name)),
                _ => Err(unknown),
            }
        }
        _ => Err(unknown),
    }
}

fn follow<'d>(document: &'d Source, place: &Pointer) -> Result<(Pointer, &'d Value)> {
    document.resolve(place).map(|resolved| (resolved.pointer, resolved.value))
}

fn text<'d>(document: &'d Source, place: &Pointer) -> Result<&'d str> {
    let text = document.get(place).and_then(Value::as_str);
    text.ok_or_else(|| document.refused(place, "a text is missing here"))
}

fn keys<'d>(document: &'d Source, place: &Pointer) -> impl Iterator<Item = &'d str> + use<'d> {
    document.get(place).and_then(Value::as_object).into_iter().flat_map(|map| map.keys().map(String::as_str))
}
