//! Reads the operations out of a document.

use std::collections::{BTreeMap, BTreeSet};

use http::Method;
use orderly_document::{Diagnostic, Document as Source, Pointer};
use serde_json::Value;

use super::{
    Answer, Body, Content, Header, Link, Location, Operation, Parameter, Requirement, Writing, server,
};
use crate::route::Template;

type Result<T> = std::result::Result<T, Diagnostic>;

/// The methods that a path item may have (OpenAPI 3.0.3, "Path Item Object").
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Headers that are no parameters: OpenAPI 3.0.3, "Parameter Object", describes the first three elsewhere, and the others
/// belong to the connection (RFC 9110, section 7).
const NO_PARAMETERS: [&str; 8] = [
    "accept",
    "content-type",
    "authorization",
    "host",
    "content-length",
    "connection",
    "transfer-encoding",
    "expect",
];

/// Every operation that can be read, and what is to be said of the others.
pub(super) fn operations(source: &Source) -> Result<(Vec<Operation>, Vec<Diagnostic>)> {
    let paths = Pointer::root().child("paths");
    if !source.get(&paths).is_some_and(Value::is_object) {
        return Err(source.refused(&paths, "there are no `paths`, so there is nothing to ask for"));
    }
    let mut reader = Reader { source, operations: Vec::new(), remarks: Vec::new() };
    for path in keys(source, &paths).filter(|path| path.starts_with('/')) {
        reader.path(path, &paths.child(path));
    }
    reader.name();
    Ok((reader.operations, reader.remarks))
}

/// The names of headers that an extension of the document explains.
pub(super) fn header_names(source: &Source, extension: &str) -> Vec<String> {
    keys(source, &Pointer::root().child(extension)).map(str::to_owned).collect()
}

struct Reader<'d> {
    source: &'d Source,
    operations: Vec<Operation>,
    remarks: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn path(&mut self, path: &str, place: &Pointer) {
        let item = match self.source.resolve(place) {
            Ok(item) => item.pointer,
            Err(remark) => return self.remarks.push(remark),
        };
        for method in METHODS {
            if self.source.get(&item.child(method)).is_some_and(Value::is_object) {
                match self.operation(path, &item, method) {
                    Ok(operation) => self.operations.push(operation),
                    Err(remark) => self
                        .remarks
                        .push(remark.hint(format!("{} {path} is left out", method.to_ascii_uppercase()))),
                }
            }
        }
    }

    /// Gives each operation an id of its own.
    fn name(&mut self) {
        let mut known = BTreeSet::new();
        for operation in &mut self.operations {
            if operation.id.is_empty() || known.contains(&operation.id) {
                if !operation.id.is_empty() {
                    let message = format!("another operation has the id `{}`", operation.id);
                    self.remarks.push(self.source.warning(&operation.place.child("operationId"), message));
                }
                operation.id = format!("{} {}", operation.method, operation.template.as_str());
            }
            known.insert(operation.id.clone());
        }
    }

    fn operation(&mut self, path: &str, item: &Pointer, method: &str) -> Result<Operation> {
        let source = self.source;
        let place = item.child(method);
        if path.contains(['?', '#']) {
            return Err(source.refused(&place, format!("`{path}` is more than a path")));
        }
        let mut answers = BTreeMap::new();
        let responses = place.child("responses");
        for status in keys(source, &responses).filter(|status| !status.starts_with("x-")) {
            // A class of statuses is written with `X`; some write `x`.
            let name = if status == "default" { status.to_owned() } else { status.to_ascii_uppercase() };
            answers.insert(name, answer(source, &responses.child(status))?);
        }
        let body = match source.get(&place.child("requestBody")) {
            Some(_) => Some(body(source, &place.child("requestBody"))?),
            None => None,
        };
        let operation = Operation {
            id: string(source, &place.child("operationId")).to_owned(),
            tag: string(source, &place.path(["tags", "0"])).to_owned(),
            method: Method::from_bytes(method.to_ascii_uppercase().as_bytes())
                .expect("the methods of OpenAPI are methods of HTTP"),
            template: Template::new(path),
            base: server::base(source, [&place, item, &Pointer::root()]),
            parameters: self.parameters(item, &place)?,
            body,
            answers,
            security: security(source, &place)?,
            place,
        };
        for name in operation.template.names() {
            if operation.parameter(Location::Path, name).is_none() {
                let message = format!("the path's `{{{name}}}` is not declared as a parameter");
                return Err(source.refused(&operation.place, message));
            }
        }
        Ok(operation)
    }

    fn parameters(&mut self, item: &Pointer, operation: &Pointer) -> Result<Vec<Parameter>> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for list in [item.child("parameters"), operation.child("parameters")] {
            let length = self.source.get(&list).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..length {
                let parameter = parameter(self.source, &list.index(index))?;
                if parameter.location == Location::Header
                    && NO_PARAMETERS.contains(&&*parameter.name.to_ascii_lowercase())
                {
                    let message = format!("`{}` is no parameter: HTTP sets it", parameter.name);
                    self.remarks.push(self.source.ignored(&parameter.place, message));
                    continue;
                }
                parameters.retain(|known| !known.is(parameter.location, &parameter.name));
                parameters.push(parameter);
            }
        }
        Ok(parameters)
    }
}

fn parameter(source: &Source, place: &Pointer) -> Result<Parameter> {
    let (place, value) = follow(source, place)?;
    let location = match text(source, &place.child("in"))? {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => return Err(source.refused(&place.child("in"), "this is no part of a request")),
    };
    let name = text(source, &place.child("name"))?.to_owned();
    if name.is_empty() {
        return Err(source.refused(&place.child("name"), "a parameter has a name"));
    }
    Ok(Parameter {
        // A path is none without its parameters, whatever they say.
        required: value["required"] == true || location == Location::Path,
        may_be_empty: value["allowEmptyValue"] == true && location == Location::Query,
        writing: writing(source, &place, location)?,
        schema: schema(&place, value),
        name,
        location,
        place,
    })
}

fn writing(source: &Source, place: &Pointer, location: Location) -> Result<Writing> {
    let object = source.get(place).unwrap_or(&Value::Null);
    Writing::of(object, location).map_err(|style| {
        let message = format!("the style `{style}` does not exist for what is in a {location}");
        source.refused(&place.child("style"), message)
    })
}

/// Where the schema of a parameter or a header stands: beside it, or in its one `content`.
fn schema(place: &Pointer, object: &Value) -> Pointer {
    match object["content"].as_object().and_then(|content| content.keys().next()) {
        Some(media_type) => place.path(["content", media_type, "schema"]),
        None => place.child("schema"),
    }
}

fn body(source: &Source, place: &Pointer) -> Result<Body> {
    let (place, value) = follow(source, place)?;
    Ok(Body { required: value["required"] == true, content: content(source, &place), place })
}

fn answer(source: &Source, place: &Pointer) -> Result<Answer> {
    let (place, value) = follow(source, place)?;
    let mut headers = Vec::new();
    for name in keys(source, &place.child("headers")) {
        // The media type of an answer is that of its content (OpenAPI 3.0.3, "Response Object").
        if name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let (header, value) = follow(source, &place.path(["headers", name]))?;
        headers.push(Header {
            name: name.to_owned(),
            required: value["required"] == true,
            writing: writing(source, &header, Location::Header)?,
            schema: schema(&header, value),
        });
    }
    let mut links = Vec::new();
    for name in keys(source, &place.child("links")) {
        let (link, value) = follow(source, &place.path(["links", name]))?;
        links.extend(Link::read(source, name, link, value));
    }
    let description = value["description"].as_str().unwrap_or_default().to_owned();
    Ok(Answer { description, headers, content: content(source, &place), links, place })
}

fn content(source: &Source, place: &Pointer) -> Vec<Content> {
    let content = place.child("content");
    keys(source, &content)
        .map(|media_type| Content { media_type: media_type.to_owned(), place: content.child(media_type) })
        .collect()
}

/// The operation's own `security`, or else the document's.
fn security(source: &Source, operation: &Pointer) -> Result<Vec<Vec<Requirement>>> {
    let own = operation.child("security");
    let place = if source.get(&own).is_some() { own } else { Pointer::root().child("security") };
    let length = source.get(&place).and_then(Value::as_array).map_or(0, Vec::len);
    (0..length)
        .map(|index| {
            let alternative = place.index(index);
            keys(source, &alternative)
                .map(|scheme| requirement(source, &alternative.child(scheme), scheme))
                .collect()
        })
        .collect()
}

/// The names of the security schemes.
pub(super) fn scheme_names(source: &Source) -> Vec<String> {
    keys(source, &Pointer::root().path(["components", "securitySchemes"])).map(str::to_owned).collect()
}

/// What a security scheme asks for; `at` is where it is named.
pub(super) fn requirement(source: &Source, at: &Pointer, scheme: &str) -> Result<Requirement> {
    let declared = Pointer::root().path(["components", "securitySchemes", scheme]);
    if source.get(&declared).is_none() {
        return Err(source.refused(at, format!("there is no security scheme `{scheme}`")));
    }
    let (place, value) = follow(source, &declared)?;
    let requirement = match (value["type"].as_str(), value["in"].as_str()) {
        (Some("http"), _) => {
            Requirement::Authorization(text(source, &place.child("scheme"))?.to_ascii_lowercase())
        }
        (Some("oauth2" | "openIdConnect"), _) => Requirement::Authorization("bearer".to_owned()),
        (Some("apiKey"), Some(location)) => {
            let name = text(source, &place.child("name"))?.to_owned();
            match location {
                "header" => Requirement::Header(name),
                "query" => Requirement::Query(name),
                "cookie" => Requirement::Cookie(name),
                _ => return Err(source.refused(&place.child("in"), "a key is in a header, query or cookie")),
            }
        }
        _ => return Err(source.refused(&place, "this is no security scheme of OpenAPI 3.0")),
    };
    Ok(requirement)
}

fn follow<'d>(source: &'d Source, place: &Pointer) -> Result<(Pointer, &'d Value)> {
    source.resolve(place).map(|resolved| (resolved.pointer, resolved.value))
}

fn text<'d>(source: &'d Source, place: &Pointer) -> Result<&'d str> {
    let text = source.get(place).and_then(Value::as_str);
    text.ok_or_else(|| source.refused(place, "a text is missing here"))
}

fn string<'d>(source: &'d Source, place: &Pointer) -> &'d str {
    source.get(place).and_then(Value::as_str).unwrap_or_default()
}

fn keys<'d>(source: &'d Source, place: &Pointer) -> impl Iterator<Item = &'d str> + use<'d> {
    source.get(place).and_then(Value::as_object).into_iter().flat_map(|map| map.keys().map(String::as_str))
}
