//! A field of a merge patch.

#[cfg(feature = "schemars")]
use std::borrow::Cow;

#[cfg(feature = "schemars")]
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a merge patch (RFC 7396) does with a field that may be cleared. A field that is not given stays as
/// it is.
///
/// ```
/// use orderly_client::{Patch, types::ProductPatch};
///
/// let change: ProductPatch = ProductPatch::builder().description(Patch::Clear).try_into().unwrap();
/// let sent = serde_json::to_string(&change).unwrap();
/// assert_eq!(sent, r#"{"description":null}"#);
/// let read: ProductPatch = serde_json::from_str(&sent).unwrap();
/// assert_eq!(read.description, Some(Patch::Clear));
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

impl<'de, T: Deserialize<'de>> Patch<T> {
    /// Reads a field that is there.
    ///
    /// # Errors
    /// When it is neither null nor a value.
    #[doc(hidden)]
    pub fn given<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::deserialize(deserializer).map(Some)
    }
}

#[cfg(feature = "schemars")]
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
