//! Accepts the OpenAPI versions that the generator understands.

use serde_json::Value;

use super::Document;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// Refuses what is no OpenAPI 3.0 document.
pub(super) fn check(document: &Document) -> Result<(), Diagnostic> {
    let root = Pointer::root();
    let Value::Object(members) = document.root() else {
        return Err(document.refused(&root, "the document is not an object"));
    };
    let at = root.child("openapi");
    match members.get("openapi") {
        Some(Value::String(version)) if version == "3.0" || version.starts_with("3.0.") => Ok(()),
        Some(Value::String(version)) => {
            Err(document.refused(&at, format!("OpenAPI `{version}` is not supported yet")).hint(
                "write the document as OpenAPI 3.0; support for other versions begins in the generator's model",
            ))
        }
        Some(_) => Err(document
            .refused(&at, "the version of OpenAPI is not a string")
            .hint("put it in quotes, with all three parts: openapi: \"3.0.3\"")),
        None if members.contains_key("swagger") => Err(document
            .refused(&root.child("swagger"), "Swagger 2.0 is not supported")
            .hint("convert the document to OpenAPI 3.0 first")),
        None => Err(document
            .refused(&root, "the document does not say which version of OpenAPI it follows")
            .hint("begin it with: openapi: \"3.0.3\"")),
    }
}
