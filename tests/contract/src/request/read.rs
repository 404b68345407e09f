//! Parameters as they were sent, read as the values that they stand for.

use http::HeaderMap;
use serde_json::{Map, Value};

use super::{
    shape::{Kind, Shape},
    text,
};
use crate::{
    case::Rule,
    document::{Document, Header, Location, Operation, Parameter, Style, Writing},
    exchange::Sent,
};

/// What a request says for a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reading {
    /// Nothing.
    Absent,
    /// A value, not yet held to the schema.
    Value(Value),
    /// Something that is not written as the document wants it.
    Wrong(Rule),
}

/// The texts of a request, still escaped.
#[derive(Debug)]
pub(crate) struct Wire<'s> {
    path: Vec<(&'s str, &'s str)>,
    query: Vec<(String, &'s str)>,
    cookies: Vec<(&'s str, &'s str)>,
    headers: &'s HeaderMap,
}

impl<'s> Wire<'s> {
    pub(crate) fn new(operation: &'s Operation, sent: &'s Sent) -> Self {
        let path = sent.path.strip_prefix(&operation.base).unwrap_or(&sent.path);
        let query = sent.query.as_deref().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let lines = sent.headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let cookies = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        Self {
            path: operation.template.raw_values(path).unwrap_or_default(),
            query: query
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (text::decode_query(name), value))
                .collect(),
            cookies: cookies.collect(),
            headers: &sent.headers,
        }
    }

    /// The names in the query that no parameter of the operation takes.
    pub(crate) fn undeclared<'w>(&'w self, document: &Document, operation: &Operation) -> Vec<&'w str> {
        let parameters: Vec<&Parameter> = operation.parameters_in(Location::Query).collect();
        let takes =
            |name: &str| parameters.iter().any(|parameter| is_of(document, operation, parameter, name));
        self.query.iter().map(|(name, _)| name.as_str()).filter(|name| !takes(name)).collect()
    }

    fn texts(&self, location: Location, name: &str) -> Vec<&str> {
        let of = |pairs: &[(&'s str, &'s str)]| -> Vec<&'s str> {
            pairs.iter().filter(|(known, _)| *known == name).map(|(_, text)| *text).collect()
        };
        match location {
            // A name that the path has twice has one value.
            Location::Path => {
                let mut texts = of(&self.path);
                texts.dedup();
                texts
            }
            Location::Cookie => of(&self.cookies),
            Location::Query => {
                self.query.iter().filter(|(known, _)| known == name).map(|(_, text)| *text).collect()
            }
            Location::Header => {
                let lines = self.headers.get_all(name).iter();
                lines.filter_map(|line| std::str::from_utf8(line.as_bytes()).ok()).map(str::trim).collect()
            }
        }
    }
}

/// The value of a parameter.
pub(crate) fn parameter(
    document: &Document,
    operation: &Operation,
    parameter: &Parameter,
    wire: &Wire<'_>,
) -> Reading {
    let shape = Shape::of(document, &parameter.schema);
    let texts = wire.texts(parameter.location, &parameter.name);
    let decode = decoder(parameter.location);
    let (style, explode) = match &parameter.writing {
        Writing::Content(_) => {
            let is_json = parameter.writing.is_json();
            return only(&texts, |raw| {
                let text = decode(raw);
                if is_json { serde_json::from_str(&text).ok() } else { Some(shape.scalar(&text)) }
            });
        }
        Writing::Styled { style, explode, .. } => (*style, *explode),
    };
    let pairs = matches!(parameter.location, Location::Query | Location::Cookie);
    match shape.kind() {
        Kind::Scalar if parameter.may_be_empty && texts == [""] => Reading::Absent,
        Kind::Scalar => {
            only(&texts, |raw| Some(shape.scalar(&decode(undecorated(style, &parameter.name, raw)?))))
        }
        Kind::List if pairs && explode && style != Style::DeepObject => match texts.is_empty() {
            true => Reading::Absent,
            false => Reading::Value(shape.list(texts.iter().map(|raw| decode(raw)))),
        },
        // Several lines are one value (RFC 9110, section 5.3).
        Kind::List if parameter.location == Location::Header => match texts.is_empty() {
            true => Reading::Absent,
            false => header_list(&shape, &texts.join(",")),
        },
        Kind::List => only(&texts, |raw| {
            let items = items(style, explode, &parameter.name, raw)?;
            Some(shape.list(items.into_iter().map(&decode)))
        }),
        Kind::Object if pairs && (style == Style::DeepObject || (style == Style::Form && explode)) => {
            let mine = |name: &str| key(document, operation, parameter, name);
            let members: Vec<(String, String)> = match parameter.location {
                Location::Cookie => {
                    let pairs = wire.cookies.iter();
                    pairs.filter_map(|(name, raw)| Some((mine(name)?, decode(raw)))).collect()
                }
                _ => wire.query.iter().filter_map(|(name, raw)| Some((mine(name)?, decode(raw)))).collect(),
            };
            match members.is_empty() {
                true => Reading::Absent,
                false => Reading::Value(object(&shape, members)),
            }
        }
        Kind::Object => only(&texts, |raw| {
            let members = members(style, explode, &parameter.name, raw)?;
            let decoded = members.into_iter().map(|(key, text)| (decode(key), decode(text)));
            Some(object(&shape, decoded.collect()))
        }),
    }
}

/// The value of an answer's header, whose lines were joined with commas.
pub(crate) fn header(document: &Document, header: &Header, text: &str) -> Value {
    let shape = Shape::of(document, &header.schema);
    let text = text.trim();
    if header.writing.is_json() {
        return serde_json::from_str(text).unwrap_or_else(|_| text.into());
    }
    let explode = matches!(header.writing, Writing::Styled { explode: true, .. });
    match shape.kind() {
        Kind::Scalar => shape.scalar(text),
        Kind::List => match header_list(&shape, text) {
            Reading::Value(value) => value,
            Reading::Absent | Reading::Wrong(_) => text.into(),
        },
        Kind::Object => match members(Style::Simple, explode, &header.name, text) {
            Some(members) => {
                let trimmed = |(key, text): (&str, &str)| (key.trim().to_owned(), text.trim().to_owned());
                object(&shape, members.into_iter().map(trimmed).collect())
            }
            None => text.into(),
        },
    }
}

fn header_list(shape: &Shape<'_>, text: &str) -> Reading {
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    Reading::Value(shape.list(items))
}

/// Whether a name in a query belongs to a parameter.
fn is_of(document: &Document, operation: &Operation, parameter: &Parameter, name: &str) -> bool {
    parameter.name == name || key(document, operation, parameter, name).is_some()
}

/// The member of an object parameter that a name in a query stands for.
fn key(document: &Document, operation: &Operation, parameter: &Parameter, name: &str) -> Option<String> {
    match parameter.writing {
        Writing::Styled { style: Style::DeepObject, .. } => {
            Some(name.strip_prefix(&*parameter.name)?.strip_prefix('[')?.strip_suffix(']')?.to_owned())
        }
        Writing::Styled { style: Style::Form, explode: true, .. } => {
            let shape = Shape::of(document, &parameter.schema);
            let others = || operation.parameters_in(parameter.location).any(|other| other.name == name);
            let is_mine = shape.kind() == Kind::Object
                && (shape.names().iter().any(|known| known == name) || (shape.is_open() && !others()));
            is_mine.then(|| name.to_owned())
        }
        _ => None,
    }
}

fn only(texts: &[&str], read: impl FnOnce(&str) -> Option<Value>) -> Reading {
    match texts {
        [] => Reading::Absent,
        [text] => read(text).map_or(Reading::Wrong(Rule::Syntax), Reading::Value),
        _ => Reading::Wrong(Rule::Repeated),
    }
}

fn decoder(location: Location) -> impl Fn(&str) -> String {
    move |raw| match location {
        Location::Path | Location::Cookie => text::decode(raw),
        Location::Query => text::decode_query(raw),
        Location::Header => raw.trim().to_owned(),
    }
}

/// Members by name, with the types of the schema. A name that comes twice is a list.
pub(super) fn object(shape: &Shape<'_>, pairs: Vec<(String, String)>) -> Value {
    let mut object = Map::new();
    for (name, _) in &pairs {
        if object.contains_key(name) {
            continue;
        }
        let texts: Vec<&str> =
            pairs.iter().filter(|(other, _)| other == name).map(|(_, text)| text.as_str()).collect();
        let member = shape.member(name);
        let value = match (&texts[..], member.kind()) {
            ([text], Kind::Scalar) => member.scalar(text),
            ([text], Kind::Object) => serde_json::from_str(text).unwrap_or_else(|_| Value::from(*text)),
            _ => member.list(texts),
        };
        object.insert(name.clone(), value);
    }
    Value::Object(object)
}

/// A scalar's text without the style's decoration.
fn undecorated<'t>(style: Style, name: &str, raw: &'t str) -> Option<&'t str> {
    match style {
        Style::Label => raw.strip_prefix('.'),
        Style::Matrix => {
            let rest = raw.strip_prefix(';')?.strip_prefix(name)?;
            if rest.is_empty() { Some(rest) } else { rest.strip_prefix('=') }
        }
        _ => Some(raw),
    }
}

/// The items of a list in one text. An empty text is an empty list.
fn items<'t>(style: Style, explode: bool, name: &str, raw: &'t str) -> Option<Vec<&'t str>> {
    if raw.is_empty() {
        return Some(Vec::new());
    }
    Some(match style {
        Style::Label if explode => raw.strip_prefix('.')?.split('.').collect(),
        Style::Matrix if explode => {
            let parts = raw.strip_prefix(';')?.split(';');
            parts.map(|part| part.strip_prefix(name)?.strip_prefix('=')).collect::<Option<_>>()?
        }
        Style::SpaceDelimited => raw.split("%20").flat_map(|part| part.split(['+', ' '])).collect(),
        Style::PipeDelimited => {
            raw.split("%7C").flat_map(|part| part.split("%7c")).flat_map(|part| part.split('|')).collect()
        }
        _ => undecorated(style, name, raw)?.split(',').collect(),
    })
}

/// The members of an object in one text.
fn members<'t>(style: Style, explode: bool, name: &str, raw: &'t str) -> Option<Vec<(&'t str, &'t str)>> {
    if raw.is_empty() {
        return Some(Vec::new());
    }
    if !explode {
        let flat = items(style, false, name, raw)?;
        let pair = |pair: &[&'t str]| match pair {
            [key, value] => Some((*key, *value)),
            _ => None,
        };
        return flat.chunks(2).map(pair).collect();
    }
    let (text, separator) = match style {
        Style::Label => (raw.strip_prefix('.')?, '.'),
        Style::Matrix => (raw.strip_prefix(';')?, ';'),
        _ => (raw, ','),
    };
    text.split(separator).map(|pair| pair.split_once('=')).collect()
}
