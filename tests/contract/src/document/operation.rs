//! What a document says of one operation.

use std::{collections::BTreeMap, fmt};

use http::{Method, StatusCode};
use orderly_document::Pointer;

use super::{link::Link, writing::Writing};
use crate::route::Template;

/// What can be asked of the server at one method and path.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId`; method and path, such as `GET /pets/{id}`, where there is none or where another operation
    /// has the same.
    pub id: String,
    /// The first tag; empty without one.
    pub tag: String,
    /// The method.
    pub method: Method,
    /// The path.
    pub template: Template,
    /// What stands before the path on the server: `/api/v1`, or nothing.
    pub base: String,
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
    /// Whether it may be sent without a value (`allowEmptyValue`).
    pub may_be_empty: bool,
    /// How its value is written.
    pub writing: Writing,
    /// Where it stands.
    pub place: Pointer,
    /// Where its schema stands.
    pub schema: Pointer,
}

/// The part of a request that a parameter is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// What can be asked next.
    pub links: Vec<Link>,
}

/// A header of an answer.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether an answer is invalid without it.
    pub required: bool,
    /// How its value is written.
    pub writing: Writing,
    /// Where its schema stands.
    pub schema: Pointer,
}

/// A credential that a security scheme asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// `Authorization`, with this scheme of HTTP in lower case: `bearer`.
    Authorization(String),
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
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

    /// The parameter of this name in one part of the request.
    pub fn parameter(&self, location: Location, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.is(location, name))
    }
}

impl Parameter {
    /// Whether it is the one of this name in that part of a request.
    pub fn is(&self, location: Location, name: &str) -> bool {
        self.location == location
            && match location {
                Location::Header => self.name.eq_ignore_ascii_case(name),
                _ => self.name == name,
            }
    }
}

impl Content {
    /// Where the schema of the body stands.
    pub fn schema(&self) -> Pointer {
        self.place.child("schema")
    }

    /// The media type in lower case and without its parameters, which is what [`takes`](Self::takes) compares.
    pub fn essence(&self) -> String {
        self.media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Whether the body is JSON (RFC 6839, section 3.1).
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        essence == "application/json" || essence.ends_with("+json")
    }

    /// Whether this is the content of a media type without parameters; `text/*` and `*/*` are ranges.
    pub fn takes(&self, media_type: &str) -> bool {
        let essence = self.essence();
        match essence.split_once('/') {
            Some(("*", "*")) => true,
            Some((kind, "*")) => media_type.split_once('/').is_some_and(|(other, _)| other == kind),
            _ => essence == media_type,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        })
    }
}
