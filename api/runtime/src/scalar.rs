//! Scalars: how a text becomes a typed value, and what it says when it cannot.

use std::{borrow::Cow, fmt, marker::PhantomData, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserializer, de::Visitor};
use uuid::Uuid;

/// Why a value was refused. It never holds the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct InvalidValue {
    /// The broken JSON Schema keyword in snake_case.
    pub code: &'static str,
    /// What is demanded.
    pub detail: Cow<'static, str>,
}

impl InvalidValue {
    /// A refusal.
    pub fn new(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, detail: detail.into() }
    }
}

/// What a parameter can be: a scalar, or a list of scalars.
pub trait FromParameter: Sized {
    /// Whether several texts make one value.
    const IS_LIST: bool = false;

    /// Reads one text.
    ///
    /// # Errors
    /// If the text breaks the schema.
    fn from_text(text: &str) -> Result<Self, InvalidValue>;

    /// Reads all texts of a list; a scalar takes the first.
    ///
    /// # Errors
    /// If a text breaks the schema.
    fn from_texts(texts: &[Cow<'_, str>]) -> Result<Self, InvalidValue> {
        match texts {
            [text, ..] => Self::from_text(text),
            [] => Err(InvalidValue::new("required", "is required")),
        }
    }

    /// Whether two items of a list are equal; scalars have none.
    fn has_equal_items(&self) -> bool {
        false
    }
}

impl<T: FromParameter + PartialEq> FromParameter for Vec<T> {
    const IS_LIST: bool = true;

    fn from_text(text: &str) -> Result<Self, InvalidValue> {
        Ok(vec![T::from_text(text)?])
    }

    fn from_texts(texts: &[Cow<'_, str>]) -> Result<Self, InvalidValue> {
        texts.iter().map(|text| T::from_text(text)).collect()
    }

    fn has_equal_items(&self) -> bool {
        crate::valid::Items::has_equal_items(self)
    }
}

impl FromParameter for String {
    fn from_text(text: &str) -> Result<Self, InvalidValue> {
        Ok(text.to_owned())
    }
}

impl FromParameter for bool {
    fn from_text(text: &str) -> Result<Self, InvalidValue> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(InvalidValue::new("type", "must be true or false")),
        }
    }
}

macro_rules! integers {
    ($($type:ty),*) => { $(
        impl FromParameter for $type {
            fn from_text(text: &str) -> Result<Self, InvalidValue> {
                let digits = text.strip_prefix('-').unwrap_or(text);
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(InvalidValue::new("type", "must be an integer"));
                }
                text.parse().map_err(|_| {
                    let detail = format!("must lie between {} and {}", <$type>::MIN, <$type>::MAX);
                    let code = if text.starts_with('-') { "minimum" } else { "maximum" };
                    InvalidValue::new(code, detail)
                })
            }
        }
    )* };
}
integers!(i32, i64);

impl FromParameter for f32 {
    fn from_text(text: &str) -> Result<Self, InvalidValue> {
        f64::from_text(text).map(|number| number as Self)
    }
}

impl FromParameter for f64 {
    fn from_text(text: &str) -> Result<Self, InvalidValue> {
        let is_json = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        let number = text.parse().ok().filter(|number: &f64| is_json && number.is_finite());
        number.ok_or(InvalidValue::new("type", "must be a number"))
    }
}

macro_rules! formats {
    ($($type:ty: $format:literal, $read:expr);*) => { $(
        impl FromParameter for $type {
            fn from_text(text: &str) -> Result<Self, InvalidValue> {
                $read(text).ok_or(InvalidValue::new("format", concat!("must have the format ", $format)))
            }
        }
    )* };
}
formats!(
    Uuid: "uuid", |text: &str| text.parse().ok();
    NaiveDate: "date", |text: &str| text.parse().ok()
);

/// Reads a string of the input as a `T`, without a copy where the input allows it.
pub fn read_text<'de, D: Deserializer<'de>, T: FromStr<Err = InvalidValue>>(
    deserializer: D,
) -> Result<T, D::Error> {
    struct Text<T>(PhantomData<T>);

    impl<T: FromStr<Err = InvalidValue>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Text(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_written_as_json_writes_them() {
        assert_eq!(i32::from_text("-7").unwrap(), -7);
        for (text, code) in [
            ("", "type"),
            ("+7", "type"),
            ("7.0", "type"),
            ("0x7", "type"),
            ("2147483648", "maximum"),
            ("-2147483649", "minimum"),
        ] {
            assert_eq!(i32::from_text(text).unwrap_err().code, code, "{text}");
        }
    }

    #[test]
    fn numbers_are_finite() {
        assert_eq!(f64::from_text("1.5e3").unwrap(), 1500.0);
        for text in ["", "NaN", "inf", "+1", ".5", "1e999"] {
            assert!(f64::from_text(text).is_err(), "{text}");
        }
    }
}
