//! The document as the engine reads it: operations with their parameters, bodies, answers and required credentials.

use std::collections::BTreeMap;

use http::{Method, StatusCode};
use orderly_api_runtime::{Direction, SchemaError, Schemas, Violation};
use orderly_document::{Diagnostic, Document as Source, Pointer};
use serde_json::Value;

use super::route::{self, Match, Template};

mod read;

/// An OpenAPI 3.0 document.
#[derive(Debug)]
pub struct Document {
    source: Source,
    schemas: Schemas,
    operations: Vec<Operation>,
    common_headers: Vec<String>,
    occasional_headers: Vec<String>,
}

/// What can be asked of the server at one method and path.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId`.
    pub id: String,
    /// The first tag; empty without one.
    pub tag: String,
    /// The method.
    pub method: Method,
    /// The path.
    pub template: Template,
    /// Where it stands.
    pub place: Pointer,
    /// The parameters of the path and of the operation; the latter win.
    pub parameters: Vec<Parameter>,
    /// The body, if it takes one.
    pub body: Option<Body>,
    /// The answers by what the document calls them: `200`, `4XX` or `default`.
    pub answers: BTreeMap<String, Answer>,
    /// What a caller has to present: all schemes of one of the alternatives. Empty means nothing.
    pub security: Vec<Vec<Requirement>>,
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name; without regard to case in a header.
    pub name: String,
    /// Which part of the request it is in.
    pub location: Location,
    /// Whether a request is invalid without it.
    pub required: bool,
    /// Where it stands.
    pub place: Pointer,
    /// Where its schema stands.
    pub schema: Pointer,
}

/// The part of a request that a parameter is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// The path.
    Path,
    /// Behind the question mark.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// A request's body.
#[derive(Debug)]
pub struct Body {
    /// Whether a request is invalid without it.
    pub required: bool,
    /// Where it stands.
    pub place: Pointer,
    /// The media types it may have.
    pub content: Vec<Content>,
}

/// A body of one media type.
#[derive(Debug)]
pub struct Content {
    /// The media type, as it is declared.
    pub media_type: String,
    /// Where it stands.
    pub place: Pointer,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// When it is given.
    pub description: String,
    /// Where it stands.
    pub place: Pointer,
    /// Its headers, besides those that every answer has.
    pub headers: Vec<Header>,
    /// The media types that its body may have; none means no body.
    pub content: Vec<Content>,
}

/// A header of an answer.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether an answer is invalid without it.
    pub required: bool,
    /// Where its schema stands.
    pub schema: Pointer,
}

/// A credential that a security scheme asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// `Authorization`, with this scheme.
    Authorization(String),
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
}

impl Document {
    /// Reads the operations of a document.
    ///
    /// # Errors
    /// Where the document is not what OpenAPI 3.0 wants, as far as the engine needs it.
    pub fn new(source: Source) -> Result<Self, Diagnostic> {
        let operations = read::operations(&source)?;
        let common_headers = read::header_names(&source, "x-common-headers");
        let occasional_headers = read::header_names(&source, "x-occasional-headers");
        let schemas = Schemas::from_value(source.root().clone());
        Ok(Self { source, schemas, operations, common_headers, occasional_headers })
    }

    /// The document itself, with the place in its file of everything that stands in it.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// All operations.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation with this id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// The headers that every answer has (`x-common-headers`).
    pub fn common_headers(&self) -> &[String] {
        &self.common_headers
    }

    /// The headers that any answer may have besides its own (`x-occasional-headers`).
    pub fn occasional_headers(&self) -> &[String] {
        &self.occasional_headers
    }

    /// The operation that a request belongs to.
    pub fn find(&self, method: &Method, path: &str) -> Match<'_> {
        route::find(&self.operations, method, path)
    }

    /// What the security scheme of this name asks for.
    pub fn scheme(&self, name: &str) -> Option<Requirement> {
        read::requirement(&self.source, name).ok()
    }

    /// The names of the security schemes.
    pub fn scheme_names(&self) -> Vec<String> {
        read::scheme_names(&self.source)
    }

    /// Everything in which a value breaks the schema that stands at `schema`.
    ///
    /// # Panics
    /// If what stands there is no schema: then nothing can be checked.
    pub fn violations(&self, schema: &Pointer, direction: Direction, value: &Value) -> Vec<Violation> {
        self.try_violations(schema, direction, value)
            .unwrap_or_else(|error| panic!("the schema at {schema} cannot be used: {error}"))
    }

    /// Everything in which a value breaks the schema that stands at `schema`.
    ///
    /// # Errors
    /// If what stands there is no schema.
    pub fn try_violations(
        &self,
        schema: &Pointer,
        direction: Direction,
        value: &Value,
    ) -> Result<Vec<Violation>, SchemaError> {
        // Where its references end, so that a shared schema is compiled once.
        let place = self.source.resolve(schema).map_or_else(|_| schema.clone(), |resolved| resolved.pointer);
        self.schemas.violations(&place.to_string(), direction, value)
    }
}

impl Operation {
    /// What the document calls a status: by itself, by its class or `default`.
    pub fn answer(&self, status: StatusCode) -> Option<(&str, &Answer)> {
        let class = format!("{}XX", status.as_u16() / 100);
        [status.as_str(), &class, "default"]
            .into_iter()
            .find_map(|key| self.answers.get_key_value(key))
            .map(|(key, answer)| (key.as_str(), answer))
    }

    /// The parameters in one part of the request.
    pub fn parameters_in(&self, location: Location) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(move |parameter| parameter.location == location)
    }
}

impl Content {
    /// Where the schema of the body stands.
    pub fn schema(&self) -> Pointer {
        self.place.child("schema")
    }

    /// Whether the body is JSON (RFC 6839, section 3.1).
    pub fn is_json(&self) -> bool {
        self.media_type == "application/json" || self.media_type.ends_with("+json")
    }

    /// Whether this is the content of a media type without parameters; `text/*` and `*/*` are ranges.
    pub fn takes(&self, media_type: &str) -> bool {
        match self.media_type.split_once('/') {
            Some(("*", "*")) => true,
            Some((kind, "*")) => media_type.split_once('/').is_some_and(|(other, _)| other == kind),
            _ => self.media_type == media_type,
        }
    }
}
