//! Unions: `oneOf`, `anyOf` and tagged objects as Rust enums whose variants hold one value each.

use serde::de::{DeserializeOwned, Error};
use serde_json::Value;
use validator::{ValidationError, ValidationErrors};

use crate::{
    scalar::InvalidValue,
    schema::{Direction, Schemas},
    valid::Valid,
};

/// `oneOf`: exactly one variant takes the value and finds it valid.
#[macro_export]
macro_rules! one_of {
    ($name:ident { $($variant:ident($type:ty)),+ $(,)? }) => {
        $crate::union_traits!($name { $($variant),+ } value => {
            let mut fitting = $crate::macros::Fitting::default();
            $(fitting.offer($crate::macros::fit::<$type>(&value).map(Self::$variant));)+
            fitting.only()
        });
    };
}

/// `anyOf`: the first variant that takes the value and finds it valid.
#[macro_export]
macro_rules! any_of {
    ($name:ident { $($variant:ident($type:ty)),+ $(,)? }) => {
        $crate::union_traits!($name { $($variant),+ } value => {
            $(if let ::core::option::Option::Some(inner) = $crate::macros::fit::<$type>(&value) {
                return ::core::result::Result::Ok(Self::$variant(inner));
            })+
            ::core::result::Result::Err($crate::macros::no_fit())
        });
    };
}

/// A union whose member `$tag` says which variant it is: `runtime::tagged!(Pet, "kind" { "cat" => Cat(Cat) })`.
/// Several texts for one variant are written with `|`.
#[macro_export]
macro_rules! tagged {
    ($name:ident, $tag:literal { $($($text:literal)|+ => $variant:ident($type:ty)),+ $(,)? }) => {
        $crate::union_traits!($name { $($variant),+ } value => {
            match value.get($tag).and_then($crate::macros::serde_json::Value::as_str) {
                $(::core::option::Option::Some($($text)|+) => {
                    $crate::macros::take::<$type, D::Error>(value).map(Self::$variant)
                })+
                _ => ::core::result::Result::Err($crate::macros::no_fit()),
            }
        });
    };
}

/// What every union has in common; `$read` makes it from a JSON value.
#[doc(hidden)]
#[macro_export]
macro_rules! union_traits {
    ($name:ident { $($variant:ident),+ } $value:ident => $read:block) => {
        impl<'de> $crate::macros::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::macros::serde::Deserializer<'de>,
            {
                let $value = $crate::macros::read_value(deserializer)?;
                $read
            }
        }

        impl $crate::macros::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::macros::serde::Serializer,
            {
                match self {
                    $(Self::$variant(inner) => $crate::macros::serde::Serialize::serialize(inner, serializer),)+
                }
            }
        }

        impl $crate::Valid for $name {
            fn is_valid(&self) -> bool {
                match self {
                    $(Self::$variant(inner) => $crate::Valid::is_valid(inner),)+
                }
            }
        }

        impl $crate::macros::validator::Validate for $name {
            fn validate(&self) -> ::core::result::Result<(), $crate::macros::validator::ValidationErrors> {
                $crate::macros::as_errors($crate::Valid::is_valid(self))
            }
        }
    };
}

/// A value that no Rust type describes, held against its schema in the document:
/// `runtime::schema_value! { pub struct Odd { schemas: SCHEMAS, pointer: "#/…", direction: Request } }`.
#[macro_export]
macro_rules! schema_value {
    (
        $(#[$meta:meta])* $visibility:vis struct $name:ident {
            schemas: $schemas:expr, pointer: $pointer:expr, direction: $direction:ident $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $visibility struct $name($crate::macros::serde_json::Value);

        impl $name {
            /// The value.
            pub fn get(&self) -> &$crate::macros::serde_json::Value {
                &self.0
            }

            /// The value, owned.
            pub fn into_inner(self) -> $crate::macros::serde_json::Value {
                self.0
            }
        }

        impl ::core::convert::TryFrom<$crate::macros::serde_json::Value> for $name {
            type Error = $crate::InvalidValue;

            fn try_from(
                value: $crate::macros::serde_json::Value,
            ) -> ::core::result::Result<Self, $crate::InvalidValue> {
                $crate::macros::fit_schema(&$schemas, $pointer, $crate::Direction::$direction, &value)?;
                ::core::result::Result::Ok(Self(value))
            }
        }

        impl<'de> $crate::macros::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::macros::serde::Deserializer<'de>,
            {
                let value = $crate::macros::read_value(deserializer)?;
                Self::try_from(value).map_err($crate::macros::serde::de::Error::custom)
            }
        }

        impl $crate::macros::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::macros::serde::Serializer,
            {
                $crate::macros::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        $crate::cannot_be_invalid!($name);
    };
}

/// The value as a `T`, if it is a valid one.
pub fn fit<T: DeserializeOwned + Valid>(value: &Value) -> Option<T> {
    T::deserialize(value).ok().filter(T::is_valid)
}

/// The value as the `T` that its tag announces.
///
/// # Errors
/// If it is not a `T`.
pub fn take<T: DeserializeOwned, E: Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

/// The refusal of a value that no variant takes, or too many.
pub fn no_fit<E: Error>() -> E {
    E::custom("the value is not one of the allowed shapes")
}

/// The variants that fit a value: none, one, or too many.
#[derive(Debug, Default)]
pub enum Fitting<T> {
    /// None so far.
    #[default]
    None,
    /// One so far.
    One(T),
    /// More than one.
    Many,
}

impl<T> Fitting<T> {
    /// Takes note of a variant that may fit.
    pub fn offer(&mut self, variant: Option<T>) {
        if let Some(variant) = variant {
            *self = if matches!(self, Self::None) { Self::One(variant) } else { Self::Many };
        }
    }

    /// The only one that fits.
    ///
    /// # Errors
    /// If none or several fit.
    pub fn only<E: Error>(self) -> Result<T, E> {
        match self {
            Self::One(variant) => Ok(variant),
            Self::None | Self::Many => Err(no_fit()),
        }
    }
}

/// Validity as `validator` says it.
///
/// # Errors
/// If the value is not valid.
pub fn as_errors(is_valid: bool) -> Result<(), ValidationErrors> {
    let mut errors = ValidationErrors::new();
    if !is_valid {
        errors.add("__all__", ValidationError::new("nested"));
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Whether the document's schema takes a value.
///
/// # Errors
/// The first mistake; also if the schema cannot be compiled.
pub fn fit_schema(
    schemas: &Schemas,
    pointer: &str,
    direction: Direction,
    value: &Value,
) -> Result<(), InvalidValue> {
    match schemas.violations(pointer, direction, value) {
        Ok(violations) => match violations.into_iter().next() {
            Some(violation) => Err(InvalidValue::new("type", violation.detail)),
            None => Ok(()),
        },
        Err(error) => Err(InvalidValue::new("type", error.to_string())),
    }
}
