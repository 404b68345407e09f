//! The data types of the document, by the tag that they belong to.

mod measures;

pub use self::measures::*;
