//! What a document's author promises beyond OpenAPI. Without a promise, a check that needs it is silent.

use std::collections::BTreeSet;

use orderly_document::{Diagnostic, Pointer};
use serde_json::Value;

use crate::document::Document;

/// The member of a document that says what holds besides it.
const EXTENSION: &str = "x-contract";

/// Its members that are texts.
const TEXTS: [&str; 4] = ["invalid", "unknown_path", "unknown_method", "request_id"];

/// The media type of a problem (RFC 9457).
pub(super) const PROBLEM: &str = "application/problem+json";

/// What holds for a server besides its document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conventions {
    /// Where the schema stands of `application/problem+json` (RFC 9457), also of answers to what the document does not
    /// know. Its member `code` may be a string with an `enum`.
    pub problem: Option<Pointer>,
    /// The `code` of a problem that means: the request breaks the document.
    pub invalid: Option<String>,
    /// The `code` for a path that the document does not know.
    pub unknown_path: Option<String>,
    /// The `code` for a method that the path does not have.
    pub unknown_method: Option<String>,
    /// The header with the request's id, which a problem has as its member `request_id`.
    pub request_id: Option<String>,
    /// The document tells everything: nobody between client and server adds headers, answers have declared members only,
    /// parameters that are not declared are refused, unknown paths are 404 and other methods 405. OpenAPI promises none
    /// of this: an open object may have more members, and a proxy may add a header.
    pub closed: bool,
}

impl Conventions {
    /// What the document says: the schema of problems, if all of them have the same one, and its member `x-contract`, an
    /// object whose members are named as the fields are here.
    pub fn of(document: &Document) -> Self {
        let answers = document.operations().iter().flat_map(|operation| operation.answers.values());
        let problems =
            answers.flat_map(|answer| &answer.content).filter(|content| content.media_type == PROBLEM);
        let schemas: BTreeSet<Pointer> = problems
            .filter_map(|content| document.source().resolve(&content.schema()).ok())
            .map(|resolved| resolved.pointer)
            .collect();
        let only = schemas.first().filter(|_| schemas.len() == 1);
        let said = &document.source().root()[EXTENSION];
        let text = |name: &str| said[name].as_str().map(str::to_owned);
        Self {
            problem: only.cloned(),
            invalid: text("invalid"),
            unknown_path: text("unknown_path"),
            unknown_method: text("unknown_method"),
            request_id: text("request_id"),
            closed: said["closed"] == true,
        }
    }

    /// What the document's `x-contract` says that means nothing.
    pub fn remarks(document: &Document) -> Vec<Diagnostic> {
        let source = document.source();
        let place = Pointer::root().child(EXTENSION);
        let members = source.get(&place).and_then(Value::as_object).into_iter().flatten();
        let is_known = |name: &str, value: &Value| match name {
            "closed" => value.is_boolean(),
            name => TEXTS.contains(&name) && value.is_string(),
        };
        let unknown = members.filter(|(name, value)| !is_known(name, value));
        unknown
            .map(|(name, _)| {
                source
                    .ignored(&place.child(name), format!("`{name}` is no convention"))
                    .hint(format!("`closed` is true or false; {} are texts", TEXTS.join(", ")))
            })
            .collect()
    }

    /// Every `code` that a problem may have.
    pub(super) fn codes<'d>(&self, document: &'d Document) -> impl Iterator<Item = &'d str> + use<'d> {
        let code = self.problem.as_ref().map(|problem| problem.path(["properties", "code"]));
        let code = code.and_then(|code| document.source().resolve(&code).ok());
        let codes = code.and_then(|resolved| resolved.value["enum"].as_array());
        codes.into_iter().flatten().filter_map(Value::as_str)
    }
}
