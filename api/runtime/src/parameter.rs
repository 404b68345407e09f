//! Parameters: found by place and name, read by style, typed, and every mistake noted.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    call::Call,
    coerce::{Shape, Source},
    failure::{At, Violation},
    query::{decode, decode_query},
    scalar::{FromParameter, InvalidValue},
    schema::Direction,
    style::Style,
    valid::Valid,
};

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Query,
    Path,
    Header,
    Cookie,
}

impl Location {
    fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Path => "path",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A parameter that is about to be read; see [`Call::query`] and its like.
///
/// Each of the last steps (`required`, `optional`, …) gives `None` after it has noted a violation.
#[derive(Debug)]
#[must_use = "nothing is read before the last step"]
pub struct Parameter<'c> {
    call: &'c mut Call,
    location: Location,
    name: &'static str,
    style: Style,
    explode: Option<bool>,
    bounds: Bounds,
    may_be_empty: bool,
    schema: &'static str,
    is_json: bool,
}

/// What the document demands of a list.
#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    min: usize,
    max: Option<usize>,
    is_unique: bool,
}

impl Bounds {
    fn check_length(self, length: usize) -> Result<(), InvalidValue> {
        if length < self.min {
            return Err(InvalidValue::new("min_items", format!("must have at least {} items", self.min)));
        }
        match self.max {
            Some(max) if length > max => {
                Err(InvalidValue::new("max_items", format!("must have at most {max} items")))
            }
            _ => Ok(()),
        }
    }
}

impl<'c> Parameter<'c> {
    pub(crate) fn new(call: &'c mut Call, location: Location, name: &'static str) -> Self {
        let style = match location {
            Location::Query | Location::Cookie => Style::Form,
            Location::Path | Location::Header => Style::Simple,
        };
        Self {
            call,
            location,
            name,
            style,
            explode: None,
            bounds: Bounds::default(),
            may_be_empty: false,
            schema: "",
            is_json: false,
        }
    }

    /// The document's `style`, if it is not the default one of the place.
    pub fn style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// The document's `explode`, if it is not the default one of the style.
    pub fn explode(self, explode: bool) -> Self {
        Self { explode: Some(explode), ..self }
    }

    /// `minItems` and `maxItems` of a list.
    pub fn items(mut self, min: usize, max: Option<usize>) -> Self {
        (self.bounds.min, self.bounds.max) = (min, max);
        self
    }

    /// `uniqueItems` of a list.
    pub fn unique(mut self) -> Self {
        self.bounds.is_unique = true;
        self
    }

    /// `allowEmptyValue`: an empty text is as good as none where the type has no empty value.
    pub fn allow_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }

    /// The value is more than a scalar or a list of scalars: texts take the types of this schema.
    pub fn schema(self, pointer: &'static str) -> Self {
        Self { schema: pointer, ..self }
    }

    /// The value is JSON (`content: application/json`) of this schema.
    pub fn json(self, pointer: &'static str) -> Self {
        Self { schema: pointer, is_json: true, ..self }
    }

    /// A parameter that must be there.
    pub fn required<T: FromParameter>(mut self) -> Option<T> {
        self.optional_in_place().and_then(|value| self.demand(value))
    }

    /// A parameter that may be left out.
    pub fn optional<T: FromParameter>(mut self) -> Option<Option<T>> {
        self.optional_in_place()
    }

    /// A parameter with a default.
    pub fn or_else<T: FromParameter>(mut self, default: impl FnOnce() -> T) -> Option<T> {
        self.optional_in_place().map(|value| value.unwrap_or_else(default))
    }

    /// A parameter with a default, written as it would be sent.
    pub fn or_default_text<T: FromParameter>(mut self, default: &str) -> Option<T> {
        match self.optional_in_place()? {
            Some(value) => Some(value),
            None => T::from_text(default).map_err(|refused| self.note(refused)).ok(),
        }
    }

    /// A structured parameter that must be there.
    pub fn required_value<T: DeserializeOwned + Valid>(mut self) -> Option<T> {
        self.value_in_place().and_then(|value| self.demand(value))
    }

    /// A structured parameter that may be left out.
    pub fn optional_value<T: DeserializeOwned + Valid>(mut self) -> Option<Option<T>> {
        self.value_in_place()
    }

    /// A structured parameter with a default.
    pub fn value_or_else<T: DeserializeOwned + Valid>(mut self, default: impl FnOnce() -> T) -> Option<T> {
        self.value_in_place().map(|value| value.unwrap_or_else(default))
    }

    fn demand<T>(&mut self, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.note(InvalidValue::new("required", "is required"));
        }
        value
    }

    fn note(&mut self, refused: InvalidValue) {
        let at = At::Parameter { location: self.location.as_str(), name: self.name.to_owned() };
        self.call.violations.push(Violation {
            at,
            code: refused.code.into(),
            detail: refused.detail.into_owned(),
        });
    }

    fn explodes(&self) -> bool {
        self.explode.unwrap_or(self.style.explodes_by_default())
    }

    fn optional_in_place<T: FromParameter>(&mut self) -> Option<Option<T>> {
        let read = if T::IS_LIST { self.read_list() } else { self.read_scalar(T::from_text) };
        read.map_err(|refused| self.note(refused)).ok()
    }

    fn read_scalar<T>(
        &mut self,
        read: impl FnOnce(&str) -> Result<T, InvalidValue>,
    ) -> Result<Option<T>, InvalidValue> {
        let (style, name, may_be_empty) = (self.style, self.name, self.may_be_empty);
        let Some(raw) = self.only_raw()? else { return Ok(None) };
        let text = style.scalar(name, raw.text).ok_or(not_styled())?;
        match read(&raw.decode(text)?) {
            Err(_) if may_be_empty && text.is_empty() => Ok(None),
            read => read.map(Some),
        }
    }

    fn read_list<T: FromParameter>(&mut self) -> Result<Option<T>, InvalidValue> {
        let bounds = self.bounds;
        let Some(texts) = self.list_texts()? else { return Ok(None) };
        bounds.check_length(texts.len())?;
        let list = T::from_texts(&texts)?;
        match bounds.is_unique && list.has_equal_items() {
            true => Err(InvalidValue::new("unique_items", "must not have an item twice")),
            false => Ok(Some(list)),
        }
    }

    /// The decoded items of a list.
    fn list_texts(&mut self) -> Result<Option<Vec<Cow<'_, str>>>, InvalidValue> {
        let (style, name, explodes) = (self.style, self.name, self.explodes());
        let is_repeated = style == Style::Form && explodes && self.location == Location::Query;
        if is_repeated {
            let values = self.call.query.take(name);
            let texts: Result<Vec<_>, _> =
                values.into_iter().map(|raw| Raw::query(raw).decode(raw)).collect();
            return texts.map(|texts| (!texts.is_empty()).then_some(texts));
        }
        if self.location == Location::Header {
            return self.header_texts();
        }
        let Some(raw) = self.only_raw()? else { return Ok(None) };
        let items = style.items(explodes, name, raw.text).ok_or(not_styled())?;
        items.into_iter().map(|item| raw.decode(item)).collect::<Result<_, _>>().map(Some)
    }

    /// The items of a list in headers, which may stand in several lines (RFC 9110, section 5.3).
    fn header_texts(&mut self) -> Result<Option<Vec<Cow<'_, str>>>, InvalidValue> {
        let mut texts = None;
        for value in self.call.request.headers().get_all(self.name) {
            let line = std::str::from_utf8(value.as_bytes()).map_err(|_| not_text())?;
            let items = line.split(',').map(str::trim).filter(|item| !item.is_empty());
            texts.get_or_insert_with(Vec::new).extend(items.map(Cow::Borrowed));
        }
        Ok(texts)
    }

    fn value_in_place<T: DeserializeOwned + Valid>(&mut self) -> Option<Option<T>> {
        let value = match self.raw_value() {
            Ok(Some(value)) => value,
            Ok(None) => return Some(None),
            Err(refused) => {
                self.note(refused);
                return None;
            }
        };
        if let Some(typed) = T::deserialize(&value).ok().filter(T::is_valid) {
            return Some(Some(typed));
        }
        let found = self.call.schemas.violations(self.schema, Direction::Request, &value).unwrap_or_default();
        if found.is_empty() {
            self.note(InvalidValue::new("type", "does not have the documented shape"));
        }
        for violation in found {
            let detail = match &violation.at {
                At::Pointer(pointer) if !pointer.is_empty() => format!("{pointer}: {}", violation.detail),
                _ => violation.detail,
            };
            let at = At::Parameter { location: self.location.as_str(), name: self.name.to_owned() };
            self.call.violations.push(Violation { at, code: violation.code, detail });
        }
        None
    }

    /// The parameter as a JSON value, with the types of its schema.
    fn raw_value(&mut self) -> Result<Option<Value>, InvalidValue> {
        if self.is_json {
            return self.read_scalar(|text| {
                crate::json::from_slice(text.as_bytes())
                    .map_err(|_| InvalidValue::new("type", "must be JSON"))
            });
        }
        let source = Source::at(self.call.schemas, self.schema);
        match source.shape() {
            Shape::Scalar => self.read_scalar(|text| Ok(source.scalar(text))),
            Shape::List => Ok(self.list_texts()?.map(|texts| source.list(&texts))),
            Shape::Object => self.object(source),
        }
    }

    fn object(&mut self, source: Source<'_>) -> Result<Option<Value>, InvalidValue> {
        let (style, name, explodes) = (self.style, self.name, self.explodes());
        let members: Vec<(String, &str)> = if style == Style::DeepObject {
            let key = |known: &str| {
                Some(known.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?.to_owned())
            };
            self.call.query.take_by(key)
        } else if style == Style::Form && explodes && self.location == Location::Query {
            let names = source.member_names(0);
            self.call.query.take_by(|known| names.contains(&known).then(|| known.to_owned()))
        } else {
            let Some(raw) = self.only_raw()? else { return Ok(None) };
            let members = style.members(explodes, name, raw.text).ok_or(not_styled())?;
            let decoded: Result<Vec<_>, InvalidValue> =
                members.iter().map(|(key, text)| Ok((raw.decode(key)?, raw.decode(text)?))).collect();
            return Ok(Some(source.object(&decoded?)));
        };
        if members.is_empty() {
            return Ok(None);
        }
        let decoded: Result<Vec<_>, InvalidValue> = members
            .into_iter()
            .map(|(key, raw)| Ok((key, Raw::query(raw).decode(raw)?.into_owned())))
            .collect();
        Ok(Some(source.object(&decoded?)))
    }

    /// The one text of the parameter, as it was sent.
    fn only_raw(&mut self) -> Result<Option<Raw<'_>>, InvalidValue> {
        let duplicate = || InvalidValue::new("duplicate_parameter", "must not be sent twice");
        match self.location {
            Location::Query => {
                let raw = self.call.query.take_one(self.name).map_err(|()| duplicate())?;
                Ok(raw.map(Raw::query))
            }
            Location::Path => {
                // The router leaves out what is not UTF-8 after decoding.
                let text = self.call.path_text(self.name).ok_or_else(not_text)?;
                Ok(Some(Raw { text, decode: |text| Some(Cow::Borrowed(text)) }))
            }
            Location::Header => {
                let mut values = self.call.request.headers().get_all(self.name).iter();
                let Some(value) = values.next() else { return Ok(None) };
                if values.next().is_some() {
                    return Err(duplicate());
                }
                let text = std::str::from_utf8(value.as_bytes()).map_err(|_| not_text())?;
                Ok(Some(Raw { text: text.trim(), decode: |text| Some(Cow::Borrowed(text.trim())) }))
            }
            Location::Cookie => {
                let mut values = crate::security::cookies(&self.call.request, self.name);
                let Some(text) = values.next() else { return Ok(None) };
                if values.next().is_some() {
                    return Err(duplicate());
                }
                Ok(Some(Raw { text, decode }))
            }
        }
    }
}

/// A text as it was sent, and how a part of it is decoded.
struct Raw<'t> {
    text: &'t str,
    decode: fn(&str) -> Option<Cow<'_, str>>,
}

impl<'t> Raw<'t> {
    fn query(text: &'t str) -> Self {
        Self { text, decode: decode_query }
    }

    fn decode<'p>(&self, part: &'p str) -> Result<Cow<'p, str>, InvalidValue> {
        (self.decode)(part).ok_or_else(not_text)
    }
}

fn not_styled() -> InvalidValue {
    InvalidValue::new("format", "is not written in the documented style")
}

fn not_text() -> InvalidValue {
    InvalidValue::new("format", "is not UTF-8 text")
}
