//! Bodies of requests and answers: one media type, or an enum of several.

use super::interface::{AnswerBody, Body, Content, Form};
use super::names::{self, Scope};
use super::node::Node;
use super::parameter::is_json;
use super::schema::Builder;
use super::types::{Direction, Type};
use orderly_document::Diagnostic;

/// The body that an operation takes; `None` if it declares none that has content.
///
/// # Errors
/// Refusals of its schemas.
pub(crate) fn of_request(
    builder: &mut Builder<'_>,
    node: &Node<'_>,
    operation: &str,
) -> Result<Option<Body>, Diagnostic> {
    let enum_name = format!("{}Body", names::pascal(operation));
    let forms = forms(builder, node, Direction::Request, &enum_name)?;
    if forms.is_empty() {
        return Ok(None);
    }
    let enum_name = if forms.len() > 1 { builder.scope.take(&enum_name) } else { enum_name };
    let description = node.prose("description");
    Ok(Some(Body { required: node.flag("required"), description, enum_name, forms }))
}

/// The body of an answer; `wish` is the name of what has to be named.
///
/// # Errors
/// Refusals of its schemas.
pub(crate) fn of_answer(
    builder: &mut Builder<'_>,
    node: &Node<'_>,
    wish: &str,
) -> Result<Option<AnswerBody>, Diagnostic> {
    let forms = forms(builder, node, Direction::Answer, wish)?;
    if forms.is_empty() {
        return Ok(None);
    }
    let enum_name = if forms.len() > 1 { builder.scope.take(wish) } else { wish.to_owned() };
    Ok(Some(AnswerBody { enum_name, forms }))
}

fn forms(
    builder: &mut Builder<'_>,
    node: &Node<'_>,
    direction: Direction,
    wish: &str,
) -> Result<Vec<Form>, Diagnostic> {
    let mut scope = Scope::without(&["Self"]);
    let several = node.members_of("content").count() > 1;
    let mut forms = Vec::new();
    for (media_type, node) in node.members_of("content") {
        let variant = scope.take(&variant(media_type));
        let wish = if several { format!("{wish}{variant}") } else { wish.to_owned() };
        builder.diagnostics.extend(node.without_bearing("encoding"));
        let schema = node.get("schema");
        let content = content(builder, media_type, schema.as_ref(), direction, &wish)?;
        let schema = schema.map_or_else(String::new, |schema| schema.pointer.to_string());
        forms.push(Form { media_type: media_type.to_owned(), variant, content, schema });
    }
    Ok(forms)
}

/// What a media type holds.
fn content(
    builder: &mut Builder<'_>,
    media_type: &str,
    schema: Option<&Node<'_>>,
    direction: Direction,
    wish: &str,
) -> Result<Content, Diagnostic> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut ty = || match schema {
        Some(schema) => Ok(builder.owned(schema, direction, wish)?.with_null()),
        None => Ok(Type::Json),
    };
    Ok(match essence.as_str() {
        json if is_json(json) => Content::Json(ty()?),
        "application/x-www-form-urlencoded" if direction == Direction::Request && schema.is_some() => {
            Content::Form(ty()?)
        }
        "multipart/form-data" if direction == Direction::Request && schema.is_some() => {
            Content::Multipart(ty()?)
        }
        "text/event-stream" | "application/x-ndjson" => Content::Stream,
        text if text.starts_with("text/") && !text.ends_with('*') => Content::Text,
        _ => Content::Bytes,
    })
}

/// The variant of a media type: `Json`, `MergePatchJson`, `Csv`.
fn variant(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence {
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "application/octet-stream" => "Bytes".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        "text/plain" => "Text".to_owned(),
        "*/*" => "Any".to_owned(),
        _ => {
            let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
            let name =
                if subtype == "*" || subtype.is_empty() { format!("any {kind}") } else { subtype.to_owned() };
            names::variant(&name)
        }
    }
}
