//! `multipart/form-data` (RFC 7578): a part for each member, a file for each `format: binary`, JSON for objects
//! (OpenAPI 3.0.3, "Special Considerations for multipart Content").

use orderly_document::Pointer;
use serde_json::Value;

use super::{shape::Shape, text};
use crate::document::Document;

/// An object as parts, with the boundary between them; `None` if a member has no notation, or if the value is no object.
pub(super) fn write(document: &Document, content: &Pointer, value: &Value) -> Option<(String, Vec<u8>)> {
    let shape = Shape::of(document, &content.child("schema"));
    let mut parts = Vec::new();
    for (name, value) in value.as_object()? {
        let declared = document.source().get(&content.path(["encoding", name, "contentType"]));
        // Of several types, any will do.
        let declared =
            declared.and_then(Value::as_str).map(|types| types.split(',').next().unwrap_or(types).trim());
        let member = shape.member(name);
        match value {
            Value::Array(items) => {
                for item in items {
                    parts.push(part(&member.items(), name, declared, item)?);
                }
            }
            single => parts.push(part(&member, name, declared, single)?),
        }
    }
    let boundary = boundary(&parts);
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(format!("--{boundary}\r\n{part}\r\n").as_bytes());
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Some((boundary, bytes))
}

fn part(shape: &Shape<'_>, name: &str, declared: Option<&str>, value: &Value) -> Option<String> {
    // RFC 7578, section 4.2, and what browsers escape in a name.
    let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let (file, usual, text) = match value {
        Value::Object(_) => ("", Some("application/json"), value.to_string()),
        scalar if shape.is_file() => {
            ("; filename=\"file\"", Some("application/octet-stream"), text::scalar(scalar)?)
        }
        scalar => ("", None, text::scalar(scalar)?),
    };
    let media_type = match declared.filter(|declared| !declared.contains('*')).or(usual) {
        Some(media_type) => format!("Content-Type: {media_type}\r\n"),
        None => String::new(),
    };
    Some(format!("Content-Disposition: form-data; name=\"{name}\"{file}\r\n{media_type}\r\n{text}"))
}

/// A boundary that is in none of the parts. It depends on nothing else, so that the same value is the same request.
fn boundary(parts: &[String]) -> String {
    let mut number = 0;
    loop {
        let boundary = format!("part-{number:08}-boundary");
        if !parts.iter().any(|part| part.contains(&boundary)) {
            return boundary;
        }
        number += 1;
    }
}

/// Names and texts of the parts; `None` if this is no such body.
pub(super) fn read(content_type: &str, body: &[u8]) -> Option<Vec<(String, String)>> {
    let parameter = content_type.split(';').skip(1).find_map(|one| one.trim().strip_prefix("boundary="))?;
    let delimiter = format!("--{}", parameter.trim_matches('"'));
    // Bytes that are no text do not matter here: only names and texts are held to the schema.
    let body = String::from_utf8_lossy(body);
    let mut pieces = body.split(delimiter.as_str()).skip(1);
    let mut parts = Vec::new();
    loop {
        let piece = pieces.next()?;
        if piece.starts_with("--") {
            return Some(parts);
        }
        let (head, text) = piece.strip_prefix("\r\n")?.strip_suffix("\r\n")?.split_once("\r\n\r\n")?;
        let disposition =
            head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
        let name = disposition.split_once(" name=\"")?.1.split('"').next()?;
        let name = name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
        parts.push((name, text.to_owned()));
    }
}
