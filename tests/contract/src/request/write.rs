//! Parameters as text, by their style (OpenAPI 3.0.3, "Style Examples"; RFC 6570, section 3.2).

use serde_json::Value;

use super::{is_header_text, text, text::Escape};
use crate::{
    case::Argument,
    document::{Location, Operation, Parameter, Style, Writing},
};

/// A parameter in its part of the request, escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    /// What stands in the template's place.
    Path(String),
    /// Pairs `name=value`.
    Query(Vec<String>),
    /// The header's text.
    Header(String),
    /// Pairs `name=value`.
    Cookie(Vec<String>),
}

/// A parameter as it is sent. What has no notation is sent as JSON.
pub(super) fn argument(operation: &Operation, argument: &Argument) -> Written {
    let fallback = || Value::String(argument.value.to_string());
    try_argument(operation, argument)
        .or_else(|| try_argument(operation, &Argument { value: fallback(), ..argument.clone() }))
        .unwrap_or(Written::Query(Vec::new()))
}

/// Whether the value has a notation that every server should read as it is meant.
pub(crate) fn is_sendable(operation: &Operation, argument: &Argument) -> bool {
    match try_argument(operation, argument) {
        None => false,
        // Dots alone are another path to many (RFC 3986, section 6.2.2.3), and so are an escaped slash and backslash.
        Some(Written::Path(text)) => {
            let decoded = text::decode(&text);
            let is_another = text.is_empty() || decoded.bytes().all(|byte| byte == b'.');
            !is_another && !decoded.contains(|one: char| matches!(one, '/' | '\\') || one.is_control())
        }
        Some(Written::Query(_)) => true,
        Some(Written::Header(text)) => is_header_text(&text),
        // Not every server undoes escapes in a cookie.
        Some(Written::Cookie(pairs)) => !pairs.iter().any(|pair| pair.contains('%')),
    }
}

fn try_argument(operation: &Operation, argument: &Argument) -> Option<Written> {
    let Argument { location, name, value } = argument;
    let declared = operation.parameter(*location, name);
    let (style, explode, reserved) = match declared.map(|parameter| &parameter.writing) {
        Some(Writing::Content(media_type)) => {
            let is_json = media_type.to_ascii_lowercase().contains("json");
            let text = if is_json { value.to_string() } else { text::scalar(value)? };
            return Some(plain(*location, name, &Escape::of(*location, false).apply(&text)));
        }
        Some(Writing::Styled { style, explode, reserved }) => (*style, *explode, *reserved),
        None => (Style::of(*location), true, false),
    };
    let name = declared.map_or(name.as_str(), |parameter: &Parameter| parameter.name.as_str());
    let escape = Escape::of(*location, reserved);
    if let Some(pairs) = pairs(*location, style, explode, name, value, escape) {
        let pairs = pairs?;
        return Some(match location {
            Location::Cookie => Written::Cookie(pairs),
            _ => Written::Query(pairs),
        });
    }
    let text = match value {
        Value::Array(items) => list(style, explode, name, items, escape)?,
        Value::Object(members) => object(style, explode, name, members, escape)?,
        scalar => {
            let text = escape.apply(&text::scalar(scalar)?);
            match style {
                Style::Label => format!(".{text}"),
                Style::Matrix if text.is_empty() => format!(";{name}"),
                Style::Matrix => format!(";{name}={text}"),
                _ => text,
            }
        }
    };
    Some(plain(*location, name, &text))
}

/// A text that is escaped already.
fn plain(location: Location, name: &str, text: &str) -> Written {
    let pair = || vec![format!("{}={text}", text::percent_encoded(name))];
    match location {
        Location::Path => Written::Path(text.to_owned()),
        Location::Query => Written::Query(pair()),
        Location::Header => Written::Header(text.to_owned()),
        Location::Cookie => Written::Cookie(vec![format!("{name}={text}")]),
    }
}

/// The pairs of a value whose items or members are parameters of their own; `None` if they are not, and `Some(None)` if
/// there is no notation.
fn pairs(
    location: Location,
    style: Style,
    explode: bool,
    name: &str,
    value: &Value,
    escape: Escape,
) -> Option<Option<Vec<String>>> {
    if !matches!(location, Location::Query | Location::Cookie) {
        return None;
    }
    let pair = |name: &str, value: &Value| {
        Some(format!("{}={}", text::percent_encoded(name), escape.apply(&text::scalar(value)?)))
    };
    match (style, value) {
        (Style::DeepObject, Value::Object(members)) => {
            Some(members.iter().map(|(key, value)| pair(&format!("{name}[{key}]"), value)).collect())
        }
        (Style::DeepObject, Value::Array(_)) => Some(None),
        (Style::Form, Value::Object(members)) if explode => {
            Some(members.iter().map(|(key, value)| pair(key, value)).collect())
        }
        (_, Value::Array(items)) if explode => Some(items.iter().map(|item| pair(name, item)).collect()),
        _ => None,
    }
}

/// The items of a list in one text.
fn list(style: Style, explode: bool, name: &str, items: &[Value], escape: Escape) -> Option<String> {
    let items: Vec<String> =
        items.iter().map(|item| Some(escape.apply(&text::scalar(item)?))).collect::<Option<_>>()?;
    Some(match style {
        Style::Label if explode => items.iter().map(|item| format!(".{item}")).collect(),
        Style::Label => format!(".{}", items.join(",")),
        Style::Matrix if explode => items.iter().map(|item| format!(";{name}={item}")).collect(),
        Style::Matrix => format!(";{name}={}", items.join(",")),
        _ => items.join(separator(style)),
    })
}

/// The members of an object in one text.
fn object(
    style: Style,
    explode: bool,
    name: &str,
    members: &serde_json::Map<String, Value>,
    escape: Escape,
) -> Option<String> {
    let equals = if explode { "=" } else { separator(style) };
    let pairs: Vec<String> = members
        .iter()
        .map(|(key, value)| {
            Some(format!("{}{equals}{}", escape.apply(key), escape.apply(&text::scalar(value)?)))
        })
        .collect::<Option<_>>()?;
    Some(match style {
        Style::Label if explode => pairs.iter().map(|pair| format!(".{pair}")).collect(),
        Style::Label => format!(".{}", pairs.join(",")),
        Style::Matrix if explode => pairs.iter().map(|pair| format!(";{pair}")).collect(),
        Style::Matrix => format!(";{name}={}", pairs.join(",")),
        _ => pairs.join(separator(style)),
    })
}

/// What stands between items in one text, escaped where a query wants it.
pub(super) fn separator(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    }
}
