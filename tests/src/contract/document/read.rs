//! Reads the operations out of a document.

use std::collections::BTreeMap;

use http::Method;
use serde_json::Value;

use super::{
    Answer, Body, Content, DocumentError, Header, Location, Operation, Parameter, Requirement, Template,
};
use crate::contract::place::Place;

type Result<T> = std::result::Result<T, DocumentError>;

/// The methods that a path item may have (OpenAPI 3.0.3, "Path Item Object").
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub(super) fn operations(document: &Value) -> Result<Vec<Operation>> {
    let paths = Place::root().child("paths");
    let mut operations = Vec::new();
    for path in keys(document, &paths) {
        let (item, _) = follow(document, &paths.child(path))?;
        for method in METHODS {
            if item.child(method).get(document).is_some() {
                operations.push(operation(document, path, &item, method)?);
            }
        }
    }
    Ok(operations)
}

/// The names of headers that an extension of the document explains.
pub(super) fn header_names(document: &Value, extension: &str) -> Vec<String> {
    keys(document, &Place::root().child(extension)).map(str::to_owned).collect()
}

fn operation(document: &Value, path: &str, item: &Place, method: &str) -> Result<Operation> {
    let place = item.child(method);
    let mut answers = BTreeMap::new();
    let responses = place.child("responses");
    for status in keys(document, &responses) {
        answers.insert(status.to_owned(), answer(document, &responses.child(status))?);
    }
    let body = match place.child("requestBody").get(document) {
        Some(_) => Some(body(document, &place.child("requestBody"))?),
        None => None,
    };
    Ok(Operation {
        id: text(document, &place.child("operationId"))?.to_owned(),
        tag: place.below(&["tags", "0"]).get(document).and_then(Value::as_str).unwrap_or_default().to_owned(),
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

fn parameters(document: &Value, item: &Place, operation: &Place) -> Result<Vec<Parameter>> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for list in [item.child("parameters"), operation.child("parameters")] {
        let length = list.get(document).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..length {
            let parameter = parameter(document, &list.item(index))?;
            parameters.retain(|known| known.name != parameter.name || known.location != parameter.location);
            parameters.push(parameter);
        }
    }
    Ok(parameters)
}

fn parameter(document: &Value, place: &Place) -> Result<Parameter> {
    let (place, value) = follow(document, place)?;
    let location = match text(document, &place.child("in"))? {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => return Err(DocumentError { place: place.child("in"), expected: "a part of a request" }),
    };
    Ok(Parameter {
        name: text(document, &place.child("name"))?.to_owned(),
        location,
        required: value["required"] == true,
        schema: place.child("schema"),
        place,
    })
}

fn body(document: &Value, place: &Place) -> Result<Body> {
    let (place, value) = follow(document, place)?;
    Ok(Body { required: value["required"] == true, content: content(document, &place), place })
}

fn answer(document: &Value, place: &Place) -> Result<Answer> {
    let (place, value) = follow(document, place)?;
    let mut headers = Vec::new();
    for name in keys(document, &place.child("headers")) {
        let (header, value) = follow(document, &place.below(&["headers", name]))?;
        headers.push(Header {
            name: name.to_owned(),
            required: value["required"] == true,
            schema: header.child("schema"),
        });
    }
    let description = value["description"].as_str().unwrap_or_default().to_owned();
    Ok(Answer { description, headers, content: content(document, &place), place })
}

fn content(document: &Value, place: &Place) -> Vec<Content> {
    let content = place.child("content");
    keys(document, &content)
        .map(|media_type| Content { media_type: media_type.to_owned(), place: content.child(media_type) })
        .collect()
}

/// The operation's own `security`, or else the document's.
fn security(document: &Value, operation: &Place) -> Result<Vec<Vec<Requirement>>> {
    let own = operation.child("security");
    let place = if own.get(document).is_some() { own } else { Place::root().child("security") };
    let length = place.get(document).and_then(Value::as_array).map_or(0, Vec::len);
    (0..length)
        .map(|index| {
            let alternative = place.item(index);
            keys(document, &alternative).map(|scheme| requirement(document, scheme)).collect()
        })
        .collect()
}

fn requirement(document: &Value, scheme: &str) -> Result<Requirement> {
    let (place, value) = follow(document, &Place::root().below(&["components", "securitySchemes", scheme]))?;
    let unknown = DocumentError { place: place.clone(), expected: "a security scheme of OpenAPI 3.0" };
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

fn follow<'d>(document: &'d Value, place: &Place) -> Result<(Place, &'d Value)> {
    place
        .resolve(document)
        .ok_or_else(|| DocumentError { place: place.clone(), expected: "something, or a reference to it" })
}

fn text<'d>(document: &'d Value, place: &Place) -> Result<&'d str> {
    let text = place.get(document).and_then(Value::as_str);
    text.ok_or_else(|| DocumentError { place: place.clone(), expected: "a text" })
}

fn keys<'d>(document: &'d Value, place: &Place) -> impl Iterator<Item = &'d str> + use<'d> {
    place.get(document).and_then(Value::as_object).into_iter().flat_map(|map| map.keys().map(String::as_str))
}
