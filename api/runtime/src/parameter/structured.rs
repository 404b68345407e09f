//! Parameters that are more than scalars and lists of them: objects, unions, JSON.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Location, Parameter,
    raw::{Raw, not_styled},
};
use crate::{
    coerce::{Shape, Source},
    failure::{At, Violation},
    scalar::InvalidValue,
    schema::Direction,
    style::Style,
    valid::Valid,
};

impl Parameter<'_> {
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
}
