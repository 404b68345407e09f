//! The texts of a parameter as they were sent: where they stand, and how they are decoded.

use std::borrow::Cow;

use super::{Location, Parameter};
use crate::{
    query::{decode, decode_query},
    scalar::InvalidValue,
    style::Style,
};

/// A text as it was sent, and how a part of it is decoded.
pub(super) struct Raw<'t> {
    pub(super) text: &'t str,
    decode: fn(&str) -> Option<Cow<'_, str>>,
}

impl<'t> Raw<'t> {
    pub(super) fn query(text: &'t str) -> Self {
        Self { text, decode: decode_query }
    }

    pub(super) fn decode<'p>(&self, part: &'p str) -> Result<Cow<'p, str>, InvalidValue> {
        (self.decode)(part).ok_or_else(not_text)
    }
}

pub(super) fn not_styled() -> InvalidValue {
    InvalidValue::new("format", "is not written in the documented style")
}

fn not_text() -> InvalidValue {
    InvalidValue::new("format", "is not UTF-8 text")
}

impl Parameter<'_> {
    /// The decoded items of a list.
    pub(super) fn list_texts(&mut self) -> Result<Option<Vec<Cow<'_, str>>>, InvalidValue> {
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

    /// The one text of the parameter, as it was sent.
    pub(super) fn only_raw(&mut self) -> Result<Option<Raw<'_>>, InvalidValue> {
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
