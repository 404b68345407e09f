//! The data types of the document, by the tag that they belong to.

mod news;
mod shared;

pub use self::news::*;
pub use self::shared::*;
