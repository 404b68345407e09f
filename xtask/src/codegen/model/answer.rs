//! Answers of operations: a variant for each declared status, with its headers and its body.

use super::interface::{Answer, Header, HeaderText, Status};
use super::names::{self, Scope};
use super::node::Node;
use super::schema::Builder;
use super::shape::{self, Shape};
use super::types::Direction;
use super::{body, parameter};
use orderly_document::Diagnostic;

/// All answers of an operation, in the order of the document.
///
/// # Errors
/// Refusals of statuses, headers and bodies.
pub(crate) fn all(
    builder: &mut Builder<'_>,
    operation: &Node<'_>,
    name: &str,
) -> Result<Vec<Answer>, Diagnostic> {
    let mut scope = Scope::without(&["Self"]);
    let mut answers: Vec<Answer> = Vec::new();
    for (key, node) in operation.members_of("responses") {
        if key.starts_with("x-") {
            continue;
        }
        let status = status(&node, key)?;
        if answers.iter().any(|answer| answer.status == status) {
            return Err(node.refused(format!("the status `{key}` is declared twice")));
        }
        let node = node.follow()?;
        let variant = scope.take(&variant(status));
        let wish = match node.component("responses") {
            Some(component) => format!("{}Response", names::pascal(&component)),
            None => format!("{}{variant}", names::pascal(name)),
        };
        let mut body = body::of_answer(builder, &node, &format!("{wish}Body"))?;
        if let Status::Exact(204 | 304) = status
            && body.take().is_some()
        {
            builder.diagnostics.push(
                node.ignored(format!("the content of status `{key}`"))
                    .hint("RFC 9110 allows no content here (sections 15.3.5 and 15.4.5)"),
            );
        }
        let headers = headers(builder, &node, &wish)?;
        answers.push(Answer { status, variant, description: node.prose("description"), headers, body });
    }
    if answers.is_empty() {
        return Err(operation
            .refused("the operation declares no answer")
            .hint("declare at least one status"));
    }
    Ok(answers)
}

fn status(node: &Node<'_>, key: &str) -> Result<Status, Diagnostic> {
    let digits = key.as_bytes();
    match digits {
        b"default" => Ok(Status::Default),
        [first @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Ok(Status::Range(first - b'0')),
        _ => match key.parse() {
            Ok(status @ 100..=599) => Ok(Status::Exact(status)),
            _ => Err(node
                .refused(format!("`{key}` is no status"))
                .hint("a number from 100 to 599, a range such as `4XX`, or `default`")),
        },
    }
}

/// The reason phrase (RFC 9110 section 15) as a variant's name.
fn variant(status: Status) -> String {
    match status {
        Status::Default => "Default".to_owned(),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(_) => "ServerError".to_owned(),
        Status::Exact(code) => {
            let reason = http::StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
            reason.map_or_else(|| format!("Status{code}"), |reason| names::variant(&reason.replace('\'', "")))
        }
    }
}

fn headers(builder: &mut Builder<'_>, node: &Node<'_>, wish: &str) -> Result<Vec<Header>, Diagnostic> {
    let mut scope = Scope::without(&["body", "status"]);
    let mut headers = Vec::new();
    for (name, node) in node.members_of("headers") {
        if name.eq_ignore_ascii_case("content-type") {
            builder.diagnostics.push(node.ignored("the header `Content-Type` follows from the content"));
            continue;
        }
        if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            return Err(node.refused(format!("`{name}` is no name of a header")));
        }
        let node = node.follow()?;
        let wish = match node.component("headers") {
            Some(component) => format!("{}Header", names::pascal(&component)),
            None => format!("{wish}{}", names::pascal(name)),
        };
        let Some((schema, media_type)) = parameter::schema(&node) else {
            return Err(node
                .refused(format!("the header `{name}` has no schema"))
                .hint("add `schema: {type: string}`"));
        };
        let used = builder.owned(&schema, Direction::Answer, &wish)?;
        let text = text(&schema.follow()?, media_type);
        headers.push(Header {
            field: scope.take(&names::field(name)),
            name: name.to_owned(),
            ty: used.ty,
            required: node.flag("required"),
            text,
        });
    }
    Ok(headers)
}

/// How the value is written into the header.
fn text(schema: &Node<'_>, media_type: Option<&str>) -> HeaderText {
    let displayed = |node: &Node<'_>| {
        matches!(
            shape::of(node),
            Ok(Shape::Scalar(_) | Shape::Newtype(..) | Shape::StringEnum | Shape::IntegerEnum)
        )
    };
    match shape::of(schema) {
        _ if media_type.is_some() => HeaderText::Json,
        Ok(Shape::List(bounds)) if bounds.is_empty() => {
            let item = schema.get("items").and_then(|items| items.follow().ok());
            let plain = item.is_some_and(|item| displayed(&item) && !shape::is_nullable(&item));
            if plain { HeaderText::List } else { HeaderText::Json }
        }
        _ if displayed(schema) => HeaderText::Display,
        _ => HeaderText::Json,
    }
}
