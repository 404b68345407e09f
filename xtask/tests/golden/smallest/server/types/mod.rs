//! The data types of the document, by the tag that they belong to.

mod clock;

pub use self::clock::*;
