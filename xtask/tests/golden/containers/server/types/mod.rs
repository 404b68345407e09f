//! The data types of the document, by the tag that they belong to.

mod shared;
mod trees;

pub use self::shared::*;
pub use self::trees::*;
