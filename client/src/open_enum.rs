//! Enums that take values which this version does not know.

/// Defines an enum over strings with a variant for each known value and `Unknown` for any other.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($(#[$attribute:meta])* $name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $value, "`")] $variant,)*
            /// A value that this version of the SDK does not know.
            Unknown(String),
        }

        impl $name {
            /// The value as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl ::std::convert::From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                // As an expression: `json_schema!` would take a long list one value at a time, and recurse as often.
                let known: &[&str] = &[$($value),*];
                ::schemars::json_schema!({ "type": "string", "examples": known })
            }
        }
    };
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the enums of an SDK are public")]
mod tests {
    open_enum! {
        /// Where something stands.
        State { Placed = "placed", OnHold = "on-hold" }
    }

    #[test]
    fn known_and_unknown_values_survive_the_way_there_and_back() {
        let cases = [
            ("placed", State::Placed),
            ("on-hold", State::OnHold),
            ("lost-at-sea", State::Unknown("lost-at-sea".to_owned())),
        ];
        for (text, value) in cases {
            let json = serde_json::json!(text);
            assert_eq!(serde_json::from_value::<State>(json.clone()).unwrap(), value);
            assert_eq!(serde_json::to_value(&value).unwrap(), json);
            assert_eq!(value.to_string(), text);
        }
        assert!(serde_json::from_str::<State>("1").is_err());
    }
}
