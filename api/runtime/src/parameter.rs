//! Parameters: found by place and name, read by style, typed, and every mistake noted.

mod raw;
mod structured;

use crate::{
    call::Call,
    failure::{At, Violation},
    scalar::{FromParameter, InvalidValue},
    style::Style,
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
        let text = style.scalar(name, raw.text).ok_or(raw::not_styled())?;
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
}
