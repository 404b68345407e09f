//! `application/x-www-form-urlencoded` (OpenAPI 3.0.3, "Support for x-www-form-urlencoded Request Bodies"): members as a
//! query would have them, unless their `encoding` says otherwise; objects as JSON.

use orderly_document::Pointer;
use serde_json::Value;

use super::{read, shape::Shape, text};
use crate::document::{Document, Style};

/// How a member of a form is written.
struct Encoding {
    style: Option<Style>,
    explode: bool,
}

impl Encoding {
    fn of(document: &Document, content: &Pointer, member: &str) -> Self {
        let encoding = document.source().get(&content.path(["encoding", member])).unwrap_or(&Value::Null);
        let style = encoding["style"].as_str().and_then(Style::named);
        let explode = encoding["explode"].as_bool();
        Self { explode: explode.unwrap_or(matches!(style, None | Some(Style::Form))), style }
    }

    fn is_deep(&self) -> bool {
        self.style == Some(Style::DeepObject)
    }
}

/// An object as a form; `None` if a member has no notation, or if the value is no object.
pub(super) fn write(document: &Document, content: &Pointer, value: &Value) -> Option<String> {
    let mut pairs = Vec::new();
    for (name, value) in value.as_object()? {
        let encoding = Encoding::of(document, content, name);
        match value {
            Value::Array(items) if encoding.explode => {
                for item in items {
                    pairs.push((name.clone(), text::scalar(item)?));
                }
            }
            Value::Array(items) => {
                let texts: Vec<String> = items.iter().map(text::scalar).collect::<Option<_>>()?;
                pairs.push((name.clone(), texts.join(",")));
            }
            Value::Object(members) if encoding.is_deep() => {
                for (key, member) in members {
                    pairs.push((format!("{name}[{key}]"), text::scalar(member)?));
                }
            }
            Value::Object(_) => pairs.push((name.clone(), value.to_string())),
            scalar => pairs.push((name.clone(), text::scalar(scalar)?)),
        }
    }
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", text::percent_encoded(name), text::percent_encoded(value)))
        .collect();
    Some(pairs.join("&"))
}

/// A form as an object with the types of its schema.
pub(super) fn read(document: &Document, content: &Pointer, text: &str) -> Value {
    let shape = Shape::of(document, &content.child("schema"));
    let mut plain: Vec<(String, String)> = Vec::new();
    let mut deep: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (text::decode_query(name), text::decode_query(raw));
        let key = name.split_once('[').and_then(|(name, key)| Some((name, key.strip_suffix(']')?)));
        match key.filter(|(name, _)| Encoding::of(document, content, name).is_deep()) {
            Some((name, key)) => match deep.iter_mut().find(|(known, _)| known == name) {
                Some((_, members)) => members.push((key.to_owned(), value)),
                None => deep.push((name.to_owned(), vec![(key.to_owned(), value)])),
            },
            None if matches!(shape.member(&name).kind(), super::Kind::List)
                && !Encoding::of(document, content, &name).explode =>
            {
                plain.extend(value.split(',').map(|item| (name.clone(), item.to_owned())));
            }
            None => plain.push((name, value)),
        }
    }
    let mut object = read::object(&shape, plain);
    if let Value::Object(members) = &mut object {
        for (name, pairs) in deep {
            let value = read::object(&shape.member(&name), pairs);
            members.insert(name, value);
        }
    }
    object
}
