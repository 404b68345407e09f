//! The data types of the document, by the tag that they belong to.

mod default;

pub use self::default::*;
