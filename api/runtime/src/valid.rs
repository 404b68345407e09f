//! What a type checks beyond its shape: bounds of collections, deep through every container.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;
use validator::ValidationError;

use crate::{Bytes, DateTime, object::Patch};

/// A value that can still break its schema after it was deserialised, or one that cannot.
///
/// Scalars hold no bad value, so only objects and collections have something to say; generated
/// objects say it by [`validator::Validate`].
pub trait Valid {
    /// Whether the value keeps every demand of its schema.
    fn is_valid(&self) -> bool {
        true
    }
}

macro_rules! always_valid {
    ($($type:ty),*) => { $(impl Valid for $type {})* };
}
always_valid!((), bool, i32, i64, u32, u64, f32, f64, str, String, Value, Uuid, DateTime, NaiveDate, Bytes);

impl<T: Valid + ?Sized> Valid for &T {
    fn is_valid(&self) -> bool {
        (**self).is_valid()
    }
}

impl<T: Valid> Valid for Option<T> {
    fn is_valid(&self) -> bool {
        self.as_ref().is_none_or(T::is_valid)
    }
}

impl<T: Valid> Valid for Patch<T> {
    fn is_valid(&self) -> bool {
        match self {
            Self::Value(value) => value.is_valid(),
            Self::Absent | Self::Null => true,
        }
    }
}

impl<T: Valid + ?Sized> Valid for Box<T> {
    fn is_valid(&self) -> bool {
        (**self).is_valid()
    }
}

impl<T: Valid> Valid for Vec<T> {
    fn is_valid(&self) -> bool {
        self.iter().all(T::is_valid)
    }
}

impl<K, T: Valid> Valid for BTreeMap<K, T> {
    fn is_valid(&self) -> bool {
        self.values().all(T::is_valid)
    }
}

/// For `#[validate(custom(function = "runtime::valid"))]`: the value inside a field is valid, whatever
/// containers it is in.
///
/// # Errors
/// If it is not; which demand it breaks is the slow path's to say.
pub fn valid<T: Valid + ?Sized>(value: &T) -> Result<(), ValidationError> {
    value.is_valid().then_some(()).ok_or_else(|| ValidationError::new("nested"))
}

/// A list, or something that may hold one.
pub trait Items {
    /// Whether two items are equal.
    fn has_equal_items(&self) -> bool;
}

impl<T: PartialEq> Items for Vec<T> {
    fn has_equal_items(&self) -> bool {
        self.iter().enumerate().any(|(index, item)| self[..index].contains(item))
    }
}

impl<T: Items> Items for &T {
    fn has_equal_items(&self) -> bool {
        (**self).has_equal_items()
    }
}

impl<T: Items> Items for Patch<T> {
    fn has_equal_items(&self) -> bool {
        match self {
            Self::Value(items) => items.has_equal_items(),
            Self::Absent | Self::Null => false,
        }
    }
}

/// For `#[validate(custom(function = "runtime::unique_items"))]`: `uniqueItems`.
///
/// # Errors
/// If two items are equal.
pub fn unique_items<T: Items>(items: &T) -> Result<(), ValidationError> {
    match items.has_equal_items() {
        true => Err(ValidationError::new("unique_items")),
        false => Ok(()),
    }
}

/// `minProperties` and `maxProperties` of an object whose fields are known: one flag a field, whether it
/// is present.
///
/// # Errors
/// If there are too few or too many.
pub fn property_count(present: &[bool], min: usize, max: Option<usize>) -> Result<(), ValidationError> {
    let count = present.iter().filter(|present| **present).count();
    if count < min {
        return Err(ValidationError::new("min_properties"));
    }
    if max.is_some_and(|max| count > max) {
        return Err(ValidationError::new("max_properties"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_unique_or_not() {
        assert!(unique_items(&vec!["a", "b"]).is_ok());
        assert!(unique_items(&Patch::Value(vec!["a", "b", "a"])).is_err());
    }

    #[test]
    fn properties_are_counted() {
        assert!(property_count(&[true, false], 1, Some(1)).is_ok());
        assert!(property_count(&[false, false], 1, None).is_err());
        assert!(property_count(&[true, true], 0, Some(1)).is_err());
    }
}
