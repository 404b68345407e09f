//! A field of a merge patch.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a merge patch (RFC 7396) does with a field that may be cleared. A field that is not given stays as
/// it is.
///
/// ```
/// use orderly_client::{Patch, types::ProductPatch};
///
/// let change: ProductPatch = ProductPatch::builder().description(Patch::Clear).try_into().unwrap();
/// assert_eq!(serde_json::to_string(&change).unwrap(), r#"{"description":null}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Patch<T> {
    /// The field gets this value.
    Set(T),
    /// The field is cleared.
    Clear,
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(value) => value.serialize(serializer),
            Self::Clear => serializer.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}

impl<T: JsonSchema> JsonSchema for Patch<T> {
    fn inline_schema() -> bool {
        Option::<T>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}
