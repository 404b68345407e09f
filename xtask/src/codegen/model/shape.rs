//! What kind of Rust type a schema asks for, judged from its own keywords alone.

use serde_json::Value;

use super::node::Node;
use super::scalar;
use super::types::{Bounds, Rules, Scalar};
use orderly_document::Diagnostic;

/// What a schema is, before the schemas below it are looked at.
#[derive(Debug, PartialEq)]
pub(crate) enum Shape {
    /// Anything goes.
    Json,
    Scalar(Scalar),
    Newtype(Scalar, Rules),
    StringEnum,
    IntegerEnum,
    List(Bounds),
    /// An object without known properties.
    Map(Bounds),
    Struct,
    /// `oneOf` or `anyOf`, by its keyword.
    Union(&'static str),
    /// Nothing but another schema (the only meaningful member of the keyword, at this index).
    Same(&'static str, usize),
    /// Beyond Rust's types.
    Checked,
}

/// Keywords that say nothing about which values are valid.
const ANNOTATIONS: [&str; 14] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "externalDocs",
    "xml",
    "readOnly",
    "writeOnly",
    "nullable",
    "discriminator",
    "$comment",
    "$id",
];

/// Keywords that make sense for objects only.
const OBJECT_KEYWORDS: [&str; 5] =
    ["properties", "additionalProperties", "required", "minProperties", "maxProperties"];

/// Keywords of later JSON Schema drafts and of rare use, which only a full validator understands.
const BEYOND_TYPES: [&str; 14] = [
    "not",
    "patternProperties",
    "propertyNames",
    "prefixItems",
    "contains",
    "const",
    "if",
    "then",
    "else",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "additionalItems",
];

/// Whether a keyword restricts the values.
fn is_meaningful(keyword: &str) -> bool {
    !ANNOTATIONS.contains(&keyword) && !keyword.starts_with("x-")
}

/// Judges a schema that is no reference.
///
/// # Errors
/// A refusal where the schema is none at all.
pub(crate) fn of(node: &Node<'_>) -> Result<Shape, Diagnostic> {
    let Some(schema) = node.object() else {
        return Err(node.refused("a schema has to be an object").hint("for any value write `{}`"));
    };
    let meaningful: Vec<&str> = schema.keys().map(String::as_str).filter(|key| is_meaningful(key)).collect();
    if meaningful.is_empty() {
        return Ok(Shape::Json);
    }
    if meaningful.iter().any(|key| BEYOND_TYPES.contains(key)) {
        return Ok(Shape::Checked);
    }
    let kind = match schema.get("type") {
        None => None,
        Some(Value::String(kind)) => Some(kind.as_str()),
        Some(_) => return Ok(Shape::Checked),
    };
    for keyword in ["oneOf", "anyOf"] {
        if meaningful.contains(&keyword) {
            return Ok(union(node, keyword, &meaningful));
        }
    }
    if meaningful.contains(&"allOf") {
        return Ok(all_of(node, &meaningful, kind));
    }
    if let Some(values) = schema.get("enum") {
        return Ok(enumeration(values, kind, &meaningful));
    }
    match kind {
        Some("string" | "integer" | "number" | "boolean") => scalar::of(node),
        Some("array") => Ok(list(node)),
        Some("object") => Ok(object(node)),
        Some(other) => Err(node
            .refused(format!("`{other}` is no type of OpenAPI 3.0"))
            .hint("one of string, integer, number, boolean, array, object")),
        None if meaningful.iter().all(|key| OBJECT_KEYWORDS.contains(key)) => Ok(object(node)),
        None if meaningful == ["items"] => Ok(list(node)),
        None if meaningful == ["format"] => Ok(Shape::Json),
        None => Ok(Shape::Checked),
    }
}

/// Whether `null` is a value of the schema.
pub(crate) fn is_nullable(node: &Node<'_>) -> bool {
    nullable_within(node, 8)
}

/// Composition may hide the `nullable`; `depth` ends the search where schemas go round in a circle.
fn nullable_within(node: &Node<'_>, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let Ok(node) = node.follow() else { return false };
    let null_listed = || node.items_of("enum").any(|item| item.value.is_null());
    let any = |keyword| node.items_of(keyword).any(|item| is_null(&item) || nullable_within(&item, depth));
    let all = || {
        let mut parts = node.items_of("allOf").peekable();
        parts.peek().is_some() && parts.all(|part| nullable_within(&part, depth))
    };
    node.flag("nullable") || null_listed() || any("oneOf") || any("anyOf") || all()
}

/// A schema that is there only to allow `null`.
pub(crate) fn is_null(node: &Node<'_>) -> bool {
    let only_null_listed = node.value.get("enum").is_some_and(|values| *values == serde_json::json!([null]));
    let bare_nullable = node.flag("nullable")
        && node.object().is_some_and(|schema| schema.keys().all(|key| !is_meaningful(key)));
    node.text("type") == Some("null") || only_null_listed || bare_nullable
}

/// Whether a schema restricts nothing.
pub(crate) fn is_annotation(node: &Node<'_>) -> bool {
    !node.is_reference() && node.object().is_some_and(|schema| schema.keys().all(|key| !is_meaningful(key)))
}

fn union(node: &Node<'_>, keyword: &'static str, meaningful: &[&str]) -> Shape {
    let alone = meaningful.iter().all(|key| *key == keyword || *key == "type");
    let members: Vec<usize> = node
        .items_of(keyword)
        .enumerate()
        .filter(|(_, item)| !is_null(item))
        .map(|(index, _)| index)
        .collect();
    match members[..] {
        [] => Shape::Checked,
        [only] if alone => Shape::Same(keyword, only),
        _ if alone => Shape::Union(keyword),
        _ => Shape::Checked,
    }
}

fn all_of(node: &Node<'_>, meaningful: &[&str], kind: Option<&str>) -> Shape {
    let alone = meaningful.iter().all(|key| *key == "allOf" || *key == "type");
    let members: Vec<usize> = node
        .items_of("allOf")
        .enumerate()
        .filter(|(_, item)| !is_annotation(item))
        .map(|(index, _)| index)
        .collect();
    match members[..] {
        [only] if alone => Shape::Same("allOf", only),
        _ if kind.is_none_or(|kind| kind == "object")
            && meaningful
                .iter()
                .all(|key| ["allOf", "type"].contains(key) || OBJECT_KEYWORDS.contains(key)) =>
        {
            Shape::Struct
        }
        _ => Shape::Checked,
    }
}

fn enumeration(values: &Value, kind: Option<&str>, meaningful: &[&str]) -> Shape {
    let alone = meaningful.iter().all(|key| ["enum", "type", "format"].contains(key));
    let values: Vec<&Value> =
        values.as_array().into_iter().flatten().filter(|value| !value.is_null()).collect();
    let distinct = (1..values.len()).all(|index| !values[..index].contains(&values[index]));
    if values.is_empty() || !alone || !distinct {
        Shape::Checked
    } else if matches!(kind, None | Some("string")) && values.iter().all(|value| value.is_string()) {
        Shape::StringEnum
    } else if matches!(kind, None | Some("integer")) && values.iter().all(|value| value.is_i64()) {
        Shape::IntegerEnum
    } else {
        Shape::Checked
    }
}

fn list(node: &Node<'_>) -> Shape {
    if node.get("items").is_some_and(|items| items.value.is_array()) {
        return Shape::Checked;
    }
    Shape::List(Bounds {
        min: node.count("minItems").filter(|min| *min > 0),
        max: node.count("maxItems"),
        unique: node.flag("uniqueItems"),
    })
}

fn object(node: &Node<'_>) -> Shape {
    let closed = node.value.get("additionalProperties") == Some(&Value::Bool(false));
    let known = |key: &str| match node.value.get(key) {
        Some(Value::Object(members)) => !members.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        _ => false,
    };
    if known("properties") || known("required") || closed {
        Shape::Struct
    } else {
        Shape::Map(properties(node))
    }
}

/// `minProperties` and `maxProperties`.
pub(crate) fn properties(node: &Node<'_>) -> Bounds {
    let min = node.count("minProperties").filter(|min| *min > 0);
    Bounds { min, max: node.count("maxProperties"), unique: false }
}
