//! Links: how the values of an answer become the parameters of the next request (OpenAPI 3.0.3, "Link Object").

use orderly_document::{Document as Source, Pointer};
use serde_json::{Map, Value};

use super::{Document, Operation};

/// A link from an answer to an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Pointer,
    /// The operation that it leads to.
    pub target: Target,
    /// Parameters of that operation: by name, also `path.id`, and a value or a runtime expression
    /// (`$response.body#/id`).
    pub parameters: Map<String, Value>,
    /// The body: a value or a runtime expression.
    pub body: Option<Value>,
}

/// How a link names the operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// By `operationId`.
    Id(String),
    /// By the operation's place in the document (`operationRef`).
    Place(Pointer),
}

impl Link {
    /// The link at a place, whose references were followed. `None` if it names no operation of this document.
    pub(super) fn read(source: &Source, name: &str, place: Pointer, object: &Value) -> Option<Self> {
        let target = match (object["operationId"].as_str(), object["operationRef"].as_str()) {
            (Some(id), _) => Target::Id(id.to_owned()),
            (None, Some(reference)) => {
                let at = place.child("operationRef");
                Target::Place(source.follow(reference, &at).ok()?.pointer)
            }
            (None, None) => return None,
        };
        Some(Self {
            name: name.to_owned(),
            target,
            parameters: object["parameters"].as_object().cloned().unwrap_or_default(),
            body: object.get("requestBody").cloned(),
            place,
        })
    }
}

impl Document {
    /// The operation that a link leads to.
    pub fn linked(&self, link: &Link) -> Option<&Operation> {
        self.operations.iter().find(|operation| match &link.target {
            Target::Id(id) => operation.id == *id,
            Target::Place(place) => operation.place == *place,
        })
    }
}
