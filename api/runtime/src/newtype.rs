//! The macros that make constrained scalars: types that cannot hold a value against the document.

/// A constrained string: `runtime::string! { pub struct Sku { min_length: 3, pattern: "^[A-Z]+$" } }`.
///
/// The keywords are `min_length`, `max_length`, `pattern` and `format`. `Debug` hides `format: "password"`.
#[macro_export]
macro_rules! string {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident { $($keyword:ident: $limit:expr),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text.
            pub fn get(&self) -> &str {
                &self.0
            }

            /// The text, owned.
            pub fn into_inner(self) -> String {
                self.0
            }

            fn check(text: &str) -> ::core::result::Result<(), $crate::InvalidValue> {
                $($crate::check_text!($keyword, text, $limit);)*
                ::core::result::Result::Ok(())
            }
        }

        impl ::core::convert::TryFrom<String> for $name {
            type Error = $crate::InvalidValue;

            fn try_from(text: String) -> ::core::result::Result<Self, $crate::InvalidValue> {
                Self::check(&text)?;
                ::core::result::Result::Ok(Self(text))
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::InvalidValue;

            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::InvalidValue> {
                Self::check(text)?;
                ::core::result::Result::Ok(Self(text.to_owned()))
            }
        }

        impl ::core::convert::From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl ::core::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                const IS_SECRET: bool = false $(|| $crate::is_secret!($keyword, $limit))*;
                let shown = if IS_SECRET { "…" } else { self.0.as_str() };
                f.debug_tuple(::core::stringify!($name)).field(&shown).finish()
            }
        }

        $crate::text_traits!($name);
    };
}

/// A constrained integer: `runtime::integer! { pub struct Quantity(i32) { minimum: 1 } }`.
///
/// The keywords are `minimum`, `maximum`, `exclusive_minimum`, `exclusive_maximum` and `multiple_of`.
#[macro_export]
macro_rules! integer {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident($inner:ty) { $($keyword:ident: $limit:expr),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name($inner);

        $crate::numeric_traits!($name($inner) { $($keyword: $limit),* });
    };
}

/// A constrained number: `runtime::number! { pub struct Rate(f64) { minimum: 0.0 } }`, with the keywords
/// of [`integer!`](crate::integer).
#[macro_export]
macro_rules! number {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident($inner:ty) { $($keyword:ident: $limit:expr),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
        $visibility struct $name($inner);

        $crate::numeric_traits!($name($inner) { $($keyword: $limit),* });
    };
}

/// What every scalar that is sent as a string has in common.
#[doc(hidden)]
#[macro_export]
macro_rules! text_traits {
    ($name:ident) => {
        impl<'de> $crate::macros::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::macros::serde::Deserializer<'de>,
            {
                $crate::macros::read_text(deserializer)
            }
        }

        impl $crate::macros::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::macros::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::FromParameter for $name {
            fn from_text(text: &str) -> ::core::result::Result<Self, $crate::InvalidValue> {
                text.parse()
            }
        }

        $crate::cannot_be_invalid!($name);
    };
}

/// What constrained integers and numbers have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! numeric_traits {
    ($name:ident($inner:ty) { $($keyword:ident: $limit:expr),* }) => {
        impl $name {
            /// The number.
            pub const fn get(self) -> $inner {
                self.0
            }

            /// The number.
            pub const fn into_inner(self) -> $inner {
                self.0
            }
        }

        impl ::core::convert::TryFrom<$inner> for $name {
            type Error = $crate::InvalidValue;

            fn try_from(number: $inner) -> ::core::result::Result<Self, $crate::InvalidValue> {
                $($crate::macros::keyword::$keyword(number, $limit)?;)*
                ::core::result::Result::Ok(Self(number))
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::InvalidValue;

            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::InvalidValue> {
                Self::try_from(<$inner as $crate::FromParameter>::from_text(text)?)
            }
        }

        impl ::core::convert::From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl<'de> $crate::macros::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::macros::serde::Deserializer<'de>,
            {
                let number = <$inner as $crate::macros::serde::Deserialize>::deserialize(deserializer)?;
                Self::try_from(number).map_err($crate::macros::serde::de::Error::custom)
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

        impl $crate::FromParameter for $name {
            fn from_text(text: &str) -> ::core::result::Result<Self, $crate::InvalidValue> {
                text.parse()
            }
        }

        $crate::cannot_be_invalid!($name);
    };
}

/// A type whose every value keeps its schema.
#[doc(hidden)]
#[macro_export]
macro_rules! cannot_be_invalid {
    ($name:ident) => {
        impl $crate::Valid for $name {}

        impl $crate::macros::validator::Validate for $name {
            fn validate(&self) -> ::core::result::Result<(), $crate::macros::validator::ValidationErrors> {
                ::core::result::Result::Ok(())
            }
        }
    };
}

/// One keyword on a text. A pattern is compiled once, at its first use.
#[doc(hidden)]
#[macro_export]
macro_rules! check_text {
    (pattern, $text:ident, $expression:expr) => {{
        static PATTERN: ::std::sync::LazyLock<$crate::macros::Pattern> =
            ::std::sync::LazyLock::new(|| $crate::macros::Pattern::new($expression));
        $crate::macros::keyword::pattern($text, &PATTERN, $expression)?;
    }};
    ($keyword:ident, $text:ident, $limit:expr) => {
        $crate::macros::keyword::$keyword($text, $limit)?;
    };
}

/// Whether a keyword says that a text must not be shown.
#[doc(hidden)]
#[macro_export]
macro_rules! is_secret {
    (format, $name:expr) => {
        $crate::macros::is_secret_format($name)
    };
    ($keyword:ident, $limit:expr) => {
        false
    };
}
