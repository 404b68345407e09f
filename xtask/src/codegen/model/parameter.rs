//! Parameters of operations: path, query, header and cookie.

use super::default;
use super::interface::{Location, Parameter, Reading};
use super::names::{self, Scope};
use super::node::Node;
use super::schema::{Builder, Use};
use super::shape::{self, Shape};
use super::types::{Bounds, Direction, Presence, Type};
use orderly_document::Diagnostic;

/// Headers that OpenAPI takes from elsewhere in the document (3.0.3, section "Parameter Object").
const NOT_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// The parameters of an operation, each resolved: its own, and those of its path that it does not replace.
///
/// # Errors
/// Refusals of references, and of a parameter that one list declares twice.
pub(crate) fn merged<'d>(path: &Node<'d>, operation: &Node<'d>) -> Result<Vec<Node<'d>>, Diagnostic> {
    let mut parameters = declared(path)?;
    for own in declared(operation)? {
        match parameters.iter_mut().find(|inherited| is_same(inherited, &own)) {
            Some(inherited) => *inherited = own,
            None => parameters.push(own),
        }
    }
    Ok(parameters)
}

/// The parameters of one list, which "MUST NOT include duplicated parameters" (OpenAPI 3.0.3, section
/// "Operation Object").
fn declared<'d>(owner: &Node<'d>) -> Result<Vec<Node<'d>>, Diagnostic> {
    let mut parameters: Vec<Node<'d>> = Vec::new();
    for node in owner.items_of("parameters") {
        let parameter = node.follow()?;
        if parameters.iter().any(|other| is_same(other, &parameter)) {
            let (place, name) = (parameter.text("in"), parameter.text("name"));
            let (place, name) = (place.unwrap_or_default(), name.unwrap_or_default());
            let message = format!("the {place} parameter `{name}` is declared twice");
            return Err(node.refused(message).hint("leave one of them out"));
        }
        parameters.push(parameter);
    }
    Ok(parameters)
}

/// A name and a place are what makes a parameter unique; one that lacks them is refused when it is built.
fn is_same(one: &Node<'_>, other: &Node<'_>) -> bool {
    let key = |node: &Node<'_>| Some((node.text("name")?.to_owned(), node.text("in")?.to_owned()));
    key(one).is_some_and(|found| key(other) == Some(found))
}

/// The schema of a parameter or header, and whether its text is JSON.
pub(crate) fn schema<'d>(node: &Node<'d>) -> Option<(Node<'d>, Option<&'d str>)> {
    if let Some(schema) = node.get("schema") {
        return Some((schema, None));
    }
    let (media_type, content) = node.members_of("content").next()?;
    Some((content.get("schema")?, Some(media_type)))
}

/// One parameter as a field of the request; `None` for what is no parameter in OpenAPI's eyes.
///
/// # Errors
/// Refusals of what cannot be read from a request.
pub(crate) fn build(
    builder: &mut Builder<'_>,
    scope: &mut Scope,
    node: &Node<'_>,
    operation: &str,
) -> Result<Option<Parameter>, Diagnostic> {
    let name = node.text("name").ok_or_else(|| node.refused("a parameter has to have a `name`"))?;
    let location = location(node)?;
    if location == Location::Header && NOT_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) {
        builder.diagnostics.push(node.ignored(format!("the header `{name}` is not a parameter in OpenAPI")));
        return Ok(None);
    }
    let Some((schema, media_type)) = schema(node) else {
        return Err(node
            .refused(format!("the parameter `{name}` has no schema"))
            .hint("add `schema: {type: string}`"));
    };
    let wish = match node.component("parameters") {
        Some(component) => names::pascal(&component),
        None => format!("{}{}", names::pascal(operation), names::pascal(name)),
    };
    let used = builder.usage_of(&schema, Direction::Request, &wish)?;
    let target = schema.follow()?;
    builder.diagnostics.extend(node.without_bearing("allowReserved"));
    let reading = match media_type {
        Some(media_type) if is_json(media_type) => Reading::Json,
        Some(media_type) if !media_type.starts_with("text/") => {
            return Err(node
                .refused(format!("a parameter cannot be read as `{media_type}`"))
                .hint("use `application/json` or a `schema`"));
        }
        _ if reads_text(&target) => Reading::Text,
        _ => Reading::Schema,
    };
    let required = node.flag("required") || location == Location::Path;
    let fallback = match target.value.get("default") {
        Some(value) if !required => default::checked(builder, &target, &used, value),
        _ => None,
    };
    let presence = match fallback {
        _ if required => Presence::Required,
        Some(value) => Presence::Default(value),
        None => Presence::Optional,
    };
    let (ty, bounds) = self_checked(builder, &schema, used, reading, &wish)?;
    Ok(Some(Parameter {
        field: scope.take(&names::field(name)),
        name: name.to_owned(),
        location,
        description: node.prose("description"),
        deprecated: node.flag("deprecated"),
        ty,
        presence,
        bounds,
        schema: schema.pointer.to_string(),
        reading,
        style: node.text("style").map(str::to_owned),
        explode: node.value.get("explode").and_then(serde_json::Value::as_bool),
        allow_empty: node.flag("allowEmptyValue"),
    }))
}

/// Bounds of a list are checked while its text is read; for all else the type has to do it.
fn self_checked(
    builder: &mut Builder<'_>,
    schema: &Node<'_>,
    used: Use,
    reading: Reading,
    wish: &str,
) -> Result<(Type, Bounds), Diagnostic> {
    if reading == Reading::Text {
        return Ok((used.ty, used.bounds));
    }
    Ok((builder.owned(schema, Direction::Request, wish)?.with_null(), Bounds::default()))
}

fn location(node: &Node<'_>) -> Result<Location, Diagnostic> {
    match node.text("in") {
        Some("path") => Ok(Location::Path),
        Some("query") => Ok(Location::Query),
        Some("header") => Ok(Location::Header),
        Some("cookie") => Ok(Location::Cookie),
        _ => Err(node.refused("a parameter's `in` has to be path, query, header or cookie")),
    }
}

/// Whether a type can be read from text without its schema: scalars, enums of text, lists of those.
fn reads_text(node: &Node<'_>) -> bool {
    match shape::of(node) {
        Ok(Shape::Scalar(_) | Shape::Newtype(..) | Shape::StringEnum) => true,
        Ok(Shape::List(_)) => {
            let is_component = node.component("schemas").is_some();
            let item = node.get("items").and_then(|items| items.follow().ok());
            let scalar = |item: &Node<'_>| {
                matches!(shape::of(item), Ok(Shape::Scalar(_) | Shape::Newtype(..) | Shape::StringEnum))
                    && !shape::is_nullable(item)
            };
            !is_component && item.is_some_and(|item| scalar(&item))
        }
        _ => false,
    }
}

/// `application/json` and everything with the suffix `+json` (RFC 6839).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
